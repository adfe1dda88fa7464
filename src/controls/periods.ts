import { addDays, addMonths, type Day, daysBetween } from '../kernel/day.ts'
import type { CalendarPeriod, Frequency } from './frequency.ts'

export type Period = { from: Day; to: Day; dueBy: Day }

const lengths: Readonly<Record<CalendarPeriod, { days?: number; months?: number }>> = {
  daily: { days: 1 },
  weekly: { days: 7 },
  monthly: { months: 1 },
  '3-months': { months: 3 },
  '6-months': { months: 6 },
  '12-months': { months: 12 },
}

/** Most days between two times that PCI DSS still calls the period (v4.0.1, section 7, timeframes). */
export const maxGapDays: Readonly<Record<CalendarPeriod, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  '3-months': 92,
  '6-months': 184,
  '12-months': 366,
}

type Recurring = Exclude<Frequency, { kind: 'event' }>

/** First day of the period number `index`; always counted from the anchor, so that a 31st does not drift to the 28th. */
function startOf(frequency: Recurring, index: number): Day {
  const { days, months } = frequency.kind === 'own' ? { days: frequency.days } : lengths[frequency.every]
  return months === undefined
    ? addDays(frequency.anchor, (days ?? 1) * index)
    : addMonths(frequency.anchor, months * index)
}

/** Number of the period that a day falls into; negative before the anchor. */
function indexOf(frequency: Recurring, day: Day): number {
  const { days, months } = frequency.kind === 'own' ? { days: frequency.days } : lengths[frequency.every]
  const guess = Math.floor(daysBetween(frequency.anchor, day) / (days ?? (months ?? 1) * 30.44))
  let index = guess
  while (startOf(frequency, index) > day) index--
  while (startOf(frequency, index + 1) <= day) index++
  return index
}

/**
 * The periods that touch the days `from` to `to`, both included, none before the anchor; an event has none.
 * Each period ends on the eve of the next; `dueBy` adds the days of grace.
 */
export function periodsBetween(frequency: Frequency, from: Day, to: Day): Period[] {
  if (frequency.kind === 'event' || to < frequency.anchor || to < from) return []
  const first = Math.max(0, indexOf(frequency, from))
  const last = indexOf(frequency, to)
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const start = startOf(frequency, first + offset)
    const end = addDays(startOf(frequency, first + offset + 1), -1)
    return { from: start, to: end, dueBy: addDays(end, frequency.graceDays) }
  })
}

/** Most days that may lie between two passes, grace included; null where the calendar asks for nothing. */
export function allowedGap(frequency: Frequency): number | null {
  if (frequency.kind === 'event') return null
  return (frequency.kind === 'own' ? frequency.days : maxGapDays[frequency.every]) + frequency.graceDays
}
