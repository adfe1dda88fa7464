import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { holdsOn } from '../../kernel/interval.ts'
import { type Objective, objective } from '../objective.ts'
import { type Reading, reading } from '../reading.ts'
import { type Standing, standingOn } from '../state.ts'

/** Every reading of some objectives, replaced ones too, in the order of their days: one query. */
export async function readingsOf(
  ctx: Context,
  objectiveIds: readonly Id[],
): Promise<ReadonlyMap<Id, Reading[]>> {
  const rows =
    objectiveIds.length === 0
      ? []
      : await ctx.tx
          .selectFrom(rowsOf(ctx, reading, 'r'))
          .selectAll()
          .where(sql<boolean>`objective_id = any(${[...objectiveIds]}::uuid[])`)
          .orderBy('on')
          .orderBy('id')
          .execute()
  return Map.groupBy(rows, (one) => one.objectiveId)
}

export async function findObjective(ctx: Context, id: Id): Promise<Objective> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, objective, 'o'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('objective')
  return found
}

export type StandingObjective = { objective: Objective; standing: Standing; readings: Reading[] }

/** The objectives that were pursued on a day, each with how it stood: two queries. */
export async function objectivesOn(ctx: Context, day: Day): Promise<StandingObjective[]> {
  const all = [...(await everyOf(ctx, objective)).values()]
    .filter((one) => holdsOn(one, day))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const readings = await readingsOf(
    ctx,
    all.map((one) => one.id),
  )
  return all.map((one) => {
    const own = readings.get(one.id) ?? []
    return { objective: one, standing: standingOn(one, own, day), readings: own }
  })
}
