import { z } from 'zod'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

/**
 * A request to erase what some entries of one record say: their statements and salts go, their leaves stay, so that
 * every other proof holds. It names who asked, who approved and on which legal basis.
 */
export const erasure = recordType('erasure', 'erasure', {
  subjectNoun: z.string().max(40),
  subjectId: idSchema,
  /** Indexes of the entries in the log, ascending. */
  entries: z.array(z.int().min(0)).min(1).max(1000),
  legalBasis: plainText(1000),
  state: z.enum(['requested', 'erased']),
  requestedBy: idSchema.nullable(),
  approvedBy: idSchema.nullable(),
})

export type Erasure = RecordOf<typeof erasure>

/** The type of the entry that explains missing openings. */
export const erasedType = 'log.erased'
