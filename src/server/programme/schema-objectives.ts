import { z } from 'zod'
import { objective } from '../../objectives/objective.ts'
import { reading } from '../../objectives/reading.ts'
import { keySchema } from '../../organisation/entity.ts'
import { days, formerPart, orNull } from './schema-parts.ts'

const fields = objective.schema.shape
const measure = fields.measure.shape
const read = reading.schema.shape

const valuePart = {
  on: read.on,
  value: read.value,
  source: read.source,
  note: read.note.default(null),
  by: orNull(keySchema),
}

/** A value that counts, with the wrong ones that it stands for, the first one first. */
const readingPart = z.strictObject({
  ...valuePart,
  wrong: z.array(z.strictObject(valuePart)).max(20).default([]),
})

const target = fields.targets.element

export const objectivePart = z.strictObject({
  key: keySchema,
  name: fields.name,
  why: fields.why,
  programmes: z.array(keySchema).max(50).default([]),
  /** Entities that it is for; none means all. */
  entities: z.array(keySchema).max(500).default([]),
  owner: orNull(keySchema),
  former: formerPart,
  plan: fields.plan.default(null),
  measure: z.strictObject({
    name: measure.name,
    method: measure.method,
    unit: measure.unit,
    direction: measure.direction,
    everyMonths: measure.everyMonths,
    measuredBy: orNull(keySchema),
    evaluatedBy: orNull(keySchema),
  }),
  targets: z
    .array(target.extend({ upper: target.shape.upper.default(null) }))
    .min(1)
    .max(100),
  ...days,
  readings: z.array(readingPart).max(1000).default([]),
})

export type ObjectivePart = z.output<typeof objectivePart>
