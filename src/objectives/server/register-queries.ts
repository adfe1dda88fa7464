import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { holdsOn } from '../../kernel/interval.ts'
import {
  type Keeper,
  keeperSchema,
  keepersNamed,
  namedSchema,
  peopleNamed,
} from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { type Objective, objective } from '../objective.ts'
import { type Reading, reading } from '../reading.ts'
import { readingCells } from '../reading-exchange.ts'
import { objectiveStates, standingOn } from '../state.ts'
import { scopeOfObjective } from './commands.ts'
import { readingsOf } from './queries.ts'

const targetSchema = objective.schema.shape.targets.element.nullable()

const answerSchema = objective.schema.extend({
  owner: keeperSchema.nullable(),
  state: z.enum(objectiveStates),
  value: z.number().nullable(),
  readOn: daySchema.nullable(),
  target: targetSchema,
  next: targetSchema,
  readingDue: daySchema.nullable(),
  stale: z.boolean(),
  running: z.enum(['standing', 'planned', 'ended']),
  abilities: z.array(z.string()),
})

export type ObjectiveAnswer = z.output<typeof answerSchema>

const runningOn = (one: Objective, day: string) => {
  if (holdsOn(one, day)) return 'standing' as const
  return one.from !== null && one.from > day ? ('planned' as const) : ('ended' as const)
}

function answerOf(
  ctx: Context,
  one: Objective,
  readings: readonly Reading[],
  owner: (id: Id | null) => Keeper | null,
): ObjectiveAnswer {
  const scope = scopeOfObjective(one)
  return {
    ...one,
    ...standingOn(one, readings, ctx.asOf),
    owner: owner(one.ownerId),
    running: runningOn(one, ctx.asOf),
    abilities: [
      ...(ctx.can('objective.update', scope) ? ['update'] : []),
      ...(ctx.can('reading.add', scope) ? ['read'] : []),
    ],
  }
}

/** Objectives that the actor may see: those of their entities and those that are for all. */
export async function shownObjectives(ctx: Context): Promise<Objective[]> {
  const reached = await reachedEntities(ctx)
  return [...(await everyOf(ctx, objective)).values()]
    .filter(
      (one) =>
        reached === null || one.entityIds.length === 0 || one.entityIds.some((id) => reached.includes(id)),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** What the register may offer besides its rows. */
const creating = new Set(['objective.create', 'objective.import', 'reading.import'])

const listSchema = z.strictObject({ items: z.array(answerSchema), abilities: z.array(z.string()) })

/** Every objective with how it stands on the day asked about: dozens, in four queries. */
export const listObjectives: Query<Context, Record<string, never>, z.output<typeof listSchema>> = {
  kind: 'query',
  noun: 'objective',
  action: 'read',
  input: z.strictObject({}),
  output: listSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const all = await shownObjectives(ctx)
    const readings = await readingsOf(
      ctx,
      all.map((one) => one.id),
    )
    const owner = await keepersNamed(
      ctx,
      all.map((one) => one.ownerId),
    )
    return {
      items: all.map((one) => answerOf(ctx, one, readings.get(one.id) ?? [], owner)),
      abilities: ctx.permissions.filter((one) => creating.has(one)),
    }
  },
}

const shownReading = reading.schema.extend({
  reader: namedSchema.nullable(),
  /** The reading that corrected this one, by the day asked about or after. */
  replacedBy: idSchema.nullable(),
})

const recordSchema = answerSchema.extend({
  /** Every value about a day until the one asked about, corrected ones too, oldest first. */
  readings: z.array(shownReading),
  measuredBy: keeperSchema.nullable(),
  evaluatedBy: keeperSchema.nullable(),
})

export const getObjective: Query<Context, { id: Id }, z.output<typeof recordSchema>> = {
  kind: 'query',
  noun: 'objective',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: recordSchema,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const one = (await shownObjectives(ctx)).find((each) => each.id === id)
    if (!one) throw notFound('objective')
    const all = (await readingsOf(ctx, [id])).get(id) ?? []
    const visible = all.filter((each) => each.on <= ctx.asOf)
    const { measuredById, evaluatedById } = one.measure
    const keeper = await keepersNamed(ctx, [one.ownerId, measuredById, evaluatedById])
    const named = await peopleNamed(
      ctx,
      visible.map((each) => each.readById),
    )
    const replacedBy = new Map(all.map((each) => [each.replaces, each.id]))
    return {
      ...answerOf(ctx, one, all, keeper),
      readings: visible.map((each) => ({
        ...each,
        reader: named(each.readById),
        replacedBy: replacedBy.get(each.id) ?? null,
      })),
      measuredBy: keeper(measuredById),
      evaluatedBy: keeper(evaluatedById),
    }
  },
}

const exportInput = z.strictObject({ objective: idSchema.optional() })
const exportOutput = z.strictObject({ count: z.int() })

/** Gives the readings that the actor may see to `take`, as rows under `readingColumns`. */
export const exportReadings = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'reading',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, input) {
    const all = (await shownObjectives(ctx)).filter(
      (one) => input.objective === undefined || one.id === input.objective,
    )
    const readings = await readingsOf(
      ctx,
      all.map((one) => one.id),
    )
    let count = 0
    for (const { id, key } of all) {
      const own = readings.get(id) ?? []
      const replaced = new Set(own.map((one) => one.replaces))
      for (const one of own.filter((each) => each.on <= ctx.asOf)) {
        await take(readingCells(one, key, replaced.has(one.id)))
        count++
      }
    }
    return { count }
  },
})
