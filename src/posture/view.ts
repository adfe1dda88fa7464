import { type Bits, bitsOf, type Codes, checksColumn, ownColumn, withChecks } from './control.ts'
import { controlKey } from './graph.ts'
import { decisionAt, decisionsOn, type Layout, layoutOn } from './layout.ts'
import { unitKey } from './scope.ts'
import { absent, effective, overUnits, requirementCode } from './state.ts'
import type { Store } from './store.ts'

/**
 * How the requirements of a programme stand, as codes; `cells` row by row, a column per unit. `stale` are the rows
 * that changed since somebody read them.
 */
export type Standings = { decided: Uint8Array; cells: Uint8Array; rows: Uint8Array; stale: Set<number> }

/**
 * What makes the states of a control at the units: what is shown for it, and what its checks say; and what these are
 * made from, which stays when the places move.
 */
type Column = { own: Uint8Array; checks: Uint8Array; codes: Codes; bits: Bits }

/** Everything on one day. `states` holds, for each source of the graph, its state at each unit. */
export type View = { layout: Layout; columns: Column[]; states: Uint8Array; standings: Standings[] }

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
export function setScope(store: Store, view: View, scope: number): void {
  const { scopes, units } = view.layout
  const { programme, rows, units: own } = scopes[scope] ?? { programme: { id: '' }, rows: [], units: [] }
  const decided = new Uint8Array(rows.length * own.length)
  const decide = decisionsOn(store, view.layout, programme.id)
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

const ownPart = (store: Store, layout: Layout, id: string, codes: Codes = new Map()) => ({
  own: ownColumn(store, layout, id, codes),
  codes,
})

const checksPart = (store: Store, layout: Layout, id: string, bits = bitsOf(store, layout.day, id)) => ({
  checks: checksColumn(layout, bits),
  bits,
})

const statesOf = ({ own, checks }: Pick<Column, 'own' | 'checks'>): Uint8Array =>
  own.map((code, unit) => withChecks(code, checks[unit] ?? 0))

const sameUnits = (a: Layout, b: Layout): boolean =>
  a.units.length === b.units.length &&
  a.units.every((unit, at) => {
    const other = b.units[at]
    return other !== undefined && unitKey(unit) === unitKey(other)
  })

/**
 * Computes everything for a day. `former`: a view of that day since which only mappings and scopes changed, or, where
 * something `moved`, the places of entities and services.
 */
export function viewOn(store: Store, day: number, former: View | null, moved = false): View {
  const layout = layoutOn(store, day)
  const { graph, units } = layout
  const stay = former !== null && !moved && sameUnits(former.layout, layout)
  const columns = Array.from({ length: graph.controls }, (_, source): Column => {
    const id = controlId(layout, source)
    const before = former?.columns[former.layout.graph.index.get(controlKey(id)) ?? -1]
    if (before && stay) return before
    return { ...ownPart(store, layout, id, before?.codes), ...checksPart(store, layout, id, before?.bits) }
  })
  const view: View = { layout, columns, states: new Uint8Array(graph.sources * units.length), standings: [] }
  columns.forEach((column, source) => {
    view.states.set(statesOf(column), source * units.length)
  })
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

/** The sources whose implementations, whose checks, and the places of whose checks have to be looked at again. */
export type Sources = { own: Iterable<number>; checked: Iterable<number>; seeing: Iterable<number> }

/** Computes the states of some controls anew, and the groups and requirements that they reach, where they changed. */
export function refreshControls(store: Store, view: View, sources: Sources): void {
  const { layout, columns } = view
  const { graph, scopes, scopesOf, units } = layout
  const moved = new Map<number, number[]>()
  const look = (source: number, part: (column: Column) => Partial<Column>) => {
    const before = columns[source]
    if (before === undefined) return
    const column = { ...before, ...part(before) }
    columns[source] = column
    const changed = replaceColumn(view, source, statesOf(column))
    if (changed.length > 0) moved.set(source, [...(moved.get(source) ?? []), ...changed])
  }
  for (const source of sources.own) look(source, () => ownPart(store, layout, controlId(layout, source)))
  for (const source of sources.checked)
    look(source, () => checksPart(store, layout, controlId(layout, source)))
  for (const source of sources.seeing)
    look(source, ({ bits }) => checksPart(store, layout, controlId(layout, source), bits))
  graph.members.forEach((members, index) => {
    if (!members.some((realisers) => realisers.some((source) => moved.has(source)))) return
    const group = graph.controls + index
    const column = Uint8Array.from(units, (_, unit) => groupState(view, group, unit))
    const changed = replaceColumn(view, group, column)
    if (changed.length > 0) moved.set(group, changed)
  })
  const rows = new Map<string, () => void>()
  for (const [source, changedUnits] of moved)
    for (const unit of changedUnits)
      for (const { scope, column } of scopesOf[unit] ?? [])
        for (const node of graph.reached[source] ?? []) {
          const row = scopes[scope]?.rowOf.get(node)
          if (row === undefined) continue
          setCell(view, scope, row, column)
          rows.set(`${scope} ${row}`, () => setRow(view, scope, row))
        }
  for (const set of rows.values()) set()
}
