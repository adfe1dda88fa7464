import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import type { KnownKey } from '../../log/server/former-keys.ts'
import type { CheckpointLine, EntryLine, Manifest } from './format.ts'
import { type Lines, walkLog } from './walk-log.ts'

const batch = 500

const insertEntries = (tx: Tx, organisationId: string, rows: readonly EntryLine[]) =>
  sql`insert into log_entry
    (organisation_id, idx, leaf, event_id, type, noun, record_id, n, recorded_at, salt, statement)
    select ${organisationId}::uuid, * from unnest(
      ${rows.map((row) => row.index)}::bigint[], ${rows.map((row) => row.leaf)}::text[],
      ${rows.map((row) => row.event)}::uuid[], ${rows.map((row) => row.type)}::text[],
      ${rows.map((row) => row.noun)}::text[], ${rows.map((row) => row.record)}::uuid[],
      ${rows.map((row) => row.n)}::int[], ${rows.map((row) => row.recordedAt)}::timestamptz[],
      ${rows.map((row) => row.salt && Buffer.from(row.salt, 'base64'))}::bytea[],
      ${rows.map((row) => row.statement)}::text[])`.execute(tx)

/**
 * Writes the log of an archive, every leaf at its index, and the checkpoints as they were signed. Answers the newest
 * checkpoint. Throws `archive.log_wrong`.
 */
export async function importLog(
  tx: Tx,
  manifest: Manifest,
  keys: readonly KnownKey[],
  lines: Lines,
): Promise<CheckpointLine | null> {
  const { organisation: organisationId, origin, size } = manifest
  await tx.insertInto('logHead').values({ organisationId, origin, size }).execute()
  const held: EntryLine[] = []
  const { newest } = await walkLog(manifest, keys, lines, {
    async entry(line) {
      held.push(line)
      if (held.length === batch) await insertEntries(tx, organisationId, held.splice(0))
    },
    async checkpoint(line) {
      await tx
        .insertInto('logCheckpoint')
        .values({ organisationId, ...line })
        .execute()
    },
  })
  if (held.length > 0) await insertEntries(tx, organisationId, held)
  return newest
}
