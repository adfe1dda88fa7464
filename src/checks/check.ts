import { z } from 'zod'
import { assetKinds } from '../assets/asset.ts'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { formerSchema } from '../kernel/dated.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

export const severities = ['low', 'medium', 'high', 'critical'] as const

/** An automated test of a control: a question, in CEL, to structured evidence of one kind. */
export const check = recordType('check', 'check_definition', {
  key: keySchema,
  name: localText(200),
  controlId: idSchema,
  /** The kind of data that it reads, such as `ssh-audit`. */
  dataKind: dataKey.max(80),
  /** CEL: true is pass, false is fail, an error is an error. */
  expression: plainText(4000),
  severity: z.enum(severities),
  /** Who answers for its results; the control's owner where nobody is named. */
  ownerId: idSchema.nullable(),
  /** Days between runs, and the days after which a result no longer speaks. */
  everyDays: z.int().min(1).max(366),
  toleranceDays: z.int().min(0).max(92),
  /** The assets that it must be run on; empty lists do not restrict. */
  resources: z.strictObject({
    kinds: z.array(z.enum(assetKinds)).max(10),
    entityIds: z.array(idSchema).max(500),
    serviceIds: z.array(idSchema).max(500),
  }),
  activeFrom: daySchema,
  activeTo: daySchema.nullable(),
  former: formerSchema({ ownerId: idSchema.nullable() }),
})

export type Check = RecordOf<typeof check>
