import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Actor } from '../kernel/actor.ts'
import { notFound } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { Language } from '../kernel/language.ts'
import type { Caller, Runtime } from './runtime.ts'

/** All that a stranger may do: read editions, ask for a report, use a link. Written like the scopes of an API key. */
const visitorScopes = ['publication.read', 'report_request.create', 'report_request.redeem']

/** A visitor of one organisation's public page. The organisation comes from the host and never from an id in hand. */
export function visitorOf(organisationId: Id, language: Language): Caller {
  const actor: Actor = {
    kind: 'visitor',
    id: null,
    name: 'Visitor',
    organisationId,
    grants: [{ role: 'reader', entityId: null, certificateId: null }],
    scopes: visitorScopes,
  }
  return { actor, language }
}

const freshFor = 1000
// Hosts are chosen by strangers: what is remembered about them is bounded.
const mostHosts = 1000

export type Hosts = (request: FastifyRequest) => Promise<Id>

/** Which organisation answers at a host, remembered for a second. The Host header alone decides, letter by letter. */
export function rememberHosts(runtime: Runtime): Hosts {
  const known = new Map<string, { id: Promise<Id | null>; until: number }>()
  const look = async (host: string): Promise<Id | null> => {
    const { rows } = await sql<{ id: Id | null }>`select organisation_of_host(${host}) as id`.execute(
      runtime.database.kysely,
    )
    return rows[0]?.id ?? null
  }
  return async (request) => {
    const host = request.hostname
    const now = performance.now()
    let entry = known.get(host)
    if (!entry || entry.until < now) {
      if (known.size >= mostHosts) known.clear()
      entry = { id: look(host), until: now + freshFor }
      known.set(host, entry)
      // A look-up that failed is not remembered.
      entry.id.catch(() => known.delete(host))
    }
    const id = await entry.id
    if (!id) throw notFound('organisation')
    return id
  }
}

/** The language a browser asks for first among ours (RFC 9110 section 12.5.4); English when it names none. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 1000)
    .split(',')
    .flatMap((part) => {
      const match = /^\s*([a-z]{2})(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*$/i.exec(part)
      const language = match?.[1]?.toLowerCase()
      const quality = Number(match?.[2] ?? 1)
      return (language === 'en' || language === 'ja') && quality > 0 ? [{ language, quality } as const] : []
    })
  return wishes.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'en'
}
