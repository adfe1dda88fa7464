import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Blocks, blocksOf } from '../adapters/blocks.ts'
import { maskedName, type Verdict } from '../evidence/card-number/finding.ts'
import { inspectionOf } from '../evidence/file.ts'
import { uploadLimits } from '../evidence/limits.ts'
import { cardNumbersFound, placeText } from '../evidence/server/card-problem.ts'
import { mediaTypeOf } from '../evidence/server/media-type.ts'
import {
  advanceUpload,
  finishUpload,
  getUpload,
  refuseUpload,
  type Upload,
  type UploadFinding,
} from '../evidence/server/uploads.ts'
import { permissionOf } from '../kernel/command.ts'
import { fieldProblem, Problem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { type Arrival, type Arrivals, arrivals, seen } from './evidence-arrivals.ts'
import { answer, execute, refuseStranger } from './execute.ts'
import { type Authenticate, languageOf } from './http.ts'
import { parseInput } from './input.ts'
import { problemDetails } from './problem-details.ts'
import type { Caller, Runtime } from './runtime.ts'

type Parts = { runtime: Runtime; inProgress: Arrivals }

const paramsInput = z.strictObject({ id: idSchema })

function offsetOf(request: FastifyRequest): number {
  const given = request.headers['upload-offset']
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given))
    throw new Problem('precondition', 'evidence.offset_missing')
  return Number(given)
}

const findingsOf = (name: string, { findings }: Verdict): UploadFinding[] =>
  findings
    .filter(({ tier }) => tier === 'high')
    .slice(0, 20)
    .map(({ brand, masked, place }) => ({ name: maskedName(name), brand, masked, place: placeText(place) }))

/** All bytes are there: the file becomes an object that waits, or it is destroyed. */
async function finish(
  { runtime, inProgress }: Parts,
  caller: Caller,
  one: Upload,
  arrival: Arrival,
): Promise<Upload> {
  const { id, name, size } = one
  const { content, verdict } = await arrival.look.end()
  const digest = arrival.hash.digest('hex')
  inProgress.drop(id)
  const { incoming } = runtime.objects
  if (verdict.verdict === 'found') {
    await incoming.discard(id)
    const findings = findingsOf(name, verdict)
    await execute(runtime, caller, refuseUpload, { id, findings })
    throw cardNumbersFound(
      1,
      findings.map((finding) => fieldProblem('/files/0', 'evidence.card_number', finding)),
    )
  }
  await incoming.keep(id, digest)
  // A crash here leaves an object without a record, which reconciliation finds, and an upload that begins again.
  const facts = { name, size, digest, mediaType: mediaTypeOf(name, content), ...inspectionOf(verdict) }
  return execute(runtime, caller, finishUpload, { id, ...facts })
}

/** Receives a piece: what of it is durable is acknowledged, also when the rest never came. */
async function receive(parts: Parts, caller: Caller, one: Upload, blocks: Blocks): Promise<Upload> {
  const { runtime, inProgress } = parts
  const arrival = await inProgress.claim(one)
  if (arrival === null) {
    const offset = await runtime.objects.incoming.size(one.id)
    const known = await execute(runtime, caller, advanceUpload, {
      id: one.id,
      offset: Math.min(offset, one.offset),
    })
    throw new Problem('conflict', 'evidence.offset', { offset: known.offset })
  }
  try {
    const arrived = await runtime.objects.incoming.append(one.id, one.offset, seen(arrival, blocks, one.size))
    // What was looked at and not stored, or the other way round, must not be gone on from.
    if (arrived.size !== arrival.at) inProgress.drop(one.id)
    const known = await execute(runtime, caller, advanceUpload, { id: one.id, offset: arrived.size })
    if (arrived.broken) throw arrived.broken.error
    return arrived.size === one.size ? await finish(parts, caller, known, arrival) : known
  } catch (error) {
    // A refusal of the bytes is no reason to forget what came before; anything else may be.
    if (!(error instanceof Problem) || error.kind !== 'invalid') inProgress.drop(one.id)
    throw error
  } finally {
    inProgress.release(one.id)
  }
}

const withOffset = (reply: FastifyReply, { offset, size, state }: Upload): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('upload-offset', String(offset))
    .header('upload-length', String(size))
    .header('upload-state', state)

function sendFound(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(422)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send({ ...problemDetails(problem, languageOf(request)), status: 422 })
}

/** What the sender must not do now, said before a byte of the piece is read. */
function refuseEarly(inProgress: Arrivals, one: Upload, offset: number): void {
  if (one.state !== 'receiving') throw new Problem('conflict', 'evidence.offset', { offset: one.size })
  if (inProgress.isBusy(one.id)) throw new Problem('conflict', 'evidence.upload_busy')
  if (offset !== one.offset) throw new Problem('conflict', 'evidence.offset', { offset: one.offset })
}

/**
 * Resumable uploads (docs/spec/upload.md): `HEAD` and `GET /api/evidence/uploads/:id` say how far one is, `PATCH` adds a
 * piece at an offset. With the last piece the file is inspected and waits for its item, or is refused with 422.
 */
export function registerEvidenceUploadRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const parts: Parts = { runtime, inProgress: arrivals(runtime.objects) }
  app.addHook('onClose', async () => parts.inProgress.close())
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) =>
      done(null, payload),
    )
    const permission = permissionOf(getUpload)
    scope.get('/api/evidence/uploads/:id', async (request, reply) => {
      const caller = await authenticate(request)
      refuseStranger(runtime, caller, permission)
      const found = await answer(runtime, caller, getUpload, parseInput(paramsInput, request.params))
      return withOffset(reply, found).send(found)
    })
    // From the head of the request: a stranger's body is not even judged by its type.
    const onRequest = async (request: FastifyRequest) =>
      refuseStranger(runtime, await authenticate(request), permission)
    const options = { onRequest, bodyLimit: uploadLimits.piece }
    scope.patch('/api/evidence/uploads/:id', options, async (request, reply) => {
      const caller = await authenticate(request)
      const input = parseInput(paramsInput, request.params)
      const offset = offsetOf(request)
      const found = await answer(runtime, caller, getUpload, input)
      refuseEarly(parts.inProgress, found, offset)
      const body = request.body as AsyncIterable<Uint8Array> | undefined
      if (!body)
        throw new Problem('invalid', 'input.media_type', { expected: 'application/offset+octet-stream' })
      // What a connection reads is memory of its own; a request that never was on one may be somebody's bytes.
      const blocks = blocksOf(body, { given: typeof request.raw.socket.bytesRead === 'number' })
      try {
        const after = await receive(parts, caller, found, blocks)
        return withOffset(reply, after).send(after)
      } catch (error) {
        if (error instanceof Problem && error.code === 'evidence.card_numbers')
          return sendFound(request, reply, error)
        throw error
      } finally {
        blocks.close()
      }
    })
  })
}
