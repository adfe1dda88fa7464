import { sql } from 'kysely'
import type { Id } from '../kernel/id.ts'
import type { RecordBase, RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'
import { rowsOf } from './source.ts'

/**
 * Whole tables that an operation has read, each record by its id. `saveAll`, the only writer, keeps them true, so that a
 * transaction of thousands of changes reads a table once and not once for each change. What others commit meanwhile is
 * not in them; the constraints of the database judge that, as they do for every command.
 */
export type Loaded = Map<RecordType, Map<Id, RecordBase>>

type Rows<R extends RecordType> = ReadonlyMap<Id, RecordOf<R>>

/** All records of a kind by id, read at most once in an operation: for tables of thousands, not of millions. */
export async function everyOf<R extends RecordType>(ctx: Context, type: R): Promise<Rows<R>> {
  const known = ctx.loaded.get(type)
  if (known) return known as unknown as Rows<R>
  const rows = (await ctx.tx
    .selectFrom(rowsOf(ctx, type, 'r'))
    .selectAll()
    .execute()) as unknown as RecordBase[]
  const byId = new Map(rows.map((row) => [row.id, row]))
  ctx.loaded.set(type, byId)
  return byId as unknown as Rows<R>
}

/** One record, out of what is loaded where its kind is. */
export async function oneOf<R extends RecordType>(
  ctx: Context,
  type: R,
  id: Id,
): Promise<RecordOf<R> | undefined> {
  const known = ctx.loaded.get(type) as unknown as Rows<R> | undefined
  if (known) return known.get(id)
  return (await ctx.tx
    .selectFrom(rowsOf(ctx, type, 'r'))
    .selectAll()
    .where(sql<boolean>`id = ${id}::uuid`)
    .executeTakeFirst()) as RecordOf<R> | undefined
}
