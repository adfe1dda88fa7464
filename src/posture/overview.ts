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

/** A view in words; what did not change since it was last read is the same object as then. */
export function reader(view: View): () => Overview {
  const { layout } = view
  const told: (ProgrammePosture | undefined)[] = []
  const programmeAt = (scope: number): ProgrammePosture => {
    const stale = view.standings[scope]?.stale
    const before = told[scope]
    if (before !== undefined && stale?.size === 0) return before
    const own = layout.scopes[scope]
    const requirements = (own?.rows ?? []).map((_, row) =>
      before === undefined || stale?.has(row)
        ? rowAt(view, scope, row)
        : (before.requirements[row] ?? rowAt(view, scope, row)),
    )
    stale?.clear()
    const programme = {
      programmeId: own?.programme.id ?? '',
      units: (own?.units ?? []).flatMap((unit) => layout.units[unit] ?? []),
      totals: totalsOf(requirements),
      requirements,
    }
    told[scope] = programme
    return programme
  }
  return () => ({ day: dayText(layout.day), programmes: layout.scopes.map((_, scope) => programmeAt(scope)) })
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
