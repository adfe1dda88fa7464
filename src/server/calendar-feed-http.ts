import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { feedDigest, readFeed } from '../calendar/server/feed-queries.ts'
import { notFound, Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { requestsDue } from '../trust/server/request-due-queries.ts'
import { answer } from './execute.ts'
import { countAttempt, networkOf } from './limiter.ts'
import type { Runtime } from './runtime.ts'
import { actorOfPerson } from './session.ts'

// An office behind one address, each of its people asking every quarter of an hour.
const perNetworkAndHour = 1200

/** All that whoever holds the address may do in the name of its person. Written like the scopes of an API key. */
const feedScopes = ['due.read', 'report_request.read']

const read = readFeed([requestsDue])

const tokenOf = /^([A-Za-z0-9_-]{43})\.ics$/

/** The working feed of a token: found by its digest, so that how long it takes tells nothing about the token. */
async function feedOf(runtime: Runtime, token: string) {
  const { rows } = await sql<{ organisationId: Id; personId: Id; id: Id }>`
    select organisation_id, person_id, id from feed_of_digest(${feedDigest(token)})`.execute(
    runtime.database.kysely,
  )
  return rows[0]
}

/**
 * Calendars at secret addresses, for programs that cannot sign in. An address that never was, one that was ended and
 * one whose person left are one and the same answer.
 */
export function registerCalendarFeed(app: FastifyInstance, runtime: Runtime, publicUrl: string): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', vary: '*' })
    await countAttempt(runtime.database.pool, runtime.clock.now(), {
      key: `calendar/${networkOf(request.ip)}`,
      most: perNetworkAndHour,
      seconds: 3600,
    })
    const token = tokenOf.exec(request.params.file)?.[1]
    const found = token === undefined ? undefined : await feedOf(runtime, token)
    const actor = found && (await actorOfPerson(runtime, found.organisationId, found.personId))
    if (!found || !actor) throw notFound('feed')
    const caller = { actor: { ...actor, scopes: feedScopes }, language: 'en' as const }
    const { file } = await answer(runtime, caller, read, { feedId: found.id, publicUrl }).catch(hidden)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="assay.ics"')
      .send(file)
  })
}

/** Somebody without any role has no calendar, and a stranger learns no more than that there is none. */
function hidden(error: unknown): never {
  if (error instanceof Problem && ['forbidden', 'unauthenticated'].includes(error.kind))
    throw notFound('feed')
  throw error
}
