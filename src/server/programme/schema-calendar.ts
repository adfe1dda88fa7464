import { z } from 'zod'
import { arrangement } from '../../calendar/arrangement.ts'
import { reminder } from '../../calendar/reminder.ts'
import { calendarRules } from '../../calendar/rules.ts'
import { daySchema } from '../../kernel/day.ts'
import { lineText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { day, orNull } from './schema-parts.ts'

const occurrenceNamed = z.strictObject({
  control: lineText(40),
  entity: keySchema,
  service: orNull(keySchema),
  /** The last day of an implementation that ended. */
  ended: day,
  /** First day of its period. */
  period: daySchema,
})

/** What is due, by what the file calls it; `step` is the point of a certificate, or the day of a programme. */
const dueNamed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('occurrence'), occurrence: occurrenceNamed }),
  z.strictObject({ kind: z.enum(['evidence', 'evidence-review']), item: keySchema }),
  z.strictObject({ kind: z.literal('control-review'), control: lineText(40) }),
  z.strictObject({ kind: z.literal('certificate'), certificate: keySchema, step: z.string().max(100) }),
  z.strictObject({
    kind: z.enum(['programme-audit', 'programme-cycle']),
    programme: keySchema,
    step: z.string().max(100),
  }),
])

const arrangementPart = z.strictObject({
  due: dueNamed,
  entity: orNull(keySchema),
  /** Who does it instead. */
  assignee: orNull(keySchema),
  /** Put aside until this day. */
  until: day,
  reason: arrangement.schema.shape.reason,
  by: orNull(keySchema),
})

/**
 * How people are reminded, and what they arranged about what is due. Calendar addresses are not in it: an address is a
 * secret of which only the digest is kept, so nobody could be given it again. Each person makes a new one.
 */
export const calendarPart = z
  .strictObject({
    rules: orNull(calendarRules.schema.omit({ id: true, version: true })),
    reminders: z
      .array(
        z.strictObject({
          person: keySchema,
          ...reminder.schema.pick({ digest: true, language: true }).shape,
        }),
      )
      .max(5000)
      .default([]),
    arrangements: z.array(arrangementPart).max(20_000).default([]),
  })
  .default({ rules: null, reminders: [], arrangements: [] })

export type ArrangementPart = z.output<typeof arrangementPart>
export type DueNamed = z.output<typeof dueNamed>
