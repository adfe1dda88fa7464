import { addDays, type Day } from '../kernel/day.ts'
import type { Implementation } from './implementation.ts'
import type { Occurrence } from './occurrence.ts'
import { type Period, periodsBetween } from './periods.ts'
import { phaseOn } from './phases.ts'

/** Days ahead for which the plan is on record at the least, so that a day without Assay leaves no hole. */
const leastAhead = 7

/**
 * The periods of an implementation that belong on the plan from a day on: those in which it operates, up to the one
 * after the period that today falls into, so that each is on record before it begins.
 */
export function expectedPeriods(one: Implementation, from: Day, today: Day): Period[] {
  if (one.frequency === null || one.frequency.kind === 'event') return []
  const current = periodsBetween(one.frequency, today, addDays(today, leastAhead))
  const begins = one.frequency.anchor > today ? one.frequency.anchor : today
  const last = current.at(-1)?.to ?? begins
  return periodsBetween(one.frequency, from, addDays(last, 1)).filter(
    (period) => phaseOn(one, period.from)?.stance === 'operating',
  )
}

export type Replanned = { add: Period[]; cancel: Occurrence[] }

const isSame = (occurrence: Occurrence, period: Period): boolean =>
  occurrence.periodFrom === period.from &&
  occurrence.periodTo === period.to &&
  occurrence.dueBy === period.dueBy

/**
 * What to add to the plan and what to take off it, so that it says what the implementation now promises. Only what has
 * not begun is taken off: a change of mind does not undo what was due.
 */
export function replanned(
  one: Implementation,
  planned: readonly Occurrence[],
  from: Day,
  today: Day,
): Replanned {
  const expected = expectedPeriods(one, from, today)
  const standing = planned.filter(
    (occurrence) => occurrence.trigger === null && occurrence.cancelled === null,
  )
  const cancel = standing.filter(
    (occurrence) =>
      occurrence.periodFrom > today &&
      occurrence.attempts.length === 0 &&
      !expected.some((period) => isSame(occurrence, period)),
  )
  const kept = standing.filter((occurrence) => !cancel.includes(occurrence))
  // A period that overlaps one already begun would ask for the same thing twice.
  const add = expected.filter(
    (period) =>
      !kept.some((occurrence) => occurrence.periodFrom <= period.to && period.from <= occurrence.periodTo),
  )
  return { add, cancel }
}
