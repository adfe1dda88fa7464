import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { after, containing, cursorOf, placeOf } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { membersOn } from '../../organisation/server/queries.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { type Document, document } from '../document.ts'
import {
  type CertificateAnswer,
  certificateAnswer,
  certificateAnswerSchema,
  scopeOfCertificate,
} from './answers.ts'
import { stateFilter } from './state-filter.ts'

const memberIds = async (ctx: Context, day: Day): Promise<ReadonlySet<Id>> =>
  new Set((await membersOn(ctx, day)).map((one) => one.id))

export async function findCertificate(ctx: Context, id: Id): Promise<Certificate> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('certificate')
  return found
}

/**
 * The certificate as somebody read it before changing it. Whoever changed it meanwhile is told of first: judged by the
 * rules, the change of a version that is gone would be refused for reasons that nobody could understand.
 */
export async function currentCertificate(ctx: Context, id: Id, version: number): Promise<Certificate> {
  const found = await findCertificate(ctx, id)
  if (found.version !== version)
    throw new Problem('conflict', 'record.changed_meanwhile', { noun: 'certificate' })
  return found
}

export async function findDocument(ctx: Context, id: Id): Promise<Document> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, document, 'd'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('document')
  return found
}

export const documentsOf = (ctx: Context, certificateIds: readonly Id[]): Promise<Document[]> =>
  certificateIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, document, 'd'))
        .selectAll()
        .where('certificateId', 'in', [...certificateIds])
        .orderBy('id')
        .execute()

/** Every certificate, in the order of their keys: for Home and the public page of a corporation's dozens. */
export const allCertificates = (ctx: Context): Promise<Certificate[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .selectAll()
    .orderBy('key')
    .execute()

/** Rows that the actor's grants reach: by a holder, or by an engagement. */
function visibleRows(ctx: Context): RawBuilder<boolean> {
  if (ctx.visible === null) return sql<boolean>`true`
  const { entities, certificates } = ctx.visible
  return sql<boolean>`(id = any(${certificates}::uuid[]) or exists (
    select 1 from jsonb_array_elements(holders) as holder where (holder ->> 'entityId')::uuid = any(${entities}::uuid[])))`
}

const sorts: Readonly<Record<string, RawBuilder<string>>> = {
  key: sql<string>`key`,
  number: sql<string>`coalesce(number, '')`,
  scheme: sql<string>`scheme`,
  expiry: sql<string>`coalesce(jsonb_path_query_array(terms, '$[last].expiryDate') ->> 0, '9999-12-31')`,
}

/** What a list of certificates, and what is exported of it, can be narrowed by. */
export const registerFilter = {
  text: z.string().max(200).optional(),
  scheme: z.string().max(80).optional(),
  kind: certificate.schema.shape.kind.optional(),
  state: z.enum(['active', 'suspended', 'withdrawn', 'expired', 'planned']).optional(),
  entity: idSchema.optional(),
  expiresBefore: daySchema.optional(),
}

const listInput = z.strictObject({
  ...pageInput,
  ...registerFilter,
  sort: z.enum(['key', 'number', 'scheme', 'expiry']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

type ListInput = z.output<typeof listInput>

const filterSchema = z.strictObject(registerFilter)

/** Rows that the actor may see and that pass the filter, on the day that the reader asks about. */
export function registerRows(ctx: Context, input: z.output<typeof filterSchema>): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [visibleRows(ctx)]
  if (input.text) {
    const like = containing(input.text)
    parts.push(sql<boolean>`(key ilike ${like} or number ilike ${like} or scheme ilike ${like})`)
  }
  if (input.scheme) parts.push(sql<boolean>`scheme = ${input.scheme}`)
  if (input.kind) parts.push(sql<boolean>`kind = ${input.kind}`)
  if (input.entity)
    parts.push(sql<boolean>`holders @> ${JSON.stringify([{ entityId: input.entity }])}::jsonb`)
  if (input.expiresBefore) parts.push(sql<boolean>`${sorts.expiry} < ${input.expiresBefore}`)
  if (input.state) parts.push(stateFilter(ctx, input.state))
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A page of the register: filtered, sorted and cut by PostgreSQL; computed only for the rows shown. Four queries. */
export const listCertificates: Query<Context, ListInput, Page<CertificateAnswer>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: listInput,
  output: pageOf(certificateAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const where = registerRows(ctx, input)
    const by = sorts[input.sort] ?? sql<string>`key`
    const down = input.order === 'desc'
    const place = input.cursor ? placeOf(input.cursor, `${input.sort}/${input.order}`) : null
    const direction = sql.raw(down ? 'desc' : 'asc')
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .select(by.as('sortValue'))
      .where(where)
      .$if(place !== null, (query) => (place ? query.where(after(by, place, down)) : query))
      .orderBy(sql`${by} ${direction}, id ${direction}`)
      .limit(input.limit + 1)
      .execute()
    const counted = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .select(sql<number>`count(*)`.as('total'))
      .where(where)
      .executeTakeFirstOrThrow()
    const members = await memberIds(ctx, ctx.asOf)
    const shown = rows.slice(0, input.limit)
    const last = rows.length > input.limit ? shown.at(-1) : undefined
    return {
      items: shown.map(({ sortValue: _, ...row }) => certificateAnswer(ctx, row as Certificate, members)),
      nextCursor: last
        ? cursorOf({ sort: `${input.sort}/${input.order}`, value: last.sortValue, id: last.id })
        : null,
      total: Number(counted.total),
    }
  },
}

const detailSchema = certificateAnswerSchema.extend({ documents: z.array(document.schema) })

export const getCertificate: Query<Context, { id: Id }, z.output<typeof detailSchema>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: detailSchema,
  scope: async (ctx, { id }) => scopeOfCertificate(await findCertificate(ctx, id)),
  async run(ctx, { id }) {
    const one = await findCertificate(ctx, id)
    return {
      ...certificateAnswer(ctx, one, await memberIds(ctx, ctx.asOf)),
      documents: await documentsOf(ctx, [id]),
    }
  },
}

/** Everything that Home draws: all visible certificates with cycle and warnings. */
export const homeCertificates: Query<Context, Record<string, never>, { items: CertificateAnswer[] }> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(certificateAnswerSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .where(visibleRows(ctx))
      .orderBy(sql`${sorts.expiry} asc, id`)
      .limit(200)
      .execute()
    const members = await memberIds(ctx, ctx.asOf)
    return { items: rows.map((row) => certificateAnswer(ctx, row, members)) }
  },
}

export const getDocument: Query<Context, { id: Id }, Document> = {
  kind: 'query',
  noun: 'document',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: document.schema,
  async scope(ctx, { id }) {
    const found = await findDocument(ctx, id)
    return scopeOfCertificate(await findCertificate(ctx, found.certificateId))
  },
  run: (ctx, { id }) => findDocument(ctx, id),
}
