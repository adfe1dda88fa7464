import { ancestorsOf } from '../organisation/entity.ts'
import { inForce } from './days.ts'
import type { Entity, Programme, Resource, Service, Unit } from './facts.ts'

/** Where things are: the tree of entities, who operates which service, and the ways up the tree walked so far. */
export type Places = {
  entities: ReadonlyMap<string, Entity>
  services: ReadonlyMap<string, Service>
  ways: Map<string, readonly string[]>
}

export const unitKey = (unit: Unit): string => `${unit.entityId} ${unit.serviceId ?? ''}`

const entityPlace = (id: string) => `entity ${id}`
export const placeOf = (one: { entityId: string; serviceId: string | null }): string =>
  one.serviceId === null ? entityPlace(one.entityId) : `service ${one.serviceId}`

/** An entity and all above it, nearest first. */
function upwards({ entities, ways }: Places, entityId: string): readonly string[] {
  const known = ways.get(entityId)
  if (known !== undefined) return known
  const parents = new Map<string, string | null>()
  for (let id: string | null | undefined = entityId; id && !parents.has(id); id = parents.get(id))
    parents.set(id, entities.get(id)?.parentId ?? null)
  const way = ancestorsOf(parents, entityId)
  ways.set(entityId, way)
  return way
}

/** Where an implementation that counts for a unit may stand, nearest first. */
export const placesOf = (places: Places, unit: Unit): string[] => [
  ...(unit.serviceId === null ? [] : [placeOf(unit)]),
  ...upwards(places, unit.entityId).map(entityPlace),
]

/** The entity and what it is a division or site of, up to its company: a subsidiary is not part of its parent. */
export function partOf(places: Places, entityId: string): readonly string[] {
  const chain = upwards(places, entityId)
  const company = chain.findIndex((id) => places.entities.get(id)?.kind === 'company')
  return company < 0 ? chain : chain.slice(0, company + 1)
}

/** The units of a programme on a day: its services, or, where it names none, its entities. Sorted by key. */
export function unitsOf(places: Places, programme: Programme, day: number): Unit[] {
  const inScope = new Set(programme.entities.filter((one) => inForce(one, day)).map((one) => one.entityId))
  const named = programme.services.filter((one) => inForce(one, day))
  const units: Unit[] =
    named.length === 0
      ? [...inScope].map((entityId) => ({ entityId, serviceId: null }))
      : named.flatMap(({ serviceId }) => {
          const entityId = places.services.get(serviceId)?.entityId
          if (entityId === undefined) return []
          const kept = inScope.size === 0 || partOf(places, entityId).some((id) => inScope.has(id))
          return kept ? [{ entityId, serviceId }] : []
        })
  const byKey = new Map(units.map((unit) => [unitKey(unit), unit]))
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? [])
}

/** Whether results of a resource speak for a unit on a day: its service, or, for an entity, what belongs to it. */
export function isInside(places: Places, resource: Resource, unit: Unit, day: number): boolean {
  if (!inForce(resource, day)) return false
  if (unit.serviceId === null) return partOf(places, resource.entityId).includes(unit.entityId)
  return resource.services.some((one) => one.serviceId === unit.serviceId && inForce(one, day))
}
