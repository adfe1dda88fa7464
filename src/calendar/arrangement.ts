import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

/** What people agreed about something that is due: who does it instead, or until when it is put aside, and why. */
export const arrangement = recordType('arrangement', 'arrangement', {
  /** The due thing, as the calendar names it: `occurrence:<id>`. */
  subject: z
    .string()
    .max(200)
    .regex(/^[a-z-]+:[a-z0-9:.-]+$/),
  entityId: idSchema.nullable(),
  assigneeId: idSchema.nullable(),
  snoozedUntil: daySchema.nullable(),
  reason: plainText(1000),
  personId: idSchema.nullable(),
})

export type Arrangement = RecordOf<typeof arrangement>
