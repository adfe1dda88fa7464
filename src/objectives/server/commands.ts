import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import { allProgrammes } from '../../programmes/server/queries.ts'
import { type Objective, objective } from '../objective.ts'
import { objectiveProblems } from '../rules.ts'
import { findObjective } from './queries.ts'

type ObjectiveCommand<Input, Output = Objective> = Command<Context, Input, Output>

/** What is for every entity is changed by those who answer for all of them. */
export const scopeOfObjective = (...all: Pick<Objective, 'entityIds'>[]): Scope =>
  all.some((one) => one.entityIds.length === 0)
    ? 'organisation'
    : { entities: [...new Set(all.flatMap((one) => one.entityIds))] }

/** People, programmes and entities that are not here; somebody who has left can only stay, not be named anew. */
async function referenceProblems(
  ctx: Context,
  one: Objective,
  before: Objective | undefined,
): Promise<FieldProblem[]> {
  const people = await everyOf(ctx, person)
  const entities = await entitiesById(ctx)
  const programmes = new Set((await allProgrammes(ctx)).map((each) => each.id))
  // What was named before stays: a programme that its manager may not see is none the less there.
  const unknown = (
    pointer: string,
    ids: readonly Id[],
    known: { has(id: Id): boolean },
    named: readonly Id[] = [],
  ) =>
    ids.flatMap((id, index) =>
      known.has(id) || named.includes(id)
        ? []
        : [fieldProblem(`${pointer}/${index}`, 'record.reference_unknown')],
    )
  const keeper = (pointer: string, id: Id | null, was: Id | null | undefined) => {
    if (id === null || id === was) return []
    const found = people.get(id)
    if (!found) return [fieldProblem(pointer, 'record.reference_unknown')]
    return found.state === 'left' ? [fieldProblem(pointer, 'context.owner_left')] : []
  }
  const { measure } = one
  return [
    ...unknown('/entityIds', one.entityIds, entities, before?.entityIds),
    ...unknown('/programmeIds', one.programmeIds, programmes, before?.programmeIds),
    ...keeper('/ownerId', one.ownerId, before?.ownerId),
    ...keeper('/measure/measuredById', measure.measuredById, before?.measure.measuredById),
    ...keeper('/measure/evaluatedById', measure.evaluatedById, before?.measure.evaluatedById),
  ]
}

/** Everything that is wrong with an objective: by itself, among the others, and in what it names. */
export async function problemsOfObjective(ctx: Context, one: Objective): Promise<FieldProblem[]> {
  const others = await everyOf(ctx, objective)
  const taken = [...others.values()].some((other) => other.key === one.key && other.id !== one.id)
  return [
    ...objectiveProblems(one),
    ...(taken ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
    ...(await referenceProblems(ctx, one, others.get(one.id))),
  ]
}

const createInput = objective.schema.omit({ id: true, version: true, former: true })

export const createObjective: ObjectiveCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'objective',
  action: 'create',
  input: createInput,
  output: objective.schema,
  scope: (_, input) => scopeOfObjective(input),
  async run(ctx, input) {
    const created: Objective = { ...input, id: newId(ctx.random), version: 0, former: null }
    refuseInvalid(await problemsOfObjective(ctx, created))
    return save(ctx, objective, 'objective.created', created)
  },
}

const reasonInput = plainText(2000).nullable().default(null)
const updateInput = objective.schema
  .partial({ former: true })
  .extend({ changedFrom: changedFromInput, reason: reasonInput })

export const updateObjective: ObjectiveCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'objective',
  action: 'update',
  input: updateInput,
  output: objective.schema,
  scope: async (ctx, input) => scopeOfObjective(await findObjective(ctx, input.id), input),
  async run(ctx, { reason, changedFrom, ...input }) {
    await findObjective(ctx, input.id)
    const after: Objective = { ...input, former: null }
    refuseInvalid([
      ...changedFromProblems(changedFrom, ctx.today),
      ...(await problemsOfObjective(ctx, after)),
    ])
    return save(ctx, objective, 'objective.updated', after, reason, changedFrom ?? ctx.today)
  },
}

const endInput = objective.schema
  .pick({ id: true, version: true })
  .extend({ to: daySchema, reason: plainText(2000) })

/** Ends an objective with its last day; its readings stay. */
export const endObjective: ObjectiveCommand<z.output<typeof endInput>> = {
  kind: 'command',
  noun: 'objective',
  action: 'update',
  input: endInput,
  output: objective.schema,
  scope: async (ctx, { id }) => scopeOfObjective(await findObjective(ctx, id)),
  async run(ctx, { id, version, to, reason }) {
    const before = await findObjective(ctx, id)
    if (before.to !== null && before.to < ctx.today)
      throw new Problem('precondition', 'objective.ended', { day: before.to })
    const after = { ...before, version, to }
    refuseInvalid(await problemsOfObjective(ctx, after))
    return save(ctx, objective, 'objective.ended', after, reason)
  },
}

const bulkInput = z.strictObject({
  items: z
    .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
    .min(1)
    .max(500),
  ownerId: idSchema.nullable(),
  reason: reasonInput,
})

const bulkOutput = z.strictObject({
  rows: z.array(z.strictObject({ id: idSchema, version: z.int(), fate: z.enum(['changed', 'unchanged']) })),
})

/** Gives many objectives to one owner, all of them or none, with the fate of each. */
export const assignObjectives: ObjectiveCommand<z.output<typeof bulkInput>, z.output<typeof bulkOutput>> = {
  kind: 'command',
  noun: 'objective',
  action: 'update',
  input: bulkInput,
  output: bulkOutput,
  async scope(ctx, { items }) {
    const all = await everyOf(ctx, objective)
    const found = items.flatMap(({ id }) => all.get(id) ?? [])
    return found.length < items.length ? 'organisation' : scopeOfObjective(...found)
  },
  async run(ctx, { items, ownerId, reason }) {
    const all = await everyOf(ctx, objective)
    const problems: FieldProblem[] = []
    const rows: Objective[] = []
    for (const [index, item] of [...new Map(items.map((each) => [each.id, each])).values()].entries()) {
      const before = all.get(item.id)
      const at = `/items/${index}`
      if (!before) problems.push(fieldProblem(at, 'record.reference_unknown'))
      else if (before.version !== item.version)
        problems.push(fieldProblem(at, 'objective.changed_one', { key: before.key }))
      else {
        const wrong = await problemsOfObjective(ctx, { ...before, ownerId })
        problems.push(...wrong.map((one) => ({ ...one, pointer: at })))
        rows.push(before)
      }
    }
    refuseInvalid(problems)
    const changed = rows.filter((one) => one.ownerId !== ownerId).map((one) => ({ ...one, ownerId }))
    const saved = new Map(
      (await saveAll(ctx, objective, 'objective.assigned', changed, reason)).map((one) => [one.id, one]),
    )
    return {
      rows: rows.map(({ id, version }) => ({
        id,
        version: saved.get(id)?.version ?? version,
        fate: saved.has(id) ? ('changed' as const) : ('unchanged' as const),
      })),
    }
  },
}
