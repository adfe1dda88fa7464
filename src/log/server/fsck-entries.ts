import type pg from 'pg'
import { HASH_BYTES, TILE_WIDTH } from '#tlog'
import type { BatchAnswer, DueBundle } from './fsck-batch.ts'
import type { Examiner } from './fsck-beside.ts'
import { counterCheck } from './fsck-counters.ts'
import { explain } from './fsck-entry.ts'
import { batchRows, eachEntry, field, type RawEntry } from './fsck-raw.ts'
import { rowsForFsck } from './fsck-rows.ts'
import { type TreeCheck, treeComparison } from './fsck-tree.ts'

type Examination = {
  check: TreeCheck
  examiner: Examiner
  /** Each in a transaction that may see the organisation. */
  clients: readonly pg.ClientBase[]
  size: number
  /** The indexes whose openings an entry says to have erased. */
  erased: ReadonlySet<number>
}

type Comparison = Awaited<ReturnType<typeof treeComparison>>

/** The published bundles whose entries are those of the batch from entry `from` on. */
function bundlesOf(comparison: Comparison, from: number): DueBundle[] {
  const due: DueBundle[] = []
  const to = Math.min(from + batchRows, comparison.published)
  for (let first = from; first < to; first += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, comparison.published - first)
    due.push({ first, width, path: comparison.bundlePath(first, width) })
  }
  return due
}

type Asked = { bytes: Buffer; bundles: DueBundle[]; answer: Promise<BatchAnswer> }

/** Asks the examiner about as many batches at once as it has lanes; gives each with its answer, in order. */
async function* answered({ check, clients, size, examiner }: Examination, comparison: Comparison) {
  const asked: Asked[] = []
  const first = async () => {
    const { answer, ...batch } = asked.shift() as Asked
    return { ...batch, ...(await answer) }
  }
  let from = 0
  for await (const bytes of rowsForFsck(clients, check.organisationId, size, examiner.lanes + 1)) {
    const bundles = bundlesOf(comparison, from)
    const answer = examiner.examine({ bytes, bundles })
    // Awaited later, where it is thrown: until then nobody hears.
    answer.catch(() => undefined)
    asked.push({ bytes, bundles, answer })
    from += batchRows
    if (asked.length > examiner.lanes) yield await first()
  }
  while (asked.length > 0) yield await first()
}

/** The leaves of a bundle, copied from the batch. */
function leavesOf(bytes: Buffer, { first, width }: DueBundle): Uint8Array[] {
  const leaves: Uint8Array[] = []
  for (const { index, starts, ends } of eachEntry(bytes)) {
    if (index >= first && index < first + width)
      leaves.push(Buffer.from(bytes.subarray(starts[field.leaf], ends[field.leaf])))
  }
  return leaves
}

/** A bundle can be told right or wrong only when the log is whole up to its end. */
async function settleBundles(
  comparison: Comparison,
  batch: { bytes: Buffer; bundles: DueBundle[]; differing: number[] },
) {
  for (const [i, bundle] of batch.bundles.entries()) {
    if (comparison.tree.size < bundle.first + bundle.width) return
    if (batch.differing.includes(i))
      await comparison.compareBundle(bundle.first, leavesOf(batch.bytes, bundle))
    else comparison.bundleFits()
  }
}

/** Reads every entry once: in itself, as a change of its record, and as a leaf of the tree. */
export async function examineEntries(
  examination: Examination,
): Promise<{ checkpoints: number; tiles: number; read: number }> {
  const { check, size, erased } = examination
  const { report } = check
  const comparison = await treeComparison(check)
  const { tree } = comparison
  const counted = counterCheck()
  let expected = 0
  let read = 0
  const inItself = (entry: RawEntry) => {
    for (const finding of explain(entry, erased.has(entry.index))) report(finding)
  }
  for await (const batch of answered(examination, comparison)) {
    let place = 0
    let unfit = 0
    for (const entry of eachEntry(batch.bytes)) {
      const { index } = entry
      if (batch.unfit[unfit] === place) {
        inItself(entry)
        unfit += 1
      }
      for (const finding of counted(entry)) report(finding)
      // Without one leaf no later root can be computed: the rest is examined entry by entry only.
      if (index !== expected)
        report({ code: 'entry_missing', index: expected, detail: `entry ${expected} is missing` })
      expected = index + 1
      const at = HASH_BYTES * place++
      if (tree.size !== index) continue
      tree.appendHash(batch.hashes.subarray(at, at + HASH_BYTES))
      if (comparison.isDue(tree.size)) await comparison.reached()
    }
    read += place
    await comparison.reached()
    await settleBundles(comparison, batch)
  }
  if (expected < size)
    report({ code: 'entry_missing', index: expected, detail: `the log ends before entry ${expected}` })
  return { read, ...(await comparison.end()) }
}
