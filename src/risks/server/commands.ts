import { sql } from 'kysely'
import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { codeAfter } from '../code.ts'
import { writtenProblems } from '../history.ts'
import { type Risk, risk } from '../risk.ts'
import { findRisk } from './queries.ts'
import { citedProblems, personProblems } from './references.ts'

export type RiskCommand<Input> = Command<Context, Input, Risk>

/** What somebody writes about a risk by hand; what happens to it has commands of its own. */
const written = risk.schema.pick({
  name: true,
  scenario: true,
  approach: true,
  threat: true,
  vulnerability: true,
  affects: true,
  entityId: true,
  serviceIds: true,
  assetIds: true,
  issueIds: true,
  obligationIds: true,
  ownerId: true,
  identifiedOn: true,
  reviewMonths: true,
  quantity: true,
})

/** Two who add a risk at once get two codes: one waits here for the other. */
export const lockCodes = (ctx: Context) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`risk-codes/${ctx.organisationId}`}, 0))`.execute(
    ctx.tx,
  )

export async function codesInUse(ctx: Context): Promise<{ id: Id; code: string }[]> {
  return ctx.tx
    .selectFrom(rowsOf(ctx, risk, 'r'))
    .select(['id', 'code'])
    .execute()
}

/** The scope of a command about one risk that is there. */
export const scopeOfRisk = async (ctx: Context, { id }: { id: Id }) => ({
  entities: [(await findRisk(ctx, id)).entityId],
})

export function refuseClosed(one: Risk): void {
  if (one.closed !== null) throw new Problem('precondition', 'risk.closed', { day: one.closed.on })
}

/** A fact of a risk: not ahead of today, and not before the risk was known. */
export const dayProblems = (ctx: Context, pointer: string, day: string, one: Risk): FieldProblem[] => [
  ...(day > ctx.today ? [fieldProblem(pointer, 'risk.in_future', { day, today: ctx.today })] : []),
  ...(day < one.identifiedOn
    ? [fieldProblem(pointer, 'risk.before_identified', { day: one.identifiedOn })]
    : []),
]

async function refuseBroken(ctx: Context, one: Risk, before: Risk | null): Promise<void> {
  const twin = (await codesInUse(ctx)).find(
    (other) => other.id !== one.id && other.code.toUpperCase() === one.code.toUpperCase(),
  )
  refuseInvalid([
    ...(twin ? [fieldProblem('/code', 'risk.code_taken', { code: one.code })] : []),
    ...writtenProblems(one, ctx.today),
    ...(await citedProblems(ctx, one)),
    ...(await personProblems(ctx, '/ownerId', one.ownerId, before?.ownerId ?? null)),
  ])
}

const createInput = written.extend({
  /** Empty takes the next free one, `R-013`. */
  code: lineText(40).nullable().default(null),
})

export const createRisk: RiskCommand<z.output<typeof createInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'create',
  input: createInput,
  output: risk.schema,
  async scope(ctx, input) {
    await findEntity(ctx, input.entityId)
    return { entities: [input.entityId] }
  },
  async run(ctx, { code, ...input }) {
    await lockCodes(ctx)
    const created: Risk = {
      ...input,
      id: newId(ctx.random),
      version: 0,
      code: code ?? codeAfter((await codesInUse(ctx)).map((one) => one.code)),
      ...{ assessments: [], treatments: [], actions: [], reviews: [], closed: null, reopened: [] },
      former: null,
    }
    await refuseBroken(ctx, created, null)
    return save(ctx, risk, 'risk.identified', created)
  },
}

const updateInput = written.extend({
  ...risk.schema.pick({ id: true, version: true, code: true }).shape,
  former: risk.schema.shape.former.optional(),
  changedFrom: changedFromInput,
  reason: plainText(2000).nullable().default(null),
})

/**
 * Changes the words, the place and the owner. A changed owner or rhythm holds from `changedFrom` on. Handing it to another entity needs the
 * right over both.
 */
export const updateRisk: RiskCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'update',
  input: updateInput,
  output: risk.schema,
  async scope(ctx, input) {
    const before = await findRisk(ctx, input.id)
    await findEntity(ctx, input.entityId)
    return { entities: [...new Set([before.entityId, input.entityId])] }
  },
  async run(ctx, { reason, changedFrom, ...input }) {
    const before = await findRisk(ctx, input.id)
    refuseClosed(before)
    const after: Risk = { ...before, ...input, former: before.former }
    refuseInvalid(changedFrom === null ? [] : dayProblems(ctx, '/changedFrom', changedFrom, after))
    await refuseBroken(ctx, after, before)
    return save(ctx, risk, 'risk.updated', after, reason, changedFrom ?? ctx.today)
  },
}

const closeInput = risk.schema
  .pick({ id: true, version: true })
  .extend({ on: daySchema, reason: plainText(2000) })

/** Ends a risk that is no more, such as with the service that it lay at; its past stays. */
export const closeRisk: RiskCommand<z.output<typeof closeInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'close',
  input: closeInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, on, reason }) {
    const before = await findRisk(ctx, id)
    refuseClosed(before)
    refuseInvalid(dayProblems(ctx, '/on', on, before))
    const open = before.actions.filter((one) => one.doneOn === null && one.dropped === null)
    if (open.length > 0) throw new Problem('precondition', 'risk.actions_open', { count: open.length })
    return save(ctx, risk, 'risk.closed', { ...before, version, closed: { on, reason } }, reason)
  },
}

const reopenInput = risk.schema.pick({ id: true, version: true }).extend({ reason: plainText(2000) })

/** Opens a closed risk again from today on: for the days between it stays closed. */
export const reopenRisk: RiskCommand<z.output<typeof reopenInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'close',
  input: reopenInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, reason }) {
    const before = await findRisk(ctx, id)
    if (before.closed === null) throw new Problem('precondition', 'risk.not_closed')
    const reopened = [...before.reopened, { closed: before.closed, on: ctx.today, reason }]
    return save(ctx, risk, 'risk.reopened', { ...before, version, closed: null, reopened }, reason)
  },
}

const reviewInput = risk.schema.pick({ id: true, version: true }).extend({ note: plainText(2000) })

/** Says that somebody looked at the risk again today and what they found: its months begin anew (8.2). */
export const reviewRisk: RiskCommand<z.output<typeof reviewInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'review',
  input: reviewInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, note }) {
    const before = await findRisk(ctx, id)
    refuseClosed(before)
    const review = { on: ctx.today, personId: personOf(ctx), note }
    return save(ctx, risk, 'risk.reviewed', { ...before, version, reviews: [...before.reviews, review] })
  },
}

/** The person who acts; refused for keys and programs. */
export function personOf(ctx: Context): Id {
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null) throw new Problem('forbidden', 'risk.person_only')
  return ctx.actor.id
}
