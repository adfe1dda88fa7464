import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { intervalShape } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

export const obligationKinds = ['legal', 'regulatory', 'contractual'] as const

/** Something that a law, a regulator or a contract demands (ISO/IEC 27001 4.2, A.5.31): a reason to include a control. */
export const obligation = recordType('obligation', 'obligation', {
  key: keySchema,
  name: localText(200),
  kind: z.enum(obligationKinds),
  /** The act, rule or contract and its place in it. */
  source: localText(500),
  /** ISO 3166 code of the country whose law it is, where it is one. */
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  demands: localText(4000),
  partyId: idSchema.nullable(),
  /** Entities and services that are bound; empty entities means all. */
  entityIds: z.array(idSchema).max(500),
  serviceIds: z.array(idSchema).max(500),
  /** Requirements of editions that are included because of it. */
  requirements: z.array(z.strictObject({ edition: dataKey.max(80), requirement: lineText(40) })).max(500),
  ownerId: idSchema.nullable(),
  reviewedOn: daySchema.nullable(),
  reviewMonths: z.int().min(1).max(60).nullable(),
  ...intervalShape,
})

export type Obligation = RecordOf<typeof obligation>
