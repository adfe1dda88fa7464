import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ByteRange } from '../db/objects.ts'
import type { EvidenceFile } from '../evidence/file.ts'
import { previewOf } from '../evidence/preview.ts'
import { getEvidenceData, getEvidenceFile } from '../evidence/server/detail-query.ts'
import { sniffer } from '../evidence/server/sniff.ts'
import { permissionOf } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { contentDisposition } from './attachment.ts'
import { rangeOf } from './byte-range.ts'
import { answer, refuseStranger } from './execute.ts'
import { type Authenticate, times } from './http.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'

const paramsInput = z.strictObject({ id: idSchema, fileId: idSchema })
const itemInput = z.strictObject({ id: idSchema })

/** What is sent of a file, whatever it is called. */
type Shown = Pick<EvidenceFile, 'name' | 'mediaType' | 'size' | 'digest'>

// Nothing of the file runs, loads or is framed by another site, even were its type mistaken.
const sandbox = "default-src 'none'; sandbox; frame-ancestors 'self'"

function guarded(reply: FastifyReply, file: Shown): FastifyReply {
  return reply
    .header('content-security-policy', sandbox)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('accept-ranges', 'bytes')
    .header('repr-digest', `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`)
}

/** Sends the bytes, or the range asked for. Damage ends the connection before the last byte, never with wrong ones. */
async function sendBytes(
  runtime: Runtime,
  request: FastifyRequest,
  reply: FastifyReply,
  file: Shown,
): Promise<FastifyReply> {
  const range = rangeOf(request.headers.range, file.size)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  const wanted: ByteRange = range ?? { from: 0, to: file.size }
  const { bytes } = await runtime.objects.read(file.digest, wanted)
  if (range) {
    reply.code(206).header('content-range', `bytes ${range.from}-${range.to - 1}/${file.size}`)
  }
  reply.header('content-length', String(wanted.to - wanted.from))
  return reply.send(Readable.from(bytes, { objectMode: false }))
}

const headLength = 4096

// A browser does no better with more, and each look reads the file twice.
const largestShown = 64 * 1024 * 1024

/** The first bytes of an object. Its digest is checked when the whole of it is sent. */
async function headOf(runtime: Runtime, { digest, size }: Shown): Promise<Uint8Array> {
  const { bytes } = await runtime.objects.read(digest, { from: 0, to: Math.min(size, headLength) })
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

/** Whether a text is UTF-8, to its last whole character. Files of Japanese systems often are Shift_JIS. */
function charsetOf(head: Uint8Array): 'utf-8' | 'shift_jis' {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'shift_jis'
  }
}

/** The type under which a browser gets a preview; null where the content is not what the record says. */
async function shownType(runtime: Runtime, file: Shown): Promise<string | null> {
  const kind = previewOf(file.mediaType)
  if (kind === null || file.size === 0 || file.size > largestShown) return null
  const head = await headOf(runtime, file)
  // Text, with its markup as text: the type says so, and `nosniff` keeps the browser from thinking otherwise.
  if (kind === 'text') return `text/plain; charset=${charsetOf(head)}`
  const look = sniffer()
  look.push(head)
  return look.end() === file.mediaType ? file.mediaType : null
}

/**
 * `GET /api/evidence/:id/files/:fileId/content`: the file as a download, and `…/preview`: an image, PDF or text to look
 * at in its place, in a sandbox. `GET /api/evidence/:id/data/content` and `…/preview` are the same for structured data.
 * All take a range.
 */
export function registerEvidenceContentRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const readerOf = async (request: FastifyRequest) => {
    const caller = times(await authenticate(request), request.query as Record<string, unknown>)
    refuseStranger(runtime, caller, permissionOf(getEvidenceFile))
    return caller
  }

  function still<Kept extends { disposedOn: string | null }>(kept: Kept): Kept {
    if (kept.disposedOn !== null)
      throw new Problem('not_found', 'evidence.disposed', { day: kept.disposedOn })
    return kept
  }

  async function fileOf(request: FastifyRequest): Promise<Shown> {
    const caller = await readerOf(request)
    return still(await answer(runtime, caller, getEvidenceFile, parseInput(paramsInput, request.params)))
  }

  async function dataOf(request: FastifyRequest): Promise<Shown> {
    const caller = await readerOf(request)
    const input = parseInput(itemInput, request.params)
    const { kind, digest, size } = still(await answer(runtime, caller, getEvidenceData, input))
    return { name: `${kind}.json`, mediaType: 'application/json', digest, size }
  }

  for (const [path, shownOf] of [
    ['/api/evidence/:id/files/:fileId', fileOf],
    ['/api/evidence/:id/data', dataOf],
  ] as const) {
    app.get(`${path}/content`, async (request, reply) => {
      const file = await shownOf(request)
      guarded(reply, file)
        .header('content-type', file.mediaType)
        .header('content-disposition', contentDisposition(file.name))
      return sendBytes(runtime, request, reply, file)
    })

    app.get(`${path}/preview`, async (request, reply) => {
      const file = await shownOf(request)
      const type = await shownType(runtime, file)
      if (type === null) throw new Problem('precondition', 'evidence.no_preview')
      guarded(reply, file).header('content-type', type).header('content-disposition', 'inline')
      return sendBytes(runtime, request, reply, file)
    })
  }
}
