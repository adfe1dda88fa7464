import { sql } from 'kysely'
import { document } from '../certificates/document.ts'
import type { Tx } from '../db/context.ts'
import type { Digest } from '../db/objects.ts'
import { evidence } from '../evidence/evidence.ts'
import { overlayRecord } from '../frameworks/overlay-record.ts'
import { publication } from '../trust/publication.ts'

const batch = 1000

/** Which objects each kind of record needs: an expression over its row `r` that gives the digests. */
const needs = [
  { noun: document.noun, table: document.table, digests: sql`array[r.digest]` },
  {
    noun: overlayRecord.noun,
    table: overlayRecord.table,
    digests: sql`case when not r.removed then array[r.digest] end`,
  },
  {
    noun: evidence.noun,
    table: evidence.table,
    digests: sql`case when r.disposed is null then
      array(select file ->> 'digest' from jsonb_array_elements(r.files) as file) || case when r.data is null then '{}'::text[] else array[r.data ->> 'digest'] end end`,
  },
  {
    noun: publication.noun,
    table: publication.table,
    digests: sql`array(select page.value ->> 'digest' from jsonb_each(r.pages) as page)`,
  },
]

/** Every object that a record of the transaction's organisation refers to, for fsck: a missing one is a lost document. */
export async function* referencedObjects(tx: Tx): AsyncGenerator<{ digest: Digest; by: string }> {
  for (const { noun, table, digests } of needs) {
    let last = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const { rows } = await sql<{ id: string; digests: Digest[] | null }>`
        select r.id, ${digests} as digests from ${sql.table(table)} as r where r.id > ${last}::uuid order by r.id limit ${batch}`.execute(
        tx,
      )
      for (const row of rows)
        for (const digest of row.digests ?? []) yield { digest, by: `${noun} ${row.id}` }
      const end = rows.at(-1)
      if (!end || rows.length < batch) break
      last = end.id
    }
  }
}

/** Whether a file that somebody sent waits to become evidence. */
async function isAwaited(tx: Tx, digest: Digest): Promise<boolean> {
  const { rows } = await sql`select 1 from evidence_upload where digest = ${digest} limit 1`.execute(tx)
  return rows.length > 0
}

/** Whether some record of the transaction's organisation refers to an object. */
export async function isReferenced(tx: Tx, digest: Digest): Promise<boolean> {
  for (const { table, digests } of needs) {
    const { rows } =
      await sql`select 1 from ${sql.table(table)} as r where ${digest} = any(${digests}) limit 1`.execute(tx)
    if (rows.length > 0) return true
  }
  return isAwaited(tx, digest)
}
