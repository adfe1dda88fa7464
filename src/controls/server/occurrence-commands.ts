import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { addDays, daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { implementation } from '../implementation.ts'
import { type Occurrence, occurrence } from '../occurrence.ts'
import { occurrenceStateOn } from '../occurrence-state.ts'
import { isOperating } from '../phases.ts'
import { findImplementation } from './implementation-queries.ts'
import { findOccurrence, scopeOfOccurrence } from './occurrence-queries.ts'
import { planFor } from './planning.ts'

type OccurrenceCommand<Input, Output = Occurrence> = Command<Context, Input, Output>

const planInput = z.strictObject({
  /** Plans days that have begun already too, for an organisation that brings its history; each says when it was planned. */
  from: daySchema.nullable().default(null),
})

/** Puts on the plan what every implementation promises next. Assay runs it every day; running it again changes nothing. */
export const planOccurrences: OccurrenceCommand<
  z.output<typeof planInput>,
  { added: number; cancelled: number }
> = {
  kind: 'command',
  noun: 'occurrence',
  action: 'plan',
  input: planInput,
  output: z.strictObject({ added: z.int(), cancelled: z.int() }),
  scope: () => 'organisation',
  async run(ctx, { from }) {
    if (from !== null && from > ctx.today)
      refuseInvalid([fieldProblem('/from', 'occurrence.in_future', { day: from, today: ctx.today })])
    const running = await ctx.tx
      .selectFrom(rowsOf(ctx, implementation, 'i'))
      .selectAll()
      .where('frequency', 'is not', null)
      .orderBy('id')
      .execute()
    return planFor(ctx, running, from ?? ctx.today)
  },
}

function refuseFuture(ctx: Context, pointer: string, day: string): void {
  if (day > ctx.today)
    refuseInvalid([fieldProblem(pointer, 'occurrence.in_future', { day, today: ctx.today })])
}

function refuseCancelled(one: Occurrence): void {
  if (one.cancelled !== null)
    throw new Problem('precondition', 'occurrence.cancelled', { day: one.cancelled.on })
}

const performInput = occurrence.schema.pick({ id: true, version: true }).extend({
  on: daySchema,
  outcome: z.enum(['pass', 'fail']),
  note: plainText(4000).nullable(),
  /** Who carried it out, when it was not the one who says so. */
  personId: idSchema.nullable(),
})

/** Records one more attempt. Nothing of before is replaced: a failure stays beside the repeat that passed. */
export const performOccurrence: OccurrenceCommand<z.output<typeof performInput>> = {
  kind: 'command',
  noun: 'occurrence',
  action: 'perform',
  input: performInput,
  output: occurrence.schema,
  scope: (ctx, { id }) => scopeOfOccurrence(ctx, id),
  async run(ctx, { id, version, personId, ...said }) {
    const before = await findOccurrence(ctx, id)
    refuseCancelled(before)
    refuseFuture(ctx, '/on', said.on)
    if (said.on < before.periodFrom)
      refuseInvalid([fieldProblem('/on', 'occurrence.before_period', { from: before.periodFrom })])
    if (personId !== null) await findPerson(ctx, personId)
    const by = personId ?? (ctx.actor.kind === 'person' ? ctx.actor.id : null)
    const attempts = [...before.attempts, { id: newId(ctx.random), personId: by, ...said }]
    return save(ctx, occurrence, 'occurrence.performed', { ...before, version, attempts })
  },
}

const explainInput = occurrence.schema.pick({ id: true, version: true }).extend({ reason: plainText(2000) })

/** Says why something was missed. It stays missed. */
export const explainMissed: OccurrenceCommand<z.output<typeof explainInput>> = {
  kind: 'command',
  noun: 'occurrence',
  action: 'explain',
  input: explainInput,
  output: occurrence.schema,
  scope: (ctx, { id }) => scopeOfOccurrence(ctx, id),
  async run(ctx, { id, version, reason }) {
    const before = await findOccurrence(ctx, id)
    refuseCancelled(before)
    if (before.missed !== null)
      throw new Problem('precondition', 'occurrence.explained_already', { day: before.missed.on })
    if (occurrenceStateOn(before, ctx.today) !== 'missed')
      throw new Problem('precondition', 'occurrence.not_missed', { due: before.dueBy })
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const missed = { reason, personId, on: ctx.today }
    return save(ctx, occurrence, 'occurrence.explained', { ...before, version, missed })
  },
}

const cancelInput = explainInput

/** Takes one off the plan before it begins: a day on which nothing can be done, known beforehand. */
export const cancelOccurrence: OccurrenceCommand<z.output<typeof cancelInput>> = {
  kind: 'command',
  noun: 'occurrence',
  action: 'cancel',
  input: cancelInput,
  output: occurrence.schema,
  scope: (ctx, { id }) => scopeOfOccurrence(ctx, id),
  async run(ctx, { id, version, reason }) {
    const before = await findOccurrence(ctx, id)
    refuseCancelled(before)
    if (before.periodFrom <= ctx.today)
      throw new Problem('precondition', 'occurrence.begun', { from: before.periodFrom })
    const cancelled = { reason, on: ctx.today }
    return save(ctx, occurrence, 'occurrence.cancelled', { ...before, version, cancelled }, reason)
  },
}

const raiseInput = z.strictObject({
  id: idSchema,
  /** The day of the event. */
  on: daySchema,
  trigger: plainText(1000),
})

/** Something happened after which an implementation must be carried out: a significant change, a critical patch. */
export const raiseOccurrence: OccurrenceCommand<z.output<typeof raiseInput>> = {
  kind: 'command',
  noun: 'occurrence',
  action: 'raise',
  input: raiseInput,
  output: occurrence.schema,
  scope: async (ctx, { id }) => ({ entities: [(await findImplementation(ctx, id)).entityId] }),
  async run(ctx, { id, on, trigger }) {
    const of = await findImplementation(ctx, id)
    refuseFuture(ctx, '/on', on)
    if (!isOperating(of, on)) refuseInvalid([fieldProblem('/on', 'occurrence.not_operating', { day: on })])
    if (of.frequency === null || of.frequency.kind !== 'event')
      throw new Problem('precondition', 'occurrence.not_on_event')
    const dueBy = addDays(on, of.frequency.withinDays)
    const raised: Occurrence = {
      id: newId(ctx.random),
      version: 0,
      implementationId: id,
      periodFrom: on,
      periodTo: dueBy,
      dueBy,
      plannedOn: ctx.today,
      trigger,
      attempts: [],
      missed: null,
      cancelled: null,
    }
    return save(ctx, occurrence, 'occurrence.raised', raised)
  },
}
