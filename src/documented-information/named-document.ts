import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { approvalSchema } from '../people/approval.ts'

/** A document or record, kept as evidence, that somebody named as the one which a clause requires (ISO/IEC 27001 7.5). */
export const namedDocument = recordType('named-document', 'named_document', {
  programmeId: idSchema,
  /** Key of the required document in the edition's list. */
  duty: dataKey.max(80),
  name: localText(300),
  /** Its own version mark, such as `3.1`. */
  label: lineText(60).nullable(),
  evidenceId: idSchema,
  issuedOn: daySchema,
  /** Last day on which it is current; null where it is a record that does not age. */
  reviewBy: daySchema.nullable(),
  namedById: idSchema,
  approval: approvalSchema.nullable(),
  withdrawn: z.strictObject({ on: daySchema, reason: plainText(2000) }).nullable(),
})

export type NamedDocument = RecordOf<typeof namedDocument>
