import { type Day, daySchema } from './day.ts'

/** Days from `from` to `to`, both included; null is open. */
export type Interval = { from: Day | null; to: Day | null }

export const intervalShape = { from: daySchema.nullable(), to: daySchema.nullable() }

export const holdsOn = (interval: Interval, day: Day): boolean =>
  (interval.from === null || interval.from <= day) && (interval.to === null || day <= interval.to)

export const isOrdered = (interval: Interval): boolean =>
  interval.from === null || interval.to === null || interval.from <= interval.to

export const overlaps = (a: Interval, b: Interval): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) && (b.from === null || a.to === null || b.from <= a.to)
