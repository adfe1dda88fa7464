import type { Link, Node, Requirement, RequirementNode, Together } from './facts.ts'
import { compose, coversAll, type Relationship, relationships } from './relationship.ts'
import { levelOf } from './state.ts'

/** A stated relationship; `link` is null where it follows from the tree of an edition or from a group. */
export type Edge = { from: number; relationship: Relationship; to: number; link: string | null }

/**
 * Controls, groups and requirements, in this order and sorted by key, so that the order of facts decides nothing.
 * Sources are the controls and the groups: the first `sources` nodes.
 */
export type Graph = {
  readonly nodes: readonly (Node | { group: string })[]
  readonly index: ReadonlyMap<string, number>
  readonly controls: number
  readonly sources: number
  /** Per requirement node: pairs (source, level) of what reaches it. */
  readonly reachers: readonly Int32Array[]
  /** Per source: the requirement nodes that it reaches. */
  readonly reached: readonly (readonly number[])[]
  /** Per group (from `controls` on): for each member, the controls that cover all of it. */
  readonly members: readonly (readonly number[])[][]
  readonly walks: readonly Walk[]
  /** Per source: the best relationship to every node that it reaches. */
  readonly best: readonly Best[]
  /** Per node: its key, and the edges that lead from it. */
  readonly keys: readonly string[]
  readonly out: readonly (readonly Edge[])[]
  /** Per requirement node: its key and those of the sections it belongs to, nearest first. */
  readonly lines: readonly (readonly string[])[]
}

/** Everything known of one source: how each (node, relationship) was reached first; null is the start. */
type Walk = ReadonlyMap<number, { from: number; edge: Edge } | null>

const kinds = relationships.length
const stateOf = (node: number, relationship: Relationship) =>
  node * kinds + relationships.indexOf(relationship)
const relationshipOf = (state: number): Relationship => relationships[state % kinds] ?? 'intersects'

export const controlKey = (id: string) => `control ${id}`
export const requirementKey = (node: RequirementNode) => `requirement ${node.edition} ${node.requirement}`
const groupKey = (id: string) => `group ${id}`
export const nodeKey = (node: Node) => ('control' in node ? controlKey(node.control) : requirementKey(node))

const sorted = (keys: Iterable<string>) => [...new Set(keys)].sort()

/** Breadth first over (node, relationship): each is met once, so circles end, and the shortest path is kept. */
function walk(out: readonly (readonly Edge[])[], start: number): Walk {
  const first = stateOf(start, 'equal')
  const seen = new Map<number, { from: number; edge: Edge } | null>([[first, null]])
  for (const state of seen.keys()) {
    for (const edge of out[Math.floor(state / kinds)] ?? []) {
      const relationship = compose(relationshipOf(state), edge.relationship)
      if (relationship === null) continue
      const next = stateOf(edge.to, relationship)
      if (!seen.has(next)) seen.set(next, { from: state, edge })
    }
  }
  return seen
}

type Best = ReadonlyMap<number, Relationship>

/** The best relationship of a source to every node it reaches, itself included. */
function bestOf(walked: Walk): Best {
  const best = new Map<number, number>()
  for (const state of walked.keys()) {
    const node = Math.floor(state / kinds)
    best.set(node, Math.min(best.get(node) ?? state, state))
  }
  return new Map([...best].map(([node, state]) => [node, relationshipOf(state)]))
}

export type GraphFacts = {
  controls: Iterable<string>
  requirements: readonly Requirement[]
  links: readonly Link[]
  together: readonly Together[]
}

function edgesOf({ requirements, links, together }: GraphFacts, index: ReadonlyMap<string, number>) {
  const out: Edge[][] = Array.from({ length: index.size }, () => [])
  const add = (source: string, relationship: Relationship, target: string, link: string | null) => {
    const [from, to] = [index.get(source), index.get(target)]
    if (from !== undefined && to !== undefined) out[from]?.push({ from, relationship, to, link })
  }
  for (const { id, source, relationship, target } of links)
    add(nodeKey(source), relationship, nodeKey(target), id)
  // A section asks for all that its children ask for: what covers it covers them, and a part of it says nothing.
  for (const { edition, id, parent } of requirements)
    if (parent !== null)
      add(
        requirementKey({ edition, requirement: parent }),
        'superset',
        requirementKey({ edition, requirement: id }),
        null,
      )
  for (const { id, requirement } of together) add(groupKey(id), 'superset', requirementKey(requirement), null)
  for (const edges of out) edges.sort((a, b) => a.to - b.to || ((a.link ?? '') < (b.link ?? '') ? -1 : 1))
  return out
}

