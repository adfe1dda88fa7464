import { z } from 'zod'
import type { Instant } from '../kernel/clock.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { languageSchema } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'
import { digestSchema } from './page-text.ts'

export const requestStates = ['waiting', 'approved', 'declined', 'downloaded'] as const

const instant = z.iso.datetime({ precision: 3 })

// One address per person: what looks the same is the same (NFKC), and nothing invisible or quoted gets through.
const emailPattern =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/

const address = z
  .string()
  .max(254)
  .refine((text) => emailPattern.test(text), { error: 'email' })

/** An e-mail address, folded before it is checked: Unicode NFKC, lower case, outer spaces gone. */
export const emailSchema = z
  .string()
  .max(400)
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(address)

/** Somebody's wish to read a restricted report, and what became of it. */
export const reportRequest = recordType('report_request', 'report_request', {
  documentId: idSchema,
  /** The very bytes asked for: an approval does not pass on to a document that replaced them. */
  documentDigest: digestSchema,
  requesterName: lineText(200),
  requesterEmail: address,
  requesterCompany: lineText(200),
  purpose: plainText(1000),
  language: languageSchema,
  termsDigest: digestSchema,
  requestedAt: instant,
  state: z.enum(requestStates),
  decidedBy: idSchema.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: plainText(1000).nullable(),
  linkDigest: digestSchema.nullable(),
  linkExpiresAt: instant.nullable(),
  downloadedAt: instant.nullable(),
})

export type ReportRequest = RecordOf<typeof reportRequest>

/** A link lives at most this many days. */
export const longestLink = 30

/** Whether the link of a request opens its document now: approved, unused and in time. */
export const isRedeemable = (request: ReportRequest, now: Instant): boolean =>
  request.state === 'approved' &&
  request.downloadedAt === null &&
  request.linkExpiresAt !== null &&
  now < request.linkExpiresAt

/** A decision is made once. */
export const decisionProblems = (request: ReportRequest): FieldProblem[] =>
  request.state === 'waiting' ? [] : [fieldProblem('/id', 'report_request.decided', { state: request.state })]
