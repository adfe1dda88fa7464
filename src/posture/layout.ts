import { inForce } from './days.ts'
import type { Decision, Programme, RequirementNode, Unit } from './facts.ts'
import { type Graph, requirementKey } from './graph.ts'
import { isInside, placesOf, unitKey, unitsOf } from './scope.ts'
import { graphOn, type Store } from './store.ts'

/** A requirement of a programme; `node` is its place in the graph. */
export type Row = RequirementNode & { node: number }

/** A programme on a day: its units (places in the list of the layout) and its requirements. */
export type Scope = {
  programme: Programme
  units: readonly number[]
  rows: readonly Row[]
  /** Rows by node. */
  rowOf: ReadonlyMap<number, number>
}

/** Who is where on a day: what every answer of that day is arranged by. */
export type Layout = {
  day: number
  graph: Graph
  units: readonly Unit[]
  /** Per unit: where an implementation that counts for it may stand, nearest first. */
  places: readonly (readonly string[])[]
  scopes: readonly Scope[]
  /** Per unit: the scopes it is part of, with its column there. */
  scopesOf: readonly (readonly { scope: number; column: number }[])[]
  unitsOfResource(resourceId: string): readonly number[]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function rowsOf(store: Store, graph: Graph, programme: Programme, day: number): Row[] {
  const wanted = new Map<string, RequirementNode>()
  for (const one of programme.editions.filter((part) => inForce(part, day))) {
    const named =
      one.requirements ??
      [...store.requirements.values()]
        .filter(({ edition, assessable }) => assessable && edition === one.edition)
        .map(({ id }) => id)
    for (const requirement of named) {
      const node = { edition: one.edition, requirement }
      wanted.set(requirementKey(node), node)
    }
  }
  return [...wanted]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([key, node]) => {
      const at = graph.index.get(key)
      return at === undefined ? [] : [{ ...node, node: at }]
    })
}

export function layoutOn(store: Store, day: number): Layout {
  const graph = graphOn(store, day)
  const programmes = [...store.programmes.values()].sort((a, b) => byText(a.id, b.id))
  const scoped = programmes.map((programme) => ({ programme, units: unitsOf(store, programme, day) }))
  const byKey = new Map(scoped.flatMap(({ units }) => units.map((unit) => [unitKey(unit), unit])))
  const keys = [...byKey.keys()].sort()
  const units = keys.flatMap((key) => byKey.get(key) ?? [])
  const index = new Map(keys.map((key, at) => [key, at]))
  const scopesOf: { scope: number; column: number }[][] = units.map(() => [])
  const scopes = scoped.map(({ programme, units: own }, scope): Scope => {
    const rows = rowsOf(store, graph, programme, day)
    const places = own.flatMap((unit) => index.get(unitKey(unit)) ?? [])
    for (const [column, unit] of places.entries()) scopesOf[unit]?.push({ scope, column })
    return { programme, units: places, rows, rowOf: new Map(rows.map(({ node }, at) => [node, at])) }
  })
  const inside = new Map<string, readonly number[]>()
  const unitsOfResource = (resourceId: string) => {
    const known = inside.get(resourceId)
    if (known !== undefined) return known
    const resource = store.resources.get(resourceId)
    const found = resource
      ? units.flatMap((unit, at) => (isInside(store, resource, unit, day) ? at : []))
      : []
    inside.set(resourceId, found)
    return found
  }
  const places = units.map((unit) => placesOf(store, unit))
  return { day, graph, units, places, scopes, scopesOf, unitsOfResource }
}

/**
 * Finds the decisions by which a requirement, or a section it belongs to, does not apply; by id. One without a
 * justification decides nothing (ISO/IEC 27001 6.1.3 d). Null when the programme has none at all.
 */
export function decisionsOn(store: Store, programmeId: string, day: number) {
  const decisions = [...(store.decisions.get(programmeId)?.values() ?? [])].filter(
    (one) => one.justification.trim() !== '' && inForce(one, day),
  )
  if (decisions.length === 0) return null
  const byNode = Map.groupBy(decisions, requirementKey)
  return (node: RequirementNode): Decision[] => {
    const seen = new Set<string>()
    const found: Decision[] = []
    for (let at: string | null | undefined = node.requirement; at && !seen.has(at); ) {
      seen.add(at)
      const key = requirementKey({ edition: node.edition, requirement: at })
      found.push(...(byNode.get(key) ?? []))
      at = store.requirements.get(key)?.parent
    }
    return found.sort((a, b) => byText(a.id, b.id))
  }
}

/** The first of some decisions that holds at a unit. */
export const decisionAt = (decisions: readonly Decision[], unit: Unit): Decision | null =>
  decisions.find((one) => one.unit === null || unitKey(one.unit) === unitKey(unit)) ?? null
