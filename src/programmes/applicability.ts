import { z } from 'zod'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'

/**
 * Why a requirement is in, as far as a person says it: that a risk or an obligation needs it follows from those, so that
 * it is not said again here (ISO/IEC 27001 6.1.3 d).
 */
export const statedReasons = ['legal', 'contractual', 'business', 'baseline'] as const

const decisionSchema = z.strictObject({
  from: daySchema,
  applicable: z.boolean(),
  reasons: z.array(z.enum(statedReasons)).max(statedReasons.length),
  /** Why; an exclusion without one is refused. */
  justification: localText(2000).nullable(),
  personId: idSchema.nullable(),
})

export type Decision = z.output<typeof decisionSchema>

/** Whether a requirement applies in a programme, from which day on, and why. A requirement without one applies. */
export const applicability = recordType('applicability', 'applicability', {
  programmeId: idSchema,
  requirement: lineText(40),
  decisions: z.array(decisionSchema).min(1).max(100),
})

export type Applicability = RecordOf<typeof applicability>

/** The decision in force on a day; null where none had been taken. */
export const decisionOn = (one: Applicability, day: Day): Decision | null =>
  one.decisions.filter((decision) => decision.from <= day).at(-1) ?? null

/** Decisions stand in the order of their days, and each exclusion says why. */
export const applicabilityProblems = (one: Applicability): FieldProblem[] =>
  one.decisions.flatMap((decision, index) => {
    const before = one.decisions[index - 1]
    return [
      ...(before && decision.from <= before.from
        ? [fieldProblem(`/decisions/${index}/from`, 'applicability.order', { from: before.from })]
        : []),
      ...(decision.applicable || decision.justification !== null
        ? []
        : [fieldProblem(`/decisions/${index}/justification`, 'applicability.justification_missing')]),
    ]
  })
