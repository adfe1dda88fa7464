import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { after, cursorOf, placeOf } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage, type Language, languageSchema, localText } from '../../kernel/language.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import type { PageText } from '../page-text.ts'
import { isRedeemable, type ReportRequest, reportRequest, requestStates } from '../report-request.ts'
import { requestableDocument } from './register.ts'
import { termsInForce } from './text-queries.ts'

const rows = (ctx: Context) => ctx.tx.selectFrom(rowsOf(ctx, reportRequest, 'r'))

export async function findRequest(ctx: Context, id: Id): Promise<ReportRequest> {
  const found = await rows(ctx).selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw notFound('report_request')
  return found
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 256 random bits in base64url; the link carries them, the database only their digest. */
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The request whose link may be used now. Unknown, used, expired and outdated links are one and the same answer. */
export async function openRequest(ctx: Context, token: string): Promise<ReportRequest> {
  // Looked up by digest: how long the look-up takes tells nothing about the token.
  const found = tokenSchema.safeParse(token).success
    ? await rows(ctx).selectAll().where('linkDigest', '=', sha256Hex(token)).executeTakeFirst()
    : undefined
  if (!found || !isRedeemable(found, ctx.clock.now().toISOString())) throw notFound('report_request')
  const document = await requestableDocument(ctx, found.documentId)
  if (document?.digest !== found.documentDigest) throw notFound('report_request')
  return found
}

/** The terms as one text, exactly as shown; its digest is what the requester agrees to. */
export const termsAsShown = (terms: PageText, language: Language): string =>
  [terms.title ? inLanguage(terms.title, language) : '', inLanguage(terms.body, language)]
    .filter(Boolean)
    .join('\n\n')

const formSchema = z.strictObject({
  document: z.strictObject({ id: idSchema, title: localText(300), size: z.int(), mediaType: z.string() }),
  terms: z.string(),
  termsDigest: z.string(),
})

/** What the form of a request shows. Unknown without reviewed terms, as for a document that is not given. */
export const requestForm: Query<
  Context,
  { documentId: Id; language: Language },
  z.output<typeof formSchema>
> = {
  kind: 'query',
  noun: 'report_request',
  action: 'create',
  input: z.strictObject({ documentId: idSchema, language: languageSchema }),
  output: formSchema,
  scope: () => 'filtered',
  async run(ctx, { documentId, language }) {
    const document = await requestableDocument(ctx, documentId)
    const terms = document && (await termsInForce(ctx))
    if (!document || !terms) throw notFound('document')
    const shown = termsAsShown(terms, language)
    const { id, title, size, mediaType } = document
    return { document: { id, title, size, mediaType }, terms: shown, termsDigest: sha256Hex(shown) }
  },
}

const linkSchema = z.strictObject({ title: localText(300), size: z.int(), expiresAt: z.string() })

/** What lies behind a link, without using it: a mail scanner that opens the page takes nothing away. */
export const lookAtLink: Query<Context, { token: string }, z.output<typeof linkSchema>> = {
  kind: 'query',
  noun: 'report_request',
  action: 'redeem',
  input: z.strictObject({ token: z.string().max(200) }),
  output: linkSchema,
  scope: () => 'filtered',
  async run(ctx, { token }) {
    const request = await openRequest(ctx, token)
    const document = await requestableDocument(ctx, request.documentId)
    if (!document) throw notFound('report_request')
    return { title: document.title, size: document.size, expiresAt: request.linkExpiresAt ?? '' }
  },
}

// The digest of the link serves nobody who reads the list.
export const requestAnswer = reportRequest.schema
  .omit({ linkDigest: true })
  .extend({ abilities: z.array(z.string()) })

export type RequestAnswer = z.output<typeof requestAnswer>

export const requestAnswerOf = (
  ctx: Context,
  { linkDigest: _, ...request }: ReportRequest,
): RequestAnswer => ({
  ...request,
  abilities:
    request.state === 'waiting' && ctx.can('report_request.decide', 'organisation') ? ['decide'] : [],
})

const listInput = z.strictObject({ ...pageInput, state: z.enum(requestStates).optional() })

/** Requests, newest first. */
export const listRequests: Query<Context, z.output<typeof listInput>, Page<RequestAnswer>> = {
  kind: 'query',
  noun: 'report_request',
  action: 'read',
  input: listInput,
  output: pageOf(requestAnswer),
  scope: () => 'organisation',
  async run(ctx, { limit, cursor, state }) {
    const by = sql<string>`to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`
    const place = cursor ? placeOf(cursor, 'requested') : null
    const wanted = state ? sql<boolean>`state = ${state}` : sql<boolean>`true`
    const found = await rows(ctx)
      .selectAll()
      .select(by.as('sortValue'))
      .where(wanted)
      .$if(place !== null, (query) => (place ? query.where(after(by, place, true)) : query))
      .orderBy(sql`${by} desc, id desc`)
      .limit(limit + 1)
      .execute()
    const counted = await rows(ctx)
      .select(sql<number>`count(*)::int`.as('total'))
      .where(wanted)
      .executeTakeFirstOrThrow()
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : undefined
    return {
      items: shown.map(({ sortValue: _, ...request }) => requestAnswerOf(ctx, request)),
      nextCursor: last ? cursorOf({ sort: 'requested', value: last.sortValue, id: last.id }) : null,
      total: counted.total,
    }
  },
}
