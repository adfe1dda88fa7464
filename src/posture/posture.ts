import type { Day } from '../kernel/day.ts'
import { type RequirementAnswer, requirementAnswer } from './answer.ts'
import { breaksOf, type ExplainedBreak } from './breaks.ts'
import { type ControlAnswer, controlAnswer } from './control-answer.ts'
import { dayNumber } from './days.ts'
import { type Effectiveness, effectivenessOf } from './effectiveness.ts'
import type { Change, FactOf, Facts, Kind, RequirementNode, Unit } from './facts.ts'
import { controlKey } from './graph.ts'
import { keep, keepAll, storeOf } from './keep.ts'
import { type Exception, exceptionsOf } from './occurrences.ts'
import { type ControlMatrix, controlMatrix, type Overview, type Reader, reader } from './overview.ts'
import { standingAt } from './standing.ts'
import type { Store } from './store.ts'
import { type Parts, type Touched, touchedBy, touchedByBoth } from './touched.ts'
import { refreshControls, setScope, type View, viewOn } from './view.ts'

/** Answers about the facts it was made from, on any day; the same facts in any order give the same answers. */
export type Posture = {
  all(day: Day): Overview
  controls(day: Day): ControlMatrix
  /** Null when the programme does not have the requirement on that day. */
  requirement(programmeId: string, requirement: RequirementNode, day: Day): RequirementAnswer | null
  control(controlId: string, unit: Unit, day: Day): ControlAnswer
  /** The states of controls at any units, as codes: a row for each control, in the orders given. */
  standing(controlIds: readonly string[], units: readonly Unit[], day: Day): Uint8Array[]
  /** Both days of the window included. */
  effectiveness(controlId: string, unit: Unit, window: { from: Day; to: Day }): Effectiveness
  /** Occurrences ever missed or failed, up to a day. */
  exceptions(implementationId: string, day: Day): Exception[]
  /** What will break the next audit, most urgent first. */
  breaks(day: Day, limit?: number): ExplainedBreak[]
  /** Takes in facts that are not there yet, many at a time: a posture of many is made in pieces. */
  add<K extends Kind>(kind: K, facts: Iterable<FactOf[K]>): void
  /** Takes in one changed fact. Days kept ready catch up, with what it reaches and no more, when next asked for. */
  apply(change: Change): void
}

/** Days kept ready: today, and one or two to compare it with. */
const daysKept = 3

/** A day that has more to catch up with than this is computed from the start. */
const mostPending = 100

/** A day kept ready, with what was touched since it was last asked for. */
type Kept = { view: View; reader: Reader; pending: Touched[] }

const keptOf = (view: View, former: Reader | null = null): Kept => ({
  view,
  reader: reader(view, former),
  pending: [],
})

/** Looks again at what was touched; false when the day has to be computed from the start. */
function refresh(store: Store, view: View, touched: Parts): boolean {
  const { graph, scopes } = view.layout
  for (const id of touched.resources) view.layout.forgetResource(id)
  // A control that nobody had before has no place in the arrays yet; one that nobody has any more has one too many.
  if (!touched.own.every((id) => graph.index.has(controlKey(id)) && store.placed.has(id))) return false
  const sourcesOf = (ids: readonly string[]) =>
    new Set(ids.flatMap((id) => graph.index.get(controlKey(id)) ?? []))
  refreshControls(store, view, {
    own: sourcesOf(touched.own),
    checked: sourcesOf(touched.checked),
    seeing: sourcesOf(touched.seeing),
  })
  for (const [scope, { programme }] of scopes.entries())
    if (touched.programmes.includes(programme.id)) setScope(store, view, scope)
  return true
}

/** A day brought up to date. */
function caughtUp(store: Store, day: number, before: Kept): Kept {
  const { view, reader: former, pending } = before
  if (pending.length === 0) return before
  const parts = pending.filter((touched) => typeof touched !== 'string')
  if (!parts.every((touched) => refresh(store, view, touched)))
    return keptOf(viewOn(store, day, null), former)
  if (parts.length === pending.length) return { ...before, pending: [] }
  return keptOf(viewOn(store, day, view, pending.includes('everything')), former)
}

/** Indexes facts, which it reads once, and answers from them. */
export function createPosture(facts: Facts): Posture {
  const store = storeOf(facts)
  const kept = new Map<number, Kept>()

  const on = (day: number): Kept => {
    const before = kept.get(day)
    const found = before ? caughtUp(store, day, before) : keptOf(viewOn(store, day, null))
    kept.delete(day)
    kept.set(day, found)
    const [oldest] = kept.keys()
    if (kept.size > daysKept && oldest !== undefined) kept.delete(oldest)
    return found
  }

  const apply = (change: Change): void => {
    const before = touchedBy(store, change)
    keep(store, change)
    const touched = touchedByBoth(before, touchedBy(store, change))
    for (const [day, { pending }] of kept) if (pending.push(touched) > mostPending) kept.delete(day)
  }

  return {
    all: (day) => on(dayNumber(day)).reader.read(),
    controls: (day) => controlMatrix(on(dayNumber(day)).view),
    requirement: (programmeId, requirement, day) =>
      requirementAnswer(store, on(dayNumber(day)).view, programmeId, requirement),
    control: (controlId, unit, day) => controlAnswer(store, controlId, unit, dayNumber(day)),
    standing: (controlIds, units, day) => standingAt(store, controlIds, units, dayNumber(day)),
    effectiveness: (controlId, unit, window) => effectivenessOf(store, controlId, unit, window),
    exceptions: (implementationId, day) =>
      exceptionsOf(store.slots.get(implementationId)?.rounds ?? [], dayNumber(day)),
    breaks: (day, limit = 100) => breaksOf(store, on(dayNumber(day)).view, limit),
    add(kind, facts) {
      keepAll(store, kind, facts)
      kept.clear()
    },
    apply,
  }
}
