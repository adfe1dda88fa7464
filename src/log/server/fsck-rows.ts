import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { EntryRow } from './fsck-entry.ts'

const batch = 4096

// One long text a batch costs a tenth of an object a row. Its parts hold no control characters where nothing is wrong;
// statements, which may hold anything, are cut by their lengths, as bytes, because they are only hashed.
const between = '\u001f'
const after = '\u001e'

type Texts = { rows: string | null; statements: Buffer | null }

const fetchBatch = (tx: Tx, organisationId: Id, from: number) =>
  sql<Texts>`
    select string_agg(concat_ws(chr(31), idx, coalesce(octet_length(statement), 0), leaf,
        coalesce(encode(salt, 'hex'), ''), type, noun, record_id, n, event_id, recorded_at), chr(30)) as rows,
      convert_to(string_agg(statement, ''), 'UTF8') as statements
    from (
      select * from log_entry
      where organisation_id = ${organisationId}::uuid and idx >= ${from} and idx < ${from + batch} order by idx
    ) as ordered`
    .execute(tx)
    .then((result) => result.rows[0])

function parseBatch(texts: Texts | undefined): (EntryRow | number)[] {
  if (!texts?.rows) return []
  const statements = texts.statements ?? Buffer.alloc(0)
  let at = 0
  return texts.rows.split(after).map((text) => {
    const parts = text.split(between)
    const index = Number(parts[0])
    const from = at
    at += Number(parts[1]) || 0
    if (parts.length !== 10) return index
    const [
      ,
      ,
      leaf = '',
      salt = '',
      type = '',
      noun = '',
      recordId = '',
      n = '',
      eventId = '',
      recordedAt = '',
    ] = parts
    const statement = statements.subarray(from, at)
    return { index, leaf, salt, statement, type, noun, recordId, n, eventId, recordedAt }
  })
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
