import type { Day } from '../kernel/day.ts'
import { isInUse } from './asset.ts'
import {
  type AssetFact,
  type AssetGraph,
  dependenciesOf,
  dependentsOf,
  grown,
  type Levels,
  newGraph,
  putAsset,
} from './asset-graph.ts'
import { forEach, type PerProperty, type Property, properties } from './property.ts'

/** Where a value comes from: `path` leads from the asset that has it by itself to the one asked about, both included. */
export type Explained = {
  level: number | null
  by: 'nothing' | 'itself' | 'override' | 'inheritance'
  path: readonly string[]
}

/** Whether each asset is in use on a day, and per property its level, by the numbers of the graph. */
export type OnDay = { inUse: Levels; levels: readonly Levels[] }

/**
 * What assets are worth, each at least as much as all that depends on it. A value flows from an asset to what it depends
 * on, and on from there; an override stands instead of all that would arrive, and is what is passed on. An asset that is
 * not in use on the day asked about has no value and passes none on.
 */
export type Inheritance<Fact extends AssetFact = AssetFact> = {
  readonly graph: AssetGraph<Fact>
  /** Takes in an asset as it is now. Days kept ready catch up at once, with what it reaches and no more. */
  put(fact: Fact): void
  effective(id: string, day: Day): PerProperty<number | null>
  explain(id: string, property: Property, day: Day): Explained
  on(day: Day): OnDay
}

/** Days kept ready: today, and some to compare it with. */
const daysKept = 3

/** Levels are numbers up to this one. */
const highest = 7

type View = { day: Day; inUse: Levels; levels: Levels[] }

/** One property of a day. */
type Column = { graph: AssetGraph; inUse: Levels; levels: Levels; own: Levels; fixed: Levels }

const none = new Uint8Array()

const columnOf = (graph: AssetGraph, view: View, place: number): Column => ({
  graph,
  inUse: view.inUse,
  levels: view.levels[place] ?? none,
  own: graph.own[place] ?? none,
  fixed: graph.fixed[place] ?? none,
})

/** What an asset is worth without anybody else. */
const baseOf = ({ inUse, fixed, own }: Column, at: number): number =>
  inUse[at] ? fixed[at] || own[at] || 0 : 0

/**
 * Spreads levels from where they were put, the highest first: whatever an asset is given first is the most that reaches
 * it, so each is passed once, and a circle ends.
 */
function spread({ graph, inUse, levels, fixed }: Column, queues: number[][]): void {
  const { firstOut, nextOut, to } = graph.edges
  for (let level = highest; level > 0; level--) {
    const queue = queues[level] ?? []
    for (let next = 0; next < queue.length; next++) {
      const at = queue[next] ?? 0
      if (levels[at] !== level) continue
      for (let edge = firstOut[at] ?? -1; edge >= 0; edge = nextOut[edge] ?? -1) {
        const other = to[edge] ?? 0
        if ((levels[other] ?? 0) >= level || fixed[other] || !inUse[other]) continue
        levels[other] = level
        queue.push(other)
      }
    }
  }
}

const emptyQueues = (): number[][] => Array.from({ length: highest + 1 }, () => [])

/** All of a day from the start. */
function viewOn(graph: AssetGraph, day: Day): View {
  const size = graph.own[0]?.length ?? 0
  const view: View = { day, inUse: new Uint8Array(size), levels: properties.map(() => new Uint8Array(size)) }
  graph.facts.forEach((fact, at) => {
    if (fact !== null && isInUse(fact, day)) view.inUse[at] = 1
  })
  for (const place of properties.keys()) {
    const column = columnOf(graph, view, place)
    const queues = emptyQueues()
    for (let at = 0; at < graph.ids.length; at++) {
      const level = baseOf(column, at)
      column.levels[at] = level
      queues[level]?.push(at)
    }
    spread(column, queues)
  }
  return view
}

/** The most that an asset has from itself and from what depends on it, leaving aside what is marked. */
function supported(column: Column, at: number, aside: Levels | null): number {
  let most = baseOf(column, at)
  const { graph, inUse, levels, fixed } = column
  if (fixed[at] || !inUse[at]) return most
  const { firstIn, nextIn, from } = graph.edges
  for (let edge = firstIn[at] ?? -1; edge >= 0; edge = nextIn[edge] ?? -1) {
    const other = from[edge] ?? 0
    const level = levels[other] ?? 0
    if (level > most && !aside?.[other]) most = level
  }
  return most
}

