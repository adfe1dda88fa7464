import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { EvidenceFile } from '../evidence/file.ts'
import type { Upload } from '../evidence/server/uploads.ts'
import { type Refusal, refused, type Server } from './apply.ts'
import { evidenceWords } from './evidence-words.ts'

/** A server refused files because of card numbers in them: an exit code of its own, for scripts. */
export class CardNumbersRefused extends Error {}

class Unreachable extends Error {}

/** A larger file goes in pieces of this many bytes, so that a cut costs little. */
const pieceSize = 8 * 1024 * 1024
const mostAttempts = 6

type Call = { method: string; body?: NonNullable<RequestInit['body']>; headers?: Record<string, string> }

/** One request. Throws what the server refused in its own words, and `Unreachable` where there was no answer. */
export async function call<T>({ shell, url, key, language }: Server, path: string, init: Call): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language, ...init.headers }
  const response = await shell
    .fetch(`${url}${path}`, { ...init, headers, redirect: 'error' })
    .catch((error: unknown) => {
      throw new Unreachable(error instanceof Error ? error.message : String(error))
    })
  const answer = (await response.json().catch(() => ({}))) as T & Refusal & { code?: string }
  if (response.ok) return answer
  if (response.status >= 502) throw new Unreachable(`HTTP ${response.status}`)
  const refusal = refused(answer, response.status, language)
  throw answer.code === 'evidence.card_numbers' ? new CardNumbersRefused(refusal.message) : refusal
}

const json = (value: unknown): Call => ({
  method: 'POST',
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
})

export const post = <T>(server: Server, path: string, value: unknown): Promise<T> =>
  call<T>(server, path, json(value))

/** The file as it is now: reading it fails when it changes. */
async function opened(path: string): Promise<Blob | null> {
  try {
    return await openAsBlob(path)
  } catch {
    return null
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer)
  return hash.digest('hex')
}

async function sendWhole(server: Server, name: string, blob: Blob): Promise<EvidenceFile> {
  const form = new FormData()
  form.append('file', blob, name)
  const { items } = await call<{ items: EvidenceFile[] }>(server, '/api/evidence/files', {
    method: 'POST',
    body: form,
  })
  const [file] = items
  if (!file) throw new Error(name)
  return file
}

/** Waits longer after each failure: half a second, one, two … */
const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, 250 * 2 ** Math.min(attempt, 6)))

async function openOrFind(server: Server, name: string, size: number): Promise<Upload> {
  const { items } = await call<{ items: Upload[] }>(server, '/api/evidence/uploads', { method: 'GET' })
  const before = items.find((one) => one.name === name && one.size === size)
  if (!before) return post<Upload>(server, '/api/evidence/uploads', { name, size })
  server.shell.out(evidenceWords[server.language].resumed(name, before.offset))
  return before
}

const sendPiece = (server: Server, { id, offset }: Upload, blob: Blob): Promise<Upload> =>
  call<Upload>(server, `/api/evidence/uploads/${id}`, {
    method: 'PATCH',
    body: blob.slice(offset, offset + pieceSize),
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
  })

/** Sends a file in pieces, from where an earlier attempt ended. */
async function sendPieces(server: Server, name: string, blob: Blob): Promise<EvidenceFile> {
  const text = evidenceWords[server.language]
  let upload = await openOrFind(server, name, blob.size)
  for (let attempt = 0; upload.file === null; ) {
    try {
      upload = await sendPiece(server, upload, blob)
      attempt = 0
      server.shell.out(text.progress(name, Math.floor((upload.offset * 100) / blob.size)))
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      attempt += 1
      if (attempt >= mostAttempts) throw new Error(text.cut(name))
      await pause(attempt)
      const asked = { method: 'GET' }
      upload = await call<Upload>(server, `/api/evidence/uploads/${upload.id}`, asked).catch(() => upload)
    }
  }
  return upload.file
}

/** Whether a file is there from an earlier run that ended before its item came to be. */
async function waiting(server: Server, name: string, digest: string): Promise<EvidenceFile | null> {
  const { items } = await call<{ items: EvidenceFile[] }>(server, '/api/evidence/files', { method: 'GET' })
  return items.find((one) => one.name === name && one.digest === digest) ?? null
}

/**
 * Sends one file and gives what the server knows of it. Its digest is compared with the one computed here: a file that
 * changed while it was read is given up.
 */
export async function sendFile(server: Server, path: string): Promise<EvidenceFile> {
  const text = evidenceWords[server.language]
  const name = basename(path)
  const blob = await opened(path)
  if (!blob) throw new Error(text.unread(path))
  if (blob.size === 0) throw new Error(text.empty(path))
  const digest = await digestOf(path)
  const before = await waiting(server, name, digest)
  if (before) {
    server.shell.out(text.there(name))
    return before
  }
  const file =
    blob.size > pieceSize ? await sendPieces(server, name, blob) : await sendWhole(server, name, blob)
  if (file.digest !== digest) {
    await call(server, `/api/evidence/files/${file.id}`, { method: 'DELETE' })
    throw new Error(text.changed(path))
  }
  server.shell.out(text.sent(name, file.size))
  if (file.cardNumbers === 'not-inspected') server.shell.fail(text.doubtful(name))
  return file
}
