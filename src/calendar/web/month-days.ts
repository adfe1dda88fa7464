import { addDays, addMonths, type Day } from '../../kernel/day.ts'

/** A month as a reader names it in an address: YYYY-MM. */
export const monthOf = (day: Day): string => day.slice(0, 7)

export const isMonth = (text: unknown): text is string =>
  typeof text === 'string' && /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text)

export const monthAfter = (month: string, by: number): string => monthOf(addMonths(`${month}-01`, by))

/** Weeks from Monday (ISO 8601), whole: days of the months around fill the first and the last. */
export function weeksOf(month: string): Day[][] {
  const first = `${month}-01`
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const start = addDays(first, -weekday)
  const after = addMonths(first, 1)
  const weeks: Day[][] = []
  for (let at = start; at < after; at = addDays(at, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(at, index)))
  return weeks
}
