import { ApiProblem, addressOf, type CallOptions, refusal } from '../client.ts'

const lost = () => new ApiProblem(0, 'network', 'network')

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/**
 * Sends a file and gives each line of the answer to `take` as soon as it is there. Throws {@link ApiProblem} for a refusal
 * and for a connection that is lost, also in the middle.
 */
export async function sendForLines(
  path: string,
  { query, body, signal }: { query: CallOptions['query']; body: Blob; signal: AbortSignal },
  take: (line: unknown) => void,
): Promise<void> {
  const request = {
    ...({ method: 'POST', credentials: 'same-origin', body, signal } as const),
    headers: { accept: 'application/x-ndjson, application/problem+json' },
  }
  try {
    const response = await fetch(addressOf(path, query), request)
    if (!response.ok || !response.body) throw await refusal(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(JSON.parse(line))
    }
  } catch (error) {
    if (error instanceof ApiProblem || isAbort(error)) throw error
    throw lost()
  }
}
