import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { localText } from '../kernel/language.ts'

/** The recurrences that PCI DSS defines by calendar, in use for every framework. */
export const calendarPeriods = ['daily', 'weekly', 'monthly', '3-months', '6-months', '12-months'] as const
export type CalendarPeriod = (typeof calendarPeriods)[number]

/** How often a control is carried out. `graceDays` are the days after a period's end in which it still counts as on time. */
export const frequencySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('calendar'),
    every: z.enum(calendarPeriods),
    /** First day of the first period. */
    anchor: daySchema,
    graceDays: z.int().min(0).max(92),
  }),
  /** Set by the organisation's own targeted risk analysis (PCI DSS 12.3.1). */
  z.strictObject({
    kind: z.literal('own'),
    days: z.int().min(1).max(1830),
    anchor: daySchema,
    graceDays: z.int().min(0).max(92),
    justification: localText(2000),
  }),
  z.strictObject({
    kind: z.literal('event'),
    trigger: localText(500),
    /** Days from the event within which it must be done; 0 is at once. */
    withinDays: z.int().min(0).max(366),
  }),
])

export type Frequency = z.output<typeof frequencySchema>
