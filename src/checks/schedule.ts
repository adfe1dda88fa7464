import type { Asset } from '../assets/asset.ts'
import { addDays, type Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Check } from './check.ts'

/** The last day on which a result still speaks: until the next run is due, and the tolerance after it. */
export const speaksUntil = (check: Pick<Check, 'everyDays' | 'toleranceDays'>, ranOn: Day): Day =>
  addDays(ranOn, check.everyDays + check.toleranceDays)

export const isActive = (check: Pick<Check, 'activeFrom' | 'activeTo'>, day: Day): boolean =>
  check.activeFrom <= day && (check.activeTo === null || day <= check.activeTo)

/** Whether a check is asked of an asset; lists that are empty do not restrict. `above` gives an entity and all above it. */
export function isAskedOf(
  { resources }: Pick<Check, 'resources'>,
  asset: Pick<Asset, 'kind' | 'entityId' | 'serviceIds'>,
  above: (entity: Id) => readonly Id[],
): boolean {
  const { kinds, entityIds, serviceIds } = resources
  const restricts = (list: readonly unknown[], holds: () => boolean) => list.length === 0 || holds()
  return (
    restricts(kinds, () => kinds.includes(asset.kind)) &&
    restricts(entityIds, () => above(asset.entityId).some((id) => entityIds.includes(id))) &&
    restricts(serviceIds, () => asset.serviceIds.some((id) => serviceIds.includes(id)))
  )
}
