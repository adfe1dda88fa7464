import { sql } from 'kysely'
import { Problem } from '../kernel/error.ts'
import type { RecordBase, RecordOf, RecordType } from '../kernel/record.ts'
import type { Context, Tx } from './context.ts'
import { columnTypes } from './tables.gen.ts'

const mostVersions = 2 ** 31 - 1

type TableName = keyof typeof columnTypes

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns of a record's table, each with its SQL type, in the order of the table. */
export function columnsOf(table: string): { field: string; column: string; type: string }[] {
  const types = columnTypes[table as TableName] as Readonly<Record<string, string>> | undefined
  if (!types) throw new Error(`table ${table} is not in tables.gen.ts`)
  return Object.entries(types).map(([field, type]) => ({ field, column: snake(field), type }))
}

/** A field of a record as `jsonb_to_recordset` names it. Raw, because the query builder would turn it into a column's name. */
export const jsonField = (field: string) => sql.raw(`"${field}"`)

/**
 * Writes rows whose version is one more than the stored one (or 1 for a new record), all or none.
 * Returns how many were written; fewer than given means that someone else changed one of them.
 */
export async function writeRows(
  tx: Tx,
  type: RecordType,
  organisationId: string,
  records: readonly RecordBase[],
): Promise<number> {
  const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
  const names = sql.join(columns.map((column) => sql.ref(column.column)))
  const typed = sql.join(columns.map((column) => sql`${jsonField(column.field)} ${sql.raw(column.type)}`))
  const fields = sql.join(columns.map((column) => sql`x.${jsonField(column.field)}`))
  const updates = sql.join(
    columns
      .filter((column) => column.field !== 'id')
      .map((column) => sql`${sql.ref(column.column)} = ${sql.ref(`excluded.${column.column}`)}`),
  )
  const table = sql.table(type.table)
  const result = await sql`
    insert into ${table} (organisation_id, ${names})
    select ${organisationId}::uuid, ${fields} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as x(${typed})
    on conflict (organisation_id, id) do update set ${updates}
      where ${sql.ref(`${type.table}.version`)} = excluded.version - 1`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

/**
 * Saves records and queues their log entries: the only way to write a noun's table.
 * Each record carries the version it was read at (0 when new); the saved one has the next.
 * Throws `conflict` when somebody saved one of them in between.
 */
export async function saveAll<R extends RecordType>(
  ctx: Context,
  type: R,
  entryType: string,
  records: readonly RecordOf<R>[],
  reason: string | null = null,
): Promise<RecordOf<R>[]> {
  if (records.length === 0) return []
  const next = records.map((record) => {
    const base = record as unknown as RecordBase
    // No record was ever changed as often: whoever says so has not read it.
    if (base.version >= mostVersions)
      throw new Problem('conflict', 'record.changed_meanwhile', { noun: type.noun })
    return type.schema.parse({ ...record, version: base.version + 1 }) as RecordOf<R> & RecordBase
  })
  const written = await writeRows(ctx.tx, type, ctx.organisationId, next)
  if (written !== next.length) throw new Problem('conflict', 'record.changed_meanwhile', { noun: type.noun })
  const loaded = ctx.loaded.get(type)
  for (const record of next) {
    const { id, version: n } = record
    loaded?.set(id, record)
    ctx.entries.push({ type: entryType, noun: type.noun, id, n, reason, open: type.open, record })
  }
  return next
}

export async function save<R extends RecordType>(
  ctx: Context,
  type: R,
  entryType: string,
  record: RecordOf<R>,
  reason: string | null = null,
): Promise<RecordOf<R>> {
  const [saved] = await saveAll(ctx, type, entryType, [record], reason)
  if (!saved) throw new Error('a save returned nothing')
  return saved
}
