import { z } from 'zod'
import { findControl } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import { findEvidence, refuseEnded } from '../../evidence/server/queries.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { entitiesById, servicesById } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Check, check } from '../check.ts'
import { expressionProblem } from '../expression.ts'
import { type Run, run } from '../run.ts'
import { withEvaluator } from './evaluate.ts'
import { findCheck } from './queries.ts'
import { runChecks } from './run-checks.ts'

type CheckCommand<Input, Output = Check> = Command<Context, Input, Output>

/** What is wrong with an expression, as a problem of a field. */
export function expressionProblems(expression: string, pointer = '/expression'): FieldProblem[] {
  const problem = expressionProblem(expression)
  if (problem === null) return []
  const { fault, from, to, detail } = problem
  return [fieldProblem(pointer, `check.expression_${fault.replaceAll('-', '_')}`, { from, to, detail })]
}

async function surroundingProblems(ctx: Context, one: Check): Promise<FieldProblem[]> {
  const entities = await entitiesById(ctx)
  const services = await servicesById(ctx)
  const twin = await ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .select('id')
    .where('key', '=', one.key)
    .where('id', '<>', one.id)
    .executeTakeFirst()
  const unknown = (pointer: string, ids: readonly Id[], known: ReadonlyMap<Id, unknown>) =>
    ids.flatMap((id, index) =>
      known.has(id) ? [] : [fieldProblem(`/resources/${pointer}/${index}`, 'record.reference_unknown')],
    )
  return [
    ...(twin ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
    ...unknown('entityIds', one.resources.entityIds, entities),
    ...unknown('serviceIds', one.resources.serviceIds, services),
  ]
}

/** Whoever is named must be here; somebody who left meanwhile can only stay. */
async function ownerProblems(ctx: Context, id: Id | null, before: Id | null): Promise<FieldProblem[]> {
  if (id === null || id === before) return []
  const one = await findPerson(ctx, id)
  const name = inLanguage(one.name, ctx.language)
  return one.state === 'left' ? [fieldProblem('/ownerId', 'check.owner_left', { name })] : []
}

/** Refuses a check that could not work, naming everything that is wrong with it. */
export async function refuseBroken(ctx: Context, one: Check, before: Check | null): Promise<void> {
  const control = await findControl(ctx, one.controlId)
  refuseInvalid([
    ...(control.retiredOn === null
      ? []
      : [fieldProblem('/controlId', 'control.retired', { day: control.retiredOn })]),
    ...expressionProblems(one.expression),
    ...(await surroundingProblems(ctx, one)),
    ...(await ownerProblems(ctx, one.ownerId, before?.ownerId ?? null)),
  ])
}

const createInput = check.schema
  .omit({ id: true, version: true, activeTo: true, former: true })
  .extend({ ownerId: check.schema.shape.ownerId.default(null) })

export const createCheck: CheckCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'check',
  action: 'create',
  input: createInput,
  output: check.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const created: Check = { ...input, id: newId(ctx.random), version: 0, activeTo: null, former: null }
    await refuseBroken(ctx, created, null)
    return save(ctx, check, 'check.created', created)
  },
}

function refuseOver(one: Check): void {
  if (one.activeTo !== null) throw new Problem('precondition', 'check.ended', { day: one.activeTo })
}

const reasonInput = plainText(2000).nullable().default(null)
const updateInput = check.schema.omit({ activeTo: true }).partial({ former: true }).extend({
  /** Absent, it stays as it is. */
  ownerId: check.schema.shape.ownerId.optional(),
  changedFrom: changedFromInput,
  reason: reasonInput,
})

/** Changes what is asked from now on. Runs keep the expression that they were made with. */
export const updateCheck: CheckCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'check',
  action: 'update',
  input: updateInput,
  output: check.schema,
  scope: () => 'organisation',
  async run(ctx, { reason, changedFrom, ...input }) {
    const before = await findCheck(ctx, input.id)
    refuseOver(before)
    // Its results speak for the control that it was made for.
    refuseInvalid(
      input.controlId === before.controlId ? [] : [fieldProblem('/controlId', 'check.control_fixed')],
    )
    refuseInvalid(changedFromProblems(changedFrom, ctx.today))
    const ownerId = input.ownerId === undefined ? before.ownerId : input.ownerId
    const after: Check = { ...input, ownerId, activeTo: null, former: null }
    await refuseBroken(ctx, after, before)
    return save(ctx, check, 'check.updated', after, reason, changedFrom ?? ctx.today)
  },
}

const endInput = check.schema
  .pick({ id: true, version: true })
  .extend({ on: daySchema, reason: plainText(2000) })

/** Ends a check after a day; what it found stays. */
export const endCheck: CheckCommand<z.output<typeof endInput>> = {
  kind: 'command',
  noun: 'check',
  action: 'end',
  input: endInput,
  output: check.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version, on, reason }) {
    const before = await findCheck(ctx, id)
    refuseOver(before)
    const from = before.activeFrom
    refuseInvalid(on < from ? [fieldProblem('/on', 'interval.end_before_start', { from })] : [])
    return save(ctx, check, 'check.ended', { ...before, version, activeTo: on }, reason)
  },
}

const runInput = z.strictObject({ id: idSchema, evidenceId: idSchema })

/** Asks a check of data that is there already, for instance after its expression was mended. */
export const runCheck: CheckCommand<z.output<typeof runInput>, Run> = {
  kind: 'command',
  noun: 'check',
  action: 'run',
  input: runInput,
  output: run.schema,
  scope: async (ctx, { evidenceId }) => ({ entities: [(await findEvidence(ctx, evidenceId)).entityId] }),
  async run(ctx, { id, evidenceId }) {
    const asked = await findCheck(ctx, id)
    refuseOver(asked)
    const one = await findEvidence(ctx, evidenceId)
    refuseEnded(one)
    if (one.data?.kind !== asked.dataKind)
      throw new Problem('precondition', 'check.other_data', {
        wanted: asked.dataKind,
        found: one.data?.kind ?? '—',
      })
    const [made] = await withEvaluator((evaluator) => runChecks(ctx, one, [asked], evaluator))
    if (!made) throw new Error('a check made no run')
    return made
  },
}
