import { z } from 'zod'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keptShape } from './kept.ts'

export const partyKinds = [
  'customer',
  'user',
  'regulator',
  'authority',
  'shareholder',
  'employee',
  'supplier',
  'partner',
  'other',
] as const

const needSchema = z.strictObject({
  text: localText(2000),
  /** Whether the management system answers it (4.2 c), and how. */
  addressed: z.boolean(),
  answer: localText(2000).nullable(),
})

export type Need = z.output<typeof needSchema>

/** An interested party and what it requires (ISO/IEC 27001 4.2). */
export const party = recordType('interested-party', 'interested_party', {
  ...keptShape,
  kind: z.enum(partyKinds),
  needs: z.array(needSchema).max(100),
})

export type Party = RecordOf<typeof party>

/** Whoever says that a need is answered says how: 4.2 c asks through what in the management system. */
export const partyProblems = (one: Party): FieldProblem[] =>
  one.needs.flatMap((need, index) =>
    need.addressed && need.answer === null
      ? [fieldProblem(`/needs/${index}/answer`, 'party.answer_missing')]
      : [],
  )
