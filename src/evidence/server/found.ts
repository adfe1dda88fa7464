import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type Evidence, evidence } from '../evidence.ts'

export async function findEvidence(ctx: Context, id: Id): Promise<Evidence> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('evidence')
  return found
}

export const evidenceById = (ctx: Context, ids: readonly Id[]): Promise<Evidence[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, evidence, 'e'))
        .selectAll()
        .where('id', 'in', [...new Set(ids)])
        .orderBy('id')
        .execute()

/**
 * An item whose files another one is about to share. It stays as it is until the transaction ends: were it disposed of
 * meanwhile, nothing would need the files yet, and they would go.
 */
export async function lockEvidence(ctx: Context, id: Id): Promise<Evidence> {
  await sql`select 1 from evidence where id = ${id}::uuid for share`.execute(ctx.tx)
  return findEvidence(ctx, id)
}

/** Refuses to change what has ended. */
export function refuseEnded(one: Evidence): void {
  if (one.disposed !== null) throw new Problem('precondition', 'evidence.disposed', { day: one.disposed.on })
  if (one.withdrawn !== null)
    throw new Problem('precondition', 'evidence.withdrawn', { day: one.withdrawn.on })
}

export const scopeOfEvidence = async (ctx: Context, id: Id) => ({
  entities: [(await findEvidence(ctx, id)).entityId],
})
