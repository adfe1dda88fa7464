import { ApiProblem } from '../../../web/client.ts'

/** Bytes of a text that are read to be shown; a person reads no more on a screen. */
export const textLimit = 512 * 1024

export type ShownText = { text: string; cut: boolean }

/** Reads the beginning of a file as text, in the encoding that the server saw. A cut one ends with its last whole line. */
export async function readText(address: string, size: number, signal: AbortSignal): Promise<ShownText> {
  const cut = size > textLimit
  const response = await fetch(address, {
    credentials: 'same-origin',
    signal,
    ...(cut ? { headers: { range: `bytes=0-${textLimit - 1}` } } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, 'network', 'network')
  })
  if (!response.ok) {
    const details = (await response.json().catch(() => ({}))) as { code?: string; detail?: string }
    throw new ApiProblem(response.status, details.code ?? 'server.internal', details.detail ?? '')
  }
  const charset = /charset=([\w-]+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? 'utf-8'
  const text = new TextDecoder(charset).decode(await response.arrayBuffer())
  if (!cut) return { text, cut }
  const end = text.lastIndexOf('\n')
  return { text: end > 0 ? text.slice(0, end) : text, cut }
}
