import { z } from 'zod'

/**
 * A calendar day `YYYY-MM-DD` in the organisation's time zone: the time a fact is about.
 * Days compare as strings. No time of day, no zone, hence no daylight-saving trouble.
 */
export type Day = string

const parts = /^(\d{4})-(\d{2})-(\d{2})$/

const utc = (day: Day) => new Date(`${day}T00:00:00.000Z`)

/** True for a real day of the proleptic Gregorian calendar from 1900 to 2199; 30 February is not one. */
export function isDay(text: string): boolean {
  const match = parts.exec(text)
  if (!match) return false
  const year = Number(match[1])
  if (year < 1900 || year > 2199) return false
  const date = utc(text)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}

export const daySchema = z
  .string()
  .refine(isDay, { error: 'day' })
  .meta({ format: 'date', description: 'A real calendar day, YYYY-MM-DD' })

// Making one costs more than a query, and every request asks for the day.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** The day of an instant in an IANA time zone. */
export const dayOf = (instant: Date, timeZone: string): Day => formatOf(timeZone).format(instant)

export const addDays = (day: Day, days: number): Day => {
  const date = utc(day)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Same day of a later (or earlier) month; the last day of that month when it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const date = utc(day)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, last))
  return date.toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000)

export const yearOf = (day: Day): number => Number(day.slice(0, 4))
