import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { EntryRow } from './fsck-entry.ts'

const batch = 4096

// Control characters that canonical JSON always escapes: one long text a batch costs a tenth of an object a row.
const between = '\u001f'
const after = '\u001e'

const fetchBatch = (tx: Tx, organisationId: Id, from: number) =>
  sql<{ rows: string | null }>`
    select string_agg(concat_ws(chr(31), idx, leaf, coalesce(encode(salt, 'hex'), ''), coalesce(statement, ''),
      type, noun, record_id, n, event_id, recorded_at), chr(30) order by idx) as rows
    from log_entry
    where organisation_id = ${organisationId}::uuid and idx >= ${from} and idx < ${from + batch}`
    .execute(tx)
    .then((result) => result.rows[0]?.rows ?? '')

function parseRow(text: string): EntryRow | number {
  const parts = text.split(between)
  const index = Number(parts[0])
  if (parts.length !== 10) return index
  const [
    ,
    leaf = '',
    salt = '',
    statement = '',
    type = '',
    noun = '',
    recordId = '',
    n = '',
    eventId = '',
    at = '',
  ] = parts
  return { index, leaf, salt, statement, type, noun, recordId, n, eventId, recordedAt: at }
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
    const text = await next
    if (from + batch < to) {
      next = fetchBatch(tx, organisationId, from + batch)
      // An early end of the loop must not leave a rejection that nobody hears.
      next.catch(() => undefined)
    }
    yield text === '' ? [] : text.split(after).map(parseRow)
  }
}
