import { sql } from 'kysely'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Links } from '../../frameworks/library.ts'
import type { Day } from '../../kernel/day.ts'
import { isRunning, type Programme } from '../../programmes/programme.ts'
import { answerDays } from '../due.ts'
import { type DueSource, within } from './source.ts'

/** No attempt passed by the day. Of today no attempt lies ahead, and the database knows by itself what never passed. */
const undone = (ctx: Context) =>
  ctx.asOf === ctx.today && ctx.knownAt === null
    ? sql<boolean>`o.id in (select id from occurrence where organisation_id = ${ctx.organisationId}::uuid and not passed)`
    : sql<boolean>`not exists (select 1 from jsonb_array_elements(o.attempts) as attempt
        where attempt ->> 'outcome' = 'pass' and attempt ->> 'on' <= ${ctx.asOf})`

/** What must be carried out: not passed, not taken off the plan, and no miss that was explained. */
export const occurrencesDue: DueSource = (ctx, { leadDays, reached }) => sql`
  select 'occurrence:' || o.id as subject, 'occurrence' as kind, o.due_by as due, ${leadDays.occurrence}::int as lead,
    c.name, null::text as step, o.id as record_id, c.id as control_id, array[i.entity_id] as entities,
    coalesce(i.owner_id, c.owner_id) as owner_id, '[]'::jsonb as programmes
  from ${rowsOf(ctx, occurrence, 'o')}
  join ${rowsOf(ctx, implementation, 'i')} on i.id = o.implementation_id
  join ${rowsOf(ctx, control, 'c')} on c.id = i.control_id
  where ${within('i.entity_id', reached)}
    and coalesce(o.cancelled ->> 'on' > ${ctx.asOf}, true)
    and not coalesce(o.missed ->> 'on' <= ${ctx.asOf}, false)
    and ${undone(ctx)}`

/** Neither withdrawn nor disposed of by the day. */
const standing = (day: Day) => sql<boolean>`
  coalesce(e.withdrawn ->> 'on' > ${day}, true) and coalesce(e.disposed ->> 'on' > ${day}, true)`

/** Accepted by the day, and about days that had begun. */
const accepted = (day: Day) => sql<boolean>`
  e.review ->> 'verdict' = 'accepted' and e.review ->> 'on' <= ${day}
  and e.collected_on <= ${day}::date and e.about_from <= ${day}::date and ${standing(day)}`

/**
 * For each implementation `i` the item `s` that speaks longest, of all that was ever accepted for it. It is the first of
 * few in `evidence_link`; what was known at an instant is in no index and looked at item by item.
 */
const longest = (ctx: Context) =>
  ctx.knownAt === null
    ? sql`${rowsOf(ctx, implementation, 'i')} cross join lateral (
        select e.id, e.title, e.valid_until, e.entity_id
        from evidence_link l join ${rowsOf(ctx, evidence, 'e')} on e.id = l.evidence_id
        where l.organisation_id = ${ctx.organisationId}::uuid and l.implementation_id = i.id and ${accepted(ctx.asOf)}
        order by l.valid_until desc, l.evidence_id limit 1
      ) as s`
    : sql`(
        select distinct on (named.id) e.id, e.title, e.valid_until, e.entity_id, named.id::uuid as implementation_id
        from ${rowsOf(ctx, evidence, 'e')} cross join lateral jsonb_array_elements_text(e.implementation_ids) as named(id)
        where ${accepted(ctx.asOf)}
        order by named.id, e.valid_until desc, e.id
      ) as s
      join ${rowsOf(ctx, implementation, 'i')} on i.id = s.implementation_id`

/**
 * Evidence that stops speaking for an implementation in operation. Of all that was ever accepted for it only the item
 * that speaks longest counts: what a newer one replaced asks for nothing.
 */
