import { CompiledQuery, sql } from 'kysely'
import type { Day } from '../kernel/day.ts'
import { Problem } from '../kernel/error.ts'
import type { RecordBase, RecordOf, RecordType } from '../kernel/record.ts'
import { preparing } from './connect.ts'
import type { Context, Tx } from './context.ts'
import { withFormer } from './dated.ts'
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

const quoted = (name: string) => `"${name}"`

function madeStatement(table: string): string {
  const columns = columnsOf(table).filter((column) => column.field !== 'organisationId')
  const list = (text: (one: (typeof columns)[number]) => string) => columns.map(text).join(', ')
  const changing = columns.filter((column) => column.field !== 'id').map(({ column }) => quoted(column))
  return `insert into ${quoted(table)} (organisation_id, ${list(({ column }) => quoted(column))})
    select $1::uuid, ${list(({ field }) => `x.${quoted(field)}`)} from jsonb_to_recordset($2::jsonb)
      as x(${list(({ field, type }) => `${quoted(field)} ${type}`)})
    on conflict (organisation_id, id) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}
      where ${quoted(table)}.version = excluded.version - 1`
}

// It depends on the table alone, and building it costs more than much of what a command does.
const statements = new Map<string, string>()

function writeStatement(table: string): string {
  const known = statements.get(table)
  if (known !== undefined) return known
  const made = preparing(madeStatement(table))
  statements.set(table, made)
  return made
}

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
  const statement = CompiledQuery.raw(writeStatement(type.table), [organisationId, JSON.stringify(records)])
  const result = await tx.executeQuery(statement)
  return Number(result.numAffectedRows ?? 0n)
}

// Records in a statement: as much is text in memory at once, and while it is made nobody else has a turn.
const portion = 500

/**
 * Saves records and queues their log entries: the only way to write a noun's table.
 * Each record carries the version it was read at (0 when new); the saved one has the next.
 * Changes of dated fields hold from a day on, today unless it is said.
 * Throws `conflict` when somebody saved one of them in between.
 */
export async function saveAll<R extends RecordType>(
  ctx: Context,
  type: R,
  entryType: string,
  records: readonly RecordOf<R>[],
  reason: string | null = null,
  from: Day = ctx.today,
): Promise<RecordOf<R>[]> {
  if (records.length === 0) return []
  const saved: RecordOf<R>[] = []
  for (let at = 0; at < records.length; at += portion) {
    const some = await withFormer(ctx, type, records.slice(at, at + portion), from)
    for (const one of await saveSome(ctx, type, entryType, some, reason)) saved.push(one)
    await ctx.progress.step(some.length)
  }
  return saved
}

async function saveSome<R extends RecordType>(
  ctx: Context,
  type: R,
  entryType: string,
  records: readonly RecordOf<R>[],
  reason: string | null,
): Promise<RecordOf<R>[]> {
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
  from: Day = ctx.today,
): Promise<RecordOf<R>> {
  const [saved] = await saveAll(ctx, type, entryType, [record], reason, from)
  if (!saved) throw new Error('a save returned nothing')
  return saved
}
