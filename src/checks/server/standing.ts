import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { asset } from '../../assets/asset.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import type { Check } from '../check.ts'
import { outcomes, run } from '../run.ts'

export const countsSchema = z.strictObject({
  pass: z.int(),
  fail: z.int(),
  error: z.int(),
  'not-run': z.int(),
})
export type Counts = z.output<typeof countsSchema>
export const noCounts: Counts = { pass: 0, fail: 0, error: 0, 'not-run': 0 }

/** Where a check stands with an asset on a day; no run at all is `not-run` without a day. */
export type Standing = {
  checkId: Id
  assetId: Id
  state: (typeof outcomes)[number]
  detail: string | null
  ranOn: string | null
  runId: Id | null
  evidenceId: Id | null
  validUntil: string | null
}

export const standingSchema = z.strictObject({
  state: z.enum(outcomes),
  detail: z.string().nullable(),
  ranOn: z.string().nullable(),
  runId: z.string().nullable(),
  evidenceId: z.string().nullable(),
  validUntil: z.string().nullable(),
})

/** Assets in use on the day asked about that the actor may see; its columns are unqualified. */
export async function visibleAssetsInUse(ctx: Context): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  const inUse = sql<boolean>`(in_use_from is null or in_use_from <= ${ctx.asOf}::date) and (in_use_to is null or in_use_to >= ${ctx.asOf}::date)`
  return reached === null ? inUse : sql<boolean>`${inUse} and entity_id = any(${reached}::uuid[])`
}

