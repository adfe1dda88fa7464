import { sql } from 'kysely'
import { z } from 'zod'
import { asset } from '../../assets/asset.ts'
import type { Context } from '../../db/context.ts'
import { after, cursorOf, placeOf } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import { findEvidence } from '../../evidence/server/queries.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { reachedEntities, readingScope } from '../../programmes/server/reach-queries.ts'
import { check } from '../check.ts'
import { UnreadableOutput } from '../collection.ts'
import { outcomes, run } from '../run.ts'
import { expressionProblems } from './commands.ts'
import { dataOf } from './data.ts'
import { usualLimits, withEvaluator } from './evaluate.ts'
import { visibleChecks } from './queries.ts'
import { type Standing, standingSchema, standings } from './standing.ts'

async function someCheck(ctx: Context, id: Id) {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .selectAll()
    .where('id', '=', id)
    .where(await visibleChecks(ctx))
    .executeTakeFirst()
  if (!found) throw notFound('check')
  return found
}

const resultsInput = z.strictObject({
  ...pageInput,
  id: idSchema,
  state: z.enum(outcomes).optional(),
})
const assetStanding = standingSchema.extend({ assetId: idSchema })
type AssetStanding = z.output<typeof assetStanding>

/** Where one check stands with each asset of which it is asked, in the order of the assets' keys. */
export const listCheckResults: Query<Context, z.output<typeof resultsInput>, Page<AssetStanding>> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: resultsInput,
  output: pageOf(assetStanding),
  scope: () => 'filtered',
  async run(ctx, { id, state, cursor, limit }) {
    const one = await someCheck(ctx, id)
    const place = cursor ? placeOf(cursor, 'asset') : null
    const source = await standings(ctx, [one])
    const { rows } = await sql<AssetStanding & { key: string; total: number }>`
      with s as (select asset_id as id, * from (${source}) as inner_rows where ${state ? sql<boolean>`state = ${state}` : sql<boolean>`true`}),
      counted as (select count(*)::int as total from s)
      select s.asset_id, s.key, s.state, s.detail, s.ran_on, s.run_id, s.evidence_id, s.valid_until, counted.total
      from counted left join lateral (
        select * from s where ${place ? after(sql<string>`key`, place, false) : sql<boolean>`true`} order by key, id limit ${limit + 1}
      ) as s on true order by s.key, s.asset_id`.execute(ctx.tx)
    const found = rows.filter((row) => row.assetId !== null)
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map(({ key: _key, total: _total, ...row }) => row),
      nextCursor:
        found.length > limit && last ? cursorOf({ sort: 'asset', value: last.key, id: last.assetId }) : null,
      total: rows[0]?.total ?? 0,
    }
  },
}

const historyInput = z.strictObject({
  id: idSchema,
  assetId: idSchema,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
const pastSchema = standingSchema
  .omit({ state: true })
  .extend({ outcome: z.enum(outcomes), ranAt: z.string() })
type Past = z.output<typeof pastSchema>

/** What a check found on one asset over time, the newest first: a failure stays here after the pass that followed. */
export const listHistory: Query<Context, z.output<typeof historyInput>, { items: Past[] }> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: historyInput,
  output: z.strictObject({ items: z.array(pastSchema) }),
  scope: (ctx, { assetId }) => scopeOfAsset(ctx, assetId),
  async run(ctx, { id, assetId, limit }) {
    await someCheck(ctx, id)
    const { rows } = await sql<Past>`
      select x.outcome, x.detail, r.ran_on, r.ran_at, r.id as run_id, r.evidence_id, r.valid_until
      from ${rowsOf(ctx, run, 'r')} cross join lateral jsonb_to_recordset(r.results) as x("assetId" uuid, outcome text, detail text)
      where r.check_id = ${id}::uuid and x."assetId" = ${assetId}::uuid and r.ran_on <= ${ctx.asOf}::date
      order by r.ran_on desc, r.ran_at desc, r.id desc limit ${limit}`.execute(ctx.tx)
    return { items: rows }
  },
}

async function scopeOfAsset(ctx: Context, id: Id) {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .select('entityId')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('asset')
  return readingScope(ctx, [found.entityId])
}

const checkStanding = standingSchema.extend({ checkId: idSchema })

/** Where every check stands that is asked of one asset. */
export const listAssetResults: Query<Context, { id: Id }, { items: z.output<typeof checkStanding>[] }> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: z.strictObject({ items: z.array(checkStanding) }),
  scope: (ctx, { id }) => scopeOfAsset(ctx, id),
  async run(ctx, { id }) {
    const checks = await ctx.tx
      .selectFrom(rowsOf(ctx, check, 'c'))
      .selectAll()
      .where(await visibleChecks(ctx))
      .where(
        sql<boolean>`active_from <= ${ctx.asOf}::date and (active_to is null or active_to >= ${ctx.asOf}::date)`,
      )
      .execute()
    const source = await standings(ctx, checks, id)
    const { rows } = await sql<Standing & { key: string }>`
      select * from (${source}) as s order by array_position(array['fail', 'error', 'not-run', 'pass'], state), check_id`.execute(
      ctx.tx,
    )
    return { items: rows.map(({ key: _key, assetId: _assetId, ...row }) => row) }
  },
}

