import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { Tx } from '../../db/context.ts'
import type { ObjectStore } from '../../db/objects.ts'
import { shareSnapshot } from '../../db/snapshot.ts'
import { reading } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordType } from '../../kernel/record.ts'
import { erasedType } from '../erasure.ts'
import type { KnownKey } from './former-keys.ts'
import { examinerBeside, examinerHere } from './fsck-beside.ts'
import { examineEntries } from './fsck-entries.ts'
import type { Finding } from './fsck-entry.ts'
import { replayFindings } from './replay.ts'
import { readLogKeys } from './signer.ts'
import { tileStore } from './store.ts'

export type FsckOptions = {
  /** Four connections of it are used at once. */
  database: Database
  directory: string
  organisationId: Id
  /** Every kind of record: each table must equal the replay of the log. */
  recordTypes: readonly RecordType[]
  /** The object store, and which digests the records refer to. */
  objects?: { store: ObjectStore; referenced(tx: Tx): AsyncIterable<{ digest: string; by: string }> }
  /** Keys that may have signed. Without them the log's own key file is used. */
  keys?: readonly KnownKey[]
  /** From how many entries on a thread of its own examines them. Default {@link threadFrom}. */
  threadFrom?: number
}

const threadFrom = 20_000

export type FsckReport = {
  entries: number
  checkpoints: number
  tiles: number
  records: number
  objects: number
  /** The first {@link findingLimit} findings, in the order in which they were made. */
  findings: Finding[]
  /** How many there are in all. */
  count: number
  /** The smallest index of an entry that is wrong; null when none is. */
  firstBadIndex: number | null
}

export const findingLimit = 1000

function collector() {
  const findings: Finding[] = []
  let count = 0
  let firstBadIndex: number | null = null
  return {
    report(finding: Finding) {
      count += 1
      if (findings.length < findingLimit) findings.push(finding)
      if (finding.index !== null && (firstBadIndex === null || finding.index < firstBadIndex))
        firstBadIndex = finding.index
    },
    result: () => ({ findings, count, firstBadIndex }),
  }
}

/** Indexes whose openings were erased by an entry that says so. */
async function erasedEntries(tx: Tx, organisationId: Id): Promise<Set<number>> {
  const rows = await tx
    .selectFrom('logEntry')
    .select('statement')
    .where('organisationId', '=', organisationId)
    .where('type', '=', erasedType)
    .execute()
  const indexes = new Set<number>()
  for (const { statement } of rows) {
    const list = /"entries":\[([\d,]*)\]/.exec(statement ?? '')?.[1] ?? ''
    for (const index of list.split(',')) if (index !== '') indexes.add(Number(index))
  }
  return indexes
}

/** The head against the entries that were read below its size, `read` of them, and those that it leaves out. */
async function headFindings(tx: Tx, organisationId: Id, size: number, read: number): Promise<Finding[]> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from log_entry where organisation_id = ${organisationId}::uuid and idx >= ${size}`.execute(tx)
  const { count = 0 } = rows[0] ?? {}
  if (read + count === size) return []
  const index = count > 0 ? size : null
  return [{ code: 'head_wrong', index, detail: `the head says ${size} entries; there are ${read + count}` }]
}

async function examineObjects(tx: Tx, objects: FsckOptions['objects'], report: (finding: Finding) => void) {
  let count = 0
  if (!objects) return count
  for await (const { digest, by } of objects.referenced(tx)) {
    count += 1
    const detail = `${by} refers to ${digest}`
    if (!(await objects.store.has(digest))) report({ code: 'object_missing', index: null, detail })
    // The store computes the digest on every read.
    else await objects.store.get(digest).catch(() => report({ code: 'object_damaged', index: null, detail }))
  }
  return count
}

/**
 * Recomputes everything a log promises, from the database and from the published files, in one snapshot, in batches.
 * Never throws for damage: what is wrong becomes a finding.
 */
export async function fsck(options: FsckOptions): Promise<FsckReport> {
  const { database, directory, organisationId } = options
  const { report, result } = collector()
  const keys = options.keys ?? (await readLogKeys(directory, organisationId)).known
  if (keys.length === 0)
    report({
      code: 'key_missing',
      index: null,
      detail: 'no key of the log is known: signatures cannot be checked',
    })
  const store = tileStore(directory, organisationId)
  const published = await store.checkpoint()
  const numbers = await reading(database, organisationId, async (tx) => {
    await sql`set local statement_timeout = 0; set local timezone = 'UTC'; set local work_mem = '64MB'`.execute(
      tx,
    )
    const head = await tx
      .selectFrom('logHead')
      .select('size')
      .where('organisationId', '=', organisationId)
      .executeTakeFirst()
    const size = head?.size ?? 0
    const snapshot = await shareSnapshot(database, organisationId, tx)
    const erased = await erasedEntries(tx, organisationId)
    const examiner = size < (options.threadFrom ?? threadFrom) ? examinerHere() : examinerBeside()
    const check = { tx, organisationId, store, keys, report, published }
    const entries = snapshot
      .client((one) =>
        snapshot.client((other) => examineEntries({ check, examiner, clients: [one, other], size, erased })),
      )
      .finally(examiner.close)
    const tables = snapshot.tx((tx) => replayFindings(tx, organisationId, options.recordTypes))
    // Both end before the snapshot does, whichever fails.
    const [examined, compared] = await Promise.allSettled([entries, tables])
    if (examined.status === 'rejected') throw examined.reason
    if (compared.status === 'rejected') throw compared.reason
    const { read, ...seen } = examined.value
    for (const finding of await headFindings(tx, organisationId, size, read)) report(finding)
    const replay = compared.value
    for (const finding of replay.findings) report(finding)
    const objects = await examineObjects(tx, options.objects, report)
    return { entries: size, ...seen, records: replay.records, objects }
  })
  return { ...numbers, ...result() }
}
