import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { pageContentSchema } from './content.ts'
import { digestSchema } from './page-text.ts'

const storedPage = z.strictObject({ digest: digestSchema, size: z.int().min(1) })

/**
 * One edition of the public page: what it said, and the exact bytes it was served as. Never changed once made.
 * Its log statement is part of the public proof, so the record names no person: `publishedBy` is an id that only the
 * organisation can resolve.
 */
export const publication = recordType(
  'publication',
  'publication',
  {
    /** Counts the organisation's publications from 1 without gaps. */
    number: z.int().min(1),
    /** The day whose facts the page states. */
    asOf: daySchema,
    publishedAt: z.iso.datetime({ precision: 3 }),
    /** The organisation's own calendar day of publishing. */
    publishedOn: daySchema,
    publishedBy: idSchema.nullable(),
    /** What changed, in the publisher's words. */
    note: localText(1000).nullable(),
    content: pageContentSchema,
    /** The objects that hold the bytes: the page in each language and the stylesheet it names. */
    pages: z.strictObject({ en: storedPage, ja: storedPage, stylesheet: storedPage }),
  },
  { open: true },
)

export type Publication = RecordOf<typeof publication>
