import { scaleLinear } from 'd3-scale'
import type { Day } from '../../kernel/day.ts'

/** Days as numbers, so that a scale can place them; the unit is one day. */
export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

export type DayScale = {
  /** Pixels from the left edge, held inside the drawing. */
  at: (day: Day) => number
  inside: (day: Day) => boolean
  years: { year: number; x: number }[]
}

/** Places days between two edges; what lies outside is drawn at the edge. */
export function dayScale(from: Day, to: Day, left: number, right: number): DayScale {
  const scale = scaleLinear()
    .domain([dayNumber(from), dayNumber(to)])
    .range([left, right])
    .clamp(true)
  const first = Number(from.slice(0, 4)) + 1
  const last = Number(to.slice(0, 4))
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step).map(
    (year) => ({ year, x: scale(dayNumber(`${year}-01-01`)) }),
  )
  return { at: (day) => scale(dayNumber(day)), inside: (day) => from <= day && day <= to, years }
}
