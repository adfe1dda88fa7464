import { sql } from 'kysely'
import pg from 'pg'
import type { Id } from '../kernel/id.ts'
import type { Database } from './connect.ts'
import type { Tx } from './context.ts'

/** Says whose rows the transaction may see: row-level security reads it. Holds until the transaction ends. */
export const enterOrganisation = (tx: Tx, organisationId: Id) =>
  sql`select set_config('assay.organisation', ${organisationId}, true)`.execute(tx)

/** A transaction that changes one organisation. Only `execute()`, the sealer and erasure open one (a test looks). */
export const writing = <T>(
  database: Database,
  organisationId: Id,
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  database.kysely.transaction().execute(async (tx) => {
    await enterOrganisation(tx, organisationId)
    return work(tx)
  })

/**
 * A transaction that reads one organisation from one snapshot, so that a page never mixes two states. `logSize` names
 * that state: nothing changes unlogged, so all that is read is the same for as long as the log has this many entries;
 * null where there is no log.
 */
export const reading = <T>(
  database: Database,
  organisationId: Id,
  work: (tx: Tx, logSize: number | null) => Promise<T>,
): Promise<T> =>
  database.kysely.connection().execute(async (connection) => {
    const tx = connection as Tx
    try {
      const { rows } = await sql<{ size: number }>`${sql.raw(`begin isolation level repeatable read read only;
        select set_config('assay.organisation', ${pg.escapeLiteral(organisationId)}, true);
        select size from log_head`)}`.execute(tx)
      const done = await work(tx, rows[0]?.size ?? null)
      await sql`commit`.execute(tx)
      return done
    } catch (error) {
      // Where the connection is gone, so is the transaction: what went wrong is said, not that.
      await sql`rollback`.execute(tx).catch(() => undefined)
      throw error
    }
  })
