import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { type Evidence, evidence } from '../evidence.ts'

/** The item that replaces another one, unless it was taken back. */
export async function successorOf(ctx: Context, id: Id): Promise<Evidence | null> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .selectAll()
    .where('replaces', '=', id)
    .where('withdrawn', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return found ?? null
}
