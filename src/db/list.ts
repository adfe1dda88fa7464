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

/**
 * One page of a noun's rows under a condition, cut by keyset: two queries, whatever the size of the table.
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
  const counted = await sql<{
    total: number
  }>`select count(*)::int as total from ${from} where ${where}`.execute(ctx.tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ sortValue: _, ...row }) => row as unknown as RecordOf<R>),
    nextCursor:
      rows.length > limit && last ? cursorOf({ sort: name, value: last.sortValue, id: last.id }) : null,
    total: counted.rows[0]?.total ?? 0,
  }
}