/** Below which entities each check asks, as rows to join with assets. */
function targets(checks: readonly Check[]): RawBuilder<unknown> {
  const rows = checks.map(({ id, resources }) => ({ check_id: id, ...resources }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as t(check_id uuid, kinds jsonb, "entityIds" jsonb, "serviceIds" jsonb)`
}

// Of results of one instant the failure counts, as in a posture: the order of delivery decides nothing.
const inTurn = sql`check_id, asset_id, ran_on desc, ran_at desc,
  case outcome when 'fail' then 3 when 'error' then 2 when 'not-run' then 1 else 0 end desc, run_id desc`

const everything = sql<boolean>`true`

/** Which results: of some checks, or of all of them about one asset. */
type Of = { checkIds: readonly Id[]; assetId: Id | null }

/** The newest results, and the newest that passed or failed (`decisive`), as they were on a past day or known then. */
function pastTelling(ctx: Context, { checkIds, assetId }: Of): RawBuilder<unknown> {
  const about = JSON.stringify([{ assetId }])
  return sql`
    said as materialized (
      select r.check_id, x."assetId" as asset_id, x.outcome, x.detail, r.id as run_id, r.evidence_id, r.ran_on, r.ran_at, r.valid_until
      from ${rowsOf(ctx, run, 'r')} cross join lateral jsonb_to_recordset(r.results) as x("assetId" uuid, outcome text, detail text)
      where r.ran_on <= ${ctx.asOf}::date and r.check_id = any(${[...checkIds]}::uuid[])
        and ${assetId === null ? everything : sql<boolean>`r.results @> ${about}::jsonb and x."assetId" = ${assetId}::uuid`}),
    telling as (
      (select distinct on (check_id, asset_id) false as decisive, * from said order by ${inTurn})
      union all
      (select distinct on (check_id, asset_id) true, * from said where outcome in ('pass', 'fail') order by ${inTurn}))`
}

const presentTelling = (ctx: Context, { checkIds, assetId }: Of): RawBuilder<unknown> => sql`
    telling as (
      select decisive, check_id, asset_id, outcome, detail, run_id, evidence_id, ran_on, ran_at, valid_until from check_standing
      where organisation_id = ${ctx.organisationId}::uuid and check_id = any(${[...checkIds]}::uuid[])
        and ${assetId === null ? everything : sql<boolean>`asset_id = ${assetId}::uuid`})`

/** No result is about a day after today, so what is newest is what holds today. */
const telling = (ctx: Context, of: Of): RawBuilder<unknown> =>
  ctx.knownAt === null && ctx.asOf >= ctx.today ? presentTelling(ctx, of) : pastTelling(ctx, of)

/** Of each column, the value of the newest result and of the newest that decided. There is one of each at most. */
const eachOf = (columns: readonly string[]) =>
  sql.raw(
    columns
      .map(
        (name) =>
          `max(${name}) filter (where not decisive) as n_${name}, max(${name}) filter (where decisive) as d_${name}`,
      )
      .join(', '),
  )

/** What a state rests on: a pass or a failure on the result that decided it, anything else on the newest. */
const shownOf = (columns: readonly string[]) =>
  sql.raw(
    columns
      .map((name) => `case when state in ('pass', 'fail') then d_${name} else n_${name} end as ${name}`)
      .join(', '),
  )

/**
 * Where checks stand, a row per check and asset of which it is asked. A failure stands until a pass, a pass speaks until
 * its validity ends; an error, or silence, takes neither away and is never a pass. `not-run` is found out here and
 * stored nowhere. With `assetId`, of that asset alone.
 */
export async function standings(
  ctx: Context,
  checks: readonly Check[],
  assetId: Id | null = null,
): Promise<RawBuilder<unknown>> {
  return sql`
    with recursive ${telling(ctx, { checkIds: checks.map(({ id }) => id), assetId })},
    below (top, id) as (
      select e.id, e.id from entity e union select b.top, e.id from entity e join below b on e.parent_id = b.id),
    here as (select id, key, kind, entity_id, service_ids from ${rowsOf(ctx, asset, 'a')} where ${await visibleAssetsInUse(ctx)} and ${assetId === null ? everything : sql<boolean>`id = ${assetId}::uuid`}),
    asked as (
      select t.check_id, h.id as asset_id, h.key from ${targets(checks)} join here h on
        (t.kinds = '[]' or t.kinds ? h.kind)
        and (t."entityIds" = '[]' or exists (select 1 from below b where b.id = h.entity_id and t."entityIds" ? b.top::text))
        and (t."serviceIds" = '[]' or exists (select 1 from jsonb_array_elements_text(t."serviceIds") as s where h.service_ids ? s))),
    -- Brought together by grouping and not by a join: nobody knows in advance how many rows a list in jsonb gives, and
    -- a plan that believes in few of them compares all with all.
    together as (
      select check_id, asset_id, key, null::boolean as decisive, null as outcome, null as detail, null::date as ran_on,
        null as run_id, null as evidence_id, null::date as valid_until from asked
      union all
      select check_id, asset_id, null, decisive, outcome, detail, ran_on, run_id::text, evidence_id::text, valid_until from telling),
    paired as (
      select check_id, asset_id, max(key) as key,
        max(outcome) filter (where not decisive) as newest, max(outcome) filter (where decisive) as decided,
        max(valid_until) filter (where decisive) as decided_until, ${eachOf(['detail', 'ran_on', 'run_id', 'evidence_id', 'valid_until'])}
      from together group by check_id, asset_id having max(key) is not null),
    judged as (
      select *, case
          when decided = 'fail' then 'fail'
          when decided = 'pass' and decided_until >= ${ctx.asOf}::date then 'pass'
          when newest = 'error' then 'error'
          else 'not-run'
        end as state
      from paired)
    select check_id, asset_id, key, state, ${shownOf(['detail', 'ran_on', 'run_id', 'evidence_id', 'valid_until'])} from judged`
}

/** How many assets each check passes, fails and so on, by id of the check: one query. Checks that are not active ask nobody. */
export async function countsOf(ctx: Context, checks: readonly Check[]): Promise<ReadonlyMap<Id, Counts>> {
  if (checks.length === 0) return new Map()
  const rows = await standings(ctx, checks)
  const { rows: counted } = await sql<{ checkId: Id; state: keyof Counts; count: number }>`
    select check_id, state, count(*)::int as count from (${rows}) as s group by check_id, state`.execute(
    ctx.tx,
  )
  const counts = new Map<Id, Counts>()
  for (const { checkId, state, count } of counted)
    counts.set(checkId, { ...(counts.get(checkId) ?? noCounts), [state]: count })
  return counts
}
