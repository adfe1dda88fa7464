import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { draftShape } from '../people/approval.ts'

export const inclusionReasons = ['risk', 'legal', 'contractual', 'business', 'baseline'] as const
export type InclusionReason = (typeof inclusionReasons)[number]

export const soaStates = ['implemented', 'partial', 'planned', 'not-implemented'] as const
export type SoaState = (typeof soaStates)[number]

/** One control of the statement, frozen with what it followed from (ISO/IEC 27001 6.1.3 d). */
export const soaRowSchema = z.strictObject({
  /** Requirement of the edition, or the code of a control of the organisation's own. */
  reference: lineText(40),
  /** The edition's key, or null for a control of the organisation's own. */
  edition: dataKey.max(80).nullable(),
  applicable: z.boolean(),
  reasons: z.array(z.enum(inclusionReasons)).max(5),
  /** Why it is in, beside the reasons; why it is out, always. */
  justification: localText(2000).nullable(),
  state: z.enum(soaStates).nullable(),
  /** First day of the present state, where it is known. */
  since: daySchema.nullable(),
  /** Names are frozen with the row, since a version says for ever what it said; people go by id, so that they can be erased. */
  controls: z.array(z.strictObject({ id: idSchema, code: lineText(40), name: localText(200) })).max(200),
  ownerIds: z.array(idSchema).max(50),
  risks: z.array(z.strictObject({ id: idSchema, code: lineText(40) })).max(500),
  obligations: z.array(z.strictObject({ id: idSchema, name: localText(200) })).max(200),
  evidenceIds: z.array(idSchema).max(50),
  /** Of how many items of evidence the list above shows the newest. */
  evidenceCount: z.int().min(0),
})

export type SoaRow = z.output<typeof soaRowSchema>

/** A numbered version of a programme's statement of applicability; it never changes once approved. */
export const soaVersion = recordType('soa', 'soa_version', {
  programmeId: idSchema,
  number: z.int().min(1).max(10_000),
  edition: dataKey.max(80),
  /** The day whose facts it states, and how much of the log was known. */
  asOf: daySchema,
  logSize: z.int().min(0),
  rows: z.array(soaRowSchema).min(1).max(1000),
  note: plainText(4000).nullable(),
  ...draftShape,
})

export type SoaVersion = RecordOf<typeof soaVersion>
