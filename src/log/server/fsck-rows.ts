import pg from 'pg'
import { copyOut } from '../../db/copy-out.ts'
import type { Id } from '../../kernel/id.ts'

import { batchRows } from './fsck-raw.ts'

const usualBytes = 1200

// As many as the driver takes from the socket at once.
const message = 64

const entries = (organisationId: Id, from: number) => `
  select (
    select string_agg(record_send(entry), ''::bytea) from (
      select idx, type, noun, leaf, salt, statement, recorded_at, record_id, event_id, n
      from log_entry
      where organisation_id = ${pg.escapeLiteral(organisationId)}::uuid and idx >= start and idx < start + ${message}
      order by idx
    ) as entry
  ) from generate_series(${from}::bigint, ${from + batchRows - 1}, ${message}) as start`

/**
 * Every entry up to index `to` (excluded), in order, in batches for `eachEntry`. The bytes of a batch, which
 * threads share, stay as they are until batch `kept` + 1 after it is asked for: copy what you keep. Each of `clients` is in a
 * transaction that may see the organisation; they are asked in turn, so that one reads while another sends.
 */
export async function* rowsForFsck(
  clients: readonly pg.ClientBase[],
  organisationId: Id,
  to: number,
  kept = 1,
): AsyncGenerator<Buffer> {
  const ahead = clients.length
  const length = usualBytes * Math.min(batchRows, to)
  const buffers = Array.from({ length: ahead + 1 + kept }, () => Buffer.from(new SharedArrayBuffer(length)))
  const fetches: Promise<Buffer>[] = []
  let next = 0
  const fetchAhead = () => {
    for (; fetches.length < ahead && next < to; next += batchRows) {
      const turn = next / batchRows
      const into = buffers[turn % buffers.length] ?? Buffer.alloc(0)
      const client = clients[turn % clients.length] as pg.ClientBase
      const bytes = copyOut(client, entries(organisationId, next), into)
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
