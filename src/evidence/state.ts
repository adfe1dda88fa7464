import { addDays, type Day } from '../kernel/day.ts'
import type { Evidence } from './evidence.ts'

export const evidenceStates = [
  'disposed',
  'withdrawn',
  'not-yet',
  'awaiting',
  'rejected',
  'valid',
  'tolerance',
  'expired',
] as const
export type EvidenceState = (typeof evidenceStates)[number]

type Reviewed = Pick<Evidence, 'review'>
type Speaking = Pick<Evidence, 'aboutFrom' | 'collectedOn' | 'validUntil' | 'toleranceDays'>
type Standing = Reviewed & Speaking & Pick<Evidence, 'withdrawn' | 'disposed'>

const done = (what: { on: Day } | null, day: Day): boolean => what !== null && what.on <= day

/** A later verdict does not rewrite a past day. */
export function reviewOn({ review }: Reviewed, day: Day): 'awaiting' | 'accepted' | 'rejected' {
  return review !== null && review.on <= day ? review.verdict : 'awaiting'
}

/** How what it says stands on a day, whoever believes it. */
export function freshnessOn(one: Speaking, day: Day): 'not-yet' | 'valid' | 'tolerance' | 'expired' {
  if (day < one.collectedOn || day < one.aboutFrom) return 'not-yet'
  if (day <= one.validUntil) return 'valid'
  return day <= addDays(one.validUntil, one.toleranceDays) ? 'tolerance' : 'expired'
}

/** The one word for an item on a day. The list's condition in SQL says the same. */
export function stateOn(one: Standing, day: Day): EvidenceState {
  if (done(one.disposed, day)) return 'disposed'
  if (done(one.withdrawn, day)) return 'withdrawn'
  const freshness = freshnessOn(one, day)
  const review = reviewOn(one, day)
  if (freshness === 'not-yet') return 'not-yet'
  return review === 'accepted' ? freshness : review
}

/** Whether an item shows anything on a day: a named person accepted it, whatever its source, and it still speaks. */
export const countsOn = (one: Standing, day: Day): boolean =>
  ['valid', 'tolerance'].includes(stateOn(one, day))
