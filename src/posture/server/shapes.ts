import { z } from 'zod'
import { daySchema } from '../../kernel/day.ts'
import { idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { severities } from '../breaks.ts'
import { controlStates, levels, requirementStates } from '../state.ts'

const name = localText(4000)

export const verdictShape = {
  state: z.enum(requirementStates),
  coverage: z.enum(levels),
  assurance: z.enum(levels),
}

export const unitSchema = z.strictObject({
  entityId: idSchema,
  serviceId: idSchema.nullable(),
  /** Of the service, or of the entity as such. */
  name,
})

/** How many requirements are in each state; `applicable` leaves out those that do not apply. */
export const totalsSchema = z.strictObject({
  met: z.int(),
  partial: z.int(),
  failing: z.int(),
  'not-assessed': z.int(),
  'not-applicable': z.int(),
  applicable: z.int(),
})

export const programmeRowSchema = z.strictObject({
  programmeId: idSchema,
  name,
  edition: z.string(),
  editionName: name,
  totals: totalsSchema,
  /** The same count at each unit that the reader may see. */
  units: z.array(unitSchema.extend({ totals: totalsSchema })),
  nextAudit: daySchema.nullable(),
})

export const requirementRowSchema = z.strictObject({
  requirement: z.string(),
  edition: z.string(),
  title: name,
  parent: z.string().nullable(),
  ...verdictShape,
  units: z.array(z.strictObject(verdictShape)),
})

/** A reason with the names of what it speaks of; which fields there are depends on its code. */
export const reasonSchema = z.strictObject({
  code: z.string(),
  days: z.strictObject({
    on: daySchema.nullable(),
    from: daySchema.nullable(),
    until: daySchema.nullable(),
    dueBy: daySchema.nullable(),
  }),
  late: z.boolean(),
  /** Somebody's words: why it was missed, or why it is not operating. */
  said: name.nullable(),
  evidence: z.strictObject({ id: idSchema, title: z.string() }).nullable(),
  occurrence: idSchema.nullable(),
  check: z.strictObject({ id: idSchema, name }).nullable(),
  asset: z.strictObject({ id: idSchema, name }).nullable(),
})

export type ReasonAnswer = z.output<typeof reasonSchema>

export const controlRefSchema = z.strictObject({
  id: idSchema,
  code: z.string(),
  name,
  reviewed: z.boolean(),
})

export const reachingSchema = z.strictObject({
  control: controlRefSchema,
  state: z.enum(controlStates),
  relationship: z.string(),
  /** Where the way leads through, from the control on: ids of requirements, codes of controls. */
  path: z.array(z.strictObject({ relationship: z.string(), to: z.string(), why: name.nullable() })),
  implementationId: idSchema.nullable(),
  /** Whose task it is. */
  owner: z.strictObject({ id: idSchema, name }).nullable(),
  inherited: z.boolean(),
  /** Where the implementation stands, when that is elsewhere. */
  inheritedFrom: unitSchema.nullable(),
  reasons: z.array(reasonSchema),
})

export const requirementAnswerSchema = z.strictObject({
  programmeId: idSchema,
  day: daySchema,
  requirement: z.string(),
  edition: z.string(),
  title: name,
  ...verdictShape,
  units: z.array(
    z.strictObject({
      unit: unitSchema,
      ...verdictShape,
      notApplicable: name.nullable(),
      controls: z.array(reachingSchema),
      together: z.array(
        z.strictObject({
          state: z.enum(controlStates),
          members: z.array(z.strictObject({ control: controlRefSchema, state: z.enum(controlStates) })),
          why: name.nullable(),
        }),
      ),
    }),
  ),
})

export const breakSchema = z.strictObject({
  control: controlRefSchema,
  unit: unitSchema,
  severity: z.enum(severities),
  breaksOn: daySchema,
  requirements: z.int(),
  programmes: z.array(z.strictObject({ id: idSchema, name })),
  nextAudit: daySchema.nullable(),
  owner: z.strictObject({ id: idSchema, name }).nullable(),
  implementationId: idSchema.nullable(),
  reasons: z.array(reasonSchema),
})
