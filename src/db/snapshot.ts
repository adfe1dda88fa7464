import { sql } from 'kysely'
import pg from 'pg'
import type { Id } from '../kernel/id.ts'
import type { Database } from './connect.ts'
import type { Tx } from './context.ts'

/**
 * A second connection that sees what the reading transaction `tx` sees, so that two can be asked at once; for readers
 * of a whole organisation, hence without a limit of time. Throws what `work` throws.
 */
export async function beside<T>(
  database: Database,
  organisationId: Id,
  tx: Tx,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const { rows } = await sql<{ snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(tx)
  const client = await database.pool.connect()
  let failed = true
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set transaction snapshot ${pg.escapeLiteral(rows[0]?.snapshot ?? '')}`)
    await client.query(
      `select set_config('assay.organisation', $1, true), set_config('statement_timeout', '0', true)`,
      [organisationId],
    )
    const done = await work(client)
    await client.query('rollback')
    failed = false
    return done
  } finally {
    // A connection in an unknown state is not given back.
    client.release(failed)
  }
}
