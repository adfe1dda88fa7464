import type { Day } from '../kernel/day.ts'
import { type RequirementAnswer, requirementAnswer } from './answer.ts'
import { breaksOf, type ExplainedBreak } from './breaks.ts'
import { type ControlAnswer, controlAnswer } from './control-answer.ts'
import { dayNumber, dayText } from './days.ts'
import { type Effectiveness, effectivenessOf } from './effectiveness.ts'
import type { Change, Facts, RequirementNode, Unit } from './facts.ts'
import { controlKey } from './graph.ts'
import { keep, storeOf } from './keep.ts'
import { type Exception, exceptionsOf } from './occurrences.ts'
import { type ControlMatrix, controlMatrix, type Overview, reader } from './overview.ts'
import type { Store } from './store.ts'
import { type Touched, touchedBy } from './touched.ts'
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

/** A day kept ready; not current when mappings or scopes changed, to be arranged anew when it is next asked for. */
type Kept = { view: View; read: () => Overview; current: boolean }

const keptOf = (view: View): Kept => ({ view, read: reader(view), current: true })

/** Looks again at what was touched; null when the day has to be computed from the start. */
function refresh(store: Store, view: View, touched: Touched): Moved['requirements'] {
  if (typeof touched === 'string') return null
  const { graph, scopes } = view.layout
  for (const id of touched.resources) view.layout.forgetResource(id)
  // A control that nobody had before has no place in the arrays yet; one that nobody has any more has one too many.
  if (!touched.own.every((id) => graph.index.has(controlKey(id)) && store.placed.has(id))) return null
  const sourcesOf = (ids: readonly string[]) =>
    new Set(ids.flatMap((id) => graph.index.get(controlKey(id)) ?? []))
  const own = new Set(
    touched.programmes.map((id) => scopes.findIndex(({ programme }) => programme.id === id)),
  )
  const rows = [
    ...refreshControls(store, view, { own: sourcesOf(touched.own), checked: sourcesOf(touched.checked) }),
    ...[...own].flatMap((scope) => (scope < 0 ? [] : refreshScope(store, view, scope))),
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
    const before = kept.get(day)
    const found = before?.current ? before : keptOf(viewOn(store, day, before?.view ?? null))
    kept.delete(day)
    kept.set(day, found)
    const [oldest] = kept.keys()
    if (kept.size > daysKept && oldest !== undefined) kept.delete(oldest)
    return found
  }

  const moved = (day: number, one: Kept, touched: Touched): Moved => {
    const requirements = one.current ? refresh(store, one.view, touched) : null
    if (requirements === null) {
      if (touched === 'mapping') one.current = false
      else kept.delete(day)
    }
    return { day: dayText(day), requirements }
  }

  const apply = (change: Change): Moved[] => {
    const before = touchedBy(store, change)
    keep(store, change)
    const after = touchedBy(store, change)
    // A control that an evidence, or a result, belonged to only before is touched as well.
    const touched =
      typeof before === 'string' || typeof after === 'string'
        ? after
        : { ...after, own: [...before.own, ...after.own], checked: [...before.checked, ...after.checked] }
    return [...kept].map(([day, one]) => moved(day, one, touched))
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
