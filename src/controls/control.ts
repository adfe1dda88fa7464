import { z } from 'zod'
import { protectsSchema } from '../assets/protects.ts'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { libraryVersionSchema, rationales, relationships } from '../frameworks/library.ts'
import { formerSchema } from '../kernel/dated.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'

const linkBase = {
  /** Read "control <relationship> what is asked" (NIST IR 8477). */
  relationship: z.enum(relationships),
  rationale: z.enum(rationales),
  why: localText(2000),
}

const requirementLinkSchema = z.strictObject({
  edition: dataKey.max(80),
  requirement: lineText(40),
  ...linkBase,
})

const controlLinkSchema = z.strictObject({ controlId: idSchema, ...linkBase })

/** Named partial links that cover a requirement between them. */
const togetherSchema = z.strictObject({
  edition: dataKey.max(80),
  requirement: lineText(40),
  controlIds: z.array(idSchema).min(2).max(20),
  why: localText(2000),
})

/** What the organisation means to achieve. What is done for it, and where, are its implementations. */
export const control = recordType('control', 'control', {
  /** Shown to people: `ACC-03`. */
  code: lineText(40),
  name: localText(200),
  objective: localText(4000),
  practice: localText(4000).nullable(),
  /** The control of the common library that it was adopted from; that control's links hold for it too. */
  libraryId: z.string().max(40).nullable(),
  /** Of an adopted control: the version of the library whose links hold for it, until somebody takes a newer one over. */
  libraryVersion: libraryVersionSchema.nullable(),
  /** Who read the adopted words and made them the organisation's own; null is unreviewed. */
  review: z.strictObject({ personId: idSchema, on: daySchema }).nullable(),
  /** What of which assets it protects: the balance of an asset counts by it. */
  protects: protectsSchema,
  requirementLinks: z.array(requirementLinkSchema).max(500),
  controlLinks: z.array(controlLinkSchema).max(100),
  together: z.array(togetherSchema).max(100),
  ownerId: idSchema.nullable(),
  retiredOn: daySchema.nullable(),
  former: formerSchema({ ownerId: idSchema.nullable() }),
})

export type Control = RecordOf<typeof control>
