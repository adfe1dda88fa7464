import { join } from 'node:path'
import { sql } from 'kysely'
import { parseSignerKey } from '#tlog'
import type { Database } from '../../db/connect.ts'
import type { Tx } from '../../db/context.ts'
import type { ObjectStore } from '../../db/objects.ts'
import { shareSnapshot } from '../../db/snapshot.ts'
import { reading } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordType } from '../../kernel/record.ts'
import { erasedType } from '../erasure.ts'
import { formerKeys, type KnownKey, withFormer } from './former-keys.ts'
import { type Examiner, examinerBeside, examinerHere } from './fsck-beside.ts'
import type { Finding } from './fsck-entry.ts'
import { eachEntry, field, rowsForFsck } from './fsck-rows.ts'
import { type TreeCheck, treeComparison } from './fsck-tree.ts'
import { replayFindings } from './replay.ts'
import { readIfPresent, tileStore } from './store.ts'

export type FsckOptions = {
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

async function ownKeys(directory: string, organisationId: Id): Promise<KnownKey[]> {
  const former = await formerKeys(directory, organisationId)
  const text = await readIfPresent(join(directory, 'keys', `log-${organisationId}.key`))
  return text ? withFormer(await parseSignerKey(text.toString('utf8').trim()), former) : former
}

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

type Examination = {
  check: TreeCheck
  examiner: Examiner
  entries: AsyncIterable<Buffer>
  size: number
}

/** Reads every entry once: in itself, and as a leaf of the tree. */
async function examineEntries(examination: Examination): Promise<{ checkpoints: number; tiles: number }> {
  const { check, examiner, entries, size } = examination
  const { report } = check
  const comparison = await treeComparison(check)
  const { tree } = comparison
  let expected = 0
  let before: Promise<Finding[]> = Promise.resolve([])
  for await (const batch of entries) {
    const examined = examiner.examine(batch)
    // Awaited one batch later, where it is thrown: until then nobody hears.
    examined.catch(() => undefined)
    for (const { index, bytes, starts, ends } of eachEntry(batch)) {
      // Without one leaf no later root can be computed: the rest is examined entry by entry only.
      if (index !== expected)
        report({ code: 'entry_missing', index: expected, detail: `entry ${expected} is missing` })
      expected = index + 1
      if (tree.size !== index) continue
      tree.append(Buffer.from(bytes.subarray(starts[field.leaf], ends[field.leaf])))
      if (comparison.isDue(tree.size)) await comparison.reached()
    }
    await comparison.reached()
    for (const finding of await before) report(finding)
    before = examined
  }
  for (const finding of await before) report(finding)
  if (expected < size)
    report({ code: 'entry_missing', index: expected, detail: `the log ends before entry ${expected}` })
  return comparison.end()
}

/** Counters of one record run 1, 2, 3 in the order of the log. */
async function counterFindings(tx: Tx, organisationId: Id): Promise<Finding[]> {
  const { rows } = await sql<{ idx: number; n: number; previous: number; noun: string; id: Id }>`
    select idx, n, previous, noun, record_id as id from (
      select idx, n, noun, record_id, lag(n, 1, 0) over (partition by noun, record_id order by idx) as previous
      from log_entry where organisation_id = ${organisationId}::uuid
    ) as counted where n <> previous + 1 order by idx limit 100`.execute(tx)
  return rows.map((row) => ({
    code: 'counter_gap',
    index: row.idx,
    detail: `${row.noun} ${row.id} goes from ${row.previous} to ${row.n}`,
  }))
}

async function headFindings(tx: Tx, organisationId: Id, size: number): Promise<Finding[]> {
  const { rows } = await sql<{ count: number; beyond: number }>`
    select count(*) as count, coalesce(max(idx) + 1, 0) as beyond
    from log_entry where organisation_id = ${organisationId}::uuid`.execute(tx)
  const found = rows[0] ?? { count: 0, beyond: 0 }
  if (found.count === size && found.beyond === size) return []
  const index = found.beyond > size ? size : null
  return [{ code: 'head_wrong', index, detail: `the head says ${size} entries; there are ${found.count}` }]
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
  const keys = options.keys ?? (await ownKeys(directory, organisationId))
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
    const examiner = size < (options.threadFrom ?? threadFrom) ? examinerHere(erased) : examinerBeside(erased)
    const check = { tx, organisationId, store, keys, report, published }
    const entries = snapshot
      .client((client) =>
        examineEntries({ check, examiner, entries: rowsForFsck(client, organisationId, size), size }),
      )
      .finally(examiner.close)
    const tables = snapshot.tx(async (tx) => ({
      head: await headFindings(tx, organisationId, size),
      counters: await counterFindings(tx, organisationId),
      replay: await replayFindings(tx, organisationId, options.recordTypes),
    }))
    // Both end before the snapshot does, whichever fails.
    const [examined, compared] = await Promise.allSettled([entries, tables])
    if (examined.status === 'rejected') throw examined.reason
    if (compared.status === 'rejected') throw compared.reason
    const { head: heads, counters, replay } = compared.value
    for (const finding of [...heads, ...counters, ...replay.findings]) report(finding)
    const objects = await examineObjects(tx, options.objects, report)
    return { entries: size, ...examined.value, records: replay.records, objects }
  })
  return { ...numbers, ...result() }
}
