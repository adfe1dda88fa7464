import { type AliasedRawBuilder, sql } from 'kysely'
import type { RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'
import { columnsOf, jsonField } from './save.ts'

/**
 * The rows of a noun to read from: the table itself, or, when the reader asked what was known at an instant,
 * the same columns rebuilt from the statements logged until then. Every query works on both.
 */
export function rowsOf<R extends RecordType, A extends string>(
  ctx: Context,
  type: R,
  alias: A,
): AliasedRawBuilder<RecordOf<R>, A> {
  const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
  const names = sql.join(columns.map((column) => sql.ref(column.column)))
  if (ctx.knownAt === null) {
    return sql<
      RecordOf<R>
    >`(select ${names} from ${sql.table(type.table)} where organisation_id = ${ctx.organisationId}::uuid)`.as(
      alias,
    )
  }
  const typed = sql.join(columns.map((column) => sql`${jsonField(column.field)} ${sql.raw(column.type)}`))
  const fields = sql.join(
    columns.map((column) => sql`x.${jsonField(column.field)} as ${sql.ref(column.column)}`),
  )
  return sql<RecordOf<R>>`(
    select ${fields}
    from (
      select distinct on (record_id) statement
      from log_entry
      where organisation_id = ${ctx.organisationId}::uuid and noun = ${type.noun} and recorded_at <= ${ctx.knownAt}::timestamptz
      order by record_id, n desc
    ) as newest
    cross join lateral jsonb_to_record(newest.statement::jsonb -> 'record') as x(${typed})
    where newest.statement is not null
  )`.as(alias)
}
