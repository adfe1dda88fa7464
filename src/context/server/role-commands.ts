import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { save } from '../../db/save.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { addDays, daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import { type IsmsRole, ismsRole, roleProblems } from '../isms-role.ts'
import { reasonInput } from './kept-commands.ts'
import { findRole } from './queries.ts'
import { keeperProblems } from './references.ts'

type RoleCommand<Input> = Command<Context, Input, IsmsRole>

const scopeOfRole = ({ entityId }: Pick<IsmsRole, 'entityId'>): Scope =>
  entityId === null ? 'organisation' : { entities: [entityId] }

/** A part that somebody had already stays theirs even when they have left: that is history. A new one must be here. */
async function holderProblems(ctx: Context, one: IsmsRole, before: IsmsRole | null): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = []
  for (const [index, holder] of one.holders.entries()) {
    const at = `/holders/${index}`
    const { personId, deputyId, from } = holder
    const had = before?.holders.find((each) => each.personId === personId && each.from === from)
    problems.push(
      ...(await keeperProblems(ctx, `${at}/personId`, personId, had?.personId ?? null)),
      ...(await keeperProblems(ctx, `${at}/deputyId`, deputyId, had?.deputyId ?? null)),
    )
  }
  return problems
}

export async function problemsOfRole(
  ctx: Context,
  one: IsmsRole,
  before: IsmsRole | null,
): Promise<FieldProblem[]> {
  const others = [...(await everyOf(ctx, ismsRole)).values()]
  const taken = others.some((other) => other.key === one.key && other.id !== one.id)
  const unknown = one.entityId !== null && !(await entitiesById(ctx)).has(one.entityId)
  return [
    ...roleProblems(one),
    ...(taken ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
    ...(unknown ? [fieldProblem('/entityId', 'record.reference_unknown')] : []),
    ...(await holderProblems(ctx, one, before)),
  ]
}

const createInput = ismsRole.schema.omit({ id: true, version: true })

export const createRole: RoleCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'isms-role',
  action: 'create',
  input: createInput,
  output: ismsRole.schema,
  scope: (_, input) => scopeOfRole(input),
  async run(ctx, input) {
    const created: IsmsRole = { ...input, id: newId(ctx.random), version: 0 }
    refuseInvalid(await problemsOfRole(ctx, created, null))
    return save(ctx, ismsRole, 'isms-role.created', created)
  },
}

const updateInput = ismsRole.schema.extend({ reason: reasonInput })

const scopeOfBoth = (a: IsmsRole, b: IsmsRole): Scope =>
  a.entityId === null || b.entityId === null
    ? 'organisation'
    : { entities: [...new Set([a.entityId, b.entityId])] }

export const updateRole: RoleCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'isms-role',
  action: 'update',
  input: updateInput,
  output: ismsRole.schema,
  scope: async (ctx, { reason: _, ...input }) => scopeOfBoth(await findRole(ctx, input.id), input),
  async run(ctx, { reason, ...input }) {
    const before = await findRole(ctx, input.id)
    refuseInvalid(await problemsOfRole(ctx, input, before))
    return save(ctx, ismsRole, 'isms-role.updated', input, reason)
  },
}

const handInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  /** Null leaves it without a holder. */
  personId: idSchema.nullable(),
  deputyId: idSchema.nullable().default(null),
  from: daySchema,
  reason: reasonInput,
})

/** Hands a role over on a day: whoever holds it until then holds it through the day before. */
export const handOverRole: RoleCommand<z.output<typeof handInput>> = {
  kind: 'command',
  noun: 'isms-role',
  action: 'update',
  input: handInput,
  output: ismsRole.schema,
  scope: async (ctx, { id }) => scopeOfRole(await findRole(ctx, id)),
  async run(ctx, { id, version, personId, deputyId, from, reason }) {
    const before = await findRole(ctx, id)
    const last = addDays(from, -1)
    const early = before.holders.find(
      (holder) => holder.from !== null && holder.from >= from && (holder.to === null || holder.to >= from),
    )
    if (early) refuseInvalid([fieldProblem('/from', 'role.holder_order', { from: early.from ?? '' })])
    const kept = before.holders.map((holder) =>
      holder.to === null || holder.to >= from ? { ...holder, to: last } : holder,
    )
    const added: IsmsRole['holders'] = personId === null ? [] : [{ personId, deputyId, from, to: null }]
    const after: IsmsRole = { ...before, version, holders: [...kept, ...added] }
    refuseInvalid((await problemsOfRole(ctx, after, before)).map(atInput))
    return save(ctx, ismsRole, 'isms-role.handed-over', after, reason)
  },
}

/** The new holder is the last of the record's list, and a field of its own in the input. */
const atInput = (problem: FieldProblem): FieldProblem => ({
  ...problem,
  pointer: problem.pointer.replace(/^\/holders\/\d+/, ''),
})
