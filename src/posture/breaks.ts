import type { Day } from '../kernel/day.ts'
import { controlAnswer } from './control-answer.ts'
import { dayNumber, dayText, end } from './days.ts'
import type { Unit } from './facts.ts'
import { type Fall, outlook } from './outlook.ts'
import type { Reason } from './reason.ts'
import { unitKey } from './scope.ts'
import { absent, effective, failing, notAssessed, verdictOf } from './state.ts'
import type { Store } from './store.ts'
import type { View } from './view.ts'

/** Worst first. The last two are effective today, and will not be on the day of the audit unless something is done. */
export const severities = ['failing', 'not-assessed', 'will-fail', 'will-lapse'] as const
export type Severity = (typeof severities)[number]

/** A control that will break an audit at a unit. */
export type Break = {
  controlId: string
  unit: Unit
  severity: Severity
  /** Today, or the first day on which it no longer is effective. */
  breaksOn: Day
  /** Requirements that stand or fall with it: applicable, and not met by another control. */
  requirements: number
  programmes: readonly string[]
  /** The earliest next audit, or end of a cycle, of these programmes. */
  nextAudit: Day | null
}
export type ExplainedBreak = Break & { reasons: readonly Reason[] }

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What to look at first: the worse state, then more requirements, more programmes, the nearer audit, the earlier due
 * day; the rest by id, so that the order is total.
 */
export const byUrgency = (a: Break, b: Break): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  b.requirements - a.requirements ||
  b.programmes.length - a.programmes.length ||
  byText(a.nextAudit ?? '9999', b.nextAudit ?? '9999') ||
  byText(a.breaksOn, b.breaksOn) ||
  byText(a.controlId, b.controlId) ||
  byText(unitKey(a.unit), unitKey(b.unit))

/** The next audit of every scope on or after the day of a view; `end` when none is planned. */
const nextAudits = (view: View): number[] =>
  view.layout.scopes.map(({ programme }) =>
    Math.min(end, ...programme.audits.map(dayNumber).filter((day) => day >= view.layout.day)),
  )

/** Whether a control other than this one covers all of a requirement at a unit, and is effective. */
function coveredElsewhere(view: View, node: number, source: number, unit: number): boolean {
  const { graph, units } = view.layout
  const reachers = graph.reachers[node] ?? []
  for (let at = 0; at < reachers.length; at += 2) {
    const other = reachers[at] ?? 0
    if (other === source || other >= graph.controls || reachers[at + 1] !== 2) continue
    if (view.states[other * units.length + unit] === effective) return true
  }
  return false
}

/** What stands or falls with a control at a unit. */
function stake(view: View, source: number, unit: number): { scopes: number[]; requirements: number } {
  const { graph, scopes, scopesOf } = view.layout
  const nodes = (graph.reached[source] ?? []).filter((node) => !coveredElsewhere(view, node, source, unit))
  const hit = new Set<number>()
  const found = (scopesOf[unit] ?? []).filter(({ scope, column }) => {
    const { rowOf, units } = scopes[scope] ?? { rowOf: new Map<number, number>(), units: [] }
    const own = nodes.filter((node) => {
      const row = rowOf.get(node)
      const code = row === undefined ? undefined : view.standings[scope]?.cells[row * units.length + column]
      return code !== undefined && verdictOf(code).state !== 'not-applicable'
    })
    for (const node of own) hit.add(node)
    return own.length > 0
  })
  return { scopes: found.map(({ scope }) => scope), requirements: hit.size }
}

function breakOf(state: number, fall: Fall | null, day: number): { on: number; severity: Severity } | null {
  if (state === failing) return { on: day, severity: 'failing' }
  if (state === notAssessed) return { on: day, severity: 'not-assessed' }
  return fall && { on: fall.on, severity: fall.fails ? 'will-fail' : 'will-lapse' }
}

/** What will break the next audit, most urgent first, at most `limit` with their reasons as of the day of the view. */
export function breaksOf(store: Store, view: View, limit: number): ExplainedBreak[] {
  const { graph, scopes, units, day } = view.layout
  const audits = nextAudits(view)
  const found: Break[] = []
  for (let source = 0; source < graph.controls; source++) {
    const named = graph.nodes[source]
    const controlId = named !== undefined && 'control' in named ? named.control : ''
    const falls = outlook(store, view.layout, controlId)
    for (const [at, unit] of units.entries()) {
      const state = view.states[source * units.length + at] ?? absent
      const fall = state === absent ? null : breakOf(state, falls[at] ?? null, day)
      if (fall === null) continue
      const { scopes: hit, requirements } = stake(view, source, at)
      const planned = hit.map((scope) => audits[scope] ?? end).filter((audit) => audit < end)
      // What ends only after the audits, or stands before none, breaks nothing.
      if (hit.length === 0 || (state === effective && !planned.some((audit) => fall.on <= audit))) continue
      found.push({
        controlId,
        unit,
        severity: fall.severity,
        breaksOn: dayText(fall.on),
        requirements,
        programmes: hit.map((scope) => scopes[scope]?.programme.id ?? ''),
        nextAudit: planned.length > 0 ? dayText(Math.min(...planned)) : null,
      })
    }
  }
  return found
    .sort(byUrgency)
    .slice(0, limit)
    .map((one) => ({ ...one, reasons: controlAnswer(store, one.controlId, one.unit, day).reasons }))
}
