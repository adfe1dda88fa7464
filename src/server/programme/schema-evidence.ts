import { z } from 'zod'
import { evidence } from '../../evidence/evidence.ts'
import { fileFacts } from '../../evidence/file.ts'
import { daySchema } from '../../kernel/day.ts'
import { plainText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { day, filePath, orNull } from './schema-parts.ts'

const fields = evidence.schema.shape

/** Most characters of a file whose content stands in the programme itself. */
const inlineLimit = 100_000

/** A file beside the programme, or a small one whose text stands here; `name` is the one under which it is shown. */
const filePart = z
  .strictObject({
    file: filePath.optional(),
    text: z.string().min(1).max(inlineLimit).optional(),
    name: fileFacts.name.optional(),
  })
  .refine((part) => (part.file === undefined) !== (part.text === undefined), {
    error: 'programme.file_or_text',
  })
  .refine((part) => part.file !== undefined || part.name !== undefined, { error: 'programme.text_unnamed' })

/** Data that checks understand: a file, or the value itself, which is stored as JSON. */
const dataPart = z
  .strictObject({
    kind: fields.data.unwrap().shape.kind,
    file: filePath.optional(),
    value: z.json().optional(),
  })
  .refine((part) => (part.file === undefined) !== (part.value === undefined), {
    error: 'programme.file_or_text',
  })

/** An implementation, named by the place where the control is carried out; with `period`, one occurrence of it. */
const usePart = z.strictObject({
  control: z.string().max(40),
  entity: keySchema,
  service: orNull(keySchema),
  /** The last day of an implementation that ended: the one that runs, unless given. */
  ended: day,
  /** First day of the occurrence. */
  period: day,
})

const reviewPart = z.strictObject({
  verdict: z.enum(['accepted', 'rejected']).default('accepted'),
  by: keySchema,
  on: daySchema,
  note: orNull(plainText(2000)),
})

/** What an item says of itself, wherever it stands in the file. */
export const evidenceFacts = {
  title: fields.title,
  description: orNull(plainText(4000)),
  location: orNull(fields.location.unwrap()),
  source: fields.source.default('uploaded'),
  collector: orNull(fields.collector.unwrap()),
  collectedBy: orNull(keySchema),
  addedBy: orNull(keySchema),
  files: z.array(filePart).max(200).default([]),
  data: orNull(dataPart),
  tolerance: fields.toleranceDays.default(0),
  assets: z.array(keySchema).max(500).default([]),
  requirements: fields.requirements.default([]),
}

/** An item of evidence, in its own section or below the implementation that it is for. */
export const evidencePart = z.strictObject({
  /** Names the item inside the file, for the one that replaces it. */
  key: keySchema.optional(),
  ...evidenceFacts,
  entity: orNull(keySchema),
  /** A day, or the days from and to. */
  about: z.union([daySchema, z.strictObject({ from: daySchema, to: daySchema })]),
  /** The last of the days that it is about, unless given. */
  collected: daySchema.optional(),
  collectedAt: orNull(z.iso.datetime()),
  /** The last day for which it speaks; not given, it follows from what it is for. */
  valid: day,
  /** First day of the occurrence of the implementation above that it shows. */
  period: day,
  for: z.array(usePart).max(500).default([]),
  review: orNull(reviewPart),
  replaces: orNull(keySchema),
  retain: day,
  hold: orNull(z.strictObject({ since: daySchema, reason: plainText(2000), by: keySchema })),
  withdrawn: orNull(fields.withdrawn.unwrap()),
  /** Whose files are gone: what is still known of them. */
  disposed: orNull(
    fields.disposed.unwrap().extend({
      files: z
        .array(fields.files.element.omit({ id: true }))
        .max(200)
        .default([]),
      data: fields.data.default(null),
    }),
  ),
})

export type EvidencePart = z.output<typeof evidencePart>
