import pg from 'pg'
import { type CopiedRows, copyOut } from '../../db/copy-out.ts'
import type { Id } from '../../kernel/id.ts'

const batch = 4096
const usualBytes = 1000

// Beside the columns: what they must have led to at the end of the leaf and at the start of the statement. To write
// that is cheaper there than here, and runs beside the hashing. Comparing it is done here.
const entries = (organisationId: Id, from: number) => `
  select idx, type, noun, leaf, salt, statement, recorded_at, record_id, event_id, n,
    format('","e":"%s","n":"%s","s":"%s","t":"%s","v":1}', event_id, n, encode(uuid_send(record_id), 'base64'), type),
    format('"id":"%s","n":%s,"noun":"%s","reason":', record_id, n, noun),
    statement is json object
  from log_entry
  where organisation_id = ${pg.escapeLiteral(organisationId)}::uuid and idx >= ${from} and idx < ${from + batch} order by idx`

/** A row of `log_entry` in a buffer: each field from its start to its end, both -1 where it is null. */
export type RawEntry = {
  bytes: Buffer
  index: number
  starts: Int32Array
  ends: Int32Array
}

/** The fields of a {@link RawEntry}, by their places. */
export const field = {
  type: 1,
  noun: 2,
  leaf: 3,
  salt: 4,
  statement: 5,
  recordedAt: 6,
  recordId: 7,
  eventId: 8,
  n: 9,
  leafEnd: 10,
  statementStart: 11,
  whole: 12,
} as const

const fields = 13

/** The rows in their order, every time in the same object, which says something else then. */
export function* eachEntry({ bytes, rows }: CopiedRows): Generator<RawEntry> {
  const starts = new Int32Array(fields)
  const ends = new Int32Array(fields)
  const entry: RawEntry = { bytes, index: 0, starts, ends }
  let at = 0
  for (let row = 0; row < rows; row++) {
    at += 2
    for (let i = 0; i < fields; i++) {
      const length = bytes.readInt32BE(at)
      at += 4
      starts[i] = length < 0 ? -1 : at
      ends[i] = length < 0 ? -1 : at + length
      if (length > 0) at += length
    }
    entry.index = Number(bytes.readBigInt64BE(starts[0] ?? 0))
    yield entry
  }
}

/**
 * Every entry up to index `to` (excluded), in order, in batches of which two are held at once: the next is fetched
 * while one is looked at. `client` is in a transaction that may see the organisation.
 */
export async function* rowsForFsck(
  client: pg.ClientBase,
  organisationId: Id,
  to: number,
): AsyncGenerator<CopiedRows> {
  const fetch = (from: number) => {
    const rows = copyOut(client, entries(organisationId, from), usualBytes * Math.min(batch, to - from))
    // An early end of the loop must not leave a rejection that nobody hears.
    rows.catch(() => undefined)
    return rows
  }
  let next = fetch(0)
  for (let from = 0; from < to; from += batch) {
    const rows = await next
    if (from + batch < to) next = fetch(from + batch)
    yield rows
  }
}
