import { newEvidenceColumn, putEvidence, removeEvidence } from './evidence.ts'
import type { Change, FactOf, Facts, Implementation, Kind, Requirement, Result } from './facts.ts'
import { requirementKey } from './graph.ts'
import { putOccurrence, removeOccurrence } from './occurrences.ts'
import { putResult, removeResult, type Timeline } from './results.ts'
import { placeOf } from './scope.ts'
import { newStore, type Slot, type Store } from './store.ts'

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

const slotOf = (store: Store, id: string): Slot =>
  within(store.slots, id, () => ({ fact: null, evidence: newEvidenceColumn(), rounds: [] }))

function putImplementation(store: Store, fact: Implementation): void {
  const slot = slotOf(store, fact.id)
  slot.fact = fact
  if (!store.placed.has(fact.controlId)) store.graphs.clear()
  const places = within(store.placed, fact.controlId, () => new Map<string, Slot[]>())
  within(places, placeOf(fact), () => []).push(slot)
}

function removeImplementation(store: Store, fact: Implementation): void {
  const slot = slotOf(store, fact.id)
  // What was collected stays: an implementation that comes back finds its evidence.
  slot.fact = null
  const places = store.placed.get(fact.controlId)
  const left = places?.get(placeOf(fact))?.filter((one) => one !== slot) ?? []
  if (left.length > 0) places?.set(placeOf(fact), left)
  else places?.delete(placeOf(fact))
  if (places?.size !== 0) return
  store.placed.delete(fact.controlId)
  store.graphs.clear()
}

const timelineOf = (store: Store, { checkId, resourceId }: Result): Timeline => {
  const timelines = within(store.timelines, checkId, () => new Map<string, Timeline>())
  return within(timelines, resourceId, () => ({ checkId, resourceId, rows: [] }))
}

type Keeper<One> = { put(store: Store, fact: One): void; remove(store: Store, fact: One): void }

const keyed = <One extends { id: string }>(
  mapOf: (store: Store, fact: One) => Map<string, One>,
): Keeper<One> => ({
  put: (store, fact) => void mapOf(store, fact).set(fact.id, fact),
  remove: (store, fact) => void mapOf(store, fact).delete(fact.id),
})

const keyOf = ({ edition, id }: Requirement) => requirementKey({ edition, requirement: id })

/** One after whose change something remembered is no longer true. */
const forgetting = <One>(forget: (store: Store) => void, keeper: Keeper<One>): Keeper<One> => ({
  put: (store, fact) => {
    keeper.put(store, fact)
    forget(store)
  },
  remove: (store, fact) => {
    keeper.remove(store, fact)
    forget(store)
  },
})

const forgetWays = (store: Store) => store.ways.clear()
const forgetGraphs = (store: Store) => store.graphs.clear()

const keepers: { readonly [K in Kind]: Keeper<FactOf[K]> } = {
  entities: forgetting(
    forgetWays,
    keyed((store) => store.entities),
  ),
  services: keyed((store) => store.services),
  programmes: keyed((store) => store.programmes),
  resources: keyed((store) => store.resources),
  decisions: keyed((store, { programmeId }) => within(store.decisions, programmeId, () => new Map())),
  links: forgetting(
    forgetGraphs,
    keyed((store) => store.links),
  ),
  together: forgetting(
    forgetGraphs,
    keyed((store) => store.together),
  ),
  requirements: forgetting(forgetGraphs, {
    put: (store, fact) => void store.requirements.set(keyOf(fact), fact),
    remove: (store, fact) => void store.requirements.delete(keyOf(fact)),
  }),
  implementations: { put: putImplementation, remove: removeImplementation },
  evidence: {
    put: (store, fact) => putEvidence(slotOf(store, fact.implementationId).evidence, fact),
    remove: (store, fact) => removeEvidence(slotOf(store, fact.implementationId).evidence, fact.id),
  },
  occurrences: {
    put: (store, fact) => putOccurrence(slotOf(store, fact.implementationId).rounds, fact),
    remove: (store, fact) => removeOccurrence(slotOf(store, fact.implementationId).rounds, fact.id),
  },
  checks: {
    put: (store, fact) => {
      store.checks.set(fact.id, fact)
      within(store.checksOf, fact.controlId, () => new Set<string>()).add(fact.id)
    },
    remove: (store, fact) => {
      store.checks.delete(fact.id)
      store.checksOf.get(fact.controlId)?.delete(fact.id)
    },
  },
  results: {
    put: (store, fact) => putResult(timelineOf(store, fact), fact),
    remove: (store, fact) => removeResult(timelineOf(store, fact), fact.id),
  },
}

/** Takes in facts of a kind that are not there yet. */
export function keepAll<K extends Kind>(store: Store, kind: K, facts: Iterable<FactOf[K]>): void {
  const keeper: Keeper<FactOf[K]> = keepers[kind]
  for (const fact of facts) keeper.put(store, fact)
}

const keepKind = <K extends Kind>(store: Store, kind: K, facts: Facts): void =>
  keepAll(store, kind, facts[kind] as Iterable<FactOf[K]>)

export function storeOf(facts: Facts): Store {
  const store = newStore()
  for (const kind of Object.keys(keepers) as Kind[]) keepKind(store, kind, facts)
  return store
}

export function keep<K extends Kind>(store: Store, change: Change<K>): void {
  const keeper: Keeper<FactOf[K]> = keepers[change.kind]
  if (change.before !== null) keeper.remove(store, change.before)
  if (change.after === null) return
  // Telling the same fact twice is no second fact.
  keeper.remove(store, change.after)
  keeper.put(store, change.after)
}
