import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { draftShape } from '../people/approval.ts'

export const tones = ['low', 'moderate', 'high', 'severe'] as const
export type Tone = (typeof tones)[number]

const levelSchema = z.strictObject({ name: localText(80), anchor: localText(1000) })

/** One area in which a consequence is felt, with an anchor for each level. */
const areaSchema = z.strictObject({ name: localText(80), anchors: z.array(localText(1000)).min(2).max(7) })

export const bandSchema = z.strictObject({
  key: dataKey.max(40),
  name: localText(80),
  tone: z.enum(tones),
  /** Whether a risk of this band may be retained without treatment (6.1.2 a 1). */
  acceptable: z.boolean(),
  /** What must be done with it, and by whom it may be accepted. */
  demand: localText(1000),
})

export type Band = z.output<typeof bandSchema>

/** How risks are assessed (ISO/IEC 27001 6.1.2; 27005 6): scales, matrix and criteria, in versions that stay as they were. */
export const riskMethod = recordType('risk-method', 'risk_method', {
  number: z.int().min(1).max(10_000),
  name: localText(200),
  description: localText(8000),
  likelihood: z.array(levelSchema).min(2).max(7),
  consequence: z.array(levelSchema).min(2).max(7),
  areas: z.array(areaSchema).max(12),
  /** From lowest to highest. */
  bands: z.array(bandSchema).min(2).max(7),
  /** For each likelihood, for each consequence: the index of the band. Never falls as either of them rises. */
  matrix: z
    .array(z.array(z.int().min(0).max(6)).min(2).max(7))
    .min(2)
    .max(7),
  /** How several risks or areas become one value. */
  aggregation: z.enum(['highest', 'mean-rounded-up']),
  /** Months after which an assessment is looked at again, when a risk does not say so itself. */
  reviewMonths: z.int().min(1).max(60),
  effectiveFrom: daySchema,
  /** Still the words that came with the installation: nobody has made them the organisation's own. */
  unreviewed: z.boolean(),
  ...draftShape,
})

export type RiskMethod = RecordOf<typeof riskMethod>
