import { z } from 'zod'
import { protectsNothing, protectsSchema } from '../../assets/protects.ts'
import { namesOf } from '../../db/citing.ts'
import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Control, control } from '../control.ts'
import { linkProblems } from '../links.ts'
import { allControls, findControl, implementationsOf } from './queries.ts'

type ControlCommand<Input, Output = Control> = Command<Context, Input, Output>

const reasonInput = plainText(2000).nullable().default(null)

async function refuseBroken(ctx: Context, one: Control): Promise<void> {
  const others = await allControls(ctx)
  const twin = others.find(
    (other) => other.id !== one.id && other.code.toUpperCase() === one.code.toUpperCase(),
  )
  if (one.ownerId !== null) await findPerson(ctx, one.ownerId)
  refuseInvalid([
    ...(twin ? [fieldProblem('/code', 'control.code_taken', { code: one.code })] : []),
    ...linkProblems(one, others, ctx.catalogue),
  ])
}

function refuseRetired(one: Control): void {
  if (one.retiredOn !== null) throw new Problem('precondition', 'control.retired', { day: one.retiredOn })
}

/** Whoever writes a control has read it; a program that writes one has not. */
export const reviewNow = (ctx: Context): Control['review'] =>
  ctx.actor.kind === 'person' && ctx.actor.id !== null ? { personId: ctx.actor.id, on: ctx.today } : null

const adoptInput = z.strictObject({ controls: z.array(z.string().max(40)).min(1).max(200) })

/** Takes controls of the common library over, with their words, as unreviewed. */
export const adoptControls: ControlCommand<z.output<typeof adoptInput>, { items: Control[] }> = {
  kind: 'command',
  noun: 'control',
  action: 'adopt',
  input: adoptInput,
  output: z.strictObject({ items: z.array(control.schema) }),
  scope: () => 'organisation',
  async run(ctx, input) {
    const existing = await allControls(ctx)
    const shipped = ctx.catalogue.library.controls
    const problems = input.controls.flatMap((id, index) => {
      const before = existing.find((one) => one.libraryId === id && one.retiredOn === null)
      const taken = existing.find((one) => one.code.toUpperCase() === id.toUpperCase())
      const at = `/controls/${index}`
      if (!shipped.has(id)) return [fieldProblem(at, 'control.library_unknown', { control: id })]
      if (before) return [fieldProblem(at, 'control.adopted_already', { control: id, code: before.code })]
      return taken ? [fieldProblem(at, 'control.code_taken', { code: id })] : []
    })
    refuseInvalid(problems)
    const adopted = [...new Set(input.controls)].flatMap((id): Control[] => {
      const found = shipped.get(id)
      if (!found) return []
      return [
        {
          id: newId(ctx.random),
          version: 0,
          code: found.id,
          name: found.title,
          objective: found.objective,
          practice: found.practice,
          libraryId: found.id,
          libraryVersion: ctx.catalogue.library.version,
          review: null,
          protects: found.protects,
          requirementLinks: [],
          controlLinks: [],
          together: [],
          ownerId: null,
          retiredOn: null,
          former: null,
        },
      ]
    })
    return { items: await saveAll(ctx, control, 'control.adopted', adopted) }
  },
}

const createInput = control.schema
  .omit({ id: true, version: true, libraryId: true, libraryVersion: true, review: true })
  .omit({ retiredOn: true, former: true })
  .extend({ protects: protectsSchema.default(protectsNothing) })

export const createControl: ControlCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'control',
  action: 'create',
  input: createInput,
  output: control.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const created: Control = {
      ...input,
      id: newId(ctx.random),
      version: 0,
      libraryId: null,
      libraryVersion: null,
      review: reviewNow(ctx),
      retiredOn: null,
      former: null,
    }
    await refuseBroken(ctx, created)
    return save(ctx, control, 'control.created', created)
  },
}

const updateInput = control.schema
  .omit({ libraryId: true, libraryVersion: true, review: true, retiredOn: true })
  .partial({ former: true })
  .extend({
    changedFrom: changedFromInput,
    reason: reasonInput,
    /** Absent, it stays as it is. */
    protects: protectsSchema.optional(),
  })

/** A named person who edits the words has read them: that reviews an adopted control too. */
export const updateControl: ControlCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'control',
  action: 'update',
  input: updateInput,
  output: control.schema,
  scope: () => 'organisation',
  async run(ctx, { reason, changedFrom, ...input }) {
    const before = await findControl(ctx, input.id)
    refuseRetired(before)
    refuseInvalid(changedFromProblems(changedFrom, ctx.today))
    const after: Control = {
      ...input,
      protects: input.protects ?? before.protects,
      libraryId: before.libraryId,
      libraryVersion: before.libraryVersion,
      retiredOn: null,
      former: null,
      review: reviewNow(ctx) ?? before.review,
    }
    await refuseBroken(ctx, after)
    return save(ctx, control, 'control.updated', after, reason, changedFrom ?? ctx.today)
  },
}

const versionInput = control.schema.pick({ id: true, version: true })

/** Confirms the words as they are. Never done by a program: a shipped text is nobody's until somebody has read it. */
export const reviewControl: ControlCommand<{ id: Id; version: number }> = {
  kind: 'command',
  noun: 'control',
  action: 'review',
  input: versionInput,
  output: control.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version }) {
    const before = await findControl(ctx, id)
    refuseRetired(before)
    const review = reviewNow(ctx)
    if (review === null) throw new Problem('precondition', 'control.review_needs_person')
    return save(ctx, control, 'control.reviewed', { ...before, version, review })
  },
}

const retireInput = versionInput.extend({
  on: daySchema,
  reason: plainText(2000),
  /** Says that whoever retires it knows what cites it and will be left without it. */
  despite: z.boolean().default(false),
})

async function refuseCited(ctx: Context, one: Control): Promise<void> {
  const citing = await ctx.citing(ctx, 'control', [one.id])
  if (citing.length === 0) return
  throw new Problem('precondition', 'control.cited', { count: citing.length, records: namesOf(citing) })
}

/**
 * Ends a control that nobody carries out any more; its past stays. Where an open risk or a statement in force cites it,
 * it is refused with their names until `despite` says that they are known; each of them shows then that it ended.
 */
export const retireControl: ControlCommand<z.output<typeof retireInput>> = {
  kind: 'command',
  noun: 'control',
  action: 'retire',
  input: retireInput,
  output: control.schema,
  scope: () => 'organisation',
  async run(ctx, { id, version, on, reason, despite }) {
    const before = await findControl(ctx, id)
    refuseRetired(before)
    const open = (await implementationsOf(ctx, [id])).filter((one) => one.endedOn === null)
    if (open.length > 0) throw new Problem('precondition', 'control.still_operating', { count: open.length })
    if (!despite) await refuseCited(ctx, before)
    return save(ctx, control, 'control.retired', { ...before, version, retiredOn: on }, reason)
  },
}
