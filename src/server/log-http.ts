import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { formatVerifierKey, parseTilePath } from '#tlog'
import { notFound } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { auditBundle } from '../log/server/audit.ts'
import { type Prover, proveEntry } from '../log/server/prove.ts'
import { type LogSigner, openOwn } from '../log/server/signer.ts'
import { tileStore } from '../log/server/store.ts'
import { answer } from './execute.ts'
import type { Authenticate } from './http.ts'
import type { Runtime } from './runtime.ts'

export type LogHttp = {
  directory: string
  signer(organisationId: Id): Promise<LogSigner>
  prove: Prover
  authenticate: Authenticate
}

/** Which organisation's log is meant: the one of the host, as for the public page. */
async function organisationOf(runtime: Runtime, request: FastifyRequest): Promise<Id> {
  const host = request.hostname.toLowerCase()
  const { rows } = await sql<{ id: Id | null }>`select organisation_of_host(${host}) as id`.execute(
    runtime.database.kysely,
  )
  const id = rows[0]?.id
  if (!id) throw notFound('log')
  return id
}

const immutable = 'public, max-age=31536000, immutable'

/** Anyone may fetch these from anywhere: a verifier on another site must be able to. */
const publicly = (reply: FastifyReply, cache: string, type: string) =>
  reply.header('cache-control', cache).header('access-control-allow-origin', '*').type(type)

/**
 * The published log (C2SP tlog-tiles) below `/log/`: checkpoint, key and hash tiles are public, entry bundles and
 * proof bundles need a role. Hash tiles reveal how many entries there are, and nothing of what they say.
 */
export function registerLogRoutes(app: FastifyInstance, runtime: Runtime, log: LogHttp): void {
  app.get('/log/checkpoint', async (request, reply) => {
    const note = await tileStore(log.directory, await organisationOf(runtime, request)).checkpoint()
    if (!note) throw notFound('log')
    return publicly(reply, 'no-cache', 'text/plain; charset=utf-8').send(note)
  })

  app.get('/log/key', async (request, reply) => {
    // Its own key first; then those of earlier installations, under which older proofs were made.
    const { known } = await log.signer(await organisationOf(runtime, request))
    const lines = known.map((key) => `${formatVerifierKey(key)}\n`).join('')
    return publicly(reply, 'no-cache', 'text/plain; charset=utf-8').send(lines)
  })

  app.get('/log/keys', async (request, reply) => {
    const { key, known, endorsements } = await log.signer(await organisationOf(runtime, request))
    const keys = known.map((one) => ({
      vkey: formatVerifierKey(one),
      from: one.from ?? 0,
      upTo: one.upTo ?? null,
    }))
    return publicly(reply, 'no-cache', 'application/json; charset=utf-8').send({
      origin: key.name,
      keys,
      endorsements,
    })
  })

  app.get('/log/tile/*', async (request, reply) => {
    const tile = tileOfPath(`tile/${(request.params as { '*': string })['*']}`)
    if (tile.level === 'entries') {
      const caller = await log.authenticate(request)
      const { index, width } = tile
      const content = await answer(runtime, caller, auditBundle, { index, width })
      return reply
        .header('cache-control', 'no-store')
        .type('application/octet-stream')
        .send(Buffer.from(content))
    }
    const organisationId = await organisationOf(runtime, request)
    const store = tileStore(log.directory, organisationId)
    const content = (await coversTile(log, organisationId, tile)) ? await store.read(tile) : null
    if (!content) throw notFound('log')
    return publicly(reply, immutable, 'application/octet-stream').send(Buffer.from(content))
  })

  app.get('/api/log/entries/:index/bundle', async (request, reply) => {
    const caller = await log.authenticate(request)
    const { index } = request.params as { index: string }
    const parts = await answer(runtime, caller, proveEntry, { index })
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="entry-${Number(index)}.grcproof"`)
      .type('application/zip')
      .send(Buffer.from(await log.prove(parts)))
  })
}

function tileOfPath(path: string): ReturnType<typeof parseTilePath> {
  try {
    return parseTilePath(path)
  } catch {
    throw notFound('log')
  }
}

/** A tile beyond the published checkpoint may still be on its way to disk; once served it must never change. */
async function coversTile(
  log: LogHttp,
  organisationId: Id,
  tile: Exclude<ReturnType<typeof parseTilePath>, { level: 'entries' }>,
): Promise<boolean> {
  const note = await tileStore(log.directory, organisationId).checkpoint()
  if (!note) return false
  const { size } = await openOwn(await log.signer(organisationId), note)
  return (tile.index * 256 + tile.width) * 256 ** tile.level <= size
}
