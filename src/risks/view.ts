import { recordOn } from '../kernel/dated.ts'
import { addMonths, type Day } from '../kernel/day.ts'
import type { Action, Assessment, Risk, Treatment } from './risk.ts'

/** What stood of a risk on a day. */
export type RiskView = {
  assessment: Assessment | null
  /** The assessments until then, oldest first. */
  history: readonly Assessment[]
  treatment: Treatment | null
  /** The plan as it was: actions planned by then and not taken off it, done only where done by then. */
  actions: readonly Action[]
  lastReview: Risk['reviews'][number] | null
  closed: Risk['closed']
}

const lastOf = <T>(list: readonly T[]): T | null => list.at(-1) ?? null

/** An action as it stood; null before it was planned. */
export function actionOn(each: Action, day: Day): Action | null {
  if (each.plannedOn > day) return null
  const one = recordOn(each, day)
  return {
    ...one,
    doneOn: one.doneOn !== null && one.doneOn <= day ? one.doneOn : null,
    dropped: one.dropped !== null && one.dropped.on <= day ? one.dropped : null,
  }
}

/** How a risk was closed on a day, also when it was opened again since; null while it was open. */
function closedOn({ closed, reopened }: Risk, day: Day): Risk['closed'] {
  if (closed !== null && closed.on <= day) return closed
  return reopened.find((one) => one.closed.on <= day && day < one.on)?.closed ?? null
}

/** What stood of a risk on a day; null when nobody had identified it yet. */
export function riskOn(risk: Risk, day: Day): RiskView | null {
  if (risk.identifiedOn > day) return null
  const history = risk.assessments.filter((one) => one.on <= day)
  return {
    history,
    assessment: lastOf(history),
    treatment: lastOf(risk.treatments.filter((one) => one.from <= day)),
    actions: risk.actions.flatMap((one) => {
      const then = actionOn(one, day)
      return then && then.dropped === null ? [then] : []
    }),
    lastReview: lastOf(risk.reviews.filter((one) => one.on <= day)),
    closed: closedOn(risk, day),
  }
}

/** The day by which it is looked at again (8.2): months after the last assessment or review; null before the first. */
export function reviewDueOn(view: RiskView, reviewMonths: number | null, methodMonths: number): Day | null {
  const looked = [view.assessment?.on, view.lastReview?.on].filter((day) => day !== undefined)
  const last = looked.sort().at(-1)
  return last === undefined || view.closed !== null ? null : addMonths(last, reviewMonths ?? methodMonths)
}

export const isOpen = (one: Action): boolean => one.doneOn === null && one.dropped === null

/** On its due day an action is not late yet. */
export const isOverdue = (one: Action, day: Day): boolean => isOpen(one) && one.dueOn < day
