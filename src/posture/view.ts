import { controlColumn } from './control.ts'
import { decisionAt, decisionsOn, type Layout, layoutOn } from './layout.ts'
import { absent, effective, overUnits, requirementCode } from './state.ts'
import type { Store } from './store.ts'

/**
 * How the requirements of a programme stand, as codes; `cells` row by row, a column per unit. `stale` are the rows
 * that changed since somebody read them.
 */
export type Standings = { decided: Uint8Array; cells: Uint8Array; rows: Uint8Array; stale: Set<number> }

/** Everything on one day. `states` holds, for each source of the graph, its state at each unit. */
export type View = { layout: Layout; states: Uint8Array; standings: Standings[] }

/** A requirement of a programme whose answer changed: its scope and its row there. */
export type ChangedRow = { scope: number; row: number }

const controlId = (layout: Layout, source: number): string => {
  const node = layout.graph.nodes[source]
  return node !== undefined && 'control' in node ? node.control : ''
}

/** A group is as good as its weakest member, and a member as good as the best control that covers all of it. */
function groupState(view: View, group: number, unit: number): number {
  const { graph, units } = view.layout
  const members = graph.members[group - graph.controls] ?? []
  let weakest = members.length === 0 ? absent : effective
  for (const realisers of members) {
    let best = absent
    for (const source of realisers) best = Math.max(best, view.states[source * units.length + unit] ?? absent)
    weakest = Math.min(weakest, best)
  }
  return weakest
}

function setGroups(view: View): void {
  const { graph, units } = view.layout
  for (let group = graph.controls; group < graph.sources; group++)
    for (let unit = 0; unit < units.length; unit++)
      view.states[group * units.length + unit] = groupState(view, group, unit)
}

function setCell(view: View, scope: number, row: number, column: number): void {
  const { graph, scopes, units } = view.layout
  const { rows, units: own } = scopes[scope] ?? { rows: [], units: [] }
  const standings = view.standings[scope]
  const reachers = graph.reachers[rows[row]?.node ?? -1]
  const unit = own[column]
  if (standings === undefined || reachers === undefined || unit === undefined) return
  const at = row * own.length + column
  const decided = standings.decided[at] === 1
  standings.cells[at] = requirementCode(reachers, view.states, units.length, unit, decided)
}

function setRow(view: View, scope: number, row: number): void {
  const standings = view.standings[scope]
  const width = view.layout.scopes[scope]?.units.length ?? 0
  if (standings === undefined) return
  standings.rows[row] = overUnits(standings.cells, row * width, (row + 1) * width)
  standings.stale.add(row)
}

/** Answers all requirements of one programme, its decisions looked up anew. */
function setScope(store: Store, view: View, scope: number): void {
  const { scopes, units, day } = view.layout
  const { programme, rows, units: own } = scopes[scope] ?? { programme: { id: '' }, rows: [], units: [] }
  const decided = new Uint8Array(rows.length * own.length)
  const decide = decisionsOn(store, programme.id, day)
  rows.forEach((node, row) => {
    const decisions = decide?.(node) ?? []
    if (decisions.length === 0) return
    own.forEach((unit, column) => {
      const at = units[unit]
      if (at && decisionAt(decisions, at)) decided[row * own.length + column] = 1
    })
  })
  const cells = new Uint8Array(rows.length * own.length)
  view.standings[scope] = { decided, cells, rows: new Uint8Array(rows.length), stale: new Set() }
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < own.length; column++) setCell(view, scope, row, column)
    setRow(view, scope, row)
  }
}

/** Computes everything for a day. */
export function viewOn(store: Store, day: number): View {
  const layout = layoutOn(store, day)
  const { graph, units } = layout
  const view: View = { layout, states: new Uint8Array(graph.sources * units.length), standings: [] }
  for (let source = 0; source < graph.controls; source++)
    view.states.set(controlColumn(store, layout, controlId(layout, source)), source * units.length)
  setGroups(view)
  for (let scope = 0; scope < layout.scopes.length; scope++) setScope(store, view, scope)
  return view
}

/** Writes a column of states and tells the units at which it changed. */
function replaceColumn(view: View, source: number, column: Uint8Array): number[] {
  const at = source * view.layout.units.length
  const changed: number[] = []
  column.forEach((state, unit) => {
    if (view.states[at + unit] !== state) changed.push(unit)
  })
  view.states.set(column, at)
  return changed
}

/** Computes the states of some controls anew, and the groups and requirements that they reach, where they changed. */
export function refreshControls(store: Store, view: View, controls: readonly number[]): ChangedRow[] {
  const { graph, scopes, scopesOf, units } = view.layout
  const moved = new Map<number, number[]>()
  for (const source of controls) {
    const units = replaceColumn(
      view,
      source,
      controlColumn(store, view.layout, controlId(view.layout, source)),
    )
    if (units.length > 0) moved.set(source, units)
  }
  graph.members.forEach((members, index) => {
    if (!members.some((realisers) => realisers.some((source) => moved.has(source)))) return
    const group = graph.controls + index
    const column = Uint8Array.from(units, (_, unit) => groupState(view, group, unit))
    const changed = replaceColumn(view, group, column)
    if (changed.length > 0) moved.set(group, changed)
  })
  const rows = new Map<string, ChangedRow>()
  for (const [source, changedUnits] of moved)
    for (const unit of changedUnits)
      for (const { scope, column } of scopesOf[unit] ?? [])
        for (const node of graph.reached[source] ?? []) {
          const row = scopes[scope]?.rowOf.get(node)
          if (row === undefined) continue
          setCell(view, scope, row, column)
          rows.set(`${scope} ${row}`, { scope, row })
        }
  for (const { scope, row } of rows.values()) setRow(view, scope, row)
  return [...rows.values()]
}

/** Decides and answers all requirements of a programme anew. */
export function refreshScope(store: Store, view: View, scope: number): ChangedRow[] {
  setScope(store, view, scope)
  return (view.layout.scopes[scope]?.rows ?? []).map((_, row) => ({ scope, row }))
}
