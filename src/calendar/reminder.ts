import { z } from 'zod'
import { idSchema } from '../kernel/id.ts'
import { languageSchema } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** How one person wants to be reminded. Without a record, as the organisation says. */
export const reminder = recordType('reminder', 'reminder', {
  personId: idSchema,
  /** Whether the day's mail comes. */
  digest: z.boolean(),
  language: languageSchema,
})

export type Reminder = RecordOf<typeof reminder>
