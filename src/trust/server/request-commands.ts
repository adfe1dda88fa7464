import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, notFound, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import {
  decisionProblems,
  emailSchema,
  longestLink,
  type ReportRequest,
  reportRequest,
} from '../report-request.ts'
import { requestableDocument } from './register.ts'
import {
  findRequest,
  openRequest,
  type RequestAnswer,
  requestAnswer,
  requestAnswerOf,
  sha256Hex,
  termsAsShown,
} from './request-queries.ts'
import { termsInForce } from './text-queries.ts'

const { shape } = reportRequest.schema

const requestInput = z.strictObject({
  documentId: idSchema,
  name: shape.requesterName,
  email: emailSchema,
  company: shape.requesterCompany,
  purpose: shape.purpose,
  language: shape.language,
  termsDigest: shape.termsDigest,
})

// So many requests an address may make in an hour; nobody's rule, enough for a mistake and a second try.
const perHour = 3

/** Counts under a lock on the address, so that requests sent at once are counted one after the other. */
async function refuseTooMany(ctx: Context, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.organisationId}/request/${email}`}, 0))`.execute(
    ctx.tx,
  )
  const since = new Date(ctx.clock.now().getTime() - 3_600_000).toISOString()
  const { count } = await ctx.tx
    .selectFrom(rowsOf(ctx, reportRequest, 'r'))
    .select(sql<number>`count(*)::int`.as('count'))
    .where('requesterEmail', '=', email)
    .where('requestedAt', '>', since)
    .executeTakeFirstOrThrow()
  if (count >= perHour) throw new Problem('limited', 'report_request.too_many', { seconds: 3600 })
}

/** A visitor asks for a restricted report and agrees to the terms that were shown. */
export const requestReport: Command<Context, z.output<typeof requestInput>, { id: Id }> = {
  kind: 'command',
  noun: 'report_request',
  action: 'create',
  input: requestInput,
  output: z.strictObject({ id: idSchema }),
  scope: () => 'organisation',
  async run(ctx, input) {
    const document = await requestableDocument(ctx, input.documentId)
    if (!document) throw notFound('document')
    const terms = await termsInForce(ctx)
    if (!terms) throw new Problem('precondition', 'report_request.terms_missing')
    // Agreed is what was read: other terms in the meantime have to be shown first.
    if (sha256Hex(termsAsShown(terms, input.language)) !== input.termsDigest) {
      refuseInvalid([fieldProblem('/termsDigest', 'report_request.terms_changed')])
    }
    await refuseTooMany(ctx, input.email)
    const { id } = await save(ctx, reportRequest, 'report_request.made', {
      id: newId(ctx.random),
      version: 0,
      documentId: document.id,
      documentDigest: document.digest,
      requesterName: input.name,
      requesterEmail: input.email,
      requesterCompany: input.company,
      purpose: input.purpose,
      language: input.language,
      termsDigest: input.termsDigest,
      requestedAt: ctx.clock.now().toISOString(),
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      linkDigest: null,
      linkExpiresAt: null,
      downloadedAt: null,
    })
    return { id }
  },
}

const decided = (ctx: Context) => ({
  decidedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null,
  decidedAt: ctx.clock.now().toISOString(),
})

const approveInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  days: z.int().min(1).max(longestLink),
})

const approveOutput = z.strictObject({ request: requestAnswer, link: z.string() })

/** Approves a request. The single-use link is in this answer and nowhere else: only its digest is kept. */
export const approveRequest: Command<
  Context,
  z.output<typeof approveInput>,
  z.output<typeof approveOutput>
> = {
  kind: 'command',
  noun: 'report_request',
  action: 'decide',
  secret: true,
  input: approveInput,
  output: approveOutput,
  scope: () => 'organisation',
  async run(ctx, { id, version, days }) {
    const request = await findRequest(ctx, id)
    refuseInvalid(decisionProblems(request))
    const document = await requestableDocument(ctx, request.documentId)
    // The approval is of these bytes: another document behind the same id needs another request.
    if (document?.digest !== request.documentDigest)
      throw new Problem('precondition', 'report_request.document_changed')
    const token = Buffer.from(ctx.random(32)).toString('base64url')
    const saved = await save(ctx, reportRequest, 'report_request.approved', {
      ...request,
      ...decided(ctx),
      version,
      state: 'approved',
      linkDigest: sha256Hex(token),
      linkExpiresAt: new Date(ctx.clock.now().getTime() + days * 86_400_000).toISOString(),
    })
    return { request: requestAnswerOf(ctx, saved), link: `/${request.language}/link/${token}` }
  },
}

const declineInput = z.strictObject({ id: idSchema, version: z.int().min(1), reason: plainText(1000) })

export const declineRequest: Command<Context, z.output<typeof declineInput>, RequestAnswer> = {
  kind: 'command',
  noun: 'report_request',
  action: 'decide',
  input: declineInput,
  output: requestAnswer,
  scope: () => 'organisation',
  async run(ctx, { id, version, reason }) {
    const request = await findRequest(ctx, id)
    refuseInvalid(decisionProblems(request))
    const change = { ...decided(ctx), version, state: 'declined' as const, decisionReason: reason }
    return requestAnswerOf(
      ctx,
      await save(ctx, reportRequest, 'report_request.declined', { ...request, ...change }, reason),
    )
  },
}

/** The file that a link gave, once. */
const redeemed = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  digest: z.string(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** The row is claimed by its version: of many uses at once one succeeds, the others find the link used. */
async function claim(ctx: Context, request: ReportRequest): Promise<void> {
  const downloadedAt = ctx.clock.now().toISOString()
  try {
    await save(ctx, reportRequest, 'report_request.downloaded', {
      ...request,
      state: 'downloaded',
      downloadedAt,
    })
  } catch (error) {
    throw error instanceof Problem && error.kind === 'conflict' ? notFound('report_request') : error
  }
}

/** Uses up a link and gives its file. When the file cannot be read, nothing is used up. */
export const redeemLink: Command<Context, { token: string }, z.output<typeof redeemed>> = {
  kind: 'command',
  noun: 'report_request',
  action: 'redeem',
  input: z.strictObject({ token: z.string().max(200) }),
  output: redeemed,
  scope: () => 'organisation',
  async run(ctx, { token }) {
    const request = await openRequest(ctx, token)
    const document = await requestableDocument(ctx, request.documentId)
    if (!document) throw notFound('report_request')
    await claim(ctx, request)
    const { fileName, mediaType, digest } = document
    return { fileName, mediaType, digest, bytes: await ctx.objects.get(digest) }
  },
}
