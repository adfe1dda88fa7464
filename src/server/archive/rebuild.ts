import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import { columnsOf } from '../../db/save.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordType } from '../../kernel/record.ts'
import { logNoun } from '../../log/server/facts.ts'
import { replayed } from '../../log/server/replay.ts'

const batch = 500

/** The order in which the tables can be filled: those that others refer to first, as the database itself says. */
async function inOrder(tx: Tx, types: readonly RecordType[]): Promise<RecordType[]> {
  const { rows } = await sql<{ child: string; parent: string }>`
    select c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.oid <> p.oid and c.relnamespace = 'public'::regnamespace`.execute(tx)
  const ordered: RecordType[] = []
  const waiting = new Map(types.map((type) => [type.table, type]))
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(
      ({ table }) => !rows.some(({ child, parent }) => child === table && waiting.has(parent)),
    )
    if (ready.length === 0) throw new Error(`${[...waiting.keys()].join(', ')} refer to each other`)
    for (const type of ready) {
      ordered.push(type)
      waiting.delete(type.table)
    }
  }
  return ordered
}

type Newest = { id: Id; n: number; statement: string | null }

/** What a replay writes must be a record as commands would write it: a file's word is not enough for that. */
async function examineRecords(tx: Tx, type: RecordType, organisationId: Id): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<Newest>`
      select distinct on (record_id) record_id as id, n, statement from log_entry
      where organisation_id = ${organisationId}::uuid and noun = ${type.noun} and record_id > ${last}::uuid
      order by record_id, n desc limit ${batch}`.execute(tx)
    for (const { id, n, statement } of rows) {
      const refuse = (reason: string) =>
        new Problem('invalid', 'archive.record_unusable', { noun: type.noun, id, reason })
      if (statement === null) throw refuse('its newest entry was erased')
      const { record } = JSON.parse(statement) as { record: unknown }
      const parsed = type.schema.safeParse(record)
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
      }
      const { id: own, version } = parsed.data as { id: Id; version: number }
      if (own !== id || version !== n) throw refuse('it is not the record that its entry names')
    }
    const end = rows.at(-1)
    if (!end) return
    last = end.id
  }
}

async function refuseUnknown(tx: Tx, types: readonly RecordType[], organisationId: Id): Promise<void> {
  const { rows } = await sql<{ noun: string }>`
    select distinct noun from log_entry where organisation_id = ${organisationId}::uuid order by 1`.execute(
    tx,
  )
  // What happened to the log itself (a new key) is in no table: the log alone says it.
  const known = new Set([logNoun, ...types.map(({ noun }) => noun)])
  const unknown = rows.find(({ noun }) => !known.has(noun))
  if (unknown) throw new Problem('invalid', 'archive.noun_unknown', { noun: unknown.noun.slice(0, 40) })
}

/** Counters of every record run 1, 2, 3 in the order of the log: a replay takes the largest for the newest. */
async function refuseGaps(tx: Tx, organisationId: Id): Promise<void> {
  const { rows } = await sql<{ idx: number }>`
    select idx from (
      select idx, n, lag(n, 1, 0) over (partition by noun, record_id order by idx) as previous
      from log_entry where organisation_id = ${organisationId}::uuid
    ) as counted where n <> previous + 1 order by idx limit 1`.execute(tx)
  const [gap] = rows
  if (gap) throw new Problem('invalid', 'archive.log_wrong', { reason: `entry ${gap.idx} skips a version` })
}

/** Fills every noun's table with what replaying the log gives. Throws `invalid` naming what cannot be rebuilt. */
export async function rebuild(tx: Tx, types: readonly RecordType[], organisationId: Id): Promise<number> {
  await refuseUnknown(tx, types, organisationId)
  await refuseGaps(tx, organisationId)
  let records = 0
  for (const type of await inOrder(tx, types)) {
    await examineRecords(tx, type, organisationId)
    const columns = columnsOf(type.table).filter((column) => column.field !== 'organisationId')
    const names = sql.join(columns.map(({ column }) => sql.ref(column)))
    const values = sql.join(columns.map(({ column }) => sql.ref(`r.${column}`)))
    const done = await sql`
      insert into ${sql.table(type.table)} (organisation_id, ${names})
      select ${organisationId}::uuid, ${values} from ${replayed(type, organisationId)} as r`.execute(tx)
    records += Number(done.numAffectedRows ?? 0n)
  }
  return records
}
