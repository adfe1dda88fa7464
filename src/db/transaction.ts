import { sql } from 'kysely'
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

/** A transaction that reads one organisation from one snapshot, so that a page never mixes two states. */
export const reading = <T>(
  database: Database,
  organisationId: Id,
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await enterOrganisation(tx, organisationId)
      return work(tx)
    })
