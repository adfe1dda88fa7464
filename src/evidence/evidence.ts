import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'

/** From where it came: pulled from a system, observed by an auditor, attested by a person, uploaded, or a shipped template. */
export const sources = ['pulled', 'observed', 'attested', 'uploaded', 'template'] as const

const fileSchema = z.strictObject({
  id: idSchema,
  /** As uploaded: data to show, never a path. */
  name: lineText(500),
  /** From the content, not from what the uploader said. */
  mediaType: z.string().max(120),
  size: z.int().min(0),
  digest: digestSchema,
  /** Whether the card-number guard could read all of it. */
  cardNumbers: z.enum(['clean', 'not-inspected', 'test-numbers']),
})

export type EvidenceFile = z.output<typeof fileSchema>

/** Something that shows how a thing was. Its time is the one that it is about; when it was collected and recorded are other times. */
export const evidence = recordType('evidence', 'evidence', {
  title: lineText(200),
  description: plainText(4000).nullable(),
  entityId: idSchema,
  source: z.enum(sources),
  /** The tool or person that fetched it, in words. */
  collector: lineText(200),
  aboutFrom: daySchema,
  aboutTo: daySchema,
  collectedAt: z.iso.datetime(),
  /** Last day for which it speaks, and the days of tolerance after it. */
  validUntil: daySchema,
  toleranceDays: z.int().min(0).max(92),
  files: z.array(fileSchema).max(200),
  /** Structured data of a kind that checks understand, as a stored object. */
  data: z.strictObject({ kind: dataKey.max(80), digest: digestSchema, size: z.int().min(0) }).nullable(),
  implementationIds: z.array(idSchema).max(500),
  occurrenceIds: z.array(idSchema).max(500),
  requirements: z.array(z.strictObject({ edition: dataKey.max(80), requirement: lineText(40) })).max(500),
  assetIds: z.array(idSchema).max(500),
  review: z
    .strictObject({
      verdict: z.enum(['accepted', 'rejected']),
      personId: idSchema,
      on: daySchema,
      note: plainText(2000).nullable(),
    })
    .nullable(),
  /** The item that this one replaces. */
  replaces: idSchema.nullable(),
  withdrawn: z.strictObject({ on: daySchema, reason: plainText(2000) }).nullable(),
  /** Last day on which it must be kept; after it the files may be disposed of, unless a hold stands. */
  retainUntil: daySchema.nullable(),
  hold: z.strictObject({ since: daySchema, reason: plainText(2000), personId: idSchema }).nullable(),
  disposed: z.strictObject({ on: daySchema, basis: plainText(2000) }).nullable(),
})

export type Evidence = RecordOf<typeof evidence>
