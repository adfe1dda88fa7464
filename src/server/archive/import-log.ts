import { sql } from 'kysely'
import { CompactRange, commit, decodeLeaf, encodeBase64, equalBytes, leafHash, parseVerifierKey } from '#tlog'
import type { Tx } from '../../db/context.ts'
import { Problem } from '../../kernel/error.ts'
import { idBytes } from '../../kernel/id.ts'
import { type Statement, statementSchema } from '../../log/entry.ts'
import { erasedType } from '../../log/erasure.ts'
import { type FormerKey, type KnownKey, openKnown } from '../../log/server/former-keys.ts'
import type { CheckpointLine, EntryLine, Manifest } from './format.ts'

const batch = 500

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

const insertEntries = (tx: Tx, organisationId: string, rows: readonly EntryLine[]) =>
  sql`insert into log_entry
    (organisation_id, idx, leaf, event_id, type, noun, record_id, n, recorded_at, salt, statement)
    select ${organisationId}::uuid, * from unnest(
      ${rows.map((row) => row.index)}::bigint[], ${rows.map((row) => row.leaf)}::text[],
      ${rows.map((row) => row.event)}::uuid[], ${rows.map((row) => row.type)}::text[],
      ${rows.map((row) => row.noun)}::text[], ${rows.map((row) => row.record)}::uuid[],
      ${rows.map((row) => row.n)}::int[], ${rows.map((row) => row.recordedAt)}::timestamptz[],
      ${rows.map((row) => row.salt && Buffer.from(row.salt, 'base64'))}::bytea[],
      ${rows.map((row) => row.statement)}::text[])`.execute(tx)

/** Keys of the archive as keys of this log; throws where one is of another log. */
export function archivedKeys(keys: readonly FormerKey[], manifest: Manifest): KnownKey[] {
  return keys.map(({ vkey, upTo }) => {
    let key: KnownKey
    try {
      key = { ...parseVerifierKey(vkey), upTo }
    } catch {
      throw wrong('a verifier key is not one')
    }
    if (key.name !== manifest.origin || upTo > manifest.size)
      throw wrong(`${vkey} is not a key of ${manifest.origin} up to ${manifest.size} entries`)
    return key
  })
}

type Lines = { entries: AsyncIterable<EntryLine>; checkpoints: AsyncIterator<CheckpointLine> }

async function examineCheckpoint(line: CheckpointLine, root: Uint8Array, keys: readonly KnownKey[]) {
  const signed = await openKnown(line.note, keys).catch(() => null)
  if (!signed || signed.size !== line.size || encodeBase64(signed.root) !== line.root)
    throw wrong(`the checkpoint of size ${line.size} is not signed by a key of the log`)
  if (!equalBytes(signed.root, root))
    throw wrong(`the entries do not lead to the signed root of size ${line.size}`)
}

/**
 * Writes the log of an archive, every leaf at its index, and the checkpoints as they were signed; each root must come
 * out of the entries. Answers the newest checkpoint. Throws `archive.log_wrong`.
 */
export async function importLog(tx: Tx, manifest: Manifest, keys: readonly KnownKey[], lines: Lines) {
  const { organisation: organisationId, origin, size } = manifest
  await tx.insertInto('logHead').values({ organisationId, origin, size }).execute()
  const tree = new CompactRange()
  const unopened = new Set<number>()
  const erased = new Set<number>()
  let held: EntryLine[] = []
  let newest: CheckpointLine | null = null
  let next = await lines.checkpoints.next()
  const checkpointsHere = async () => {
    while (!next.done && next.value.size <= tree.end) {
      const line: CheckpointLine = next.value
      if (line.size !== tree.end || newest?.size === line.size)
        throw wrong(`the checkpoint of size ${line.size} is out of order`)
      await examineCheckpoint(line, tree.root(), keys)
      await tx
        .insertInto('logCheckpoint')
        .values({ organisationId, ...line })
        .execute()
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
    held.push(entry)
    if (held.length === batch) await insertEntries(tx, organisationId, held.splice(0))
    await checkpointsHere()
  }
  if (held.length > 0) await insertEntries(tx, organisationId, held)
  held = []
  if (tree.end !== size || encodeBase64(tree.root()) !== manifest.root)
    throw wrong('the entries do not lead to the root in the manifest')
  if (!next.done) throw wrong(`the checkpoint of size ${next.value.size} covers more entries than there are`)
  const unexplained = [...unopened].find((index) => !erased.has(index))
  if (unexplained !== undefined) throw wrong(`entry ${unexplained} has no statement, and no erasure says why`)
  return newest as CheckpointLine | null
}

function erasedBy({ record }: Statement): number[] {
  const { entries } = record
  return Array.isArray(entries) ? entries.filter((index) => typeof index === 'number') : []
}
