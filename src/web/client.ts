/** One thing that the server found wrong with a field, said in the reader's language. */
export type FieldError = { pointer: string; code: string; detail: string }

/** A refusal by the server (problem details, RFC 9457), or the lack of any answer (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldError[]

  constructor(status: number, code: string, detail: string, fields: readonly FieldError[] = []) {
    super(detail)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.fields = fields
  }
}

export type QueryValue = string | number | boolean | readonly string[] | null | undefined

export type CallOptions = {
  query?: Readonly<Record<string, QueryValue>>
  body?: unknown
  /** The version that is changed: sent as If-Match. */
  version?: number
  /** Makes a repeated POST of the same thing happen once. */
  idempotencyKey?: string
  signal?: AbortSignal
}

export function addressOf(path: string, query: CallOptions['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** What problem details say, in an answer of their own or in the middle of one. */
export function problemIn(details: unknown, status: number, otherwise: string): ApiProblem {
  if (typeof details !== 'object' || details === null)
    return new ApiProblem(status, 'server.internal', otherwise)
  const { code, detail, message, errors } = details as Record<string, unknown>
  return new ApiProblem(
    status,
    typeof code === 'string' ? code : 'server.internal',
    typeof detail === 'string' ? detail : typeof message === 'string' ? message : otherwise,
    Array.isArray(errors) ? (errors as FieldError[]) : [],
  )
}

export async function refusal(response: Response): Promise<ApiProblem> {
  const { status, statusText } = response
  const details: unknown = await response.json().catch(() => null)
  return problemIn(details, status, details === null ? `${status} ${statusText}` : statusText)
}

/**
 * Asks the API of this origin. Throws {@link ApiProblem} for every answer that is not a success and for no answer.
 * A `FormData` or `Blob` body is sent as it is, everything else as JSON.
 */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const raw = options.body instanceof FormData || options.body instanceof Blob
  if (options.body !== undefined && !raw) headers['content-type'] = 'application/json'
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? crypto.randomUUID()
  const request: RequestInit = { method, headers, credentials: 'same-origin' }
  if (options.signal) request.signal = options.signal
  if (options.body !== undefined)
    request.body = raw ? (options.body as BodyInit) : JSON.stringify(options.body)
  let response: Response
  try {
    response = await fetch(addressOf(path, options.query), request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, 'network', 'network')
  }
  if (!response.ok) throw await refusal(response)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** Has a file made from a body and gives it to the browser to save. Throws as {@link call} does. */
export async function download(path: string, body: unknown, fileName: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(body) } as const
  const response = await fetch(path, request).catch(() => {
    throw new ApiProblem(0, 'network', 'network')
  })
  if (!response.ok) throw await refusal(response)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}
