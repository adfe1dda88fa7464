import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import { columnsOf, jsonField } from '../../db/save.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordType } from '../../kernel/record.ts'
import type { Finding } from './fsck-entry.ts'

type Difference = { id: Id; idx: number | null; missing: boolean; unlogged: boolean; columns: string[] }

const reported = 100

/** The newest statement of every record of a noun, typed as its table: what the log says the table must hold. */
export function replayed(type: RecordType, organisationId: Id): RawBuilder<unknown> {
  const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
  const typed = sql.join(columns.map((column) => sql`${jsonField(column.field)} ${sql.raw(column.type)}`))
  const fields = sql.join(
    columns.map((column) => sql`x.${jsonField(column.field)} as ${sql.ref(column.column)}`),
  )
  return sql`(
    select l.idx, l.n as entry_n, l.record_id as entry_record, ${fields}
    from (
      select record_id, max(n) as n from log_entry
      where organisation_id = ${organisationId}::uuid and noun = ${type.noun} group by record_id
    ) as newest
    join log_entry as l on l.organisation_id = ${organisationId}::uuid and l.noun = ${type.noun}
      and l.record_id = newest.record_id and l.n = newest.n
    cross join lateral jsonb_to_record(l.statement::jsonb -> 'record') as x(${typed})
    where l.statement is not null
  )`
}

/** Where a noun's table differs from what replaying the log gives, at most 100 records, each column named. */
export async function replayDifferences(tx: Tx, type: RecordType, organisationId: Id): Promise<Difference[]> {
  const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
  const differs = columns.map(
    ({ column }) =>
      sql`case when t.${sql.ref(column)} is distinct from r.${sql.ref(column)} then ${column}::text end`,
  )
  const { rows } = await sql<Difference>`
    select coalesce(t.id, r.id) as id, r.idx, t.id is null as missing, r.id is null as unlogged,
      array_remove(array[${sql.join(differs)}], null) as columns
    from (select * from ${sql.table(type.table)} where organisation_id = ${organisationId}::uuid) as t
    full join ${replayed(type, organisationId)} as r on r.id = t.id
    where t.id is null or r.id is null or r.version is distinct from r.entry_n or r.id is distinct from r.entry_record
      or ${sql.join(
        columns.map(({ column }) => sql`t.${sql.ref(column)} is distinct from r.${sql.ref(column)}`),
        sql` or `,
      )}
    order by r.idx nulls last, 1
    limit ${reported}`.execute(tx)
  return rows
}

function findingOf(type: RecordType, difference: Difference): Finding {
  const what = `${type.noun} ${difference.id}`
  const index = difference.idx
  if (difference.missing)
    return { code: 'record_missing', index, detail: `${what} is in the log and not in its table` }
  if (difference.unlogged)
    return { code: 'record_unlogged', index, detail: `${what} is in its table and not in the log` }
  const columns = difference.columns.join(', ') || 'version'
  return { code: 'record_differs', index, detail: `${what} differs from the log in ${columns}` }
}

/** Replays the log of every noun and compares with its table, row by row and column by column. */
export async function replayFindings(
  tx: Tx,
  organisationId: Id,
  types: readonly RecordType[],
): Promise<{ findings: Finding[]; records: number }> {
  const findings: Finding[] = []
  let records = 0
  for (const type of types) {
    // A statement that is no JSON any more fails the query; the savepoint keeps the rest of the examination going.
    await sql`savepoint replay`.execute(tx)
    try {
      findings.push(
        ...(await replayDifferences(tx, type, organisationId)).map((difference) =>
          findingOf(type, difference),
        ),
      )
      const counted = await sql<{ count: number }>`
        select count(*) as count from ${sql.table(type.table)} where organisation_id = ${organisationId}::uuid`.execute(
        tx,
      )
      records += Number(counted.rows[0]?.count ?? 0)
    } catch (error) {
      await sql`rollback to savepoint replay`.execute(tx)
      const reason = error instanceof Error ? error.message : String(error)
      findings.push({
        code: 'replay_failed',
        index: null,
        detail: `the ${type.noun} records cannot be rebuilt: ${reason}`,
      })
    }
  }
  return { findings, records }
}
