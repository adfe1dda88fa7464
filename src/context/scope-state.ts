import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { ScopeStatement } from './scope-statement.ts'

/** `approved` is in force; `upcoming` is approved and begins later. */
export const scopeStates = ['draft', 'upcoming', 'approved', 'superseded', 'withdrawn'] as const
export type ScopeState = (typeof scopeStates)[number]

type Dated = Pick<ScopeStatement, 'number' | 'approval' | 'withdrawn' | 'effectiveFrom'>

const isWithdrawn = (one: Dated, day: Day) => one.withdrawn !== null && one.withdrawn.on <= day

const isApproved = (one: Dated, day: Day) =>
  one.approval !== null && one.approval.on <= day && !isWithdrawn(one, day)

/** The statement of a series that is in force on a day: the newest that was approved and had begun. */
export function inForceOn<S extends Dated>(series: readonly S[], day: Day): S | null {
  const standing = series.filter((one) => isApproved(one, day) && one.effectiveFrom <= day)
  return standing.toSorted((a, b) => a.number - b.number).at(-1) ?? null
}

export function scopeStateOn<S extends Dated>(one: S, series: readonly S[], day: Day): ScopeState {
  if (isWithdrawn(one, day)) return 'withdrawn'
  if (!isApproved(one, day)) return 'draft'
  if (one.effectiveFrom > day) return 'upcoming'
  return inForceOn(series, day)?.number === one.number ? 'approved' : 'superseded'
}

export type Drift = { entities: { added: Id[]; removed: Id[] }; services: { added: Id[]; removed: Id[] } }

const compared = (stated: readonly Id[], actual: readonly Id[]) => ({
  added: actual.filter((id) => !stated.includes(id)),
  removed: stated.filter((id) => !actual.includes(id)),
})

/** How the parts that a programme has differ from what its statement says: 4.3 asks that the statement be true. */
export const driftOf = (
  stated: Pick<ScopeStatement, 'entityIds' | 'serviceIds'>,
  actual: { entityIds: readonly Id[]; serviceIds: readonly Id[] },
): Drift => ({
  entities: compared(stated.entityIds, actual.entityIds),
  services: compared(stated.serviceIds, actual.serviceIds),
})

export const hasDrifted = ({ entities, services }: Drift): boolean =>
  [entities.added, entities.removed, services.added, services.removed].some((ids) => ids.length > 0)
