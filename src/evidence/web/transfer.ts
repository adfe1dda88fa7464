import { ApiProblem, call, type FieldError } from '../../web/client.ts'
import type { EvidenceFile } from '../file.ts'
import { uploadLimits } from '../limits.ts'

export type Sending = {
  /** From 0 to 1. */
  onProgress: (share: number) => void
  signal: AbortSignal
}

type Details = { code?: string; detail?: string; errors?: FieldError[] }

function detailsOf(text: string): Details {
  try {
    return JSON.parse(text) as Details
  } catch {
    return {}
  }
}

type Answer = { status: number; text: string }

type Part = {
  method: string
  path: string
  body: FormData | Blob
  headers?: Readonly<Record<string, string>>
  onBytes: (loaded: number, total: number) => void
  signal: AbortSignal
}

/** Sends a body and says how much of it has gone out, which fetch() cannot. Throws {@link ApiProblem} as `call` does. */
function send({ method, path, body, headers = {}, onBytes, signal }: Part): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => onBytes(event.loaded, event.total)
    request.onerror = () => reject(new ApiProblem(0, 'network', 'network'))
    request.onabort = () => reject(new DOMException('abandoned', 'AbortError'))
    request.onload = () => {
      if (request.status < 300) return resolve({ status: request.status, text: request.responseText })
      const { code, detail, errors } = detailsOf(request.responseText)
      reject(
        new ApiProblem(request.status, code ?? 'server.internal', detail ?? request.statusText, errors ?? []),
      )
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** Sends a file in one form; it waits on the server for the item that uses it. */
export async function sendWhole(file: File, { onProgress, signal }: Sending): Promise<EvidenceFile> {
  const form = new FormData()
  form.set('file', file, file.name)
  const { text } = await send({
    method: 'POST',
    path: '/api/evidence/files',
    body: form,
    onBytes: (loaded, total) => onProgress(total > 0 ? loaded / total : 0),
    signal,
  })
  const kept = (JSON.parse(text) as { items: EvidenceFile[] }).items[0]
  if (!kept) throw new ApiProblem(500, 'server.internal', 'no file')
  return kept
}

type Upload = { id: string; offset: number; size: number; state: string; file: EvidenceFile | null }

const pieceSize = 16 * 1024 * 1024

const rememberedAs = (file: File) => `assay-upload-${file.name}-${file.size}-${file.lastModified}`

/** The upload that this file began earlier, also before the page was loaded again; otherwise a new one. */
async function begun(file: File): Promise<Upload> {
  const known = localStorage.getItem(rememberedAs(file))
  if (known !== null) {
    const found = await call<Upload>('GET', `/api/evidence/uploads/${known}`).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 404) return null
      throw error
    })
    if (found && found.state !== 'refused') return found
    localStorage.removeItem(rememberedAs(file))
  }
  const upload = await call<Upload>('POST', '/api/evidence/uploads', {
    body: { name: file.name, type: file.type, size: file.size },
  })
  localStorage.setItem(rememberedAs(file), upload.id)
  return upload
}

/**
 * Sends a large file in pieces, from the byte that the server has already. Whoever calls it again with the same file after
 * a failure goes on where it stopped.
 */
export async function sendInPieces(file: File, { onProgress, signal }: Sending): Promise<EvidenceFile> {
  let upload = await begun(file)
  while (upload.file === null) {
    const { offset } = upload
    try {
      const { text } = await send({
        method: 'PATCH',
        path: `/api/evidence/uploads/${upload.id}`,
        body: file.slice(offset, offset + pieceSize),
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        onBytes: (loaded) => onProgress(Math.min(1, (offset + loaded) / file.size)),
        signal,
      })
      upload = JSON.parse(text) as Upload
    } catch (error) {
      const elsewhere = error instanceof ApiProblem && error.code === 'evidence.offset'
      if (error instanceof ApiProblem && error.status === 422) localStorage.removeItem(rememberedAs(file))
      if (!elsewhere) throw error
      const known: Upload = await call<Upload>('GET', `/api/evidence/uploads/${upload.id}`)
      // The same place as before: asking again would change nothing.
      if (known.offset === offset && known.file === null) throw error
      upload = known
    }
  }
  localStorage.removeItem(rememberedAs(file))
  return upload.file
}

export const comesInPieces = (file: File): boolean => file.size > uploadLimits.formFile
