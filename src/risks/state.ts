import type { Day } from '../kernel/day.ts'
import type { RiskAcceptance } from './acceptance.ts'
import { isOpen, type RiskView } from './view.ts'

/** What a risk goes through (6.1.2, 6.1.3, 8.2, 8.3); the first that applies, from the end of the list. */
export const riskStates = [
  'identified',
  'assessed',
  'planned',
  'treating',
  'accepted',
  'stale',
  'review-due',
  'closed',
] as const
export type RiskState = (typeof riskStates)[number]

export const acceptanceStates = ['none', 'current', 'stale', 'ended', 'revoked'] as const
export type AcceptanceState = (typeof acceptanceStates)[number]

/** State of one acceptance on a day, against the digest of what stands of its risk on that day. */
export function acceptanceStateOn(one: RiskAcceptance, substance: string | null, day: Day): AcceptanceState {
  if (one.on > day) return 'none'
  if (one.revoked !== null && one.revoked.on <= day) return 'revoked'
  if (one.until !== null && one.until < day) return 'ended'
  return one.substance === substance ? 'current' : 'stale'
}

/** The acceptance that counts on a day: the newest of those given by then. The list is in the order of its days. */
export const acceptanceOn = (all: readonly RiskAcceptance[], day: Day): RiskAcceptance | null =>
  all.filter((one) => one.on <= day).at(-1) ?? null

/** State of a risk on a day. */
export function riskStateOn(
  view: RiskView,
  acceptance: AcceptanceState,
  reviewDue: Day | null,
  day: Day,
): RiskState {
  if (view.closed !== null) return 'closed'
  if (reviewDue !== null && reviewDue <= day) return 'review-due'
  if (acceptance === 'stale' || acceptance === 'ended') return 'stale'
  if (acceptance === 'current') return 'accepted'
  if (view.assessment === null) return 'identified'
  if (view.treatment === null) return 'assessed'
  const begun = view.actions.some((one) => !isOpen(one))
  return begun || view.treatment.option === 'retain' ? 'treating' : 'planned'
}
