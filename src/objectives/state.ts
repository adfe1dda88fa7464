import { addMonths, type Day, daysBetween } from '../kernel/day.ts'
import type { Objective, Target } from './objective.ts'
import type { Reading } from './reading.ts'

/** `unread` is neither reached nor failed: nobody has looked, or not for too long. */
export const objectiveStates = ['on-track', 'behind', 'missed', 'unread'] as const
export type ObjectiveState = (typeof objectiveStates)[number]

type Measured = Pick<Objective, 'targets' | 'from'> & {
  measure: Pick<Objective['measure'], 'direction' | 'everyMonths'>
}
type Read = Pick<Reading, 'id' | 'on' | 'value' | 'replaces'>

/** Readings that count on a day: not those about later days, and of a corrected one only the correction. */
export function countingOn<R extends Read>(readings: readonly R[], day: Day): R[] {
  const replaced = new Set(readings.map((one) => one.replaces))
  return readings.filter((one) => one.on <= day && !replaced.has(one.id)).sort(inOrder)
}

const inOrder = (a: Read, b: Read) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1)

/** Whether a value reaches a target; both ends of `within` count as reached. */
export function reaches(
  direction: Objective['measure']['direction'],
  target: Target,
  value: number,
): boolean {
  if (direction === 'up') return value >= target.value
  if (direction === 'down') return value <= target.value
  return value >= target.value && value <= (target.upper ?? target.value)
}

/** Days after a reading was due from which what was read before no longer says how things are. */
export const graceDays = 31

/** The day by which the next value must be read (9.1 c): so many months after the last one, or after the beginning. */
export function nextReadingOn(one: Measured, readings: readonly Read[], day: Day): Day | null {
  const last = countingOn(readings, day).at(-1)
  const since = last?.on ?? one.from
  return since === null ? null : addMonths(since, one.measure.everyMonths)
}

export type Standing = {
  state: ObjectiveState
  /** The last value that counts, also when it is too old to say how things are. */
  value: number | null
  readOn: Day | null
  /** The target in force: the last whose day has come; null before the first. */
  target: Target | null
  /** The next target to come. */
  next: Target | null
  readingDue: Day | null
  /** The last reading is older than its rhythm allows. */
  stale: boolean
}

/** Where a line from a start to a target stands on a day. */
function expectedOn(start: { on: Day; value: number }, to: Target, day: Day): number {
  const whole = daysBetween(start.on, to.by)
  const share = whole <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(start.on, day) / whole))
  return start.value + (to.value - start.value) * share
}

/**
 * Whether the last value was as far on its way to a target as time was when it was read, on a straight line from the
 * target before, or else from the first value. Time that passes without a reading makes nothing worse: only the rhythm
 * of reading says when the value is too old.
 */
function isOnItsWay(one: Measured, all: readonly Read[], last: Read, to: Target): boolean {
  const { direction } = one.measure
  if (reaches(direction, to, last.value)) return true
  const before = one.targets.filter((target) => target.by < to.by && target.by <= last.on).at(-1)
  const first = all[0]
  const start = before ? { on: before.by, value: before.value } : first
  if (start === undefined || direction === 'within') return false
  const expected = expectedOn(start, to, last.on)
  return direction === 'up' ? last.value >= expected : last.value <= expected
}

/**
 * How an objective stands on a day (6.2, 9.1). A target whose day has come and that the last value does not reach is
 * missed; before its day a value behind the straight line to it is behind. Without a reading that is new enough nothing
 * is known, and nothing known is never called failed.
 */
export function standingOn(one: Measured, readings: readonly Read[], day: Day): Standing {
  const counting = countingOn(readings, day)
  const last = counting.at(-1) ?? null
  const target = one.targets.filter((each) => each.by <= day).at(-1) ?? null
  const next = one.targets.find((each) => each.by > day) ?? null
  const readingDue = nextReadingOn(one, readings, day)
  const stale = last !== null && readingDue !== null && daysBetween(readingDue, day) > graceDays
  const known = {
    value: last?.value ?? null,
    readOn: last?.on ?? null,
    ...{ target, next, readingDue, stale },
  }
  if (last === null || stale) return { state: 'unread', ...known }
  if (target && !reaches(one.measure.direction, target, last.value)) {
    // What was read before the target's day does not show that the day was missed.
    return { state: last.on >= target.by ? 'missed' : 'behind', ...known }
  }
  const behind = next !== null && !isOnItsWay(one, counting, last, next)
  return { state: behind ? 'behind' : 'on-track', ...known }
}
