import { z } from 'zod'
import { namedDocument } from '../../documented-information/named-document.ts'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { soaRowSchema, soaVersion } from '../../soa/soa-version.ts'
import { day, orNull } from './schema-parts.ts'

const signed = z.strictObject({ by: keySchema, on: daySchema })
const ended = z.strictObject({ on: daySchema, reason: plainText(2000) })

const row = soaRowSchema.shape

/** A row as it was stated, with keys where the record has ids. Items of evidence are counted, not named. */
const rowPart = z.strictObject({
  reference: row.reference,
  own: z.boolean().default(false),
  applicable: z.boolean().default(true),
  reasons: row.reasons.default([]),
  justification: orNull(localText(2000)),
  state: row.state.default(null),
  since: day,
  controls: z.array(z.strictObject({ code: lineText(40), name: localText(200) })).default([]),
  owners: z.array(keySchema).default([]),
  risks: z.array(lineText(40)).default([]),
  obligations: z.array(z.strictObject({ key: keySchema, name: localText(200) })).default([]),
  evidence: z.int().min(0).default(0),
})

/** A version of a programme's statement of applicability; without rows it states what follows from the file's facts. */
export const statementPart = z.strictObject({
  programme: keySchema,
  number: soaVersion.schema.shape.number,
  asOf: daySchema,
  authors: z.array(keySchema).min(1).max(50),
  drafted: daySchema,
  approved: orNull(signed),
  withdrawn: orNull(ended),
  note: soaVersion.schema.shape.note.default(null),
  rows: z.array(rowPart).max(1000).optional(),
})

const fields = namedDocument.schema.shape

/** A kept item that somebody named as what a clause requires; the item goes by its title. */
export const namedDocumentPart = z.strictObject({
  programme: keySchema,
  duty: fields.duty,
  name: fields.name,
  label: fields.label.default(null),
  /** Title of the item of evidence. */
  evidence: lineText(200),
  issued: daySchema,
  reviewBy: day,
  namedBy: keySchema,
  approved: orNull(signed),
  withdrawn: orNull(ended),
})

export type StatementPart = z.output<typeof statementPart>
export type RowPart = z.output<typeof rowPart>
export type NamedDocumentPart = z.output<typeof namedDocumentPart>
