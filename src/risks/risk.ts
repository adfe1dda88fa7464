import { z } from 'zod'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { formerList, formerSchema } from '../kernel/dated.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { quantitySchema } from './quantity.ts'

const closedSchema = z.strictObject({ on: daySchema, reason: plainText(2000) })

/** A time for which a risk was closed, that ended on the day on which it was opened again. */
const reopenedSchema = z.strictObject({ closed: closedSchema, on: daySchema, reason: plainText(2000) })

export const approaches = ['event', 'asset'] as const
export const properties = ['confidentiality', 'integrity', 'availability'] as const
export const treatmentOptions = ['modify', 'retain', 'avoid', 'share'] as const

/** Indexes into the scales of the method, from 0. */
export const riskValueSchema = z.strictObject({
  likelihood: z.int().min(0).max(6),
  consequence: z.int().min(0).max(6),
})

export type RiskValue = z.output<typeof riskValueSchema>

export const assessmentSchema = z.strictObject({
  on: daySchema,
  /** The version of the method by which it was judged. */
  methodId: idSchema,
  /** Without any control; as things are; after the planned treatment. */
  inherent: riskValueSchema,
  current: riskValueSchema,
  residual: riskValueSchema,
  rationale: plainText(4000),
  /** Why a value is higher than the one before it, where one is: controls and treatment should lower it. */
  exception: plainText(2000).nullable(),
  personId: idSchema.nullable(),
})

export type Assessment = z.output<typeof assessmentSchema>

export const actionSchema = z.strictObject({
  key: dataKey.max(40),
  name: localText(300),
  ownerId: idSchema.nullable(),
  /** The day on which it became part of the plan: before it, the plan was without it. */
  plannedOn: daySchema,
  dueOn: daySchema,
  doneOn: daySchema.nullable(),
  /** Taken off the plan without being done. */
  dropped: z.strictObject({ on: daySchema, reason: plainText(2000) }).nullable(),
  /** In minor units of an ISO 4217 currency; yen have none. */
  cost: z
    .strictObject({ amount: z.int().min(0).max(1e12), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable(),
  controlId: idSchema.nullable(),
  /** Whose it was and by when it was due before; a statement from before these were dated has none. */
  former: formerList({ ownerId: idSchema.nullable(), dueOn: daySchema }).optional(),
})

/** What of an action is dated. */
export const datedOfAction = ['ownerId', 'dueOn'] as const

export type Action = z.output<typeof actionSchema>

export const treatmentSchema = z.strictObject({
  from: daySchema,
  option: z.enum(treatmentOptions),
  why: localText(2000),
  /** The controls that are necessary to carry the option out (6.1.3 b). */
  controlIds: z.array(idSchema).max(100),
})

export type Treatment = z.output<typeof treatmentSchema>

/** A scenario with its owner, its values over time and what is done about it (ISO/IEC 27001 6.1.2, 6.1.3, 8.2, 8.3). */
export const risk = recordType('risk', 'risk', {
  /** Shown to people: `R-012`. */
  code: lineText(40),
  name: localText(200),
  /** What happens, from what, through which weakness, to which effect. */
  scenario: localText(4000),
  approach: z.enum(approaches),
  threat: localText(500).nullable(),
  vulnerability: localText(500).nullable(),
  affects: z.array(z.enum(properties)).min(1).max(3),
  entityId: idSchema,
  serviceIds: z.array(idSchema).max(100),
  assetIds: z.array(idSchema).max(500),
  issueIds: z.array(idSchema).max(100),
  obligationIds: z.array(idSchema).max(100),
  ownerId: idSchema.nullable(),
  identifiedOn: daySchema,
  /** In the order of their days. */
  assessments: z.array(assessmentSchema).max(200),
  treatments: z.array(treatmentSchema).max(100),
  actions: z.array(actionSchema).max(200),
  reviews: z.array(z.strictObject({ on: daySchema, personId: idSchema, note: plainText(2000) })).max(200),
  reviewMonths: z.int().min(1).max(60).nullable(),
  quantity: quantitySchema.nullable(),
  closed: closedSchema.nullable(),
  /** In the order of their days: from `closed.on` through the day before `on` it was closed. */
  reopened: z.array(reopenedSchema).max(50),
  former: formerSchema({ ownerId: idSchema.nullable(), reviewMonths: z.int().min(1).max(60).nullable() }),
})

export type Risk = RecordOf<typeof risk>
