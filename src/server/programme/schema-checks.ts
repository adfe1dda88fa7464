import { z } from 'zod'
import { check } from '../../checks/check.ts'
import { lineText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { day, orNull } from './schema-parts.ts'

const fields = check.schema.shape

/**
 * A check of a control. Its results are not in the file: they are found by asking it of the data that the evidence of
 * the file holds.
 */
export const checkPart = z.strictObject({
  key: keySchema,
  name: fields.name,
  /** Code of the control. */
  control: lineText(40),
  dataKind: fields.dataKind,
  expression: fields.expression,
  severity: fields.severity,
  /** Who answers for it; the control's owner where nobody is named. */
  owner: orNull(keySchema),
  everyDays: fields.everyDays,
  toleranceDays: fields.toleranceDays.default(0),
  kinds: fields.resources.shape.kinds.default([]),
  entities: z.array(keySchema).max(500).default([]),
  services: z.array(keySchema).max(500).default([]),
  from: fields.activeFrom,
  /** The last day on which it is asked. */
  ended: day,
})

export type CheckPart = z.output<typeof checkPart>
