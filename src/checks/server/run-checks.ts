import { sql } from 'kysely'
import type { Asset } from '../../assets/asset.ts'
import { identifierForm } from '../../assets/asset.ts'
import { assetsByIdentifier } from '../../assets/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { type Id, newId } from '../../kernel/id.ts'
import type { Check } from '../check.ts'
import { type Item, UnreadableOutput } from '../collection.ts'
import { judge } from '../judge.ts'
import { type Run, run } from '../run.ts'
import { isActive, isAskedOf, speaksUntil } from '../schedule.ts'
import { type Data, dataOf } from './data.ts'
import { type Evaluator, withEvaluator } from './evaluate.ts'
import { checksOfKind } from './queries.ts'

type Names = ReadonlyMap<string, Asset>

/** The first of an item's names that an asset has: what a tool calls a thing comes before what else it knows of it. */
export const assetNamed = (names: Names, item: Item): Asset | null => {
  for (const name of [item.resource, ...item.names]) {
    const found = names.get(identifierForm(name))
    if (found) return found
  }
  return null
}

/** How many runs each check had on a piece of evidence before. */
async function earlierRuns(ctx: Context, evidenceId: Id): Promise<ReadonlyMap<Id, number>> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, run, 'r'))
    .select(['checkId', sql<number>`count(*)::int`.as('count')])
    .where('evidenceId', '=', evidenceId)
    .groupBy('checkId')
    .execute()
  return new Map(rows.map(({ checkId, count }) => [checkId, count]))
}

/**
 * The instant that orders results of one day: when the data was collected. A later judgement of the same data comes a
 * moment after the one before, and still before newer data.
 */
function instantOf(ctx: Context, one: Evidence, data: Data | null, earlier: number): string {
  const collected = data?.endedAt ?? one.collectedAt ?? ctx.clock.now().toISOString()
  return new Date(Date.parse(collected) + earlier).toISOString()
}

async function readable(ctx: Context, one: Evidence): Promise<Data | UnreadableOutput> {
  try {
    return await dataOf(ctx, one)
  } catch (error) {
    if (error instanceof UnreadableOutput) return error
    throw error
  }
}

/**
 * Evaluates checks on one item of evidence and saves a run of each. Only assets of the evidence's entity, or below it,
 * get results: whoever may add evidence here answers for nothing elsewhere. Data that cannot be read is a run with a
 * problem and no result.
 */
export async function runChecks(
  ctx: Context,
  one: Evidence,
  checks: readonly Check[],
  evaluator: Evaluator,
): Promise<Run[]> {
  if (checks.length === 0) return []
  const data = await readable(ctx, one)
  const items = data instanceof UnreadableOutput ? [] : data.items
  const names = await assetsByIdentifier(
    ctx,
    items.flatMap((item) => [item.resource, ...item.names]),
  )
  const earlier = await earlierRuns(ctx, one.id)
  const runs: Run[] = []
  for (const check of checks) {
    const assetOf = (item: Item): Id | null | false => {
      const named = assetNamed(names, item)
      if (named === null || !ctx.ancestors(named.entityId).includes(one.entityId)) return null
      return isAskedOf(check, named, ctx.ancestors) && named.id
    }
    const verdicts =
      data instanceof UnreadableOutput ? [] : await evaluator.evaluate(check.expression, items, data.tool)
    runs.push({
      id: newId(ctx.random),
      version: 0,
      checkId: check.id,
      evidenceId: one.id,
      expression: check.expression,
      ranOn: one.aboutTo,
      ranAt: instantOf(ctx, one, data instanceof UnreadableOutput ? null : data, earlier.get(check.id) ?? 0),
      validUntil: speaksUntil(check, one.aboutTo),
      ...judge(items, verdicts, assetOf),
      problem: data instanceof UnreadableOutput ? `${data.fault}: ${data.message}` : null,
    })
  }
  return saveAll(ctx, run, 'run.recorded', runs)
}

/** Runs every check that reads this kind of data and is active on the day that the data is about. */
export async function runMatching(ctx: Context, one: Evidence): Promise<Run[]> {
  if (one.data === null) return []
  const matching = await checksOfKind(ctx, one.data.kind)
  const active = matching.filter((check) => isActive(check, one.aboutTo))
  return withEvaluator((evaluator) => runChecks(ctx, one, active, evaluator))
}
