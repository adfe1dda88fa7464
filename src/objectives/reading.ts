import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

/** One value of a measure, appended and never changed; a wrong one is replaced by another that names it. */
export const reading = recordType('reading', 'reading', {
  objectiveId: idSchema,
  /** The day that the value is about. */
  on: daySchema,
  value: z.number().finite(),
  /** From where it comes: the system, the query, the count. */
  source: plainText(1000),
  note: plainText(2000).nullable(),
  readById: idSchema.nullable(),
  replaces: idSchema.nullable(),
})

export type Reading = RecordOf<typeof reading>
