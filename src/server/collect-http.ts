import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { collectionSchema, refuseUnbounded, storable, UnreadableOutput } from '../checks/collection.ts'
import { keyShownBy, readProof, type Shown, tolerableSkew } from '../checks/server/proof.ts'
import { type Pushed, pushCollection } from '../checks/server/push.ts'
import { servedSchema } from '../checks/server/served.ts'
import { permissionOf } from '../kernel/command.ts'
import { fieldProblem, Problem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { discardObject } from './discard-object.ts'
import { takeIn } from './evidence-intake.ts'
import { execute, refuseStranger } from './execute.ts'
import type { Authenticate } from './http.ts'
import type { IdempotencyKey } from './idempotency.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'

const mebibyte = 1024 * 1024
const limits = { body: 64 * mebibyte, raw: 32 * mebibyte, data: 32 * mebibyte } as const

const bodySchema = z.strictObject({
  entityId: idSchema.nullable().default(null),
  raw: z.strictObject({ name: z.string().min(1).max(200), base64: z.base64() }),
  collection: collectionSchema,
  for: servedSchema.default([]),
})

const invalidProof = () => new Problem('unauthenticated', 'collection.proof_invalid')

/** Refuses a proof whose time is not now, before anything is read: the nonces of older ones are forgotten. */
function refuseSkewed(runtime: Runtime, { time }: Shown): void {
  const now = runtime.clock.now()
  if (Math.abs(Date.parse(time) - now.getTime()) <= tolerableSkew) return
  throw new Problem('unauthenticated', 'collection.clock_skew', {
    time,
    now: now.toISOString(),
    minutes: tolerableSkew / 60_000,
  })
}

/** The key that the request proves, among those that begin as it says. All of them are tried, whichever it is. */
async function provedKey(
  runtime: Runtime,
  request: FastifyRequest,
  shown: Shown,
  body: Uint8Array,
): Promise<string> {
  const { rows } = await sql<{
    digest: string
  }>`select digest from api_keys_of_prefix(${shown.prefix})`.execute(runtime.database.kysely)
  const { time, nonce } = shown
  const asked = { method: request.method, path: request.url, time, nonce, body }
  const keys = rows.map(({ digest }) => keyShownBy(shown.proof, digest, asked)).filter((key) => key !== null)
  const [key] = keys
  if (key === undefined) throw invalidProof()
  return key
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function readBody(bytes: Uint8Array): z.output<typeof bodySchema> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Problem('invalid', 'input.not_json')
  }
  try {
    refuseUnbounded(value)
  } catch (error) {
    if (!(error instanceof UnreadableOutput)) throw error
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/collection', 'collection.unreadable', { detail: error.message }),
    ])
  }
  return parseInput(bodySchema, storable(value))
}

function idempotencyOf(request: FastifyRequest, body: Uint8Array): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return undefined
  if (key.length > 255) throw new Problem('invalid', 'input.too_large', { limit: 255 })
  return {
    key,
    requestDigest: createHash('sha256').update(request.url).update('\n').update(body).digest('hex'),
  }
}

type Sent = {
  caller: Caller
  body: Uint8Array
  nonce: string | null
  idempotency: IdempotencyKey | undefined
}

/** Stores both files, and carries the request out; of one that is refused nothing stays. */
async function take(runtime: Runtime, { caller, body, nonce, idempotency }: Sent): Promise<Pushed> {
  const { entityId, collection, raw, for: served } = readBody(body)
  const stored: string[] = []
  const keep = async (name: string, bytes: Uint8Array, limit: number, pointer: string) => {
    const file = { name, type: '', bytes: only(bytes) }
    const facts = await takeIn(runtime.objects, file, limit, pointer)
    stored.push(facts.digest)
    return facts
  }
  try {
    const input = {
      collection,
      entityId,
      nonce,
      for: served,
      raw: await keep(raw.name, Buffer.from(raw.base64, 'base64'), limits.raw, '/raw'),
      data: await keep(
        'collection.json',
        Buffer.from(JSON.stringify(collection)),
        limits.data,
        '/collection',
      ),
    }
    return await execute(runtime, caller, pushCollection, input, idempotency)
  } catch (error) {
    for (const digest of stored) await discardObject(runtime, digest)
    throw error
  }
}

/** `POST /api/collections`: what a collector saw, by a key or by a proof of one. */
export function registerCollectRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
): void {
  const permission = permissionOf(pushCollection)
  app.register(async (scope) => {
    // The proof is over the bytes as they came.
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.route({
      method: 'POST',
      url: '/api/collections',
      bodyLimit: limits.body,
      // Strangers are turned away before their body is read.
      async onRequest(request) {
        const text = request.headers.authorization ?? ''
        if (!text.startsWith('Assay-Proof')) {
          refuseStranger(runtime, await authenticate(request), permission)
          return
        }
        const shown = readProof(text)
        if (shown === null) throw invalidProof()
        refuseSkewed(runtime, shown)
      },
      async handler(request, reply) {
        reply.header('cache-control', 'no-store')
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const shown = readProof(request.headers.authorization ?? '')
        // A proved key is then judged as one that was sent: its end, its scopes, its maker.
        if (shown !== null)
          request.headers.authorization = `Bearer ${await provedKey(runtime, request, shown, body)}`
        const caller = await authenticate(request)
        refuseStranger(runtime, caller, permission)
        const idempotency = idempotencyOf(request, body)
        return reply
          .code(201)
          .send(await take(runtime, { caller, body, nonce: shown?.nonce ?? null, idempotency }))
      },
    })
  })
}
