import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { reading } from '../db/transaction.ts'
import type { Actor, ActorGrant } from '../kernel/actor.ts'
import { dayOf } from '../kernel/day.ts'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { inLanguage, type Language } from '../kernel/language.ts'
import { keyWorks } from '../people/api-key.ts'
import { actorGrant, covers, isInForce, type RoleGrant } from '../people/role-grant.ts'
import { tokenDigest } from '../people/server/invitations.ts'
import type { Auth } from './auth.ts'
import type { Caller, Runtime } from './runtime.ts'
import { placeOf } from './session-place.ts'

/** The language a request asks for: the cookie of the switch first, then the browser's list (RFC 9110 section 12.5.4). */
export function languageOf(request: FastifyRequest): Language {
  const cookie = /(?:^|;\s*)assay-language=(en|ja)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]
  if (cookie === 'en' || cookie === 'ja') return cookie
  const wanted = (request.headers['accept-language'] ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/)
      return {
        tag: tag.toLowerCase().split('-')[0],
        quality: quality === undefined ? 1 : Number(quality) || 0,
      }
    })
    .filter(({ tag }) => tag === 'en' || tag === 'ja')
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.tag === 'ja' ? 'ja' : 'en'
}

/** The organisation that answers at a host. Forwarded hosts are not believed: they poison links. */
export async function organisationOfHost(runtime: Runtime, host: string | undefined): Promise<Id | null> {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  const { rows } = await sql<{ id: Id | null }>`select organisation_of_host(${name}) as id`.execute(
    runtime.database.kysely,
  )
  return rows[0]?.id ?? null
}

const nobody = '00000000-0000-4000-8000-000000000000'

async function visitor(runtime: Runtime, request: FastifyRequest): Promise<Actor> {
  const organisationId = (await organisationOfHost(runtime, request.headers.host)) ?? nobody
  return { kind: 'visitor', id: null, name: 'Visitor', organisationId, grants: [], scopes: null }
}

type PersonRow = {
  name: { en?: string; ja?: string }
  state: string
  timeZone: string
  demoDay: string | null
  grants: RoleGrant[]
}

