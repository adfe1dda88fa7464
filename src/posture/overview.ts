import type { Day } from '../kernel/day.ts'
import { dayText } from './days.ts'
import type { RequirementNode, Unit } from './facts.ts'
import { type ControlState, controlStateOf, type RequirementState, type Verdict, verdictOf } from './state.ts'
import type { View } from './view.ts'

/** A requirement of a programme, and how it stands at each unit, in the order of the programme's units. */
export type RequirementRow = RequirementNode & Verdict & { units: readonly Verdict[] }

/** How many requirements are in each state. What does not apply is no success: it is not among the applicable. */
export type Totals = Readonly<Record<RequirementState, number>> & { applicable: number }

export type ProgrammePosture = {
  programmeId: string
  units: readonly Unit[]
  totals: Totals
  requirements: readonly RequirementRow[]
}

/** Programmes by id, requirements by edition and id, both as plain text. */
export type Overview = { day: Day; programmes: readonly ProgrammePosture[] }

/** The state of every control at every unit of any programme. */
export type ControlMatrix = {
  day: Day
  units: readonly Unit[]
  controls: readonly { controlId: string; states: readonly ControlState[] }[]
}

function totalsOf(rows: readonly RequirementRow[]): Totals {
  const totals = { met: 0, partial: 0, failing: 0, 'not-assessed': 0, 'not-applicable': 0 }
  for (const { state } of rows) totals[state]++
  return { ...totals, applicable: rows.length - totals['not-applicable'] }
}

function rowAt(view: View, scope: number, row: number): RequirementRow {
  const { rows = [], units = [] } = view.layout.scopes[scope] ?? {}
  const { edition = '', requirement = '' } = rows[row] ?? {}
  const standings = view.standings[scope]
  const cells = standings?.cells.subarray(row * units.length, (row + 1) * units.length) ?? []
  return {
    edition,
    requirement,
    ...verdictOf(standings?.rows[row] ?? 0),
    units: Array.from(cells, verdictOf),
  }
}

/** Whether a row was already told in these words; verdicts of one code are one object. */
function isTold(told: RequirementRow, view: View, scope: number, row: number): boolean {
  const { edition, requirement } = view.layout.scopes[scope]?.rows[row] ?? {}
  const standings = view.standings[scope]
  if (told.requirement !== requirement || told.edition !== edition || standings === undefined) return false
  const { state, coverage, assurance } = verdictOf(standings.rows[row] ?? 0)
  if (told.state !== state || told.coverage !== coverage || told.assurance !== assurance) return false
  const { length } = told.units
  for (let at = 0; at < length; at++)
    if (told.units[at] !== verdictOf(standings.cells[row * length + at] ?? 0)) return false
  return length === view.layout.scopes[scope]?.units.length
}

/** A view in words. `told`: what was said of programmes until now; `stale` says which of its rows to look at, or all. */
function tell(
  view: View,
  scope: number,
  told: ProgrammePosture | undefined,
  stale: ReadonlySet<number> | null,
) {
  const own = view.layout.scopes[scope]
  const before = told?.requirements ?? []
  const requirements = (own?.rows ?? []).map((_, row) => {
    const known = before[row]
    const keeps = known && (stale === null ? isTold(known, view, scope, row) : !stale.has(row))
    return keeps ? known : rowAt(view, scope, row)
  })
  return {
    programmeId: own?.programme.id ?? '',
    units: (own?.units ?? []).flatMap((unit) => view.layout.units[unit] ?? []),
    totals: totalsOf(requirements),
    requirements,
  }
}

/** Says a view in words, again and again as it changes. */
export type Reader = { read(): Overview; told: readonly (ProgrammePosture | undefined)[] }

/**
 * A reader of a view; what did not change since it was last read is the same object as then, and what a former reader
 * of that day told in the same words, the same row.
 */
export function reader(view: View, former: Reader | null = null): Reader {
  const { layout } = view
  const before = new Map((former?.told ?? []).map((one) => [one?.programmeId, one]))
  const told: (ProgrammePosture | undefined)[] = []
  const programmeAt = (scope: number): ProgrammePosture => {
    const stale = view.standings[scope]?.stale
    const known = told[scope]
    if (known !== undefined && stale?.size === 0) return known
    const programme = known
      ? tell(view, scope, known, stale ?? null)
      : tell(view, scope, before.get(layout.scopes[scope]?.programme.id), null)
    stale?.clear()
    told[scope] = programme
    return programme
  }
  const day = dayText(layout.day)
  return { told, read: () => ({ day, programmes: layout.scopes.map((_, scope) => programmeAt(scope)) }) }
}

export function controlMatrix({ layout, states }: View): ControlMatrix {
  const { graph, units, day } = layout
  const controls = graph.nodes.slice(0, graph.controls).flatMap((node, source) => {
    if (!('control' in node)) return []
    const column = states.subarray(source * units.length, (source + 1) * units.length)
    return { controlId: node.control, states: Array.from(column, controlStateOf) }
  })
  return { day: dayText(day), units, controls }
}
