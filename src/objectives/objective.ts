import { z } from 'zod'
import { formerSchema } from '../kernel/dated.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { intervalShape } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keySchema } from '../organisation/entity.ts'

/** Which way is better; `within` means between the target's two values. */
export const directions = ['up', 'down', 'within'] as const

const targetSchema = z.strictObject({
  /** Reached by this day, and kept after it until the next target. */
  by: daySchema,
  value: z.number().finite(),
  /** Upper value, where the direction is `within`. */
  upper: z.number().finite().nullable(),
})

export type Target = z.output<typeof targetSchema>

const measureSchema = z.strictObject({
  name: localText(200),
  /** How it is measured and analysed, so that results compare (9.1 b). */
  method: localText(2000),
  unit: localText(40),
  direction: z.enum(directions),
  /** Months between readings (9.1 c). */
  everyMonths: z.int().min(1).max(36),
  measuredById: idSchema.nullable(),
  evaluatedById: idSchema.nullable(),
})

/** A security objective with the measure that shows it (ISO/IEC 27001 6.2, 9.1). */
export const objective = recordType('objective', 'objective', {
  key: keySchema,
  name: localText(200),
  why: localText(2000),
  programmeIds: z.array(idSchema).max(50),
  /** Entities that it is for; empty means all. */
  entityIds: z.array(idSchema).max(500),
  ownerId: idSchema.nullable(),
  /** What will be done, with what means, by whom, and how the result is judged (6.2 h to l). */
  plan: localText(4000).nullable(),
  measure: measureSchema,
  targets: z.array(targetSchema).min(1).max(100),
  ...intervalShape,
  former: formerSchema({ ownerId: idSchema.nullable(), measure: measureSchema }),
})

export type Objective = RecordOf<typeof objective>
