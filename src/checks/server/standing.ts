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
const inTurn = sql`ran_on desc, ran_at desc, case outcome when 'fail' then 0 when 'error' then 1 when 'pass' then 3 else 2 end, run_id desc`

/** What runs until the day asked about say, a row for each result. */
const said = (ctx: Context, condition: RawBuilder<boolean>): RawBuilder<unknown> => sql`
  select r.check_id, x."assetId" as asset_id, x.outcome, x.detail, r.id as run_id, r.evidence_id, r.ran_on, r.ran_at, r.valid_until
  from ${rowsOf(ctx, run, 'r')} cross join lateral jsonb_to_recordset(r.results) as x("assetId" uuid, outcome text, detail text)
  where r.ran_on <= ${ctx.asOf}::date and ${condition}`

/**
 * Where checks stand, a row per check and asset of which it is asked or has a result. A failure stands until a pass, a
 * pass speaks until its validity ends; an error, or silence, takes neither away and is never a pass. `not-run` is found
 * out here and stored nowhere. `assets` and `runs` are conditions on those tables' columns (`runs` over `r`).
 */
export async function standings(
  ctx: Context,
  checks: readonly Check[],
  assets: RawBuilder<boolean>,
  runs: RawBuilder<boolean>,
): Promise<RawBuilder<unknown>> {
  return sql`
    with recursive said as (${said(ctx, runs)}),
    newest as (select distinct on (check_id, asset_id) * from said order by check_id, asset_id, ${inTurn}),
    decided as (
      select distinct on (check_id, asset_id) * from said where outcome in ('pass', 'fail')
      order by check_id, asset_id, ${inTurn}),
    below (top, id) as (
      select e.id, e.id from entity e union select b.top, e.id from entity e join below b on e.parent_id = b.id),
    here as (select id, key, kind, entity_id, service_ids from ${rowsOf(ctx, asset, 'a')} where ${await visibleAssetsInUse(ctx)} and ${assets}),
    asked as (
      select t.check_id, h.id as asset_id, h.key from ${targets(checks)} join here h on
        (t.kinds = '[]' or t.kinds ? h.kind)
        and (t."entityIds" = '[]' or exists (select 1 from below b where b.id = h.entity_id and t."entityIds" ? b.top::text))
        and (t."serviceIds" = '[]' or exists (select 1 from jsonb_array_elements_text(t."serviceIds") as s where h.service_ids ? s))),
    judged as (
      select asked.check_id, asked.asset_id, asked.key,
        case
          when d.outcome = 'fail' then 'fail'
          when d.outcome = 'pass' and d.valid_until >= ${ctx.asOf}::date then 'pass'
          when n.outcome = 'error' then 'error'
          else 'not-run'
        end as state
      from asked
      left join newest n on n.check_id = asked.check_id and n.asset_id = asked.asset_id
      left join decided d on d.check_id = asked.check_id and d.asset_id = asked.asset_id),
    telling as (select true as decisive, * from decided union all select false, * from newest)
    select j.check_id, j.asset_id, j.key, j.state, s.detail, s.ran_on, s.run_id, s.evidence_id, s.valid_until
    from judged j left join telling s
      on s.check_id = j.check_id and s.asset_id = j.asset_id and s.decisive = (j.state in ('pass', 'fail'))`
}

const everything = sql<boolean>`true`

/** How many assets each check passes, fails and so on, by id of the check: one query. Checks that are not active ask nobody. */
export async function countsOf(ctx: Context, checks: readonly Check[]): Promise<ReadonlyMap<Id, Counts>> {
  if (checks.length === 0) return new Map()
  const ids = checks.map(({ id }) => id)
  const rows = await standings(ctx, checks, everything, sql<boolean>`r.check_id = any(${ids}::uuid[])`)
  const { rows: counted } = await sql<{ checkId: Id; state: keyof Counts; count: number }>`
    select check_id, state, count(*)::int as count from (${rows}) as s group by check_id, state`.execute(
    ctx.tx,
  )
  const counts = new Map<Id, Counts>()
  for (const { checkId, state, count } of counted)
    counts.set(checkId, { ...(counts.get(checkId) ?? noCounts), [state]: count })
  return counts
}
