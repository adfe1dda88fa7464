import { CompactRange, encodeBase64, leafHash } from '#tlog'
import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { CheckpointLine, EntryLine } from './format.ts'

const batch = 500

const line = (value: EntryLine | CheckpointLine) => `${JSON.stringify(value)}\n`

/** Lines of `log/entries.jsonl`, and the root over the leaves once all were read. Throws where an entry is missing. */
export function entryLines(tx: Tx, organisationId: Id, size: number) {
  const tree = new CompactRange()
  async function* lines(): AsyncGenerator<string> {
    while (tree.end < size) {
      const rows = await tx
        .selectFrom('logEntry')
        .selectAll()
        .where('organisationId', '=', organisationId)
        .where('idx', '>=', tree.end)
        .where('idx', '<', Math.min(size, tree.end + batch))
        .orderBy('idx')
        .execute()
      if (rows.length === 0) throw new Error(`entry ${tree.end} of the log is missing`)
      let text = ''
      for (const row of rows) {
        if (row.idx !== tree.end) throw new Error(`entry ${tree.end} of the log is missing`)
        tree.append(leafHash(Buffer.from(row.leaf)))
        text += line({
          index: row.idx,
          leaf: row.leaf,
          event: row.eventId,
          type: row.type,
          noun: row.noun,
          record: row.recordId,
          n: row.n,
          recordedAt: row.recordedAt,
          salt: row.salt === null ? null : encodeBase64(row.salt),
          statement: row.statement,
        })
      }
      yield text
    }
  }
  return { lines: lines(), root: () => encodeBase64(tree.root()) }
}

/** Lines of `log/checkpoints.jsonl`, smallest first. */
export async function* checkpointLines(tx: Tx, organisationId: Id): AsyncGenerator<string> {
  for (let beyond = -1; ; ) {
    const rows = await tx
      .selectFrom('logCheckpoint')
      .select(['size', 'root', 'note', 'sealedAt'])
      .where('organisationId', '=', organisationId)
      .where('size', '>', beyond)
      .orderBy('size')
      .limit(batch)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(line).join('')
    beyond = last.size
  }
}
