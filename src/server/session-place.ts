import { sql } from 'kysely'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { Runtime } from './runtime.ts'

/** The person for whom an account stands in one organisation, and whether the session works there. */
export type Place = { organisationId: Id; personId: Id; chosen: boolean }

/** Everyone for whom an account stands. Asked for at every request, so that leaving holds at once. */
export async function placesOf(runtime: Runtime, accountId: string, sessionId: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select p.organisation_id, p.id as person_id, c.organisation_id is not null as chosen
    from people_of_account(${accountId}) p
    left join auth.session_organisation c on c.session_id = ${sessionId} and c.organisation_id = p.organisation_id
    order by p.organisation_id`.execute(runtime.database.kysely)
  return rows
}

/**
 * Where a session works: the only place there is, or the one that its person chose. Null for an account that stands for
 * nobody. Throws `access.choose_organisation` where there are several and none was chosen yet.
 */
export async function placeOf(
  runtime: Runtime,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<Place | null> {
  const places = await placesOf(runtime, accountId, sessionId)
  const place = places.length === 1 ? places[0] : places.find(({ chosen }) => chosen)
  if (place) return place
  if (places.length > 1) throw new Problem('forbidden', 'access.choose_organisation')
  return null
}
