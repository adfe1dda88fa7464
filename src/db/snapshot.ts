import { sql } from 'kysely'
import pg from 'pg'
import type { Id } from '../kernel/id.ts'
import type { Database } from './connect.ts'
import type { Tx } from './context.ts'
import { enterOrganisation } from './transaction.ts'

/** Further connections that see what one reading transaction sees, so that several can be asked at once. */
export type Snapshot = {
  /** The driver's own connection, for what the query builder cannot do. */
  client<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

const unlimited = "set local statement_timeout = 0; set local timezone = 'UTC'; set local work_mem = '64MB'"

/** The snapshot of `tx`, for readers of a whole organisation, hence without a limit of time. Lasts as long as `tx`. */
export async function shareSnapshot(database: Database, organisationId: Id, tx: Tx): Promise<Snapshot> {
  const { rows } = await sql<{ name: string }>`select pg_export_snapshot() as name`.execute(tx)
  const begin = `set transaction snapshot ${pg.escapeLiteral(rows[0]?.name ?? '')}; ${unlimited}`
  return {
    async client(work) {
      const client = await database.pool.connect()
      let failed = true
      try {
        await client.query(`begin isolation level repeatable read read only; ${begin}`)
        await client.query(`select set_config('assay.organisation', $1, true)`, [organisationId])
        const done = await work(client)
        await client.query('rollback')
        failed = false
        return done
      } finally {
        // A connection in an unknown state is not given back.
        client.release(failed)
      }
    },
    tx: (work) =>
      database.kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          await sql.raw(begin).execute(tx)
          await enterOrganisation(tx, organisationId)
          return work(tx)
        }),
  }
}
