import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

const attemptSchema = z.strictObject({
  id: idSchema,
  /** The day on which it was carried out, not the day on which somebody wrote it down. */
  on: daySchema,
  personId: idSchema.nullable(),
  outcome: z.enum(['pass', 'fail']),
  note: plainText(4000).nullable(),
})

export type Attempt = z.output<typeof attemptSchema>

/**
 * One time that a control must be carried out, on record before its period begins. Attempts are only ever added:
 * a repeat does not replace a failure, and what was missed stays missed.
 */
export const occurrence = recordType('occurrence', 'occurrence', {
  implementationId: idSchema,
  periodFrom: daySchema,
  periodTo: daySchema,
  dueBy: daySchema,
  /** The day on which it was put on the plan: after `periodFrom` it was not promised beforehand. */
  plannedOn: daySchema,
  /** What happened that made it necessary; null for one of the calendar. */
  trigger: plainText(1000).nullable(),
  attempts: z.array(attemptSchema).max(100),
  /** Why it was missed, by whom it was explained and when. */
  missed: z
    .strictObject({ reason: plainText(2000), personId: idSchema.nullable(), on: daySchema })
    .nullable(),
  /** Taken off the plan before its period ended, because its implementation ended or changed. */
  cancelled: z.strictObject({ reason: plainText(2000), on: daySchema }).nullable(),
})

export type Occurrence = RecordOf<typeof occurrence>
