import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Evidence } from './evidence.ts'
import { stateOn } from './state.ts'

/** Why an item could serve here too, the strongest first. */
export const proposalReasons = ['same-implementation', 'same-control', 'same-requirement'] as const
export type ProposalReason = (typeof proposalReasons)[number]

/** What evidence is looked for: an implementation, and for one of its occurrences the time that it must be about. */
export type Wanted = {
  implementationId: Id
  occurrence: { id: Id; from: Day; to: Day } | null
  /** Implementations of the same control elsewhere, and their occurrences. */
  siblings: ReadonlySet<Id>
  occurrences: ReadonlyMap<Id, Id>
  /** Requirements that the control has a part in, as `edition requirement`. */
  requirements: ReadonlySet<string>
}

export type Proposal = {
  because: ProposalReason
  /** What it was given for already. */
  given: { implementationIds: Id[]; occurrenceIds: Id[] }
}

const isGivenHere = (one: Evidence, { implementationId, occurrence }: Wanted): boolean =>
  occurrence === null
    ? one.implementationIds.includes(implementationId)
    : one.occurrenceIds.includes(occurrence.id)

/** Evidence about another time shows nothing about this one. */
const isInTime = (one: Evidence, { occurrence }: Wanted, day: Day): boolean =>
  occurrence === null
    ? ['awaiting', 'valid', 'tolerance'].includes(stateOn(one, day)) && one.validUntil >= day
    : one.aboutFrom <= occurrence.to && one.aboutTo >= occurrence.from

function reasonOf(one: Evidence, wanted: Wanted): ProposalReason | null {
  const of = [
    ...one.implementationIds,
    ...one.occurrenceIds.flatMap((id) => wanted.occurrences.get(id) ?? []),
  ]
  if (of.includes(wanted.implementationId)) return 'same-implementation'
  if (of.some((id) => wanted.siblings.has(id))) return 'same-control'
  return one.requirements.some(({ edition, requirement }) =>
    wanted.requirements.has(`${edition} ${requirement}`),
  )
    ? 'same-requirement'
    : null
}

/**
 * Whether an item that is there already could serve here too, and why. Nobody should be asked for the same thing twice;
 * what was rejected, taken back or is about another time is not proposed.
 */
export function proposalOf(one: Evidence, wanted: Wanted, day: Day): Proposal | null {
  if (['disposed', 'withdrawn', 'rejected'].includes(stateOn(one, day))) return null
  if (isGivenHere(one, wanted) || !isInTime(one, wanted, day)) return null
  const because = reasonOf(one, wanted)
  if (because === null) return null
  const { implementationIds, occurrenceIds } = one
  return { because, given: { implementationIds, occurrenceIds } }
}

/** The strongest reason first, then what was accepted, then the newest. */
export function byWorth(
  a: { because: ProposalReason; one: Evidence },
  b: { because: ProposalReason; one: Evidence },
): number {
  const rank = (each: typeof a) =>
    proposalReasons.indexOf(each.because) * 2 + (each.one.review?.verdict === 'accepted' ? 0 : 1)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (a.one.aboutTo !== b.one.aboutTo) return a.one.aboutTo < b.one.aboutTo ? 1 : -1
  return a.one.id < b.one.id ? -1 : 1
}