export const evidenceDue: DueSource = (ctx, { leadDays, reached }) => sql`
  select distinct on (s.id) 'evidence:' || s.id as subject, 'evidence' as kind, s.valid_until as due,
    ${leadDays.evidence}::int as lead, jsonb_build_object('en', s.title, 'ja', s.title) as name, null::text as step,
    s.id as record_id, c.id as control_id, array[s.entity_id] as entities,
    coalesce(i.owner_id, c.owner_id) as owner_id, '[]'::jsonb as programmes
  from ${longest(ctx)}
  -- Looked up one by one: of how many are in operation the planner knows nothing, and it compares all with all.
  cross join lateral (select * from ${rowsOf(ctx, control, 'found')} where id = i.control_id limit 1) as c
  where ${within('s.entity_id', reached)}
    and coalesce(i.ended_on > ${ctx.asOf}::date, true) and coalesce(c.retired_on > ${ctx.asOf}::date, true)
    and (select phase ->> 'stance' from jsonb_array_elements(i.phases) as phase
      where phase ->> 'from' <= ${ctx.asOf} order by phase ->> 'from' desc limit 1) = 'operating'
  order by s.id, i.id`

/** Evidence that nobody has judged. */
export const evidenceReviewsDue: DueSource = (ctx, { leadDays, reached }) => {
  // Written as the index over what waits is, where the question is about now.
  const waiting =
    ctx.asOf === ctx.today && ctx.knownAt === null
      ? sql<boolean>`e.review is null and e.withdrawn is null and e.disposed is null`
      : sql<boolean>`coalesce(e.review ->> 'on' > ${ctx.asOf}, true) and ${standing(ctx.asOf)}`
  return sql`
  select 'evidence-review:' || e.id as subject, 'evidence-review' as kind,
    e.collected_on + ${answerDays.evidence}::int as due, ${leadDays['evidence-review']}::int as lead,
    jsonb_build_object('en', e.title, 'ja', e.title) as name, null::text as step, e.id as record_id,
    i.control_id, array[e.entity_id] as entities, null::uuid as owner_id, '[]'::jsonb as programmes
  from ${rowsOf(ctx, evidence, 'e')}
  left join ${rowsOf(ctx, implementation, 'i')} on i.id = (e.implementation_ids ->> 0)::uuid
  where ${within('e.entity_id', reached)} and ${waiting} and e.collected_on <= ${ctx.asOf}::date`
}

/** The day by which adopted words must be the organisation's own: the next audit, or else the end of a cycle. */
function reviewDay(programmes: readonly Programme[], day: Day): Day | null {
  const running = programmes.filter((one) => isRunning(one, day))
  const next = (days: readonly (Day | null)[]) => days.filter((one) => one !== null && one >= day).sort()[0]
  const cycles = running.flatMap((one) => one.cycles)
  return next(cycles.map((one) => one.auditOn)) ?? next(cycles.map((one) => one.to)) ?? null
}

/** Controls whose words nobody has confirmed, before the next audit reads them. */
export const controlReviewsDue =
  (programmes: readonly Programme[]): DueSource =>
  (ctx, { leadDays, reached, actorId }) => {
    const due = reviewDay(programmes, ctx.asOf)
    return sql`
  select 'control-review:' || c.id as subject, 'control-review' as kind, ${due}::date as due,
    ${leadDays['control-review']}::int as lead, c.name, null::text as step, c.id as record_id, c.id as control_id,
    '{}'::uuid[] as entities, c.owner_id, '[]'::jsonb as programmes
  from ${rowsOf(ctx, control, 'c')}
  where ${due}::date is not null and coalesce(c.review ->> 'on' > ${ctx.asOf}, true)
    and coalesce(c.retired_on > ${ctx.asOf}::date, true)
    and ${reached === null ? sql<boolean>`true` : sql<boolean>`c.owner_id = ${actorId}::uuid`}`
  }

const linkedIn = (links: Links | undefined): string[] => [
  ...new Set((links?.links ?? []).map((one) => one.control)),
]

/** Of a programme: the controls that it leans on, by links of their own or of the version of the library that each has. */
export function controlsOfEdition(ctx: Context, edition: string) {
  const { links, past } = ctx.catalogue.library
  const before = [...past.keys()]
  const adopted = [...past].map(
    ([version, then]) =>
      sql`(library_version = ${version} and library_id = any(${linkedIn(then.get(edition))}::text[]))`,
  )
  return sql`select id from ${rowsOf(ctx, control, 'linked')}
    where requirement_links @> ${JSON.stringify([{ edition }])}::jsonb
      or (library_version <> all(${before}::text[]) and library_id = any(${linkedIn(links.get(edition))}::text[]))
      ${adopted.length > 0 ? sql`or ${sql.join(adopted, sql` or `)}` : sql``}`
}
