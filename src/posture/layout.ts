import { inForce } from './days.ts'
import type { Decision, Programme, RequirementNode, Unit } from './facts.ts'
import { type Graph, requirementKey } from './graph.ts'
import { partOf, placesOf, unitKey, unitsOf } from './scope.ts'
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
  forgetResource(resourceId: string): void
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The requirements of a programme on a day, in the order of the graph; an edition taken whole is shared. */
function rowsOf(
  graph: Graph,
  programme: Programme,
  day: number,
  whole: (edition: string) => readonly Row[],
): readonly Row[] {
  const parts = programme.editions.filter((part) => inForce(part, day))
  const [only] = parts
  if (parts.length === 1 && only?.requirements === null) return whole(only.edition)
  const rows = parts.flatMap(({ edition, requirements }) =>
    requirements === null
      ? whole(edition)
      : requirements.flatMap((requirement): Row[] => {
          const node = graph.index.get(requirementKey({ edition, requirement }))
          return node === undefined ? [] : [{ edition, requirement, node }]
        }),
  )
  return [...new Map(rows.map((row) => [row.node, row])).values()].sort((a, b) => a.node - b.node)
}

/** The assessable requirements of each edition. */
function wholeEditions(store: Store, graph: Graph): (edition: string) => readonly Row[] {
  const byEdition = new Map<string, Row[]>()
  graph.nodes.forEach((one, node) => {
    if (!('edition' in one) || store.requirements.get(graph.lines[node]?.[0] ?? '')?.assessable !== true)
      return
    const rows = byEdition.get(one.edition) ?? []
    if (rows.length === 0) byEdition.set(one.edition, rows)
    rows.push({ edition: one.edition, requirement: one.requirement, node })
  })
  return (edition) => byEdition.get(edition) ?? []
}

/** The units for which results of a resource speak, looked up by its services and its entity instead of one by one. */
export function unitsByResource(store: Store, units: readonly Unit[], day: number) {
  const ofService = new Map<string, number[]>()
  const ofEntity = new Map<string, number[]>()
  units.forEach(({ entityId, serviceId }, at) => {
    const [map, key] = serviceId === null ? [ofEntity, entityId] : [ofService, serviceId]
    map.set(key, [...(map.get(key) ?? []), at])
  })
  return (resourceId: string): number[] => {
    const resource = store.resources.get(resourceId)
    if (resource === undefined || !inForce(resource, day)) return []
    const services = resource.services.filter((one) => inForce(one, day))
    return [
      ...services.flatMap(({ serviceId }) => ofService.get(serviceId) ?? []),
      ...partOf(store, resource.entityId).flatMap((id) => ofEntity.get(id) ?? []),
    ]
  }
}

export function layoutOn(store: Store, day: number): Layout {
  const graph = graphOn(store, day)
  const programmes = [...store.programmes.values()].sort((a, b) => byText(a.id, b.id))
  const scoped = programmes.map((programme) => ({ programme, units: unitsOf(store, programme, day) }))
  const byKey = new Map(scoped.flatMap(({ units }) => units.map((unit) => [unitKey(unit), unit])))
  const keys = [...byKey.keys()].sort()
  const units = keys.flatMap((key) => byKey.get(key) ?? [])
  const index = new Map(keys.map((key, at) => [key, at]))
  const whole = wholeEditions(store, graph)
  const scopesOf: { scope: number; column: number }[][] = units.map(() => [])
  const scopes = scoped.map(({ programme, units: own }, scope): Scope => {
    const rows = rowsOf(graph, programme, day, whole)
    const places = own.flatMap((unit) => index.get(unitKey(unit)) ?? [])
    for (const [column, unit] of places.entries()) scopesOf[unit]?.push({ scope, column })
    return { programme, units: places, rows, rowOf: new Map(rows.map(({ node }, at) => [node, at])) }
  })
  const inside = new Map<string, readonly number[]>()
  const insideOf = unitsByResource(store, units, day)
  const unitsOfResource = (resourceId: string) => {
    const known = inside.get(resourceId)
    if (known !== undefined) return known
    const found = insideOf(resourceId)
    inside.set(resourceId, found)
    return found
  }
  const places = units.map((unit) => placesOf(store, unit))
  return {
    day,
    graph,
    units,
    places,
    scopes,
    scopesOf,
    unitsOfResource,
    forgetResource: (id) => void inside.delete(id),
  }
}

/**
 * Finds the decisions by which the requirement of a row, or a section it belongs to, does not apply; by id. One without
 * a justification decides nothing (ISO/IEC 27001 6.1.3 d). Null when the programme has none at all.
 */
export function decisionsOn(store: Store, { graph, day }: Layout, programmeId: string) {
  const decisions = [...(store.decisions.get(programmeId)?.values() ?? [])].filter(
    (one) => one.justification.trim() !== '' && inForce(one, day),
  )
  if (decisions.length === 0) return null
  const byNode = Map.groupBy(decisions, requirementKey)
  return ({ node }: Row): Decision[] =>
    (graph.lines[node] ?? []).flatMap((key) => byNode.get(key) ?? []).sort((a, b) => byText(a.id, b.id))
}

/** The first of some decisions that holds at a unit. */
export const decisionAt = (decisions: readonly Decision[], unit: Unit): Decision | null =>
  decisions.find((one) => one.unit === null || unitKey(one.unit) === unitKey(unit)) ?? null
