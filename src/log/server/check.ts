import { beaconOf, equalBytes } from '#tlog'
import type { Database } from '../../db/connect.ts'
import { reading, writing } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import { type LogSigner, openOwn } from './signer.ts'
import { tileStore } from './store.ts'

export type LogState =
  | { state: 'sound'; beacon: string }
  /** Entries `from` to `to` (excluded) existed and are not here. */
  | { state: 'behind'; from: number; to: number; witness: string }
  /** Two signed roots for one size. */
  | { state: 'forked'; size: number; witness: string }

export type CheckParts = { database: Database; directory: string; signer: LogSigner }

/** What the database says about its log, in one snapshot. */
const inDatabase = (database: Database, organisationId: Id, sizes: readonly number[]) =>
  reading(database, organisationId, async (tx) => {
    const own = tx.selectFrom('logCheckpoint').where('organisationId', '=', organisationId)
    const head = await tx
      .selectFrom('logHead')
      .select('size')
      .where('organisationId', '=', organisationId)
      .executeTakeFirstOrThrow()
    const last = await tx
      .selectFrom('logEntry')
      .select((eb) => eb.fn.max('idx').as('idx'))
      .where('organisationId', '=', organisationId)
      .executeTakeFirst()
    const newest = await own.selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
    const at =
      sizes.length > 0
        ? await own
            .selectAll()
            .where('size', 'in', [...sizes])
            .execute()
        : []
    return { ...head, entries: last?.idx == null ? 0 : last.idx + 1, newest, at }
  })

/**
 * Compares the three places that remember a log: database, signing key, published files. A restored old backup
 * shows as a database that is behind: its next entries would take numbers that are signed already, so no new entry
 * may be appended. The published bundles could give back the leaves, but not what the entries said, so nothing is
 * refilled: the remedy is a newer backup, or a successor log.
 */
export async function checkLog(parts: CheckParts, organisationId: Id): Promise<LogState> {
  const { database, directory, signer } = parts
  const published = await tileStore(directory, organisationId).checkpoint()
  const last = await signer.last()
  const outside = [
    ...(last ? [{ ...last, witness: 'the signing key' }] : []),
    ...(published ? [{ ...(await openOwn(signer, published)), witness: 'the published checkpoint' }] : []),
  ]
  const sizes = outside.map((one) => one.size)
  const inside = await inDatabase(database, organisationId, sizes)
  const entries = Math.min(inside.size, inside.entries)
  const furthest = [
    ...outside,
    { size: inside.size, witness: 'the head' },
    { size: inside.newest?.size ?? 0, witness: 'the newest checkpoint' },
  ].reduce((a, b) => (b.size > a.size ? b : a))
  if (furthest.size > entries)
    return { state: 'behind', from: entries, to: furthest.size, witness: furthest.witness }
  for (const one of outside) {
    const row = inside.at.find((checkpoint) => checkpoint.size === one.size)
    if (row && !equalBytes(Buffer.from(row.root, 'base64'), one.root))
      return { state: 'forked', size: one.size, witness: one.witness }
  }
  const { newest } = inside
  return {
    state: 'sound',
    beacon: newest ? beaconOf(newest.size, Buffer.from(newest.root, 'base64')) : '',
  }
}

/** Refuses further entries while a log is behind what was signed, or forked from it; allows them when it is sound. */
export const freeze = (database: Database, organisationId: Id, found: LogState): Promise<void> =>
  writing(database, organisationId, async (tx) => {
    const lost = found.state === 'behind' ? found : null
    const held = {
      lostFrom: lost?.from ?? null,
      lostTo: lost?.to ?? null,
      forkedAt: found.state === 'forked' ? found.size : null,
    }
    await tx
      .updateTable('logHead')
      .set(held)
      .where('organisationId', '=', organisationId)
      .where((eb) =>
        eb.or([
          eb('lostFrom', 'is distinct from', held.lostFrom),
          eb('lostTo', 'is distinct from', held.lostTo),
          eb('forkedAt', 'is distinct from', held.forkedAt),
        ]),
      )
      .execute()
  })
