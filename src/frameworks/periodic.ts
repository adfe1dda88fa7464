import { z } from 'zod'
import { audiences, daySchema, keySchema, words } from './fields.ts'

/**
 * A recurrence as the PCI DSS timeframe table defines it. The gap in days between two occurrences must not exceed
 * `maxGapDays`; both gaps are null where somebody other than the standard sets the period.
 */
export const frequencySchema = z.strictObject({
  key: keySchema,
  period: z.strictObject({ unit: z.enum(['day', 'month']), count: z.int().positive() }).nullable(),
  minGapDays: z.int().positive().nullable(),
  maxGapDays: z.int().positive().nullable(),
  setBy: z.enum(['standard', 'targeted-risk-analysis', 'entity', 'event']),
})

export const periodicActivitySchema = z.strictObject({
  id: words,
  requirement: words,
  frequency: keySchema,
  appliesTo: z.enum(audiences),
  /** Events that demand one more occurrence, whatever the period. */
  triggers: z.array(keySchema),
  condition: keySchema.optional(),
  alternative: z.enum(['tra', 'dynamic-posture-analysis']).optional(),
  /** Days from the event within which it must be done; 0 means at once. */
  deadlineDays: z.int().nonnegative().optional(),
  /** Last day of force, where a newer requirement took over. */
  endsOn: daySchema.optional(),
})

export const periodicActivitiesSchema = z.strictObject({
  frequencies: z.array(frequencySchema).min(1),
  activities: z.array(periodicActivitySchema).min(1),
  retention: z.array(
    z.strictObject({
      key: keySchema,
      requirement: words.nullable(),
      retainMonths: z.int().positive(),
      onlineMonths: z.int().positive().nullable(),
      source: words,
    }),
  ),
  initialAssessment: z.strictObject({
    occurrencesNeeded: z.int().positive(),
    passingScansFromSecondYear: z.int().positive(),
    source: words,
  }),
})

export type Frequency = z.output<typeof frequencySchema>
export type PeriodicActivity = z.output<typeof periodicActivitySchema>
export type PeriodicActivities = z.output<typeof periodicActivitiesSchema>
