import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findEntity, findService } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Implementation, implementation, implementationProblems } from '../implementation.ts'
import { findImplementation } from './implementation-queries.ts'
import { planFor } from './planning.ts'
import { findControl } from './queries.ts'

type ImplementationCommand<Input> = Command<Context, Input, Implementation>

/** What it names must be here, and nothing else may be carrying the control out in the same place. */
async function surroundingProblems(ctx: Context, one: Implementation): Promise<FieldProblem[]> {
  const control = await findControl(ctx, one.controlId)
  if (control.retiredOn !== null)
    throw new Problem('precondition', 'control.retired', { day: control.retiredOn })
  await findEntity(ctx, one.entityId)
  if (one.ownerId !== null) await findPerson(ctx, one.ownerId)
  const service = one.serviceId === null ? null : await findService(ctx, one.serviceId)
  const twins = await ctx.tx
    .selectFrom(rowsOf(ctx, implementation, 'i'))
    .select('id')
    .where('controlId', '=', one.controlId)
    .where('entityId', '=', one.entityId)
    .where('serviceId', one.serviceId === null ? 'is' : '=', one.serviceId)
    .where('endedOn', 'is', null)
    .where('id', '<>', one.id)
    .execute()
  return [
    ...(service && service.entityId !== one.entityId
      ? [fieldProblem('/serviceId', 'implementation.service_elsewhere')]
      : []),
    ...(twins.length > 0 ? [fieldProblem('/controlId', 'implementation.exists')] : []),
  ]
}

async function refuseBroken(ctx: Context, one: Implementation): Promise<void> {
  refuseInvalid([...implementationProblems(one), ...(await surroundingProblems(ctx, one))])
}

const createInput = implementation.schema.omit({ id: true, version: true, endedOn: true, former: true })

export const createImplementation: ImplementationCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'implementation',
  action: 'create',
  input: createInput,
  output: implementation.schema,
  async scope(ctx, input) {
    await findEntity(ctx, input.entityId)
    return { entities: [input.entityId] }
  },
  async run(ctx, input) {
    const created: Implementation = {
      ...input,
      id: newId(ctx.random),
      ...{ version: 0, endedOn: null, former: null },
    }
    await refuseBroken(ctx, created)
    const saved = await save(ctx, implementation, 'implementation.created', created)
    await planFor(ctx, [saved])
    return saved
  },
}

function refuseMove(before: Implementation, after: Implementation): void {
  const stays =
    before.controlId === after.controlId &&
    before.entityId === after.entityId &&
    before.serviceId === after.serviceId
  if (!stays) throw new Problem('precondition', 'implementation.moved')
}

const updateInput = implementation.schema
  .omit({ endedOn: true })
  .partial({ former: true })
  .extend({ changedFrom: changedFromInput, reason: plainText(2000).nullable().default(null) })

export const updateImplementation: ImplementationCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'implementation',
  action: 'update',
  input: updateInput,
  output: implementation.schema,
  scope: async (ctx, { id }) => ({ entities: [(await findImplementation(ctx, id)).entityId] }),
  async run(ctx, { reason, changedFrom, ...input }) {
    const before = await findImplementation(ctx, input.id)
    refuseInvalid(changedFromProblems(changedFrom, ctx.today))
    if (before.endedOn !== null)
      throw new Problem('precondition', 'implementation.ended', { day: before.endedOn })
    const after: Implementation = { ...input, endedOn: null, former: null }
    refuseMove(before, after)
    await refuseBroken(ctx, after)
    const from = changedFrom ?? ctx.today
    const saved = await save(ctx, implementation, 'implementation.updated', after, reason, from)
    await planFor(ctx, [saved])
    return saved
  },
}

const endInput = implementation.schema
  .pick({ id: true, version: true })
  .extend({ endedOn: daySchema, reason: plainText(2000) })

/** The last day on which it is carried out. What was due by then stays due. */
export const endImplementation: ImplementationCommand<z.output<typeof endInput>> = {
  kind: 'command',
  noun: 'implementation',
  action: 'end',
  input: endInput,
  output: implementation.schema,
  scope: async (ctx, { id }) => ({ entities: [(await findImplementation(ctx, id)).entityId] }),
  async run(ctx, { id, version, endedOn, reason }) {
    const before = await findImplementation(ctx, id)
    if (before.endedOn !== null)
      throw new Problem('precondition', 'implementation.ended', { day: before.endedOn })
    const after = { ...before, version, endedOn }
    refuseInvalid(implementationProblems(after))
    const saved = await save(ctx, implementation, 'implementation.ended', after, reason)
    await planFor(ctx, [saved])
    return saved
  },
}
