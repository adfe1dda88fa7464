import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { EntryRow } from './fsck-entry.ts'

const batch = 4096

// Control characters that canonical JSON always escapes: one long text a batch costs a tenth of an object a row.
// Statements are apart because they hold any script: the other text stays in Latin letters, at half the memory.
const between = '\u001f'
const after = '\u001e'

type Texts = { rows: string | null; statements: string | null }

const fetchBatch = (tx: Tx, organisationId: Id, from: number) =>
  sql<Texts>`
    select string_agg(concat_ws(chr(31), idx, leaf, coalesce(encode(salt, 'hex'), ''), type, noun, record_id, n,
        event_id, recorded_at), chr(30)) as rows,
      string_agg(coalesce(statement, ''), chr(30)) as statements
    from (
      select * from log_entry
      where organisation_id = ${organisationId}::uuid and idx >= ${from} and idx < ${from + batch} order by idx
    ) as ordered`
    .execute(tx)
    .then((result) => result.rows[0])

function parseRow(text: string, statement: string): EntryRow | number {
  const parts = text.split(between)
  const index = Number(parts[0])
  if (parts.length !== 9 || statement.includes(between)) return index
  const [, leaf = '', salt = '', type = '', noun = '', recordId = '', n = '', eventId = '', recordedAt = ''] =
    parts
  return { index, leaf, salt, statement, type, noun, recordId, n, eventId, recordedAt }
}

function parseBatch(texts: Texts | undefined): (EntryRow | number)[] {
  if (!texts?.rows) return []
  const rows = texts.rows.split(after)
  const statements = (texts.statements ?? '').split(after)
  // A text that holds the separator itself: every entry of the batch is then looked at as one that has no statement.
  if (statements.length !== rows.length) return rows.map((row) => Number.parseInt(row, 10))
  return rows.map((row, i) => parseRow(row, statements[i] ?? ''))
}

/**
 * Every entry up to index `to` (excluded), in order, in batches. A number instead of a row is the index of an entry
 * whose texts hold characters that no entry has. The next batch is fetched while one is looked at.
 */
export async function* rowsForFsck(
  tx: Tx,
  organisationId: Id,
  to: number,
): AsyncGenerator<(EntryRow | number)[]> {
  let next = fetchBatch(tx, organisationId, 0)
  for (let from = 0; from < to; from += batch) {
    const texts = await next
    if (from + batch < to) {
      next = fetchBatch(tx, organisationId, from + batch)
      // An early end of the loop must not leave a rejection that nobody hears.
      next.catch(() => undefined)
    }
    yield parseBatch(texts)
  }
}
