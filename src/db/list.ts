import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely'
import type { Id } from '../kernel/id.ts'
import type { Page, PageInput } from '../kernel/page.ts'
import type { RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'
import { after, cursorOf, placeOf, startingAt, strangeCursor } from './keyset.ts'
import { rowsOf } from './source.ts'

export type Order = {
  /** Name of the order, which a cursor must agree with. */
  name: string
  /** An expression that is never null, with an index written the same way. */
  by: RawBuilder<string>
  down: boolean
  /** Whether a text from a cursor is a place in this order, where the expression is no text. */
  isPlace?: ((value: string) => boolean) | undefined
}

/**
 * What is known of the rows under a condition: how many there are, which, where they are few, and whether the
 * candidates were too many to be told.
 */
export type Found = {
  total: number
  few: readonly Id[] | null
  wide: boolean
  /** Where the first row of an order is: the walk to it may lead past a hundred thousand others. */
  starts: Map<string, { value: string; id: Id }>
}

/**
 * Ids among which all rows under a condition are, for conditions that row-level security lets no index serve; null
 * where those are too many.
 */
export type Candidates = () => Promise<readonly Id[] | null>

/** What is remembered at the same time, over all organisations. */
const mostFound = 2_000

/** Rows that are few enough to be remembered one by one. */
const mostFew = 300

type Rows = AliasedRawBuilder<unknown, 'r'>

const among = (ids: readonly Id[]) => sql<boolean>`id = any(${ids}::uuid[])`

const narrowed = (where: RawBuilder<boolean>, ids: readonly Id[] | null) =>
  ids === null ? where : sql<boolean>`${among(ids)} and ${where}`

/**
 * Counts rows, and says which they are where they are few: to look for those in the order of a page could mean to walk
 * past half a million others.
 */
async function findRows(
  ctx: Context,
  from: Rows,
  where: RawBuilder<boolean>,
  candidates?: Candidates,
): Promise<Found> {
  const ids = (await candidates?.()) ?? null
  const condition = narrowed(where, ids)
  const { rows } = await sql<{ total: number; few: Id[] }>`
    with few as materialized (select id from ${from} where ${condition} limit ${mostFew + 1})
    select case when (select count(*) from few) <= ${mostFew} then (select count(*)::int from few)
      else (select count(*)::int from ${from} where ${condition}) end as total, array(select id from few) as few`.execute(
    ctx.tx,
  )
  const { total = 0, few = [] } = rows[0] ?? {}
  return { total, few: total <= mostFew ? few : null, wide: ids === null, starts: new Map() }
}

/**
 * What is found under a condition, remembered for as long as nothing is written: the size of the log names the state of
 * all rows exactly, so that what is remembered is never old. To count half a million rows for each page would cost more
 * than all else about it.
 */
async function foundOf(
  ctx: Context,
  from: Rows,
  where: RawBuilder<boolean>,
  candidates?: Candidates,
): Promise<Found> {
  if (ctx.logSize === null) return findRows(ctx, from, where, candidates)
  const { sql: text, parameters } = sql`${from} where ${where}`.compile(ctx.tx)
  const key = JSON.stringify([ctx.organisationId, ctx.logSize, text, parameters])
  const known = ctx.counts.get(key)
  if (known !== undefined) return known
  const found = await findRows(ctx, from, where, candidates)
  ctx.counts.set(key, found)
  const [oldest] = ctx.counts.keys()
  if (ctx.counts.size > mostFound && oldest !== undefined) ctx.counts.delete(oldest)
  return found
}

/**
 * One page of a noun's rows under a condition, cut by keyset: two queries, or four where there are candidates, whatever
 * the size of the table. The rows are aliased `r` for conditions that need to name them.
 */
export async function pageOfRows<R extends RecordType>(
  ctx: Context,
  type: R,
  where: RawBuilder<boolean>,
  order: Order,
  { cursor, limit }: PageInput,
  candidates?: Candidates,
): Promise<Page<RecordOf<R>>> {
  const { by, down } = order
  const name = `${order.name}/${down ? 'desc' : 'asc'}`
  const place = cursor ? placeOf(cursor, name) : null
  if (place && order.isPlace?.(place.value) === false) throw strangeCursor()
  const direction = sql.raw(down ? 'desc' : 'asc')
  const from = rowsOf(ctx, type, 'r')
  const { total, few, wide, starts } = await foundOf(ctx, from, where, candidates)
  if (total === 0) return { items: [], nextCursor: null, total }
  const wanted = few ? among(few) : narrowed(where, wide ? null : ((await candidates?.()) ?? null))
  const start = starts.get(name)
  const begin = place ? after(by, place, down) : start ? startingAt(by, start, down) : sql<boolean>`true`
  const { rows } = await sql<RecordOf<R> & { id: string; sortValue: string }>`
    select r.*, ${by} as sort_value from ${from}
    where ${wanted} and ${begin}
    order by ${by} ${direction}, id ${direction} limit ${limit + 1}`.execute(ctx.tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const [top] = shown
  if (!place && top) starts.set(name, { value: top.sortValue, id: top.id })
  return {
    items: shown.map(({ sortValue: _, ...row }) => row as unknown as RecordOf<R>),
    nextCursor:
      rows.length > limit && last ? cursorOf({ sort: name, value: last.sortValue, id: last.id }) : null,
    total,
  }
}
