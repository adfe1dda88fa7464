import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { changedFromInput, changedFromProblems, datedFrom } from '../../kernel/dated.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { plainText } from '../../kernel/text.ts'
import { type Action, actionSchema, datedOfAction, type Risk, risk } from '../risk.ts'
import { isOpen } from '../view.ts'
import { dayProblems, type RiskCommand, refuseClosed, scopeOfRisk } from './commands.ts'
import { findRisk } from './queries.ts'
import { controlProblems, personProblems } from './references.ts'

const byVersion = risk.schema.pick({ id: true, version: true })
const { key: keySchema } = actionSchema.shape

const content = actionSchema.pick({ name: true, ownerId: true, dueOn: true, cost: true, controlId: true })

async function actionProblems(ctx: Context, one: Action, before: Action | null): Promise<FieldProblem[]> {
  return [
    ...(one.dueOn < one.plannedOn
      ? [fieldProblem('/dueOn', 'risk.due_before_planned', { day: one.plannedOn })]
      : []),
    ...(await personProblems(ctx, '/ownerId', one.ownerId, before?.ownerId ?? null)),
    ...(one.controlId === null
      ? []
      : await controlProblems(
          ctx,
          '/controlId',
          [one.controlId],
          before?.controlId ? [before.controlId] : [],
        )),
  ]
}

/** The next key of the form `a3`. */
function keyAfter(actions: readonly Action[]): string {
  const numbers = actions.map((one) => Number(/^a(\d{1,4})$/.exec(one.key)?.[1] ?? 0))
  return `a${Math.max(0, ...numbers) + 1}`
}

const planInput = byVersion.extend({
  ...content.shape,
  key: keySchema.nullable().default(null),
  /** Today unless it was planned before. */
  plannedOn: daySchema.nullable().default(null),
})

/** Puts an action on the treatment plan (6.1.3 e): what, who, by when, at which cost. */
export const planAction: RiskCommand<z.output<typeof planInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'act',
  input: planInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, key, plannedOn, ...given }) {
    const before = await findRisk(ctx, id)
    refuseClosed(before)
    const action: Action = {
      ...given,
      key: key ?? keyAfter(before.actions),
      plannedOn: plannedOn ?? ctx.today,
      ...{ doneOn: null, dropped: null },
    }
    refuseInvalid([
      ...dayProblems(ctx, '/plannedOn', action.plannedOn, before),
      ...(before.actions.some((one) => one.key === action.key)
        ? [fieldProblem('/key', 'risk.action_twice', { key: action.key })]
        : []),
      ...(await actionProblems(ctx, action, null)),
    ])
    return save(ctx, risk, 'risk.action_planned', {
      ...before,
      version,
      actions: [...before.actions, action],
    })
  },
}

const keyed = byVersion.extend({ key: keySchema })

function actionOf(one: Risk, key: string): Action {
  const found = one.actions.find((action) => action.key === key)
  if (!found) throw new Problem('not_found', 'risk.action_unknown', { key })
  return found
}

function refuseSettled(one: Action): void {
  if (!isOpen(one)) throw new Problem('precondition', 'risk.action_settled')
}

const withAction = (one: Risk, version: number, changed: Action): Risk => ({
  ...one,
  version,
  actions: one.actions.map((action) => (action.key === changed.key ? changed : action)),
})

const changeInput = keyed.extend({ ...content.shape, changedFrom: changedFromInput })

/**
 * Changes an open action. Whoever accepted the plan is asked again: it is another plan. Another owner or due day holds
 * from `changedFrom` on.
 */
export const changeAction: RiskCommand<z.output<typeof changeInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'act',
  input: changeInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, key, changedFrom, ...given }) {
    const one = await findRisk(ctx, id)
    refuseClosed(one)
    const before = actionOf(one, key)
    refuseSettled(before)
    const from = changedFrom ?? ctx.today
    const action: Action = datedFrom(before, { ...before, ...given }, datedOfAction, from)
    refuseInvalid([
      ...changedFromProblems(changedFrom, ctx.today),
      ...(await actionProblems(ctx, action, before)),
    ])
    return save(ctx, risk, 'risk.action_changed', withAction(one, version, action))
  },
}

const doneInput = keyed.extend({ on: daySchema.nullable() })

/** Ticks an action off, or takes a wrong tick back (`on` null). */
export const doAction: RiskCommand<z.output<typeof doneInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'act',
  input: doneInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, key, on }) {
    const one = await findRisk(ctx, id)
    refuseClosed(one)
    const before = actionOf(one, key)
    if (on === null) {
      if (before.doneOn === null) throw new Problem('precondition', 'risk.action_settled')
      return save(ctx, risk, 'risk.action_reopened', withAction(one, version, { ...before, doneOn: null }))
    }
    refuseSettled(before)
    refuseInvalid([
      ...dayProblems(ctx, '/on', on, one),
      ...(on < before.plannedOn
        ? [fieldProblem('/on', 'risk.done_before_planned', { day: before.plannedOn })]
        : []),
    ])
    return save(ctx, risk, 'risk.action_done', withAction(one, version, { ...before, doneOn: on }))
  },
}

const dropInput = keyed.extend({ reason: plainText(2000) })

/** Takes an action off the plan without its being done; it stays in the history with the reason. */
export const dropAction: RiskCommand<z.output<typeof dropInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'act',
  input: dropInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, key, reason }) {
    const one = await findRisk(ctx, id)
    refuseClosed(one)
    const before = actionOf(one, key)
    refuseSettled(before)
    const dropped = { on: ctx.today, reason }
    return save(ctx, risk, 'risk.action_dropped', withAction(one, version, { ...before, dropped }), reason)
  },
}
