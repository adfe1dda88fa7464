import { z } from 'zod'
import type { Edition } from '../frameworks/edition.ts'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keptShape } from './kept.ts'

export const obligationKinds = ['legal', 'regulatory', 'contractual'] as const

const linkSchema = z.strictObject({ edition: dataKey.max(80), requirement: lineText(40) })

export type RequirementLink = z.output<typeof linkSchema>

/** Something that a law, a regulator or a contract demands (ISO/IEC 27001 4.2, A.5.31): a reason to include a control. */
export const obligation = recordType('obligation', 'obligation', {
  ...keptShape,
  kind: z.enum(obligationKinds),
  /** The act, rule or contract and its place in it. */
  source: localText(500),
  /** ISO 3166 code of the country whose law it is, where it is one. */
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'country' })
    .nullable(),
  demands: localText(4000),
  partyId: idSchema.nullable(),
  /** Services that are bound, beside the entities. */
  serviceIds: z.array(idSchema).max(500),
  /** Requirements of editions that are included because of it. */
  requirements: z.array(linkSchema).max(500),
})

export type Obligation = RecordOf<typeof obligation>

const isSame = (a: RequirementLink, b: RequirementLink) =>
  a.edition === b.edition && a.requirement === b.requirement

/** Links to requirements that are not there, or that are there twice. */
export const linkProblems = (
  one: Pick<Obligation, 'requirements'>,
  editions: ReadonlyMap<string, Edition>,
): FieldProblem[] =>
  one.requirements.flatMap((link, index) => {
    const at = `/requirements/${index}`
    const edition = editions.get(link.edition)
    if (!edition) return [fieldProblem(`${at}/edition`, 'edition.unknown', { key: link.edition })]
    const { requirement } = link
    if (!edition.requirements.some((node) => node.id === requirement))
      return [
        fieldProblem(`${at}/requirement`, 'obligation.requirement_unknown', {
          requirement,
          edition: link.edition,
        }),
      ]
    return one.requirements.slice(0, index).some((other) => isSame(other, link))
      ? [fieldProblem(at, 'obligation.requirement_twice', { requirement })]
      : []
  })
