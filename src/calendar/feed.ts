import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** A calendar at a secret address, of which only the digest is kept. It shows what its person may see at the time of asking. */
export const feed = recordType('feed', 'calendar_feed', {
  personId: idSchema,
  tokenDigest: digestSchema,
  /** Only what is theirs, or everything that they may see. */
  reach: z.enum(['mine', 'all']),
  language: z.enum(['en', 'ja']),
  createdOn: daySchema,
  endedOn: daySchema.nullable(),
})

export type Feed = RecordOf<typeof feed>
