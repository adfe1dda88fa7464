import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { digestSchema } from './page-text.ts'

/** A text in every language: a page that lacks one is never published. */
export const eachLanguage = z.strictObject({ en: z.string(), ja: z.string() })

export type EachLanguage = z.output<typeof eachLanguage>

/** One line of a claim's table of facts. `key` names the fact for machines and for comparing two editions. */
export const rowSchema = z.strictObject({ key: z.string(), label: eachLanguage, value: eachLanguage })

export const pageDocumentSchema = z.strictObject({
  id: idSchema,
  kind: z.string(),
  title: eachLanguage,
  fileName: z.string(),
  mediaType: z.string(),
  size: z.int(),
  digest: digestSchema,
  language: z.string().nullable(),
  access: z.enum(['public', 'on-request']),
})

/** One certificate, report or registration as the page states it. */
export const claimSchema = z.strictObject({
  /** Stable name within the page: its address is `#<anchor>`. */
  anchor: z.string(),
  certificateId: idSchema,
  scheme: z.string(),
  title: eachLanguage,
  number: z.string().nullable(),
  standards: z.array(z.string()),
  holders: z.array(eachLanguage),
  body: eachLanguage.nullable(),
  validFrom: daySchema.nullable(),
  validTo: daySchema.nullable(),
  /** A report carries no expiry: it is in use until readers stop relying on it. */
  ends: z.enum(['validity', 'use']),
  verificationUrl: z.string().nullable(),
  rows: z.array(rowSchema),
  documents: z.array(pageDocumentSchema),
})

export const pageSectionSchema = z.strictObject({
  key: z.string(),
  heading: eachLanguage,
  paragraphs: z.array(eachLanguage),
  claims: z.array(claimSchema),
})

/**
 * Everything a page says, before any markup: what is stored with a publication, compared between two of them and
 * offered to machines. Strings are final, so the same content gives the same bytes for ever.
 */
export const pageContentSchema = z.strictObject({
  format: z.literal(1),
  organisation: z.strictObject({ id: idSchema, name: eachLanguage }),
  /** The day whose facts these are. */
  day: daySchema,
  sections: z.array(pageSectionSchema),
})

export type Row = z.output<typeof rowSchema>
export type PageDocument = z.output<typeof pageDocumentSchema>
export type Claim = z.output<typeof claimSchema>
export type PageSection = z.output<typeof pageSectionSchema>
export type PageContent = z.output<typeof pageContentSchema>

export const inEach = (make: (language: 'en' | 'ja') => string): EachLanguage => ({
  en: make('en'),
  ja: make('ja'),
})

export const claimsOf = (content: PageContent): Claim[] =>
  content.sections.flatMap((section) => section.claims)
