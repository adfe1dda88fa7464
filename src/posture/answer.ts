import type { Day } from '../kernel/day.ts'
import { type ControlAnswer, controlAnswer } from './control-answer.ts'
import { dayText } from './days.ts'
import type { Node, RequirementNode, Unit } from './facts.ts'
import { type Graph, pathTo } from './graph.ts'
import { decisionAt, decisionsOn } from './layout.ts'
import type { Relationship } from './relationship.ts'
import { type ControlState, controlStateOf, levelOf, type Verdict, verdictOf } from './state.ts'
import type { Store } from './store.ts'
import type { View } from './view.ts'

/** One step from a control to a requirement; without a link it goes from a section to a part of it. */
export type Step = { relationship: Relationship; to: Node; link: string | null }

/** A control that bears on the requirement, how, and how it stands at the unit. */
export type Reaching = ControlAnswer & { relationship: Relationship; path: readonly Step[] }

/** A group that covers the requirement jointly, with the state of its weakest member. */
export type JointCover = {
  together: string
  relationship: Relationship
  path: readonly Step[]
  state: ControlState
  members: readonly { controlId: string; state: ControlState }[]
}

export type UnitAnswer = Verdict & {
  unit: Unit
  notApplicable: { decisionId: string; justification: string } | null
  controls: readonly Reaching[]
  together: readonly JointCover[]
}

export type RequirementAnswer = RequirementNode &
  Verdict & { programmeId: string; day: Day; units: readonly UnitAnswer[] }

const plain = (graph: Graph, at: number): Node => {
  const node = graph.nodes[at]
  if (node === undefined || 'group' in node)
    throw new RangeError(`node ${at} is neither control nor requirement`)
  return node
}

function way(graph: Graph, source: number, node: number) {
  const found = pathTo(graph, source, node)
  if (found === null) throw new RangeError(`node ${source} does not reach node ${node}`)
  const path = found.path.map(({ relationship, to, link }) => ({ relationship, to: plain(graph, to), link }))
  return { relationship: found.relationship, path }
}

function jointCover(store: Store, view: View, group: number, node: number, unit: number): JointCover {
  const { graph, units } = view.layout
  const named = graph.nodes[group]
  const together = named !== undefined && 'group' in named ? named.group : ''
  const stateAt = (source: number) => view.states[source * units.length + unit] ?? 0
  const controls = store.together.get(together)?.controls ?? []
  const members = controls.map((controlId, at) => {
    const realisers = graph.members[group - graph.controls]?.[at] ?? []
    return { controlId, state: controlStateOf(Math.max(0, ...realisers.map(stateAt))) }
  })
  return { together, ...way(graph, group, node), state: controlStateOf(stateAt(group)), members }
}

// What fails first, then what shows most: full before partial, then by id.
const rank = (one: Reaching): string => {
  const state = ['failing', 'effective', 'not-assessed', 'absent'].indexOf(one.state)
  return `${state} ${2 - levelOf(one.relationship)} ${one.controlId}`
}

function unitAnswer(store: Store, view: View, scope: number, row: number, column: number): UnitAnswer | null {
  const { graph, scopes, units, day } = view.layout
  const own = scopes[scope]
  const at = own?.units[column]
  const unit = units[at ?? -1]
  const node = own?.rows[row]
  if (own === undefined || at === undefined || unit === undefined || node === undefined) return null
  const sources = [...(graph.reachers[node.node] ?? [])].filter((_, index) => index % 2 === 0)
  const controls = sources
    .filter((source) => source < graph.controls)
    .map((source): Reaching => {
      const { relationship, path } = way(graph, source, node.node)
      const named = plain(graph, source)
      const answer = controlAnswer(store, 'control' in named ? named.control : '', unit, day)
      return { ...answer, relationship, path }
    })
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  const together = sources
    .filter((source) => source >= graph.controls)
    .map((group) => jointCover(store, view, group, node.node, at))
  const decision = decisionAt(decisionsOn(store, view.layout, own.programme.id)?.(node) ?? [], unit)
  return {
    unit,
    ...verdictOf(view.standings[scope]?.cells[row * own.units.length + column] ?? 0),
    notApplicable: decision && { decisionId: decision.id, justification: decision.justification },
    controls,
    together,
  }
}

/** A requirement of a programme with all its reasons; null when the programme does not have it on that day. */
export function requirementAnswer(
  store: Store,
  view: View,
  programmeId: string,
  wanted: RequirementNode,
): RequirementAnswer | null {
  const { scopes, day } = view.layout
  const scope = scopes.findIndex(({ programme }) => programme.id === programmeId)
  const own = scopes[scope]
  const row =
    own?.rows.findIndex((one) => one.edition === wanted.edition && one.requirement === wanted.requirement) ??
    -1
  const node = own?.rows[row]
  if (own === undefined || node === undefined) return null
  const { edition, requirement } = node
  return {
    programmeId,
    day: dayText(day),
    edition,
    requirement,
    ...verdictOf(view.standings[scope]?.rows[row] ?? 0),
    units: own.units.flatMap((_, column) => unitAnswer(store, view, scope, row, column) ?? []),
  }
}
