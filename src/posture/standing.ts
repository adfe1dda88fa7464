import { bitsOf, checksColumn, ownColumn, withChecks } from './control.ts'
import type { Unit } from './facts.ts'
import { unitsByResource } from './layout.ts'
import { placesOf } from './scope.ts'
import type { Store } from './store.ts'

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
    const own = ownColumn(store, arranged, id, new Map())
    const checks = checksColumn(arranged, bitsOf(store, arranged.day, id))
    return own.map((code, unit) => withChecks(code, checks[unit] ?? 0))
  })
}
