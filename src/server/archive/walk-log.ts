import { CompactRange, commit, decodeLeaf, encodeBase64, equalBytes, leafHash } from '#tlog'
import { Problem } from '../../kernel/error.ts'
import { idBytes } from '../../kernel/id.ts'
import { type Statement, statementSchema } from '../../log/entry.ts'
import { erasedType } from '../../log/erasure.ts'
import { type KnownKey, openKnown } from '../../log/server/former-keys.ts'
import type { CheckpointLine, EntryLine, Manifest } from './format.ts'

const wrong = (reason: string) => new Problem('invalid', 'archive.log_wrong', { reason })

function statementOf(entry: EntryLine, text: string): Statement {
  try {
    return statementSchema.parse(JSON.parse(text))
  } catch {
    throw wrong(`the statement of entry ${entry.index} is not one`)
  }
}

/** The leaf must say what the line says, and the opening must open it. Answers the statement, null once erased. */
function examine(entry: EntryLine): Statement | null {
  const { index, salt, statement: text } = entry
  let leaf: ReturnType<typeof decodeLeaf>
  try {
    leaf = decodeLeaf(Buffer.from(entry.leaf))
  } catch {
    throw wrong(`entry ${index} has no valid leaf`)
  }
  const stream = encodeBase64(idBytes(entry.record))
  if (leaf.t !== entry.type || leaf.n !== String(entry.n) || leaf.e !== entry.event || leaf.s !== stream)
    throw wrong(`entry ${index} is not what its leaf says`)
  if ((salt === null) !== (text === null)) throw wrong(`entry ${index} is opened in part`)
  if (salt === null || text === null) return null
  const committed = commit(Buffer.from(salt, 'base64'), Buffer.from(text))
  if (encodeBase64(committed) !== leaf.c) throw wrong(`entry ${index} does not open its leaf`)
  const said = statementOf(entry, text)
  const { type, noun, id, n, recordedAt } = said
  const same =
    type === entry.type &&
    noun === entry.noun &&
    id === entry.record &&
    n === entry.n &&
    recordedAt === entry.recordedAt
  if (!same) throw wrong(`entry ${index} is not what its statement says`)
  return said
}

export type Lines = { entries: AsyncIterable<EntryLine>; checkpoints: AsyncIterator<CheckpointLine> }

async function examineCheckpoint(line: CheckpointLine, root: Uint8Array, keys: readonly KnownKey[]) {
  const signed = await openKnown(line.note, keys).catch(() => null)
  if (!signed || signed.size !== line.size || encodeBase64(signed.root) !== line.root)
    throw wrong(`the checkpoint of size ${line.size} is not signed by a key of the log`)
  if (!equalBytes(signed.root, root))
    throw wrong(`the entries do not lead to the signed root of size ${line.size}`)
}

/** Told of each line once it is known to be right. */
export type Walker = {
  entry(line: EntryLine): Promise<void> | void
  checkpoint(line: CheckpointLine): Promise<void> | void
  /** The root over the first `size` entries, for every size in turn. */
  root?(size: number, root: () => Uint8Array): Promise<void> | void
}

export type Walked = { newest: CheckpointLine | null; entries: number; erased: number }

/**
 * Reads the log of an archive from its first entry to its last: every leaf is what its line says and opens, every
 * checkpoint is signed, and each root comes out of the entries. Throws `archive.log_wrong`.
 */
export async function walkLog(
  { size, root }: Manifest,
  keys: readonly KnownKey[],
  lines: Lines,
  walker: Walker,
): Promise<Walked> {
  const tree = new CompactRange()
  const unopened = new Set<number>()
  const erased = new Set<number>()
  let newest: CheckpointLine | null = null
  let next = await lines.checkpoints.next()
  const checkpointsHere = async () => {
    while (!next.done && next.value.size <= tree.end) {
      const line: CheckpointLine = next.value
      if (line.size !== tree.end || newest?.size === line.size)
        throw wrong(`the checkpoint of size ${line.size} is out of order`)
      await examineCheckpoint(line, tree.root(), keys)
      await walker.checkpoint(line)
      newest = line
      next = await lines.checkpoints.next()
    }
  }
  await checkpointsHere()
  for await (const entry of lines.entries) {
    if (entry.index !== tree.end || entry.index >= size) throw wrong(`entry ${tree.end} is missing`)
    const said = examine(entry)
    if (said === null) unopened.add(entry.index)
    else if (said.type === erasedType) for (const index of erasedBy(said)) erased.add(index)
    tree.append(leafHash(Buffer.from(entry.leaf)))
    await walker.entry(entry)
    await walker.root?.(tree.end, () => tree.root())
    await checkpointsHere()
  }
  if (tree.end !== size || encodeBase64(tree.root()) !== root)
    throw wrong('the entries do not lead to the root in the manifest')
  if (!next.done) throw wrong(`the checkpoint of size ${next.value.size} covers more entries than there are`)
  const unexplained = [...unopened].find((index) => !erased.has(index))
  if (unexplained !== undefined) throw wrong(`entry ${unexplained} has no statement, and no erasure says why`)
  return { newest, entries: size, erased: unopened.size }
}

function erasedBy({ record }: Statement): number[] {
  const { entries } = record
  return Array.isArray(entries) ? entries.filter((index) => typeof index === 'number') : []
}
