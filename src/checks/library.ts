import { z } from 'zod'
import { assetKinds } from '../assets/asset.ts'
import { keySchema } from '../frameworks/fields.ts'
import { controlIdSchema } from '../frameworks/library.ts'
import { severities } from './check.ts'

const name = z.string().trim().min(1).max(120)

/** A check that comes with Assay: a test of a control of the common library. */
export const libraryCheckSchema = z.strictObject({
  id: keySchema.max(60),
  control: controlIdSchema,
  name: z.strictObject({ en: name, ja: name }),
  dataKind: keySchema.max(80),
  expression: z.string().min(1).max(4000),
  severity: z.enum(severities),
  everyDays: z.int().min(1).max(366),
  toleranceDays: z.int().min(0).max(92),
  kinds: z.array(z.enum(assetKinds)).max(10),
})

export type LibraryCheck = z.output<typeof libraryCheckSchema>

export const checkLibrarySchema = z.strictObject({
  id: z.literal('common-checks'),
  version: z.string(),
  licence: z.literal('Apache-2.0'),
  checks: z.array(libraryCheckSchema),
})
