import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** True for a time zone that the runtime knows (IANA). */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The corporation whose programme this is. Its record's id is the organisation's id. */
export const organisation = recordType('organisation', 'organisation', {
  name: localText(200),
  timeZone: z.string().max(64).refine(isTimeZone, { error: 'time_zone' }),
  /** The host name of its public page; null answers at every host that no other organisation has. */
  host: z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, { error: 'host' })
    .nullable(),
  /** Only in a demo: the day at which its calendar stands still, so that its story stays true. */
  demoDay: daySchema.nullable(),
})

export type Organisation = RecordOf<typeof organisation>