const runsInput = z.strictObject({ ...pageInput, id: idSchema })
const runRow = run.schema
  .omit({ results: true })
  .extend({ counts: z.strictObject({ pass: z.int(), fail: z.int(), error: z.int() }) })
type RunRow = z.output<typeof runRow>

/** The runs of a check, the newest first, with what they could not read and what no asset is known by. */
export const listRuns: Query<Context, z.output<typeof runsInput>, Page<RunRow>> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: runsInput,
  output: pageOf(runRow),
  scope: () => 'filtered',
  async run(ctx, { id, cursor, limit }) {
    await someCheck(ctx, id)
    // Names that no asset has, and counts, are of the whole run: for those who see everything.
    if ((await reachedEntities(ctx)) !== null) return { items: [], nextCursor: null, total: 0 }
    const order = sql<string>`to_char(ran_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
    const place = cursor ? placeOf(cursor, 'ran') : null
    const from = rowsOf(ctx, run, 'r')
    const counted = (outcome: string) =>
      sql`jsonb_array_length(jsonb_path_query_array(results, '$[*] ? (@.outcome == $o)', jsonb_build_object('o', ${outcome}::text)))`
    const { rows } = await sql<RunRow & { sortValue: string }>`
      select id, version, check_id, evidence_id, expression, ran_on, ran_at, valid_until, unresolved, unresolved_count, problem,
        jsonb_build_object('pass', ${counted('pass')}, 'fail', ${counted('fail')}, 'error', ${counted('error')}) as counts, ${order} as sort_value
      from ${from} where check_id = ${id}::uuid and ran_on <= ${ctx.asOf}::date
        and ${place ? after(order, place, true) : sql<boolean>`true`}
      order by ${order} desc, id desc limit ${limit + 1}`.execute(ctx.tx)
    const total = await sql<{ total: number }>`select count(*)::int as total from ${from}
      where check_id = ${id}::uuid and ran_on <= ${ctx.asOf}::date`.execute(ctx.tx)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map(({ sortValue: _, ...row }) => row),
      nextCursor:
        rows.length > limit && last ? cursorOf({ sort: 'ran', value: last.sortValue, id: last.id }) : null,
      total: total.rows[0]?.total ?? 0,
    }
  },
}

const tryInput = z.strictObject({
  expression: z.string().max(20_000),
  evidenceId: idSchema.nullable().default(null),
})
const tried = z.strictObject({
  items: z.array(
    z.strictObject({
      resource: z.string(),
      incomplete: z.string().nullable(),
      outcome: z.enum(['pass', 'fail', 'error']),
      detail: z.string().nullable(),
    }),
  ),
  total: z.int(),
})

/**
 * Says what is wrong with an expression, and, given an item of evidence, what it would find there. Records nothing.
 * A trial is shorter than a run: somebody waits for it.
 */
export const tryExpression: Query<Context, z.output<typeof tryInput>, z.output<typeof tried>> = {
  kind: 'query',
  noun: 'check',
  action: 'run',
  input: tryInput,
  output: tried,
  async scope(ctx, { evidenceId }) {
    if (evidenceId === null) return 'filtered'
    return { entities: [(await findEvidence(ctx, evidenceId)).entityId] }
  },
  async run(ctx, { expression, evidenceId }) {
    refuseInvalid(expressionProblems(expression))
    if (evidenceId === null) return { items: [], total: 0 }
    try {
      const { items, tool } = await dataOf(ctx, await findEvidence(ctx, evidenceId))
      const some = items.slice(0, 200)
      const limits = { ...usualLimits, total: 3000 }
      const verdicts = await withEvaluator((to) => to.evaluate(expression, some, tool), limits)
      return {
        items: some.flatMap(({ resource, incomplete }, index) => {
          const verdict = verdicts[index]
          return verdict ? [{ resource, incomplete, ...verdict }] : []
        }),
        total: items.length,
      }
    } catch (error) {
      if (!(error instanceof UnreadableOutput)) throw error
      throw new Problem('precondition', 'check.data_unreadable', {
        detail: `${error.fault}: ${error.message}`,
      })
    }
  },
}
