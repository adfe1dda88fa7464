import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

/** The risk owner's approval of the treatment and of what remains (ISO/IEC 27001 6.1.3 f), for one exact state. */
export const riskAcceptance = recordType('risk-acceptance', 'risk_acceptance', {
  riskId: idSchema,
  /** Version of the risk that was read, and SHA-256 of what was accepted in it: the acceptance is stale once that differs. */
  riskVersion: z.int().min(1),
  substance: digestSchema,
  personId: idSchema,
  on: daySchema,
  /** Last day for which it holds; null until something changes. */
  until: daySchema.nullable(),
  note: plainText(2000).nullable(),
  revoked: z.strictObject({ on: daySchema, reason: plainText(2000) }).nullable(),
})

export type RiskAcceptance = RecordOf<typeof riskAcceptance>
