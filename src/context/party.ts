import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { intervalShape } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keySchema } from '../organisation/entity.ts'

export const partyKinds = [
  'customer',
  'user',
  'regulator',
  'authority',
  'shareholder',
  'employee',
  'supplier',
  'partner',
  'other',
] as const

const needSchema = z.strictObject({
  text: localText(2000),
  /** Whether the management system answers it (4.2 c), and how. */
  addressed: z.boolean(),
  answer: localText(2000).nullable(),
})

/** An interested party and what it requires (ISO/IEC 27001 4.2). */
export const party = recordType('interested-party', 'interested_party', {
  key: keySchema,
  name: localText(200),
  kind: z.enum(partyKinds),
  /** Entities that it matters to; empty means all. */
  entityIds: z.array(idSchema).max(500),
  needs: z.array(needSchema).max(100),
  ownerId: idSchema.nullable(),
  reviewedOn: daySchema.nullable(),
  reviewMonths: z.int().min(1).max(60).nullable(),
  ...intervalShape,
})

export type Party = RecordOf<typeof party>
