import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { keySchema as dataKey } from '../frameworks/fields.ts'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { fileSchema } from './file.ts'

/**
 * From where it came: pulled from a system, observed by an auditor, attested by a person, uploaded, a shipped template, or
 * referenced: kept elsewhere, where somebody who judges it has to look.
 */
export const sources = ['pulled', 'observed', 'attested', 'uploaded', 'template', 'referenced'] as const

/** Something that shows how a thing was. Its time is the one that it is about; when it was collected and recorded are other times. */
export const evidence = recordType('evidence', 'evidence', {
  title: lineText(200),
  description: plainText(4000).nullable(),
  /** Where the original is: a web address, a folder, a shelf. */
  location: lineText(2000).nullable(),
  entityId: idSchema,
  source: z.enum(sources),
  /** The tool that fetched it, or somebody outside, in words. */
  collector: lineText(200).nullable(),
  /** The person who took it from its source. */
  collectorId: idSchema.nullable(),
  /** The person who recorded it; null when a program did. */
  addedById: idSchema.nullable(),
  aboutFrom: daySchema,
  aboutTo: daySchema,
  /** The day on which it was taken from its source, and the instant where it is known. */
  collectedOn: daySchema,
  collectedAt: z.iso.datetime().nullable(),
  /** Last day for which it speaks, and the days of tolerance after it. */
  validUntil: daySchema,
  /** False: `validUntil` follows from what it is linked to, and changes with the links. */
  validityStated: z.boolean(),
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
