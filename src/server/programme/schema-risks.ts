import { z } from 'zod'
import { daySchema } from '../../kernel/day.ts'
import { plainText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { riskMethod } from '../../risks/method.ts'
import { actionSchema, assessmentSchema, risk, treatmentSchema } from '../../risks/risk.ts'
import { day, formerPart, orNull } from './schema-parts.ts'

const method = riskMethod.schema.shape
const signed = z.strictObject({ by: keySchema, on: daySchema })
const ended = z.strictObject({ on: daySchema, reason: plainText(2000) })

/** A version of the method; what it leaves out is as in the one that comes with Assay. */
export const riskMethodPart = z.strictObject({
  number: method.number,
  name: method.name.optional(),
  description: method.description.optional(),
  likelihood: method.likelihood.optional(),
  consequence: method.consequence.optional(),
  areas: method.areas.optional(),
  bands: method.bands.optional(),
  matrix: method.matrix.optional(),
  aggregation: method.aggregation.optional(),
  reviewMonths: method.reviewMonths.optional(),
  effectiveFrom: daySchema,
  unreviewed: z.boolean().default(false),
  authors: z.array(keySchema).min(1).max(50),
  drafted: daySchema,
  approved: orNull(signed),
  withdrawn: orNull(ended),
})

const levelPart = z.int().min(1).max(7)
/** Likelihood and consequence as people count levels, from 1. */
const valuePart = z.tuple([levelPart, levelPart])

const assessmentPart = z.strictObject({
  on: daySchema,
  /** Number of the version; the one in force on the day when absent. */
  method: method.number.optional(),
  inherent: valuePart,
  current: valuePart,
  residual: valuePart,
  rationale: assessmentSchema.shape.rationale,
  exception: assessmentSchema.shape.exception.default(null),
  by: orNull(keySchema),
})

const action = actionSchema.shape

const actionPart = z.strictObject({
  key: action.key,
  name: action.name,
  owner: orNull(keySchema),
  former: formerPart,
  planned: daySchema,
  due: daySchema,
  done: day,
  dropped: orNull(ended),
  cost: action.cost.default(null),
  /** Code of the control that it works on. */
  control: orNull(z.string().max(40)),
})

const treatmentPart = z.strictObject({
  from: daySchema,
  option: treatmentSchema.shape.option,
  why: treatmentSchema.shape.why,
  controls: z.array(z.string().max(40)).max(100).default([]),
})

/** What was accepted is what stood on its day. */
const acceptancePart = z.strictObject({
  by: keySchema,
  on: daySchema,
  until: day,
  note: orNull(plainText(2000)),
  revoked: orNull(ended),
})

const fields = risk.schema.shape

export const riskPart = z.strictObject({
  code: fields.code,
  name: fields.name,
  scenario: fields.scenario,
  approach: fields.approach.default('event'),
  threat: fields.threat.default(null),
  vulnerability: fields.vulnerability.default(null),
  affects: fields.affects,
  entity: keySchema,
  services: z.array(keySchema).max(100).default([]),
  assets: z.array(keySchema).max(500).default([]),
  issues: z.array(keySchema).max(100).default([]),
  obligations: z.array(keySchema).max(100).default([]),
  owner: orNull(keySchema),
  former: formerPart,
  identified: daySchema,
  assessments: z.array(assessmentPart).max(200).default([]),
  treatments: z.array(treatmentPart).max(100).default([]),
  actions: z.array(actionPart).max(200).default([]),
  reviews: z
    .array(z.strictObject({ on: daySchema, by: keySchema, note: plainText(2000) }))
    .max(200)
    .default([]),
  reviewMonths: fields.reviewMonths.default(null),
  quantity: fields.quantity.default(null),
  closed: orNull(ended),
  reopened: fields.reopened.default([]),
  acceptances: z.array(acceptancePart).max(100).default([]),
})

export type RiskMethodPart = z.output<typeof riskMethodPart>
export type RiskPart = z.output<typeof riskPart>
