import { checksColumn, ownColumn, withChecks } from './control.ts'
import { inForce } from './days.ts'
import type { Unit } from './facts.ts'
import { partOf, placesOf } from './scope.ts'
import type { Store } from './store.ts'

/** The units for which results of a resource speak, looked up by its services and its entity instead of one by one. */
function unitsByResource(store: Store, units: readonly Unit[], day: number) {
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

/** The states of some controls at any units on a day, as codes: a row for each control, in the orders given. */
export function standingAt(
  store: Store,
  controlIds: readonly string[],
  units: readonly Unit[],
  day: number,
): Uint8Array[] {
  const places = units.map((unit) => placesOf(store, unit))
  const unitsOfResource = unitsByResource(store, units, day)
  const arranged = { day, units, places, unitsOfResource }
  return controlIds.map((id) => {
    const own = ownColumn(store, arranged, id)
    const checks = checksColumn(store, arranged, id)
    return own.map((code, unit) => withChecks(code, checks[unit] ?? 0))
  })
}