/** Marks the assets whose level may rest on `fallen`, which all had `level`, and gives them all. */
function resting(column: Column, fallen: number[], level: number, marks: Levels): number[] {
  const { levels } = column
  const { firstOut, nextOut, to } = column.graph.edges
  const found = fallen
  for (const at of found) marks[at] = 1
  for (let next = 0; next < found.length; next++) {
    for (let edge = firstOut[found[next] ?? 0] ?? -1; edge >= 0; edge = nextOut[edge] ?? -1) {
      const other = to[edge] ?? 0
      if (levels[other] !== level || marks[other] || baseOf(column, other) >= level) continue
      marks[other] = 1
      found.push(other)
    }
  }
  return found
}

/** Brings one property up to date after `at` changed; `lost` are those that it no longer depends on. */
function refresh(column: Column, at: number, lost: readonly number[], marks: Levels): void {
  const { levels } = column
  const before = levels[at] ?? 0
  const now = supported(column, at, null)
  const fallen = now < before ? [at] : []
  if (before > 0)
    for (const other of lost)
      if (levels[other] === before && baseOf(column, other) < before && !fallen.includes(other))
        fallen.push(other)
  const aside = fallen.length > 0 ? resting(column, fallen, before, marks) : []
  const queues = emptyQueues()
  if (!marks[at]) {
    levels[at] = now
    queues[now]?.push(at)
  }
  for (const one of aside) {
    const level = supported(column, one, marks)
    levels[one] = level
    queues[level]?.push(one)
  }
  for (const one of aside) marks[one] = 0
  spread(column, queues)
}

/** Takes in assets in any order, and answers what each is worth on any day. */
export function createInheritance<Fact extends AssetFact>(facts: Iterable<Fact> = []): Inheritance<Fact> {
  const graph = newGraph<Fact>()
  for (const fact of facts) putAsset(graph, fact)
  const kept = new Map<Day, View>()
  let marks: Levels = none

  const on = (day: Day): View => {
    const view = kept.get(day) ?? viewOn(graph, day)
    kept.delete(day)
    kept.set(day, view)
    const [oldest] = kept.keys()
    if (kept.size > daysKept && oldest !== undefined) kept.delete(oldest)
    return view
  }

  const put = (fact: Fact): void => {
    const known = graph.index.get(fact.id)
    const before = known === undefined ? [] : dependenciesOf(graph, known)
    const at = putAsset(graph, fact)
    const after = new Set(dependenciesOf(graph, at))
    const lost = before.filter((other) => !after.has(other))
    const size = graph.own[0]?.length ?? 0
    marks = grown(marks, size)
    for (const view of kept.values()) {
      view.inUse = grown(view.inUse, size)
      view.levels = view.levels.map((levels) => grown(levels, size))
      view.inUse[at] = isInUse(fact, view.day) ? 1 : 0
      for (const place of properties.keys()) refresh(columnOf(graph, view, place), at, lost, marks)
    }
  }

  const levelOf = (view: View, place: number, id: string): number =>
    view.levels[place]?.[graph.index.get(id) ?? -1] ?? 0

  return {
    graph,
    put,
    effective(id, day) {
      const view = on(day)
      return forEach((property) => levelOf(view, properties.indexOf(property), id) || null)
    },
    explain: (id, property, day) => explained(columnOf(graph, on(day), properties.indexOf(property)), id),
    on,
  }
}

/** The shortest way back to an asset that has the level by itself; of several, the one first by key. */
function explained(column: Column, id: string): Explained {
  const { graph, levels, fixed } = column
  const at = graph.index.get(id) ?? -1
  const level = levels[at] ?? 0
  if (level === 0) return { level: null, by: 'nothing', path: [] }
  const hasItself = (one: number) => baseOf(column, one) === level
  if (hasItself(at)) return { level, by: fixed[at] ? 'override' : 'itself', path: [id] }
  const idOf = (one: number) => graph.ids[one] ?? ''
  const keyOf = (one: number) => graph.facts[one]?.key ?? ''
  const towards = new Map<number, number>([[at, -1]])
  for (const one of towards.keys()) {
    if (hasItself(one)) {
      const path: string[] = []
      for (let step = one; step >= 0; step = towards.get(step) ?? -1) path.push(idOf(step))
      return { level, by: 'inheritance', path }
    }
    const passing = dependentsOf(graph, one).filter((other) => levels[other] === level)
    for (const other of passing.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
      if (!towards.has(other)) towards.set(other, one)
  }
  throw new Error('a level came from nowhere')
}
