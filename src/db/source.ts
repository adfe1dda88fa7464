import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely'
import type { RecordOf, RecordType } from '../kernel/record.ts'
import type { Context } from './context.ts'
import { columnsOf, jsonField } from './save.ts'

type Column = ReturnType<typeof columnsOf>[number]

/** A dated field as it was on a day: what the first later change undid, or else what it says; as {@link recordOn} has it. */
function columnOn({ field, column, type }: Column, day: string): RawBuilder<unknown> {
  const said = sql.ref(column)
  const was =
    type === 'jsonb' ? sql`e -> 'was' -> ${field}` : sql`(e -> 'was' ->> ${field})::${sql.raw(type)}`
  return sql`case when former is null then ${said} else (
    select said from (
      select ${was} as said, e ->> 'until' as until from jsonb_array_elements(former) as e
      where e ->> 'until' > ${day} and jsonb_exists(e -> 'was', ${field})
      union all select ${said}, null
    ) as each order by until nulls last limit 1) end as ${said}`
}

/** The changes that had come by a day. */
const formerOn = (day: string) => sql`case when former is null then null else (
    select jsonb_agg(e order by e ->> 'until') from jsonb_array_elements(former) as e where e ->> 'until' <= ${day}
  ) end as former`

/**
 * The rows of a noun to read from: the table itself, or, when the reader asked what was known at an instant, the same
 * columns rebuilt from the statements logged until then. On a past day each dated field says what it said on that day.
 * Every query works on all of them.
 */
export function rowsOf<R extends RecordType, A extends string>(
  ctx: Context,
  type: R,
  alias: A,
): AliasedRawBuilder<RecordOf<R>, A> {
  if (type.dated.length === 0 || ctx.asOf >= ctx.today) return undatedRowsOf(ctx, type, alias)
  const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
  const on = (one: Column) => {
    if (one.field === 'former') return formerOn(ctx.asOf)
    return type.dated.includes(one.field) ? columnOn(one, ctx.asOf) : sql`${sql.ref(one.column)}`
  }
  return sql<RecordOf<R>>`(select ${sql.join(columns.map(on))} from ${undatedRowsOf(ctx, type, 'now')})`.as(
    alias,
  )
}

/** The same rows with what their dated fields say last, for what is kept from one question to the next. */
export function undatedRowsOf<R extends RecordType, A extends string>(
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
