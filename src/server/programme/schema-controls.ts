import { z } from 'zod'
import { control } from '../../controls/control.ts'
import { implementation, stances } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import { libraryVersionSchema } from '../../frameworks/library.ts'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { evidenceFacts, evidencePart } from './schema-evidence.ts'
import { day, formerPart, orNull } from './schema-parts.ts'

const phasePart = z.strictObject({
  from: daySchema,
  stance: z.enum(stances).default('operating'),
  reason: orNull(localText(2000)),
})

const attemptPart = z.strictObject({
  on: daySchema,
  outcome: z.enum(['pass', 'fail']).default('pass'),
  by: orNull(keySchema),
  note: orNull(plainText(4000)),
})

/** One time at which it had to be done. `to` and `due` are those of the frequency, unless given. */
const occurrencePart = z.strictObject({
  from: daySchema,
  to: daySchema.optional(),
  due: daySchema.optional(),
  planned: daySchema.optional(),
  trigger: occurrence.schema.shape.trigger.default(null),
  attempts: z.array(attemptPart).max(100).default([]),
  missed: orNull(z.strictObject({ reason: plainText(2000), by: orNull(keySchema), on: daySchema })),
  cancelled: orNull(z.strictObject({ reason: plainText(2000), on: daySchema })),
})

/** What each performance left behind. `{from}`, `{to}`, `{on}` and `{n}` in its texts are filled in. */
const templatePart = z.strictObject({
  ...evidenceFacts,
  /** Who accepted each of them, and how many days after it was collected. */
  accepted: orNull(z.strictObject({ by: keySchema, after: z.int().min(0).max(366) })),
})

/**
 * The history of a control that was carried out regularly, in one rule: in each period of the frequency, `after` so
 * many days (in turn, where several numbers stand), except in the periods that begin on the days named.
 */
const performedPart = z.strictObject({
  from: daySchema,
  to: day,
  after: z.array(z.int().min(0).max(1830)).min(1).max(20),
  by: orNull(keySchema),
  note: orNull(plainText(4000)),
  planned: day,
  except: z.array(daySchema).max(500).default([]),
  evidence: orNull(templatePart),
})

const fields = implementation.schema.shape

export const implementationPart = z
  .strictObject({
    entity: keySchema,
    service: orNull(keySchema),
    inheritable: fields.inheritable.default(true),
    owner: orNull(keySchema),
    former: formerPart,
    description: fields.description,
    frequency: fields.frequency.default(null),
    evidenceDays: fields.evidenceDays.default(365),
    /** Operating from this day on: short for one phase. */
    since: daySchema.optional(),
    phases: z.array(phasePart).min(1).max(100).optional(),
    ended: day,
    performed: orNull(performedPart),
    occurrences: z.array(occurrencePart).max(5000).default([]),
    evidence: z.array(evidencePart).max(1000).default([]),
  })
  .refine((part) => (part.since === undefined) !== (part.phases === undefined), {
    error: 'programme.since_or_phases',
    path: ['since'],
  })

const words = control.schema.shape
const link = words.requirementLinks.element
const other = words.controlLinks.element.omit({ controlId: true }).extend({ control: lineText(40) })
const together = words.together.element
  .omit({ controlIds: true })
  .extend({ controls: z.array(lineText(40)).min(2).max(20) })

const protectsPart = z.strictObject({
  properties: words.protects.shape.properties.default([]),
  kinds: words.protects.shape.kinds.default([]),
})

/**
 * A control of the library, which `adopt` names and whose words hold unless others stand here, or one of the
 * organisation's own.
 */
export const controlPart = z
  .strictObject({
    adopt: z.string().max(40).optional(),
    /** The version of the library whose links hold: the one that is here, unless given. */
    library: libraryVersionSchema.optional(),
    /** The library's, unless given. */
    code: lineText(40).optional(),
    name: words.name.optional(),
    objective: words.objective.optional(),
    practice: words.practice.optional(),
    protects: protectsPart.optional(),
    owner: orNull(keySchema),
    former: formerPart,
    /** Who read the words and made them the organisation's own. */
    reviewed: orNull(z.strictObject({ by: keySchema, on: daySchema })),
    requirements: z.array(link).max(500).default([]),
    controls: z.array(other).max(100).default([]),
    together: z.array(together).max(100).default([]),
    retired: day,
    implementations: z.array(implementationPart).max(2000).default([]),
  })
  .refine(
    (part) =>
      part.adopt !== undefined ||
      (part.code !== undefined && part.name !== undefined && part.objective !== undefined),
    { error: 'programme.own_control' },
  )

export type ControlPart = z.output<typeof controlPart>
export type ImplementationPart = z.output<typeof implementationPart>
export type OccurrencePart = z.output<typeof occurrencePart>

/** The code of a control: what it is known by. */
export const codeOf = (part: ControlPart): string => part.code ?? part.adopt ?? ''