/** A requirement and the sections above it; a circle, which no edition has, ends the climb. */
function lineOf(start: string, requirements: ReadonlyMap<string, Requirement>): string[] {
  const line: string[] = []
  for (let key: string | null = start; key !== null && !line.includes(key); ) {
    line.push(key)
    const one = requirements.get(key)
    key =
      one === undefined || one.parent === null
        ? null
        : requirementKey({ edition: one.edition, requirement: one.parent })
  }
  return line
}

const sameEdges = (a: readonly Edge[], b: readonly Edge[]): boolean =>
  a.length === b.length &&
  a.every((edge, at) => {
    const other = b[at]
    return other?.to === edge.to && other.relationship === edge.relationship && other.link === edge.link
  })

/** Finds the former walks that are still true: of the same nodes, none of which has other edges now. */
function stillTrue(former: Graph | null, keys: readonly string[], out: readonly (readonly Edge[])[]) {
  if (former?.keys.length !== keys.length || !keys.every((key, at) => former.keys[at] === key))
    return () => null
  const changed = out.flatMap((edges, node) => (sameEdges(edges, former.out[node] ?? []) ? [] : node))
  return (source: number) => {
    const [walked, best] = [former.walks[source], former.best[source]]
    return walked && best && !changed.some((node) => best.has(node)) ? { walked, best } : null
  }
}

/** Builds the graph and walks it from every source, where a former graph was not walked in the same way. */
export function buildGraph(facts: GraphFacts, former: Graph | null = null): Graph {
  const ends = facts.links.flatMap(({ source, target }) => [source, target])
  const controlIds = sorted([
    ...facts.controls,
    ...ends.flatMap((node) => ('control' in node ? [node.control] : [])),
    ...facts.together.flatMap(({ controls }) => controls),
  ])
  const groups = new Map(facts.together.map((one) => [one.id, one]))
  const groupIds = sorted(groups.keys())
  const requirements = new Map(
    facts.requirements.map((one) => [requirementKey({ edition: one.edition, requirement: one.id }), one]),
  )
  const nodes = [
    ...controlIds.map((control) => ({ control })),
    ...groupIds.map((group) => ({ group })),
    ...sorted(requirements.keys()).flatMap((key) => {
      const one = requirements.get(key)
      return one === undefined ? [] : { edition: one.edition, requirement: one.id }
    }),
  ]
  const keys = nodes.map((node) => ('group' in node ? groupKey(node.group) : nodeKey(node)))
  const index = new Map(keys.map((key, at) => [key, at]))
  const controls = controlIds.length
  const sources = controls + groupIds.length
  const out = edgesOf(facts, index)
  const known = stillTrue(former, keys, out)
  const walked = Array.from({ length: sources }, (_, source) => {
    const before = known(source)
    if (before !== null) return before
    const anew = walk(out, source)
    return { walked: anew, best: bestOf(anew) }
  })
  const reachers: number[][] = nodes.map(() => [])
  const realisers: number[][] = nodes.map(() => [])
  const reached: number[][] = []
  walked.forEach(({ best }, source) => {
    reached.push([...best.keys()].filter((node) => node >= sources))
    for (const [node, relationship] of best) {
      if (node >= sources) reachers[node]?.push(source, levelOf(relationship))
      // Controls only: a group that stood for a member of a group could stand for itself.
      else if (source < controls && coversAll(relationship)) realisers[node]?.push(source)
    }
  })
  const members = groupIds.map((id) =>
    (groups.get(id)?.controls ?? []).map((control) => realisers[index.get(controlKey(control)) ?? -1] ?? []),
  )
  return {
    nodes,
    index,
    controls,
    sources,
    reachers: reachers.map((pairs) => new Int32Array(pairs)),
    reached,
    members,
    walks: walked.map((one) => one.walked),
    best: walked.map((one) => one.best),
    keys,
    out,
    lines: nodes.map((node) => ('edition' in node ? lineOf(requirementKey(node), requirements) : [])),
  }
}

/** The path behind the best relationship of a source to a node, from the source on; null when nothing leads there. */
export function pathTo(graph: Graph, source: number, node: number) {
  const walked = graph.walks[source]
  const best = relationships.find((relationship) => walked?.has(stateOf(node, relationship)))
  if (walked === undefined || best === undefined) return null
  const path: Edge[] = []
  for (let step = walked.get(stateOf(node, best)); step; step = walked.get(step.from)) path.unshift(step.edge)
  return { relationship: best, path }
}
