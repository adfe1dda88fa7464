import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import { ancestorsOf } from '../organisation/entity.ts'
import type { Implementation, Phase } from './implementation.ts'
import { phaseOn } from './phases.ts'

/** Where a control is answered for: a service, or an entity as such. */
export type Place = { entityId: Id; serviceId: Id | null }

/**
 * How a place carries a control out on a day. `own` has its own way, in whose stead it would otherwise have inherited
 * `overrides`; `inherited` follows the nearest one above; `none` has none.
 */
export type Carried =
  | { kind: 'own'; by: Implementation; phase: Phase; overrides: Implementation | null }
  | { kind: 'inherited'; by: Implementation; phase: Phase }
  | { kind: 'none' }

type Found = { by: Implementation; phase: Phase }

/** What is in force at exactly this place; where one followed another, the one that began last. */
function inForceAt(all: readonly Implementation[], place: Place, day: Day): Found | null {
  const found = all.flatMap((by): Found[] => {
    const phase = by.entityId === place.entityId && by.serviceId === place.serviceId ? phaseOn(by, day) : null
    return phase ? [{ by, phase }] : []
  })
  return found.sort((a, b) => (a.phase.from < b.phase.from ? 1 : -1))[0] ?? null
}

/** How each place carries a control out, given all implementations of that control and who stands below whom. */
export function carriedAt(
  all: readonly Implementation[],
  parents: ReadonlyMap<Id, Id | null>,
  place: Place,
  day: Day,
): Carried {
  const [own, ...above] = ancestorsOf(parents, place.entityId)
  const inherited = () => {
    for (const entityId of above) {
      const found = inForceAt(
        all.filter((one) => one.inheritable),
        { entityId, serviceId: null },
        day,
      )
      if (found) return found
    }
    return null
  }
  // A service follows the entity that operates it without inheriting: it is that entity's own work.
  const ofEntity = own === undefined ? null : inForceAt(all, { entityId: own, serviceId: null }, day)
  if (place.serviceId !== null) {
    const ofService = inForceAt(all, place, day)
    if (ofService) return { kind: 'own', ...ofService, overrides: (ofEntity ?? inherited())?.by ?? null }
    if (ofEntity) return { kind: 'inherited', ...ofEntity }
  } else if (ofEntity) return { kind: 'own', ...ofEntity, overrides: inherited()?.by ?? null }
  const found = inherited()
  return found ? { kind: 'inherited', ...found } : { kind: 'none' }
}
