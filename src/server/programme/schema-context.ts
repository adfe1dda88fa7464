import { z } from 'zod'
import { ismsRole } from '../../context/isms-role.ts'
import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { party } from '../../context/party.ts'
import { scopeStatement } from '../../context/scope-statement.ts'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { day, days, formerPart, orNull } from './schema-parts.ts'

const reviewPart = z.strictObject({ on: daySchema, by: orNull(keySchema), note: orNull(plainText(2000)) })

const keptPart = {
  key: keySchema,
  name: localText(200),
  /** Entities that it matters to; none means all. */
  entities: z.array(keySchema).max(500).default([]),
  owner: orNull(keySchema),
  former: formerPart,
  reviews: z.array(reviewPart).max(200).default([]),
  reviewMonths: party.schema.shape.reviewMonths.default(null),
  ...days,
}

const needPart = z.strictObject({
  text: localText(2000),
  /** How it is answered; a need without an answer is not addressed. */
  answer: orNull(localText(2000)),
})

const partyPart = z.strictObject({
  is: z.literal('party'),
  ...keptPart,
  kind: party.schema.shape.kind,
  needs: z.array(needPart).max(100).default([]),
})

const issueFields = issue.schema.shape

const issuePart = z.strictObject({
  is: z.literal('issue'),
  ...keptPart,
  origin: issueFields.origin,
  topic: issueFields.topic,
  relevant: z.boolean().default(true),
  effect: issueFields.effect,
})

const obligationFields = obligation.schema.shape

const obligationPart = z.strictObject({
  is: z.literal('obligation'),
  ...keptPart,
  kind: obligationFields.kind,
  source: obligationFields.source,
  jurisdiction: obligationFields.jurisdiction.default(null),
  demands: obligationFields.demands,
  party: orNull(keySchema),
  services: z.array(keySchema).max(500).default([]),
  requirements: obligationFields.requirements.default([]),
})

const statement = scopeStatement.schema.shape
const signed = z.strictObject({ by: keySchema, on: daySchema })

/** A version of a programme's scope statement. One that was approved is not changed by a file. */
const scopePart = z.strictObject({
  is: z.literal('scope'),
  programme: keySchema,
  number: statement.number,
  scope: statement.scope,
  boundaries: orNull(localText(8000)),
  entities: z.array(keySchema).min(1).max(500),
  services: z.array(keySchema).max(500).default([]),
  interfaces: statement.interfaces.default([]),
  exclusions: statement.exclusions.default([]),
  effective: daySchema,
  authors: z.array(keySchema).min(1).max(50),
  drafted: daySchema,
  approved: orNull(signed),
  withdrawn: orNull(z.strictObject({ on: daySchema, reason: plainText(2000) })),
})

const role = ismsRole.schema.shape

const rolePart = z.strictObject({
  is: z.literal('role'),
  key: keySchema,
  name: role.name,
  responsibilities: role.responsibilities,
  authority: orNull(localText(2000)),
  clauses: role.clauses.default([]),
  entity: orNull(keySchema),
  holders: z
    .array(z.strictObject({ person: keySchema, deputy: orNull(keySchema), from: day, to: day }))
    .max(200)
    .default([]),
  ...days,
})

/** One entry of the context; `is` says of which kind. */
export const contextPart = z.discriminatedUnion('is', [
  partyPart,
  issuePart,
  obligationPart,
  scopePart,
  rolePart,
])

export type ContextPart = z.output<typeof contextPart>
export type KeptPart = z.output<z.ZodObject<typeof keptPart>>
export type PartOf<Is extends ContextPart['is']> = Extract<ContextPart, { is: Is }>

/** What an entry is called in its file: versions of a statement by their programme and number. */
export const contextName = (part: ContextPart): string =>
  part.is === 'scope' ? `scope ${part.programme} ${part.number}` : `${part.is} ${part.key}`
