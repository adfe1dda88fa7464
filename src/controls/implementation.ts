import { z } from 'zod'
import { formerSchema } from '../kernel/dated.ts'
import { daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { frequencySchema } from './frequency.ts'

/** `excluded` is for an entity below that does not take part in what it would inherit. */
export const stances = ['planned', 'operating', 'not-implemented', 'excluded'] as const
export type Stance = (typeof stances)[number]

const phaseSchema = z.strictObject({
  from: daySchema,
  stance: z.enum(stances),
  /** Needed where it is not operating. */
  reason: localText(2000).nullable(),
})

export type Phase = z.output<typeof phaseSchema>

/** How one entity, or one service, carries out a control. Entities below inherit it unless they have their own. */
export const implementation = recordType('implementation', 'implementation', {
  controlId: idSchema,
  entityId: idSchema,
  /** When named, it is the service's own way; otherwise the entity's. */
  serviceId: idSchema.nullable(),
  inheritable: z.boolean(),
  ownerId: idSchema.nullable(),
  description: localText(4000),
  frequency: frequencySchema.nullable(),
  /** Days for which a piece of evidence speaks after the time it is about, when it does not say so itself. */
  evidenceDays: z.int().min(1).max(3660),
  phases: z.array(phaseSchema).min(1).max(100),
  endedOn: daySchema.nullable(),
  former: formerSchema({ ownerId: idSchema.nullable() }),
})

export type Implementation = RecordOf<typeof implementation>

/** Phases stand in the order of their days; whoever does not do it says why. */
export const implementationProblems = (one: Implementation): FieldProblem[] => [
  ...one.phases.flatMap((phase, index) => {
    const before = one.phases[index - 1]
    return [
      ...(before && phase.from <= before.from
        ? [fieldProblem(`/phases/${index}/from`, 'implementation.phase_order', { from: before.from })]
        : []),
      ...(phase.stance === 'operating' || phase.reason !== null
        ? []
        : [fieldProblem(`/phases/${index}/reason`, 'implementation.reason_missing')]),
    ]
  }),
  ...(one.endedOn !== null && one.endedOn < (one.phases[0]?.from ?? '')
    ? [
        fieldProblem('/endedOn', 'interval.end_before_start', {
          from: one.phases[0]?.from ?? '',
          to: one.endedOn,
        }),
      ]
    : []),
]
