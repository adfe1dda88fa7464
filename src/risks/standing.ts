import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { RiskAcceptance } from './acceptance.ts'
import type { RiskMethod } from './method.ts'
import { type Rating, ratingOf, type ValueKind } from './rating.ts'
import type { Risk } from './risk.ts'
import {
  type AcceptanceState,
  acceptanceOn,
  acceptanceStateOn,
  type RiskState,
  riskStateOn,
} from './state.ts'
import { substanceDigest } from './substance.ts'
import { isOpen, isOverdue, type RiskView, reviewDueOn, riskOn } from './view.ts'

/** Progress of a treatment plan. */
export type Progress = { actions: number; done: number; open: number; overdue: number }

/** Everything that a day says of one risk. */
export type Standing = {
  view: RiskView
  /** The version of the method by which the last assessment was judged. */
  method: RiskMethod | null
  ratings: Readonly<Record<ValueKind, Rating | null>>
  acceptance: RiskAcceptance | null
  acceptanceState: AcceptanceState
  reviewDue: Day | null
  state: RiskState
  progress: Progress
  /** Judged by another version than the one in force: to be assessed again under that. */
  outdated: boolean
}

export type Surroundings = {
  methods: ReadonlyMap<Id, RiskMethod>
  /** The version in force on the day; null before the first. */
  inForce: RiskMethod | null
  /** Acceptances of the risk, in the order of their days. */
  acceptances: readonly RiskAcceptance[]
}

/** Months between looks where neither the risk nor any method says anything. */
const usualReviewMonths = 12

function progressOf(view: RiskView, day: Day): Progress {
  const open = view.actions.filter(isOpen).length
  return {
    actions: view.actions.length,
    done: view.actions.length - open,
    open,
    overdue: view.closed === null ? view.actions.filter((one) => isOverdue(one, day)).length : 0,
  }
}

/** What a day says of a risk; null when it was not identified yet. Equal facts give equal answers for ever. */
export function standingOn(
  risk: Risk,
  { methods, inForce, acceptances }: Surroundings,
  day: Day,
): Standing | null {
  const view = riskOn(risk, day)
  if (view === null) return null
  const { assessment } = view
  const method = assessment ? (methods.get(assessment.methodId) ?? null) : null
  const rated = (kind: ValueKind) => (assessment && method ? ratingOf(method, assessment[kind]) : null)
  const acceptance = acceptanceOn(acceptances, day)
  // Most risks have nothing accepted: only where there is something to compare is a digest worked out.
  const acceptanceState =
    acceptance === null ? 'none' : acceptanceStateOn(acceptance, substanceDigest(view), day)
  const reviewDue = reviewDueOn(
    view,
    risk.reviewMonths,
    (method ?? inForce)?.reviewMonths ?? usualReviewMonths,
  )
  return {
    view,
    method,
    ratings: { inherent: rated('inherent'), current: rated('current'), residual: rated('residual') },
    acceptance,
    acceptanceState,
    reviewDue,
    state: riskStateOn(view, acceptanceState, reviewDue, day),
    progress: progressOf(view, day),
    outdated: view.closed === null && method !== null && inForce !== null && method.id !== inForce.id,
  }
}
