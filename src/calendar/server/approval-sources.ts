import { sql } from 'kysely'
import { scopeStatement } from '../../context/scope-statement.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { documentDuties } from '../../documented-information/duties.ts'
import { namedDocument } from '../../documented-information/named-document.ts'
import type { Scope } from '../../kernel/command.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { allServices } from '../../organisation/server/queries.ts'
import type { Programme } from '../../programmes/programme.ts'
import { scopeOfProgramme } from '../../programmes/server/queries.ts'
import { riskMethod } from '../../risks/method.ts'
import { soaVersion } from '../../soa/soa-version.ts'
import { type ApprovedNoun, answerDays } from '../due.ts'
import { versionName } from '../words.ts'
import type { Asked, ComputedDue } from './source.ts'

/** A version that was written by a day and that nobody had approved or given up by then. */
export type Waiting = {
  noun: ApprovedNoun
  id: Id
  programmeId: Id | null
  number: number
  authorIds: Id[]
  on: Day
  /** Of what has a name of its own. */
  name: LocalText | null
  /** The duty that a document serves. */
  duty: string | null
}

/** Everything that waits for the approval of another person than its authors, in one query. */
export async function versionsWaiting(ctx: Context): Promise<Waiting[]> {
  const open = sql`coalesce(approval ->> 'on' > ${ctx.asOf}, true) and coalesce(withdrawn ->> 'on' > ${ctx.asOf}, true)`
  const drafted = sql`drafted_on <= ${ctx.asOf}::date and ${open}`
  const { rows } = await sql<Waiting>`
    select 'soa' as noun, id, programme_id, number, author_ids, drafted_on as "on", null::jsonb as name,
      null::text as duty
      from ${rowsOf(ctx, soaVersion, 's')} where ${drafted}
    union all select 'scope-statement', id, programme_id, number, author_ids, drafted_on, null, null
      from ${rowsOf(ctx, scopeStatement, 's')} where ${drafted}
    union all select 'risk-method', id, null, number, author_ids, drafted_on, null, null
      from ${rowsOf(ctx, riskMethod, 'm')} where ${drafted}
    -- A document is written elsewhere: whoever named it cannot approve it, and it is in use from the day of its issue.
    union all select 'named-document', id, programme_id, 0, jsonb_build_array(named_by_id), issued_on, name, duty
      from ${rowsOf(ctx, namedDocument, 'd')} where issued_on <= ${ctx.asOf}::date and ${open}
    order by noun, "on", id`.execute(ctx.tx)
  return rows
}

/** Whether the actor could approve it, by what they are and not by what a calendar at a secret address may read. */
function isAsked(ctx: Context, one: Waiting, scope: Scope): boolean {
  const { kind, id, grants } = ctx.actor
  if (kind === 'system') return true
  return (
    kind === 'person' &&
    id !== null &&
    !one.authorIds.includes(id) &&
    ctx.couldWith(grants, `${one.noun}.approve`, scope)
  )
}

/** A record shows what was done and needs nobody's approval; a document does (7.5.2 c). */
function isDemanded(ctx: Context, { duty }: Waiting, its: Programme | null): boolean {
  if (duty === null) return true
  const edition = its && ctx.catalogue.editions.get(its.edition)
  return !!edition && documentDuties(edition).some((one) => one.key === duty && one.form === 'document')
}

/** What the actor is asked to approve: of nobody by name, and of everyone who may and did not write it. */
export async function approvalsDue(
  ctx: Context,
  { leadDays }: Asked,
  programmes: readonly Programme[],
): Promise<ComputedDue[]> {
  const waiting = await versionsWaiting(ctx)
  if (waiting.length === 0) return []
  const services = await allServices(ctx)
  const byId = new Map(programmes.map((one) => [one.id, one]))
  return waiting.flatMap((one): ComputedDue[] => {
    const its = one.programmeId === null ? null : (byId.get(one.programmeId) ?? null)
    const scope = its === null ? ('organisation' as const) : scopeOfProgramme(its, services)
    if (!isDemanded(ctx, one, its) || !isAsked(ctx, one, scope)) return []
    return [
      {
        ...{ subject: `approval:${one.id}:${one.noun}`, kind: 'approval', step: one.noun },
        ...{ due: addDays(one.on, answerDays.approval), lead: leadDays.approval, recordId: one.id },
        name: one.name ?? versionName(one.noun, one.number, its?.name ?? null),
        entities: scope === 'organisation' ? [] : scope.entities,
        ...{ ownerId: null, programmes: its === null ? [] : [its.id] },
      },
    ]
  })
}
