import type { Asset } from './asset.ts'
import { properties } from './property.ts'

/** The fields of an asset on which its place in the graph and its values depend. */
export type AssetFact = Pick<
  Asset,
  'id' | 'key' | 'value' | 'override' | 'dependsOn' | 'inUseFrom' | 'inUseTo'
>

/** Levels of one property, a byte for each asset; 0 is none. */
export type Levels = Uint8Array

/**
 * Dependencies as chains of numbers in flat arrays, because a walk over hundreds of thousands of small lists spends its
 * time fetching them. Per asset the first dependency of its own and the first on it; per dependency its two ends and the
 * next of either chain; -1 ends a chain.
 */
export type Edges = {
  firstOut: Int32Array
  firstIn: Int32Array
  from: Int32Array
  to: Int32Array
  nextOut: Int32Array
  nextIn: Int32Array
  count: number
  /** Dependencies that are gone, whose places are used again. */
  free: number[]
}

/**
 * The assets by number, so that a hundred thousand of them with all they depend on are walked in milliseconds. An asset
 * that others name before it is known has a number and no fact.
 */
export type AssetGraph<Fact extends AssetFact = AssetFact> = {
  readonly index: Map<string, number>
  readonly ids: string[]
  readonly facts: (Fact | null)[]
  readonly edges: Edges
  /** Per property: what assets say of themselves, and what stands instead of anything else. */
  own: Levels[]
  fixed: Levels[]
}

const first = 1024
const ends = (size: number) => new Int32Array(size).fill(-1)

export const newGraph = <Fact extends AssetFact>(): AssetGraph<Fact> => ({
  index: new Map(),
  ids: [],
  facts: [],
  edges: {
    ...{ firstOut: ends(first), firstIn: ends(first), from: ends(first), to: ends(first) },
    ...{ nextOut: ends(first), nextIn: ends(first), count: 0, free: [] },
  },
  own: properties.map(() => new Uint8Array(first)),
  fixed: properties.map(() => new Uint8Array(first)),
})

/** The same bytes with room for `size` of them. */
export function grown(levels: Levels, size: number): Levels {
  if (levels.length >= size) return levels
  const larger = new Uint8Array(Math.max(size, levels.length * 2))
  larger.set(levels)
  return larger
}

function longer(list: Int32Array, size: number): Int32Array {
  if (list.length >= size) return list
  const larger = ends(Math.max(size, list.length * 2))
  larger.set(list)
  return larger
}

function numberOf(graph: AssetGraph, id: string): number {
  const known = graph.index.get(id)
  if (known !== undefined) return known
  const at = graph.ids.length
  graph.index.set(id, at)
  graph.ids.push(id)
  graph.facts.push(null)
  if (at < (graph.own[0]?.length ?? 0)) return at
  const { edges } = graph
  graph.own = graph.own.map((levels) => grown(levels, at + 1))
  graph.fixed = graph.fixed.map((levels) => grown(levels, at + 1))
  edges.firstOut = longer(edges.firstOut, graph.own[0]?.length ?? 0)
  edges.firstIn = longer(edges.firstIn, graph.own[0]?.length ?? 0)
  return at
}

function link(edges: Edges, from: number, to: number): void {
  const at = edges.free.pop() ?? edges.count++
  if (at >= edges.from.length) {
    edges.from = longer(edges.from, at + 1)
    edges.to = longer(edges.to, at + 1)
    edges.nextOut = longer(edges.nextOut, at + 1)
    edges.nextIn = longer(edges.nextIn, at + 1)
  }
  edges.from[at] = from
  edges.to[at] = to
  edges.nextOut[at] = edges.firstOut[from] ?? -1
  edges.nextIn[at] = edges.firstIn[to] ?? -1
  edges.firstOut[from] = at
  edges.firstIn[to] = at
}

function unlink(edges: Edges, from: number): void {
  const { firstOut, firstIn, nextOut, nextIn, to } = edges
  for (let at = firstOut[from] ?? -1; at >= 0; at = nextOut[at] ?? -1) {
    const other = to[at] ?? 0
    let before = -1
    for (let one = firstIn[other] ?? -1; one >= 0 && one !== at; one = nextIn[one] ?? -1) before = one
    if (before < 0) firstIn[other] = nextIn[at] ?? -1
    else nextIn[before] = nextIn[at] ?? -1
    edges.free.push(at)
  }
  firstOut[from] = -1
}

/** The numbers of what an asset depends on. */
export function dependenciesOf({ edges }: AssetGraph, at: number): number[] {
  const found: number[] = []
  for (let one = edges.firstOut[at] ?? -1; one >= 0; one = edges.nextOut[one] ?? -1)
    found.push(edges.to[one] ?? 0)
  return found
}

/** The numbers of what depends on an asset. */
export function dependentsOf({ edges }: AssetGraph, at: number): number[] {
  const found: number[] = []
  for (let one = edges.firstIn[at] ?? -1; one >= 0; one = edges.nextIn[one] ?? -1)
    found.push(edges.from[one] ?? 0)
  return found
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, at) => one === b[at])

/** Puts an asset in, or in the place of what was known of it, and gives its number. */
export function putAsset<Fact extends AssetFact>(graph: AssetGraph<Fact>, fact: Fact): number {
  const at = numberOf(graph, fact.id)
  const before = graph.facts[at]?.dependsOn ?? []
  graph.facts[at] = fact
  if (!sameList(before, fact.dependsOn)) {
    unlink(graph.edges, at)
    for (const id of fact.dependsOn) link(graph.edges, at, numberOf(graph, id))
  }
  for (const [place, property] of properties.entries()) {
    const [own, fixed] = [graph.own[place], graph.fixed[place]]
    if (own) own[at] = fact.value[property] ?? 0
    if (fixed) fixed[at] = fact.override[property]?.level ?? 0
  }
  return at
}
