import type { Day } from '../kernel/day.ts'
import { type RequirementAnswer, requirementAnswer } from './answer.ts'
import { breaksOf, type ExplainedBreak } from './breaks.ts'
import { type ControlAnswer, controlAnswer } from './control-answer.ts'
import { dayNumber, dayText } from './days.ts'
import { type Effectiveness, effectivenessOf } from './effectiveness.ts'
import type { Change, Facts, RequirementNode, Unit } from './facts.ts'
import { keep, storeOf, type Touched, touchedBy } from './keep.ts'
import { type Exception, exceptionsOf } from './occurrences.ts'
import { type ControlMatrix, controlMatrix, type Overview, reader } from './overview.ts'
import type { Store } from './store.ts'
import { refreshControls, refreshScope, type View, viewOn } from './view.ts'

/** Requirements whose answer may have changed on a day that was asked for; `null` is all of them. */
export type Moved = { day: Day; requirements: readonly (RequirementNode & { programmeId: string })[] | null }

/** Answers about the facts it was made from, on any day; the same facts in any order give the same answers. */
export type Posture = {
  all(day: Day): Overview
  controls(day: Day): ControlMatrix
  /** Null when the programme does not have the requirement on that day. */
  requirement(programmeId: string, requirement: RequirementNode, day: Day): RequirementAnswer | null
  control(controlId: string, unit: Unit, day: Day): ControlAnswer
  /** Both days of the window included. */
  effectiveness(controlId: string, unit: Unit, window: { from: Day; to: Day }): Effectiveness
  /** Occurrences ever missed or failed, up to a day. */
  exceptions(implementationId: string, day: Day): Exception[]
  /** What will break the next audit, most urgent first. */
  breaks(day: Day, limit?: number): ExplainedBreak[]
  /** Takes in one changed fact and recomputes what it reaches, on the days asked for last. */
  apply(change: Change): Moved[]
}

/** Days kept ready: today, and one or two to compare it with. */
const daysKept = 3

type Kept = { view: View; read: () => Overview }

const keptOf = (view: View): Kept => ({ view, read: reader(view) })

/** Looks again at what was touched; null when the day has to be computed from the start. */
function refresh(store: Store, view: View, touched: Touched): Moved['requirements'] {
  if (touched === 'everything') return null
  const { graph, scopes } = view.layout
  const sources = touched.controls.map((id) => graph.index.get(`control ${id}`))
  const known = sources.filter((source) => source !== undefined)
  // A control that nobody had before has no place in the arrays yet; one that nobody has any more has one too many.
  if (known.length < sources.length || !touched.controls.every((id) => store.placed.has(id))) return null
  const own = touched.programmes.map((id) => scopes.findIndex(({ programme }) => programme.id === id))
  const rows = [
    ...refreshControls(store, view, [...new Set(known)]),
    ...[...new Set(own)].flatMap((scope) => (scope < 0 ? [] : refreshScope(store, view, scope))),
  ]
  return rows.flatMap(({ scope, row }) => {
    const { programme, rows: nodes } = scopes[scope] ?? {}
    const node = nodes?.[row]
    if (programme === undefined || node === undefined) return []
    return { programmeId: programme.id, edition: node.edition, requirement: node.requirement }
  })
}

/** Indexes facts, which it reads once and does not keep a reference to, and answers from them. */
export function createPosture(facts: Facts): Posture {
  const store = storeOf(facts)
  const kept = new Map<number, Kept>()

  const on = (day: number): Kept => {
    const found = kept.get(day) ?? keptOf(viewOn(store, day))
    kept.delete(day)
    kept.set(day, found)
    const [oldest] = kept.keys()
    if (kept.size > daysKept && oldest !== undefined) kept.delete(oldest)
    return found
  }

  const apply = (change: Change): Moved[] => {
    const before = touchedBy(store, change)
    keep(store, change)
    const after = touchedBy(store, change)
    const touched: Touched =
      before === 'everything' || after === 'everything'
        ? 'everything'
        : { ...after, controls: [...before.controls, ...after.controls] }
    return [...kept].map(([day, { view }]) => {
      const requirements = refresh(store, view, touched)
      if (requirements === null) kept.set(day, keptOf(viewOn(store, day)))
      return { day: dayText(day), requirements }
    })
  }

  return {
    all: (day) => on(dayNumber(day)).read(),
    controls: (day) => controlMatrix(on(dayNumber(day)).view),
    requirement: (programmeId, requirement, day) =>
      requirementAnswer(store, on(dayNumber(day)).view, programmeId, requirement),
    control: (controlId, unit, day) => controlAnswer(store, controlId, unit, dayNumber(day)),
    effectiveness: (controlId, unit, window) => effectivenessOf(store, controlId, unit, window),
    exceptions: (implementationId, day) =>
      exceptionsOf(store.slots.get(implementationId)?.rounds ?? [], dayNumber(day)),
    breaks: (day, limit = 100) => breaksOf(store, on(dayNumber(day)).view, limit),
    apply,
  }
}
