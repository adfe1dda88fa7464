import { sql } from 'kysely'
import pg from 'pg'
import type { Id } from '../kernel/id.ts'
import type { Database } from './connect.ts'
import type { Tx } from './context.ts'

/** Says whose rows the transaction may see: row-level security reads it. Holds until the transaction ends. */
export const enterOrganisation = (tx: Tx, organisationId: Id) =>
  sql`select set_config('assay.organisation', ${organisationId}, true)`.execute(tx)

/** Takes a statement that goes with the commit, in one round trip. It has no parameters: what is not a constant is escaped. */
export type Last = (statement: string) => void

/** Begins in one round trip with what can be asked at once; ends with what became of the work. */
const within = <T, Row>(
  database: Database,
  opening: string,
  work: (tx: Tx, rows: readonly Row[], last: Last) => Promise<T>,
): Promise<T> =>
  database.kysely.connection().execute(async (connection) => {
    const tx = connection as Tx
    const closing: string[] = []
    try {
      const { rows } = await sql<Row>`${sql.raw(opening)}`.execute(tx)
      const done = await work(tx, rows, (statement) => closing.push(statement))
      // One that fails leaves the rest undone, the commit too.
      await sql.raw([...closing, 'commit'].join('; ')).execute(tx)
      return done
    } catch (error) {
      // Where the connection is gone, so is the transaction: what went wrong is said, not that.
      await sql`rollback`.execute(tx).catch(() => undefined)
      throw error
    }
  })

const entering = (organisationId: Id) =>
  `select set_config('assay.organisation', ${pg.escapeLiteral(organisationId)}, true)`

/** A transaction that changes one organisation. Only `execute()`, the sealer and erasure open one (a test looks). */
export const writing = <T>(
  database: Database,
  organisationId: Id,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => within(database, `begin; ${entering(organisationId)}`, (tx) => work(tx))

/**
 * The same for `execute()`, with few round trips: `asked`, a constant, is answered while it begins; and a lock that
 * `last` takes is held for as long as the database needs to commit, and not for as long as this process is busy.
 */
export const writingAfter = <Row, T>(
  database: Database,
  organisationId: Id,
  asked: string,
  work: (tx: Tx, rows: readonly Row[], last: Last) => Promise<T>,
): Promise<T> => within<T, Row>(database, `begin; ${entering(organisationId)}; ${asked}`, work)

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
  within<T, { size: number }>(
    database,
    `begin isolation level repeatable read read only; ${entering(organisationId)}; select size from log_head`,
    (tx, rows) => work(tx, rows[0]?.size ?? null),
  )
