import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { after, cursorOf, placeOf } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import type { Day } from '../../kernel/day.ts'
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
  certificateRefusals,
  refusalSchema,
  scopeOfCertificate,
} from './answers.ts'
import { lastExpiry, registerFilter, registerRows, visibleRows } from './register-rows.ts'
import { stateRank } from './state-sql.ts'
import { successionsFor } from './succession-queries.ts'

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

/** The orders of the register; each is a text that is never null. By state, it is the state of the reader's day. */
const sorts = {
  key: () => sql<string>`key`,
  number: () => sql<string>`coalesce(number, '')`,
  scheme: () => sql<string>`scheme`,
  expiry: () => lastExpiry,
  state: stateRank,
} satisfies Record<string, (ctx: Context) => RawBuilder<string>>

const listInput = z.strictObject({
  ...pageInput,
  ...registerFilter,
  sort: z.enum(['key', 'number', 'scheme', 'expiry', 'state']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

type ListInput = z.output<typeof listInput>

/** A page of the register: filtered, sorted and cut by PostgreSQL; computed only for the rows shown. */
export const listCertificates: Query<Context, ListInput, Page<CertificateAnswer>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: listInput,
  output: pageOf(certificateAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const where = await registerRows(ctx, input)
    const by = sorts[input.sort](ctx)
    const down = input.order === 'desc'
    const place = input.cursor ? placeOf(input.cursor, `${input.sort}/${input.order}`) : null
    const direction = sql.raw(down ? 'desc' : 'asc')
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .select(by.as('sortValue'))
      .where(where)
      .$if(place !== null, (query) => (place ? query.where(after(by, place, down)) : query))
      // By its name: written a second time, it would be computed a second time for every row.
      .orderBy(sql`${input.sort === 'state' ? sql.ref('sortValue') : by} ${direction}, id ${direction}`)
      .limit(input.limit + 1)
      .execute()
    const counted = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .select(sql<number>`count(*)`.as('total'))
      .where(where)
      .executeTakeFirstOrThrow()
    const members = await memberIds(ctx, ctx.asOf)
    const shown = rows.slice(0, input.limit)
    const successions = await successionsFor(
      ctx,
      shown.map((row) => row.id),
    )
    const last = rows.length > input.limit ? shown.at(-1) : undefined
    return {
      items: shown.map(({ sortValue: _, ...row }) =>
        certificateAnswer(ctx, row as Certificate, members, successions),
      ),
      nextCursor: last
        ? cursorOf({ sort: `${input.sort}/${input.order}`, value: last.sortValue, id: last.id })
        : null,
      total: Number(counted.total),
    }
  },
}

const shortName = z.strictObject({ id: z.string(), key: z.string(), number: z.string().nullable() })

const detailSchema = certificateAnswerSchema.extend({
  /** Why each ability that is not there is not there. */
  refusals: z.array(refusalSchema),
  /** The certificates that it follows, and those that follow it, as far as the reader may see them. */
  predecessorNames: z.array(shortName),
  successors: z.array(shortName),
  documents: z.array(document.schema),
})

const namesWhere = (ctx: Context, condition: RawBuilder<boolean>) =>
  ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .select(['id', 'key', 'number'])
    .where(condition)
    .where(visibleRows(ctx))
    .orderBy('key')
    .execute()

const shortNames = (ctx: Context, ids: readonly Id[]) =>
  ids.length === 0 ? [] : namesWhere(ctx, sql<boolean>`id = any(${ids}::uuid[])`)

const successorsOf = (ctx: Context, id: Id) =>
  namesWhere(ctx, sql<boolean>`predecessors @> ${JSON.stringify([id])}::jsonb`)

export const getCertificate: Query<Context, { id: Id }, z.output<typeof detailSchema>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: detailSchema,
  scope: async (ctx, { id }) => scopeOfCertificate(await findCertificate(ctx, id)),
  async run(ctx, { id }) {
    const one = await findCertificate(ctx, id)
    const found = certificateAnswer(ctx, one, await memberIds(ctx, ctx.asOf), await successionsFor(ctx, [id]))
    return {
      ...found,
      refusals: certificateRefusals(ctx, one, found.state),
      predecessorNames: await shortNames(ctx, one.predecessors),
      successors: await successorsOf(ctx, id),
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
      .orderBy(sql`${lastExpiry} asc, id`)
      .limit(200)
      .execute()
    const members = await memberIds(ctx, ctx.asOf)
    const successions = await successionsFor(
      ctx,
      rows.map((row) => row.id),
    )
    return { items: rows.map((row) => certificateAnswer(ctx, row, members, successions)) }
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