const grantsOfPerson = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'entityId', g.entity_id,
    'certificateId', g.certificate_id, 'grantedOn', g.granted_on, 'endedOn', g.ended_on)), '[]')
  from role_grant g where g.person_id = p.id)`

/** A person with the grants that hold today; null for somebody who is not active. */
export async function actorOfPerson(
  runtime: Runtime,
  organisationId: Id,
  personId: Id,
): Promise<Actor | null> {
  return reading(runtime.database, organisationId, async (tx) => {
    const result = await sql<PersonRow>`
      select p.name, p.state, o.time_zone, o.demo_day,
        ${grantsOfPerson} as grants
      from person p, organisation o where p.id = ${personId}::uuid`.execute(tx)
    const row = result.rows[0]
    if (row?.state !== 'active') return null
    const today = row.demoDay ?? dayOf(runtime.clock.now(), row.timeZone)
    const grants = row.grants.filter((grant) => isInForce(grant, today)).map(actorGrant)
    return {
      kind: 'person',
      id: personId,
      name: inLanguage(row.name, 'en'),
      organisationId,
      grants,
      scopes: null,
    }
  })
}

/** The person of a session with the grants that hold today. Asked for at every request, so that a change holds at once. */
async function personActor(
  runtime: Runtime,
  session: { accountId: string; sessionId: string },
): Promise<Actor | null> {
  const found = await placeOf(runtime, session)
  return found && actorOfPerson(runtime, found.organisationId, found.personId)
}

type KeyRow = {
  id: Id
  name: string
  role: ActorGrant['role']
  entityId: Id | null
  /** The key's entity and all above it. */
  chain: Id[]
  scopes: string[]
  expiresAt: string
  revokedAt: string | null
  makerState: string
  makerGrants: RoleGrant[]
  timeZone: string
  demoDay: string | null
  usedAt: string | null
}

const useEvery = 60_000

async function keyActor(runtime: Runtime, text: string): Promise<Actor | null> {
  const { rows } = await sql<{
    organisationId: Id
    id: Id
  }>`select organisation_id, id from api_key_of_digest(${tokenDigest(text)})`.execute(runtime.database.kysely)
  const found = rows[0]
  if (!found) return null
  const now = runtime.clock.now()
  const key = await reading(runtime.database, found.organisationId, async (tx) => {
    const result = await sql<KeyRow>`
      select k.id, k.name, k.role, k.entity_id, k.scopes, k.expires_at, k.revoked_at, p.state as maker_state, u.used_at,
        o.time_zone, o.demo_day, ${grantsOfPerson} as maker_grants,
        (with recursive above (id, parent_id) as (
          select e.id, e.parent_id from entity e where e.id = k.entity_id
          union select e.id, e.parent_id from entity e join above a on e.id = a.parent_id
        ) select coalesce(jsonb_agg(above.id), '[]') from above) as chain
      from api_key k join person p on p.id = k.created_by left join api_key_use u on u.id = k.id, organisation o
      where k.id = ${found.id}::uuid`.execute(tx)
    return result.rows[0]
  })
  if (!key || !keyWorks(key, now.toISOString()) || key.makerState !== 'active') return null
  // A key never outlives its maker's rights: it ends when they are fewer than the key's.
  const today = key.demoDay ?? dayOf(now, key.timeZone)
  const held = { role: key.role, entityId: key.entityId, certificateId: null }
  const covered = key.makerGrants
    .filter((grant) => isInForce(grant, today))
    .some((grant) => covers(actorGrant(grant), held, () => key.chain))
  if (!covered) return null
  if (!key.usedAt || now.getTime() - Date.parse(key.usedAt) > useEvery)
    await noteUse(runtime, found.organisationId, key.id, now)
  return {
    kind: 'key',
    id: key.id,
    name: key.name,
    organisationId: found.organisationId,
    grants: [held],
    scopes: key.scopes,
  }
}

/** When a key was last used is a convenience: it is kept outside the log, and losing it loses nothing. */
const noteUse = (runtime: Runtime, organisationId: Id, id: Id, now: Date) =>
  runtime.database.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('assay.organisation', ${organisationId}, true)`.execute(tx)
    await sql`insert into api_key_use (organisation_id, id, used_at) values (${organisationId}::uuid, ${id}::uuid, ${now.toISOString()}::timestamptz)
      on conflict (organisation_id, id) do update set used_at = excluded.used_at`.execute(tx)
  })

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send (Fetch Metadata; Origin for browsers without it). Holds for
 * strangers too: signing somebody in as somebody else is also an attack. Programs send neither header.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new Problem('forbidden', 'request.cross_site')
  const { origin, host } = request.headers
  if (site === undefined && origin !== undefined && URL.parse(origin)?.host !== host)
    throw new Problem('forbidden', 'request.cross_site')
}

const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/i

/** Makes the function that finds out who asks: a key, a signed-in person, or a visitor. */
export const authenticator =
  (runtime: Runtime, auth: Auth) =>
  async (request: FastifyRequest): Promise<Caller> => {
    const language = languageOf(request)
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const text = bearer.exec(authorization)?.[1]
      const actor = text ? await keyActor(runtime, text) : null
      if (!actor) throw new Problem('unauthenticated', 'access.key_invalid')
      return { actor, language }
    }
    refuseCrossSite(request)
    if (!request.headers.cookie?.includes('assay.session_token='))
      return { actor: await visitor(runtime, request), language }
    const session = await auth.sessionOf(new Headers({ cookie: request.headers.cookie }))
    const actor = session ? await personActor(runtime, session) : null
    return { actor: actor ?? (await visitor(runtime, request)), language }
  }
