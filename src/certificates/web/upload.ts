import { ApiProblem, type FieldError } from '../../web/client.ts'
import type { CertificateAnswer } from './shapes.ts'

type Details = { code?: string; detail?: string; errors?: FieldError[] }

function detailsOf(text: string): Details {
  try {
    return JSON.parse(text) as Details
  } catch {
    return {}
  }
}

/** Makes a file a document of a certificate, inside only until somebody decides otherwise. `share` goes from 0 to 1. */
export function uploadDocument(
  certificate: CertificateAnswer,
  file: File,
  onProgress: (share: number) => void,
): Promise<void> {
  const title = file.name.replace(/\.[^.]+$/, '') || file.name
  const form = new FormData()
  if (certificate.termId) form.set('termId', certificate.termId)
  form.set('kind', 'other')
  form.set('title', JSON.stringify({ en: title }))
  form.set('distribution', 'internal')
  form.set('file', file, file.name)
  return new Promise((resolve, reject) => {
    // fetch() cannot say how much of a body has gone out; this can.
    const request = new XMLHttpRequest()
    request.open('POST', `/api/certificates/${certificate.id}/documents`)
    request.setRequestHeader('idempotency-key', crypto.randomUUID())
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => reject(new ApiProblem(0, 'network', 'network'))
    request.onload = () => {
      if (request.status < 300) return resolve()
      const { code, detail, errors } = detailsOf(request.responseText)
      reject(
        new ApiProblem(request.status, code ?? 'server.internal', detail ?? request.statusText, errors ?? []),
      )
    }
    request.send(form)
  })
}
