import { inForce, turns } from './days.ts'
import type { EvidenceColumn } from './evidence.ts'
import type {
  Check,
  Decision,
  Entity,
  Implementation,
  Link,
  Programme,
  Requirement,
  Resource,
  Service,
  Together,
} from './facts.ts'
import { buildGraph, type Graph } from './graph.ts'
import type { Round } from './occurrences.ts'
import type { Timeline } from './results.ts'

/** An implementation and what was collected for it; the fact is null while only its evidence is known. */
export type Slot = { fact: Implementation | null; evidence: EvidenceColumn; rounds: Round[] }

/** The facts, indexed for the questions of a posture. */
export type Store = {
  entities: Map<string, Entity>
  services: Map<string, Service>
  /** Remembered by the scope, forgotten when an entity changes. */
  ways: Map<string, readonly string[]>
  requirements: Map<string, Requirement>
  programmes: Map<string, Programme>
  /** By programme. */
  decisions: Map<string, Map<string, Decision>>
  links: Map<string, Link>
  together: Map<string, Together>
  slots: Map<string, Slot>
  /** By control, then by place. */
  placed: Map<string, Map<string, Slot[]>>
  checks: Map<string, Check>
  /** By control. */
  checksOf: Map<string, Set<string>>
  resources: Map<string, Resource>
  /** By check, then by resource. */
  timelines: Map<string, Map<string, Timeline>>
  /** Graphs already built, by the first day on which each holds. */
  graphs: Map<number, Graph>
  /** The graph built last, of which much holds in the next one. */
  graph: Graph | null
}

export const newStore = (): Store => ({
  entities: new Map(),
  services: new Map(),
  ways: new Map(),
  requirements: new Map(),
  programmes: new Map(),
  decisions: new Map(),
  links: new Map(),
  together: new Map(),
  slots: new Map(),
  placed: new Map(),
  checks: new Map(),
  checksOf: new Map(),
  resources: new Map(),
  timelines: new Map(),
  graphs: new Map(),
  graph: null,
})

/** The graph of the links in force on a day; days between which no link begins or ends share one. */
export function graphOn(store: Store, day: number): Graph {
  const links = [...store.links.values()]
  const together = [...store.together.values()]
  let since = Number.NEGATIVE_INFINITY
  for (const one of [...links, ...together])
    for (const turn of turns(one)) if (turn <= day && turn > since) since = turn
  const known = store.graphs.get(since)
  if (known !== undefined) return known
  const facts = {
    controls: store.placed.keys(),
    requirements: [...store.requirements.values()],
    links: links.filter((one) => inForce(one, day)),
    together: together.filter((one) => inForce(one, day)),
  }
  const graph = buildGraph(facts, store.graph)
  store.graph = graph
  store.graphs.set(since, graph)
  return graph
}
