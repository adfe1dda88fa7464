import type { Day } from '../kernel/day.ts'
import type { Implementation, Phase } from './implementation.ts'

type Phased = Pick<Implementation, 'phases' | 'endedOn'>

/** The phase in force on a day; null before the first and after the end. */
export const phaseOn = (one: Phased, day: Day): Phase | null =>
  one.endedOn !== null && day > one.endedOn
    ? null
    : (one.phases.filter((phase) => phase.from <= day).at(-1) ?? null)

export const isOperating = (one: Phased, day: Day): boolean => phaseOn(one, day)?.stance === 'operating'
