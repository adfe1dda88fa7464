import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'

const batch = 4096

/** Leaves `from` to `to` (excluded) in batches, in the order of their indexes; throws where one is missing. */
export async function* leavesOf(
  tx: Tx,
  organisationId: Id,
  from: number,
  to: number,
): AsyncGenerator<Buffer[]> {
  for (let at = from; at < to; ) {
    const rows = await tx
      .selectFrom('logEntry')
      .select(['idx', 'leaf'])
      .where('organisationId', '=', organisationId)
      .where('idx', '>=', at)
      .where('idx', '<', Math.min(to, at + batch))
      .orderBy('idx')
      .execute()
    for (const [offset, row] of rows.entries()) {
      if (row.idx !== at + offset) throw new Error(`entry ${at + offset} of the log is missing`)
    }
    if (rows.length < Math.min(to - at, batch))
      throw new Error(`entry ${at + rows.length} of the log is missing`)
    yield rows.map((row) => Buffer.from(row.leaf))
    at += rows.length
  }
}
