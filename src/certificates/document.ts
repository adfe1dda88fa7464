import { z } from 'zod'
import type { Scheme } from '../frameworks/scheme.ts'
import { daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { languageSchema, localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

export const documentKinds = [
  'certificate',
  'report',
  'aoc',
  'roc',
  'bridge-letter',
  'soa',
  'scan-report',
  'other',
] as const

export const distributions = ['public', 'on-request', 'internal'] as const

/** What may be kept as a document. Types that browsers execute (HTML, SVG, XML) are not among them. */
export const documentMediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain',
  'text/csv',
] as const

/** Largest document in bytes. */
export const documentLimit = 50 * 1024 * 1024

/** A file that belongs to a certificate, kept in the object store under its digest. */
export const document = recordType('document', 'document', {
  certificateId: idSchema,
  termId: idSchema.nullable(),
  kind: z.enum(documentKinds),
  title: localText(300),
  /** As uploaded: text to show, with its odd characters; never part of a path. */
  fileName: z.string().min(1).max(500),
  mediaType: z.enum(documentMediaTypes),
  size: z.int().min(1).max(documentLimit),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  language: languageSchema.nullable(),
  distribution: z.enum(distributions),
  withdrawnOn: daySchema.nullable(),
})

export type Document = RecordOf<typeof document>

/**
 * A restricted-use report can never be public (AICPA SOC 2 guide: restricted to those who understand it).
 * Papers about the report that are not the report itself, such as a letter for customers, stay on request too.
 */
export function distributionProblems(one: Pick<Document, 'distribution'>, scheme: Scheme): FieldProblem[] {
  const restricted =
    scheme.kind === 'attestation-report' &&
    scheme.use.distribution === 'nda' &&
    scheme.form === 'attestation-report'
  return restricted && one.distribution === 'public'
    ? [
        fieldProblem('/distribution', 'document.restricted_use', {
          source: scheme.sources['use.distribution'] ?? '',
        }),
      ]
    : []
}
