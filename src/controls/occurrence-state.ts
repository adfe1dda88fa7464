import { addDays, type Day, daysBetween } from '../kernel/day.ts'
import type { Attempt, Occurrence } from './occurrence.ts'

/**
 * `on-time` and `late` were passed; `failed` was tried and not passed; `missed` was never passed by its due day and is
 * not to this day. What was late stays late, whatever followed.
 */
export const occurrenceStates = [
  'planned',
  'open',
  'on-time',
  'late',
  'failed',
  'missed',
  'cancelled',
] as const
export type OccurrenceState = (typeof occurrenceStates)[number]

type Timed = Pick<Occurrence, 'periodFrom' | 'periodTo' | 'dueBy' | 'attempts' | 'cancelled'>

const byDay = (a: Attempt, b: Attempt) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)

/** Attempts made by the end of a day, in the order in which they were made. */
export const attemptsBy = (one: Timed, day: Day): Attempt[] =>
  one.attempts.filter((attempt) => attempt.on <= day).sort(byDay)

/** The first attempt that passed by the end of a day. */
export const passBy = (one: Timed, day: Day): Attempt | null =>
  attemptsBy(one, day).find((attempt) => attempt.outcome === 'pass') ?? null

/** How an occurrence stands at the end of a day. */
export function occurrenceStateOn(one: Timed, day: Day): OccurrenceState {
  if (one.cancelled !== null && one.cancelled.on <= day) return 'cancelled'
  const pass = passBy(one, day)
  if (pass) return pass.on <= one.dueBy ? 'on-time' : 'late'
  if (attemptsBy(one, day).length > 0) return 'failed'
  if (day > one.dueBy) return 'missed'
  return day < one.periodFrom ? 'planned' : 'open'
}

/** Whether an attempt failed before the one that passed: a repeat that succeeds does not undo it. */
export const hadFailure = (one: Timed, day: Day): boolean =>
  attemptsBy(one, day).some((attempt) => attempt.outcome === 'fail')

/** A stretch without a pass that was longer than allowed. Days are the first and last day that nothing spoke for. */
export type Gap = { from: Day; to: Day; days: number }

/**
 * Gaps between passes, given the most days that may lie between two of them: after a pass on day 0 with 90 allowed,
 * day 90 is still covered; the next pass on day 95 leaves the days 91 to 94 and itself late by five.
 */
export function gapsBetween(passes: readonly Day[], allowed: number, until: Day): Gap[] {
  const days = [...new Set(passes)].filter((day) => day <= until).sort()
  return days.flatMap((day, index) => {
    const next = days[index + 1] ?? until
    const late = daysBetween(day, next) - allowed
    return late > 0 ? [{ from: addDays(day, allowed + 1), to: next, days: late }] : []
  })
}
