import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'

/** Rows at a time: few enough to be gone through within some milliseconds, so that other requests are not held up. */
const piece = 2_000

/**
 * The rows of a query for a table that grows for ever, in one pass, piece by piece; the database makes the next piece
 * while one is gone through. One at a time in a transaction.
 */
export async function* piecesOf<Row>(ctx: Context, query: RawBuilder<Row>): AsyncGenerator<readonly Row[]> {
  await sql`declare pieces no scroll cursor for ${query}`.execute(ctx.tx)
  const fetch = () => {
    const fetched = sql<Row>`fetch ${sql.raw(String(piece))} from pieces`.execute(ctx.tx)
    // A failure is met where the piece is waited for, which may be later.
    fetched.catch(() => undefined)
    return fetched
  }
  let next = fetch()
  try {
    for (;;) {
      const { rows } = await next
      if (rows.length === 0) return
      next = fetch()
      yield rows
    }
  } finally {
    await next.catch(() => undefined)
    // Where the transaction has failed, the cursor is gone with it.
    await sql`close pieces`.execute(ctx.tx).catch(() => undefined)
  }
}
