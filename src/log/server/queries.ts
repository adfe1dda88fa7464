import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { type FieldChange, fieldChangeSchema, fieldChanges } from '../change.ts'
import type { Statement } from '../entry.ts'

/**
 * 0: recorded. 1: in a checkpoint that the organisation itself has signed. Higher levels need third parties, which
 * nothing here can stand in for.
 */
const levelSchema = z.union([z.literal(0), z.literal(1)])

const entrySchema = z.strictObject({
  index: z.int(),
  type: z.string(),
  noun: z.string(),
  id: idSchema,
  n: z.int(),
  recordedAt: z.string(),
  /** Null once what the entry says was erased. */
  actor: z.strictObject({ kind: z.string(), id: idSchema.nullable(), name: z.string() }).nullable(),
  command: z.string().nullable(),
  reason: z.string().nullable(),
  level: levelSchema,
})

export type Entry = z.output<typeof entrySchema>

const entryFull = entrySchema.extend({
  leaf: z.string(),
  /** The record after the change. */
  record: z.record(z.string(), z.unknown()).nullable(),
})

const filters = {
  type: z.string().max(64).optional(),
  noun: z.string().max(40).optional(),
  id: idSchema.optional(),
  actorId: idSchema.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}

type Filters = {
  type?: string | undefined
  noun?: string | undefined
  id?: Id | undefined
  actorId?: Id | undefined
  from?: string | undefined
  to?: string | undefined
}

/** How much of the log the newest signed checkpoint covers. */
export async function sealedSize(ctx: Context): Promise<number> {
  const row = await ctx.tx
    .selectFrom('logCheckpoint')
    .select((eb) => eb.fn.max('size').as('size'))
    .where('organisationId', '=', ctx.organisationId)
    .executeTakeFirst()
  return row?.size ?? 0
}

type Row = {
  idx: number
  leaf: string
  type: string
  noun: string
  recordId: Id
  n: number
  recordedAt: string
  statement: string | null
}

const columns = ['idx', 'leaf', 'type', 'noun', 'recordId', 'n', 'recordedAt', 'statement'] as const

function entryOf(row: Row, sealed: number): Entry & { statement: Statement | null } {
  const statement = row.statement === null ? null : (JSON.parse(row.statement) as Statement)
  return {
    index: row.idx,
    type: row.type,
    noun: row.noun,
    id: row.recordId,
    n: row.n,
    recordedAt: row.recordedAt,
    actor: statement?.actor ?? null,
    command: statement?.command ?? null,
    reason: statement?.reason ?? null,
    level: row.idx < sealed ? 1 : 0,
    statement,
  }
}

function withoutStatement({ statement: _, ...entry }: ReturnType<typeof entryOf>): Entry {
  return entry
}

/** Own entries that fit the filters, and, when the reader asked what was known at an instant, only those till then. */
function filtered(ctx: Context, input: Filters) {
  let query = ctx.tx.selectFrom('logEntry').where('organisationId', '=', ctx.organisationId)
  if (input.type) query = query.where('type', '=', input.type)
  if (input.noun) query = query.where('noun', '=', input.noun)
  if (input.id) query = query.where('recordId', '=', input.id)
  if (input.from) query = query.where('recordedAt', '>=', input.from)
  if (input.to) query = query.where('recordedAt', '<=', input.to)
  if (ctx.knownAt) query = query.where('recordedAt', '<=', ctx.knownAt)
  if (input.actorId)
    query = query.where(sql<string>`statement::jsonb -> 'actor' ->> 'id'`, '=', input.actorId)
  return query
}

/** The newest first. The cursor is the index of the last entry shown. */
export const listEntries: Query<
  Context,
  Filters & { limit: number; cursor?: string | undefined },
  Page<Entry>
