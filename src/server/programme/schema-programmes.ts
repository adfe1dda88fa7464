import { z } from 'zod'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { lineText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { statedReasons } from '../../programmes/applicability.ts'
import { programme } from '../../programmes/programme.ts'
import { day, days, orNull } from './schema-parts.ts'

/** Whether requirements apply from a day on, and why. Written once for all requirements that share it. */
const decisionPart = z.strictObject({
  requirements: z.array(lineText(40)).min(1).max(600),
  from: daySchema,
  applies: z.boolean().default(false),
  reasons: z.array(z.enum(statedReasons)).max(statedReasons.length).default([]),
  justification: orNull(localText(2000)),
  by: orNull(keySchema),
})

const fields = programme.schema.shape

export const programmePart = z.strictObject({
  key: keySchema,
  name: fields.name,
  edition: fields.edition,
  categories: fields.categories.default([]),
  audiences: fields.audiences.default([]),
  entities: z
    .array(z.strictObject({ entity: keySchema, ...days }))
    .max(500)
    .default([]),
  services: z
    .array(z.strictObject({ service: keySchema, ...days }))
    .max(500)
    .default([]),
  cycles: z
    .array(z.strictObject({ from: daySchema, to: daySchema, audit: day }))
    .min(1)
    .max(100),
  owner: orNull(keySchema),
  certificate: orNull(keySchema),
  ended: day,
  applicability: z.array(decisionPart).max(2000).default([]),
})

export type ProgrammePart = z.output<typeof programmePart>
