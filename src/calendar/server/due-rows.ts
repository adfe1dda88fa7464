import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { type Day, daySchema, isDay } from '../../kernel/day.ts'
import { fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { ancestorsOf } from '../../organisation/entity.ts'
import { allEntities, servicesById } from '../../organisation/server/queries.ts'
import { entitiesOn, type Programme, programmeServicesOn } from '../../programmes/programme.ts'
import { allProgrammes } from '../../programmes/server/queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { arrangement } from '../arrangement.ts'
import { type DueKind, dueKinds, dueStates } from '../due.ts'
import { type CalendarRules, leadDaysOf } from '../rules.ts'
import { approvalsDue } from './approval-sources.ts'
import {
  controlReviewsDue,
  controlsOfEdition,
  evidenceDue,
  evidenceReviewsDue,
  occurrencesDue,
} from './control-sources.ts'
import { certificatesDue, programmesDue } from './cycle-sources.ts'
import { documentReviewsDue } from './document-sources.ts'
import { contextReviewsDue, readingsDue } from './isms-sources.ts'
import { risksDue } from './risk-sources.ts'
import { rulesInForce } from './rules-queries.ts'
import { asRows, type DueSource } from './source.ts'

// A subject as an id, in the form of a UUID (RFC 9562, 4.1): the order of things that are due on one day.
const idOfSubject = sql`overlay(overlay(md5(thing.subject) placing '8' from 13) placing '8' from 17)::uuid`

export const dueFilter = {
  /** Whose things: the owner's, or whoever they were handed to. `me` is who asks. */
  person: z.union([idSchema, z.literal('me'), z.literal('none')]).optional(),
  /** An entity, with all below it. */
  entity: idSchema.optional(),
  programme: idSchema.optional(),
  kind: z.enum(dueKinds).optional(),
  state: z.enum([...dueStates, 'escalated']).optional(),
  /** Due on these days; without `from` everything that is overdue is there too. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** What one has put aside oneself is not shown unless asked for; managers are always shown it. */
  snoozed: z.enum(['show', 'hide']).default('hide'),
}

const filterSchema = z.strictObject(dueFilter)
export type DueFilter = z.output<typeof filterSchema> & {
  subject?: string | undefined
  subjects?: readonly string[] | undefined
}

/** A due thing as SQL finds it, with what was arranged about it. */
export type DueRow = {
  id: Id
  subject: string
  kind: DueKind
  due: Day
  lead: number
  name: LocalText
  step: string | null
  recordId: Id
  controlId: Id | null
  entities: Id[]
  ownerId: Id | null
  personId: Id | null
  programmes: Id[]
  arrangementId: Id | null
  arrangementVersion: number | null
  assigneeId: Id | null
  snoozedUntil: Day | null
  reason: string | null
  arrangedById: Id | null
}

export type DueTotals = {
  total: number
  overdue: number
  dueSoon: number
  upcoming: number
  escalated: number
}

/** Everything due that a filter lets through, as a common table `found`; and what it was found by. */
export type Found = { all: RawBuilder<unknown>; programmes: readonly Programme[]; rules: CalendarRules }

/** The entities that somebody manages, with all below; null is all. */
function managedBy(ctx: Context, tree: readonly Id[]): readonly Id[] | null {
  const managing = ctx.actor.grants.filter(({ role }) => role === 'owner' || role === 'manager')
  if (
    ctx.actor.kind === 'system' ||
    managing.some((one) => one.entityId === null && one.certificateId === null)
  )
    return null
  const tops = managing.flatMap((one) => one.entityId ?? [])
  return tree.filter((id) => ctx.ancestors(id).some((above) => tops.includes(above)))
}

/** Entities in scope of a programme, those that operate its services, and all above: what they inherit is done there. */
async function scopeOf(ctx: Context, one: Programme, parents: ReadonlyMap<Id, Id | null>): Promise<Id[]> {
  const services = await servicesById(ctx)
  const own = [
    ...entitiesOn(one, ctx.asOf),
    ...programmeServicesOn(one, ctx.asOf).flatMap((id) => services.get(id)?.entityId ?? []),
  ]
  return [...new Set(own.flatMap((id) => ancestorsOf(parents, id)))]
}

async function ofProgramme(
  ctx: Context,
  id: Id,
  programmes: readonly Programme[],
  parents: ReadonlyMap<Id, Id | null>,
): Promise<RawBuilder<boolean>> {
  const one = programmes.find((each) => each.id === id)
  if (!one) return sql<boolean>`false`
  return sql<boolean>`(programmes @> ${JSON.stringify([id])}::jsonb
    or (control_id in (${controlsOfEdition(ctx, one.edition)})
      and (entities = '{}' or entities && ${await scopeOf(ctx, one, parents)}::uuid[])))`
}

const stateIs = (ctx: Context, state: NonNullable<DueFilter['state']>, rules: CalendarRules) => {
  const day = sql`${ctx.asOf}::date`
  switch (state) {
    case 'overdue':
      return sql<boolean>`due < ${day}`
    case 'due-soon':
      return sql<boolean>`due >= ${day} and due - lead <= ${day}`
    case 'upcoming':
      return sql<boolean>`due - lead > ${day}`
    case 'escalated':
      return sql<boolean>`due + ${rules.escalationDays}::int <= ${day}`
  }
}

function personIs(ctx: Context, person: NonNullable<DueFilter['person']>): RawBuilder<boolean> {
  if (person === 'none') return sql<boolean>`person_id is null`
  if (person !== 'me') return sql<boolean>`person_id = ${person}::uuid`
  const id = ctx.actor.kind === 'person' ? ctx.actor.id : null
  // Nobody is shown an approval who could not give it: one that is nobody's by name is everyone's who is shown it.
  return sql<boolean>`(person_id = ${id}::uuid or (person_id is null and kind = 'approval'))`
}

/** What due things there are, by every source, filtered: a number of queries that no amount of data changes. */
export async function findDue(ctx: Context, filter: DueFilter, more: readonly DueSource[]): Promise<Found> {
  const rules = await rulesInForce(ctx)
  const programmes = await allProgrammes(ctx)
  const entities = await allEntities(ctx)
  const parents = new Map(entities.map((one) => [one.id, one.parentId]))
  const actorId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const asked = { leadDays: leadDaysOf(rules), reached: await reachedEntities(ctx), actorId }
  // A source of other kinds than asked for is not read at all.
  const kind = filter.kind ?? filter.subject?.split(':')[0]
  const isAsked = (each: DueKind) => kind === undefined || kind === each
  const computed = [
    ...(await certificatesDue(ctx, asked, rules, programmes)),
    ...programmesDue(ctx, asked, programmes),
    ...(isAsked('context-review') ? await contextReviewsDue(ctx, asked) : []),
    ...(isAsked('reading') ? await readingsDue(ctx, asked) : []),
    ...(await risksDue(ctx, asked, isAsked)),
    ...(isAsked('approval') ? await approvalsDue(ctx, asked, programmes) : []),
    ...(isAsked('document-review') ? await documentReviewsDue(ctx, asked, programmes) : []),
  ]
  const ofKind: [DueKind, DueSource][] = [
    ['occurrence', occurrencesDue],
    ['evidence', evidenceDue],
    ['evidence-review', evidenceReviewsDue],
    ['control-review', controlReviewsDue(programmes)],
  ]
  const own = ofKind.filter(([each]) => isAsked(each)).map(([, source]) => source)
  const sources = [...own, ...more]
  const parts = [asRows(computed), ...(await Promise.all(sources.map((source) => source(ctx, asked))))]
  const where: RawBuilder<boolean>[] = []
  const managed = managedBy(
    ctx,
    entities.map((one) => one.id),
  )
  if (filter.snoozed === 'hide' && managed !== null)
    where.push(sql<boolean>`not coalesce(snoozed_until >= ${ctx.asOf}::date and person_id = ${actorId}::uuid
      and not (entities && ${managed}::uuid[]), false)`)
  if (filter.subject !== undefined) where.push(sql<boolean>`subject = ${filter.subject}`)
  if (filter.subjects !== undefined) where.push(sql<boolean>`subject = any(${[...filter.subjects]}::text[])`)
  if (filter.person !== undefined) where.push(personIs(ctx, filter.person))
  if (filter.kind !== undefined) where.push(sql<boolean>`kind = ${filter.kind}`)
  if (filter.from !== undefined) where.push(sql<boolean>`due >= ${filter.from}::date`)
  if (filter.to !== undefined) where.push(sql<boolean>`due <= ${filter.to}::date`)
  if (filter.state !== undefined) where.push(stateIs(ctx, filter.state, rules))
  if (filter.entity !== undefined) {
    const top = filter.entity
    const below = [...parents.keys()].filter((id) => ancestorsOf(parents, id).includes(top))
    where.push(sql<boolean>`entities && ${below}::uuid[]`)
  }
  if (filter.programme !== undefined)
    where.push(await ofProgramme(ctx, filter.programme, programmes, parents))
  const union = sql.join(
    parts.map(
      (part) => sql`select subject, kind, due, lead, name, step, record_id, control_id, entities, owner_id,
      programmes from (${part}) as part`,
    ),
    sql` union all `,
  )
  const all = sql`select * from (
      select ${idOfSubject} as id, thing.*, coalesce(a.assignee_id, thing.owner_id) as person_id,
        a.id as arrangement_id, a.version as arrangement_version, a.assignee_id, a.snoozed_until, a.reason,
        a.person_id as arranged_by_id
      from (${union}) as thing left join ${rowsOf(ctx, arrangement, 'a')} on a.subject = thing.subject
    ) as known where ${where.length > 0 ? sql.join(where, sql` and `) : sql`true`}`
  return { all, programmes, rules }
}

/** Counts of what was found, by state, and a page of it in the order of the days: one query. */
export async function pageOfDue(
  ctx: Context,
  { all, rules }: Found,
  { limit, after }: { limit: number; after: { due: Day; id: Id } | null },
): Promise<{ rows: DueRow[]; totals: DueTotals }> {
  if (after && !isDay(after.due)) refuseInvalid([fieldProblem('/cursor', 'request.cursor')])
  const count = (state: NonNullable<DueFilter['state']>) =>
    sql`count(*) filter (where ${stateIs(ctx, state, rules)})::int`
  const place = after ? sql`(due, id) > (${after.due}::date, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<{ totals: DueTotals; rows: DueRow[] }>`
    with found as materialized (${all}),
    page as (select * from found where ${place} order by due, id limit ${limit})
    select (select jsonb_build_object('total', count(*)::int, 'overdue', ${count('overdue')},
        'dueSoon', ${count('due-soon')}, 'upcoming', ${count('upcoming')}, 'escalated', ${count('escalated')})
      from found) as totals,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'subject', subject, 'kind', kind, 'due', due, 'lead', lead,
        'name', name, 'step', step, 'recordId', record_id, 'controlId', control_id, 'entities', to_jsonb(entities),
        'ownerId', owner_id, 'personId', person_id, 'programmes', programmes, 'arrangementId', arrangement_id,
        'arrangementVersion', arrangement_version, 'assigneeId', assignee_id, 'snoozedUntil', snoozed_until,
        'reason', reason, 'arrangedById', arranged_by_id) order by due, id), '[]') from page) as rows`.execute(
    ctx.tx,
  )
  const [found] = rows
  if (!found) throw new Error('a count returned nothing')
  return found
}
