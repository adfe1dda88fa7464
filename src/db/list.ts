import { type RawBuilder, sql } from 'kysely'
import type { Page, PageInput } from '../kernel/page.ts'
import type { RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'
import { after, cursorOf, placeOf } from './keyset.ts'
import { rowsOf } from './source.ts'

export type Order = {
  /** Name of the order, which a cursor must agree with. */
  name: string
  /** A text expression that is never null, with an index written the same way. */
  by: RawBuilder<string>
  down: boolean
}

/** Counts remembered at the same time, over all organisations. */
const mostCounts = 2_000

/**
 * A count of rows, remembered for as long as nothing is written: the size of the log names the state of all rows
 * exactly, so that a remembered count is never an old one. Counting half a million rows for each page would cost more
 * than all else about it.
 */
async function countOf(ctx: Context, query: RawBuilder<{ total: number }>): Promise<number> {
  const { rows: heads } = await sql<{ size: string }>`select size from log_head`.execute(ctx.tx)
  const compiled = query.compile(ctx.tx)
  const key = JSON.stringify([ctx.organisationId, heads[0]?.size, compiled.sql, compiled.parameters])
  const known = ctx.counts.get(key)
  if (known !== undefined) return known
  const { rows } = await query.execute(ctx.tx)
  const total = rows[0]?.total ?? 0
  ctx.counts.set(key, total)
  const [oldest] = ctx.counts.keys()
  if (ctx.counts.size > mostCounts && oldest !== undefined) ctx.counts.delete(oldest)
  return total
}

/**
 * One page of a noun's rows under a condition, cut by keyset: three queries at most, whatever the size of the table.
 * The rows are aliased `r` for conditions that need to name them.
 */
export async function pageOfRows<R extends RecordType>(
  ctx: Context,
  type: R,
  where: RawBuilder<boolean>,
  order: Order,
  { cursor, limit }: PageInput,
): Promise<Page<RecordOf<R>>> {
  const { by, down } = order
  const name = `${order.name}/${down ? 'desc' : 'asc'}`
  const place = cursor ? placeOf(cursor, name) : null
  const direction = sql.raw(down ? 'desc' : 'asc')
  const from = rowsOf(ctx, type, 'r')
  const { rows } = await sql<RecordOf<R> & { id: string; sortValue: string }>`
    select r.*, ${by} as sort_value from ${from}
    where ${where} and ${place ? after(by, place, down) : sql<boolean>`true`}
    order by ${by} ${direction}, id ${direction} limit ${limit + 1}`.execute(ctx.tx)
  const total = await countOf(
    ctx,
    sql<{ total: number }>`select count(*)::int as total from ${from} where ${where}`,
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ sortValue: _, ...row }) => row as unknown as RecordOf<R>),
    nextCursor:
      rows.length > limit && last ? cursorOf({ sort: name, value: last.sortValue, id: last.id }) : null,
    total,
  }
}
