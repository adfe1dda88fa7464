import { sql } from 'kysely'
import { type Dated, datedFrom } from '../kernel/dated.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { RecordBase, RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'

type Stored = RecordBase & Dated

/** What is stored of the dated fields of some records. */
async function storedFields(
  ctx: Context,
  type: RecordType,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Stored>> {
  const columns = ['id', 'former', ...type.dated].map((field) => sql.ref(field))
  const { rows } = await sql<Stored>`select ${sql.join(columns)} from ${sql.table(type.table)}
    where organisation_id = ${ctx.organisationId}::uuid and id = any(${[...ids]}::uuid[])`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Records as they are written: where a dated field changed, with what it said before `from`. Whatever a record brings as
 * its `former` counts only while it is new: nobody who saves can rewrite the past, or forget it.
 */
export async function withFormer<R extends RecordType>(
  ctx: Context,
  type: R,
  records: readonly RecordOf<R>[],
  from: Day,
): Promise<readonly RecordOf<R>[]> {
  const changed = (records as readonly unknown[] as readonly RecordBase[]).filter(
    ({ version }) => version > 0,
  )
  if (type.dated.length === 0 || changed.length === 0) return records
  const ids = changed.map(({ id }) => id)
  const stored = await storedFields(ctx, type, ids)
  return records.map((record) => {
    const before = stored.get((record as unknown as RecordBase).id)
    return before ? datedFrom(before, record as RecordOf<R> & Dated, type.dated, from) : record
  })
}
