import pg from 'pg'
import { copyOut } from '../../db/copy-out.ts'
import type { Id } from '../../kernel/id.ts'

const batch = 2048
const usualBytes = 1200

// As many as the driver takes from the socket at once.
const message = 64

const entries = (organisationId: Id, from: number, whole: string) => `
  select (
    select string_agg(record_send(entry), ''::bytea) from (
      select idx, type, noun, leaf, salt, statement, recorded_at, record_id, event_id, n, ${whole} as whole
      from log_entry
      where organisation_id = ${pg.escapeLiteral(organisationId)}::uuid and idx >= start and idx < start + ${message}
      order by idx
    ) as entry
  ) from generate_series(${from}::bigint, ${from + batch - 1}, ${message}) as start`

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
  /** Whether the statement is one JSON object; null where that is not known. */
  whole: 10,
} as const

const fields = 11

/**
 * The rows in their order, every time in the same object, which says something else then. `bytes` holds PostgreSQL's
 * binary records: the number of fields, then the type, the length (-1: null) and the bytes of each.
 */
export function* eachEntry(bytes: Buffer): Generator<RawEntry> {
  const starts = new Int32Array(fields)
  const ends = new Int32Array(fields)
  const entry: RawEntry = { bytes, index: 0, starts, ends }
  for (let at = 0; at < bytes.length; ) {
    at += 4
    for (let i = 0; i < fields; i++) {
      const length = bytes.readInt32BE(at + 4)
      at += 8
      starts[i] = length < 0 ? -1 : at
      if (length > 0) at += length
      ends[i] = length < 0 ? -1 : at
    }
    const index = starts[0] ?? 0
    entry.index = bytes.readUInt32BE(index) * 2 ** 32 + bytes.readUInt32BE(index + 4)
    yield entry
  }
}

/** Batches that are fetched while one is looked at: two, so that the database need not wait for this process. */
const ahead = 2

/**
 * Every entry up to index `to` (excluded), in order, in batches for {@link eachEntry}. The bytes of a batch, which
 * threads share, stay as they are until the second batch after it is asked for: copy what you keep. `client` is in a
 * transaction that may see the organisation.
 */
export async function* rowsForFsck(
  client: pg.ClientBase,
  organisationId: Id,
  to: number,
): AsyncGenerator<Buffer> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  )
  // PostgreSQL 15 cannot tell: every entry is then looked at slowly.
  const whole = Number(rows[0]?.version) >= 160_000 ? 'statement is json object' : 'null::boolean'
  const length = usualBytes * Math.min(batch, to)
  const buffers = Array.from({ length: ahead + 2 }, () => Buffer.from(new SharedArrayBuffer(length)))
  const fetches: Promise<Buffer>[] = []
  let next = 0
  const fetchAhead = () => {
    for (; fetches.length < ahead && next < to; next += batch) {
      const into = buffers[(next / batch) % buffers.length] ?? Buffer.alloc(0)
      const bytes = copyOut(client, entries(organisationId, next, whole), into)
      // An early end of the loop must not leave a rejection that nobody hears.
      bytes.catch(() => undefined)
      fetches.push(bytes)
    }
  }
  fetchAhead()
  for (let bytes = await fetches.shift(); bytes; bytes = await fetches.shift()) {
    fetchAhead()
    yield bytes
  }
}
