import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { addDays, daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { actorGrant, isInForce } from '../../people/role-grant.ts'
import { findPerson, grantsOf } from '../../people/server/queries.ts'
import { type Arrangement, arrangement } from '../arrangement.ts'
import { doingOf } from '../due.ts'
import { versionsWaiting } from './approval-sources.ts'
import type { DueRow } from './due-rows.ts'
import { findOneDue, isOwn, managesDue, scopeOfDue } from './queries.ts'
import type { DueSource } from './source.ts'

/** Longer than this nothing is put aside in one go: a snooze is a reminder moved, not a duty dropped. */
export const longestSnooze = 92

const subjectSchema = arrangement.schema.shape.subject

type Arrange<Input> = Command<Context, Input, Arrangement>

async function arrangementOn(ctx: Context, row: DueRow): Promise<Arrangement> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, arrangement, 'a'))
    .selectAll()
    .where('subject', '=', row.subject)
    .executeTakeFirst()
  const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  return {
    id: found?.id ?? newId(ctx.random),
    version: found?.version ?? 0,
    subject: row.subject,
    entityId: row.entities.length === 1 ? (row.entities[0] ?? null) : null,
    assigneeId: found?.assigneeId ?? null,
    snoozedUntil: found?.snoozedUntil ?? null,
    reason: '',
    personId,
  }
}

/** What is due, refused to everyone but who is to do it and who manages the place. */
async function arrangeable(ctx: Context, subject: string, sources: readonly DueSource[]): Promise<DueRow> {
  const row = await findOneDue(ctx, subject, sources)
  if (!managesDue(ctx, row) && !isOwn(ctx, row)) throw new Problem('forbidden', 'arrangement.not_yours')
  return row
}

/** Nobody is handed what they could not do: they must be active and hold a role that allows it, there. */
export async function refuseUnable(
  ctx: Context,
  personId: Id,
  row: DueRow,
  pointer = '/personId',
): Promise<void> {
  const receiver = await findPerson(ctx, personId)
  if (receiver.state !== 'active') refuseInvalid([fieldProblem(pointer, 'arrangement.person_inactive')])
  const grants = (await grantsOf(ctx, [personId])).filter((one) => isInForce(one, ctx.today))
  const permission = doingOf(row)
  if (!ctx.couldWith(grants.map(actorGrant), permission, scopeOfDue(row)))
    refuseInvalid([fieldProblem(pointer, 'arrangement.person_may_not', { permission })])
  if (row.kind !== 'approval') return
  const written = (await versionsWaiting(ctx)).find((one) => one.id === row.recordId)
  if (written?.authorIds.includes(personId)) refuseInvalid([fieldProblem(pointer, 'approval.own_work')])
}

const scopeOf =
  (sources: readonly DueSource[]) =>
  async (ctx: Context, { subject }: { subject: string }) =>
    scopeOfDue(await findOneDue(ctx, subject, sources))

const delegateInput = z.strictObject({ subject: subjectSchema, personId: idSchema, reason: plainText(1000) })

/** Hands a due thing to somebody else: the owner to a colleague, a manager to anybody who may do it. */
export const delegateDue = (sources: readonly DueSource[]): Arrange<z.output<typeof delegateInput>> => ({
  kind: 'command',
  noun: 'arrangement',
  action: 'delegate',
  input: delegateInput,
  output: arrangement.schema,
  scope: scopeOf(sources),
  async run(ctx, { subject, personId, reason }) {
    const row = await arrangeable(ctx, subject, sources)
    await refuseUnable(ctx, personId, row)
    const before = await arrangementOn(ctx, row)
    // Whoever it is handed to has not put it aside.
    const after = { ...before, assigneeId: personId, snoozedUntil: null, reason }
    return save(ctx, arrangement, 'arrangement.delegated', after, reason)
  },
})

const snoozeInput = z.strictObject({ subject: subjectSchema, until: daySchema, reason: plainText(1000) })

/** Puts a due thing aside until a day, for who is to do it. Its due day stays, and managers go on seeing it. */
export const snoozeDue = (sources: readonly DueSource[]): Arrange<z.output<typeof snoozeInput>> => ({
  kind: 'command',
  noun: 'arrangement',
  action: 'snooze',
  input: snoozeInput,
  output: arrangement.schema,
  scope: scopeOf(sources),
  async run(ctx, { subject, until, reason }) {
    const row = await arrangeable(ctx, subject, sources)
    const last = addDays(ctx.today, longestSnooze)
    if (until <= ctx.today)
      refuseInvalid([fieldProblem('/until', 'arrangement.snooze_over', { today: ctx.today })])
    if (until > last)
      refuseInvalid([fieldProblem('/until', 'arrangement.snooze_too_long', { days: longestSnooze, last })])
    const after = { ...(await arrangementOn(ctx, row)), snoozedUntil: until, reason }
    return save(ctx, arrangement, 'arrangement.snoozed', after, reason)
  },
})

const clearInput = z.strictObject({ subject: subjectSchema, reason: plainText(1000) })

/** Takes back what was arranged: the owner is to do it again, now. */
export const clearArrangement = (sources: readonly DueSource[]): Arrange<z.output<typeof clearInput>> => ({
  kind: 'command',
  noun: 'arrangement',
  action: 'clear',
  input: clearInput,
  output: arrangement.schema,
  scope: scopeOf(sources),
  async run(ctx, { subject, reason }) {
    const row = await arrangeable(ctx, subject, sources)
    if (row.assigneeId === null && row.snoozedUntil === null)
      throw new Problem('precondition', 'arrangement.nothing')
    const after = { ...(await arrangementOn(ctx, row)), assigneeId: null, snoozedUntil: null, reason }
    return save(ctx, arrangement, 'arrangement.cleared', after, reason)
  },
})
