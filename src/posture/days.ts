import type { Day } from '../kernel/day.ts'
import type { Interval } from '../kernel/interval.ts'

// Days as whole numbers (days since 1970-01-01), because a posture compares millions of them.

/** Before and after all days; they fit an Int32Array. */
export const beginning = -0x8000_0000
export const end = 0x7fff_ffff

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

/** The number of a day. Counts years from March, so that the leap day is the last of its year. */
export function dayNumber(day: Day): number {
  const month = digits(day, 5, 7)
  const year = digits(day, 0, 4) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const ofEra = year - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digits(day, 8, 10) - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

export const dayText = (number: number): Day => new Date(number * 86_400_000).toISOString().slice(0, 10)

export const firstDay = (from: Day | null): number => (from === null ? beginning : dayNumber(from))
export const lastDay = (to: Day | null): number => (to === null ? end : dayNumber(to))

export const inForce = (one: Interval, day: number): boolean =>
  firstDay(one.from) <= day && day <= lastDay(one.to)

/** The days on which what holds in an interval begins or ceases to hold. */
export const turns = (one: Interval): number[] => [firstDay(one.from), lastDay(one.to) + 1]