> = {
  kind: 'query',
  noun: 'log',
  action: 'read',
  input: z.strictObject({ ...pageInput, ...filters }),
  output: pageOf(entrySchema),
  scope: () => 'organisation',
  async run(ctx, input) {
    if (input.cursor !== undefined && !/^\d{1,15}$/.test(input.cursor))
      throw new Problem('invalid', 'request.cursor')
    const query = filtered(ctx, input)
    const counted = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    const page = input.cursor === undefined ? query : query.where('idx', '<', Number(input.cursor))
    const rows = await page
      .select(columns)
      .orderBy('idx', 'desc')
      .limit(input.limit + 1)
      .execute()
    const sealed = await sealedSize(ctx)
    const items = rows.slice(0, input.limit).map((row) => withoutStatement(entryOf(row, sealed)))
    const more = rows.length > input.limit
    return { items, nextCursor: more ? String(items.at(-1)?.index) : null, total: counted.total }
  },
}

export const getEntry: Query<Context, { index: number }, z.output<typeof entryFull>> = {
  kind: 'query',
  noun: 'log',
  action: 'read',
  input: z.strictObject({ index: z.coerce.number().int().min(0) }),
  output: entryFull,
  scope: () => 'organisation',
  async run(ctx, { index }) {
    const row = await filtered(ctx, {}).select(columns).where('idx', '=', index).executeTakeFirst()
    if (!row) throw notFound('log')
    const { statement, ...entry } = entryOf(row, await sealedSize(ctx))
    return { ...entry, leaf: row.leaf, record: statement?.record ?? null }
  },
}

const statusSchema = z.strictObject({
  origin: z.string(),
  /** Entries recorded, and how many of them the newest signed checkpoint covers. */
  size: z.int(),
  sealedSize: z.int(),
  root: z.string().nullable(),
  note: z.string().nullable(),
  sealedAt: z.string().nullable(),
  /** The entries known to be lost; nothing can be changed until they are back. */
  lost: z.strictObject({ from: z.int(), to: z.int() }).nullable(),
})

export const getStatus: Query<Context, Record<string, never>, z.output<typeof statusSchema>> = {
  kind: 'query',
  noun: 'log',
  action: 'read',
  input: z.strictObject({}),
  output: statusSchema,
  scope: () => 'organisation',
  async run(ctx) {
    const head = await ctx.tx
      .selectFrom('logHead')
      .selectAll()
      .where('organisationId', '=', ctx.organisationId)
      .executeTakeFirstOrThrow()
    const newest = await ctx.tx
      .selectFrom('logCheckpoint')
      .selectAll()
      .where('organisationId', '=', ctx.organisationId)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst()
    const { lostFrom, lostTo } = head
    return {
      origin: head.origin,
      size: head.size,
      sealedSize: newest?.size ?? 0,
      root: newest?.root ?? null,
      note: newest?.note ?? null,
      sealedAt: newest?.sealedAt ?? null,
      lost: lostFrom === null || lostTo === null ? null : { from: lostFrom, to: lostTo - 1 },
    }
  },
}

const historyItem = entrySchema.extend({ changes: z.array(fieldChangeSchema) })

type HistoryItem = Entry & { changes: FieldChange[] }

/** What happened to one record, the newest first, each with the fields that changed from before to after. */
export const recordHistory: Query<
  Context,
  { noun: string; id: Id; limit: number; cursor?: string | undefined },
  Page<HistoryItem>
> = {
  kind: 'query',
  noun: 'log',
  action: 'read',
  input: z.strictObject({ ...pageInput, noun: z.string().max(40), id: idSchema }),
  output: pageOf(historyItem),
  scope: () => 'organisation',
  async run(ctx, { noun, id, limit, cursor }) {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw new Problem('invalid', 'request.cursor')
    const own = filtered(ctx, { noun, id })
    const { total } = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    const page = cursor === undefined ? own : own.where('n', '<', Number(cursor))
    // One more than shown: each entry is compared with the one before it.
    const rows = await page
      .select(columns)
      .orderBy('n', 'desc')
      .limit(limit + 1)
      .execute()
    const sealed = await sealedSize(ctx)
    const entries = rows.map((row) => entryOf(row, sealed))
    const items = entries.slice(0, limit).map((entry, index) => ({
      ...withoutStatement(entry),
      changes: fieldChanges(entries[index + 1]?.statement?.record ?? null, entry.statement?.record ?? null),
    }))
    return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.n) : null, total }
  },
}
