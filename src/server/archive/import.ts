import { sql } from 'kysely'
import { beaconOf } from '#tlog'
import type { Context, Tx } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import { writing } from '../../db/transaction.ts'
import { overlayRecord } from '../../frameworks/overlay-record.ts'
import { Problem } from '../../kernel/error.ts'
import { append } from '../../log/server/append.ts'
import { rememberFormerKeys } from '../../log/server/former-keys.ts'
import { lastSigned, rememberEndorsements } from '../../log/server/signer.ts'
import { organisation } from '../../organisation/organisation.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { apiKey } from '../../people/api-key.ts'
import { contextOf } from '../context.ts'
import { frameOf } from '../frame.ts'
import { recordTypes } from '../nouns.ts'
import type { Runtime } from '../runtime.ts'
import { systemCaller } from '../system-caller.ts'
import { type Checked, checkedBytes } from './check.ts'
import type { Manifest } from './format.ts'
import { importLog } from './import-log.ts'
import { archivedKeys } from './keys.ts'
import { logLines } from './lines.ts'
import { rebuild } from './rebuild.ts'
import type { ArchiveSource } from './source.ts'
import { clearAccounts, type WayIn, waysIn } from './ways-in.ts'

export type Imported = {
  manifest: Manifest
  /** SHA-256 of the manifest: the log of the old installation names it. */
  digest: string
  records: number
  revokedKeys: number
  removedOverlays: number
  /** Who signed the log before, and how far. */
  formerKeys: readonly { vkey: string; upTo: number }[]
  ways: WayIn[]
}

export type ImportParts = {
  runtime: Runtime
  /** The data directory. */
  directory: string
  /** Told between the steps; a test stops here. */
  after?: (step: 'objects' | 'log' | 'records') => void | Promise<void>
}

const command = 'organisation.import'

// Any constant: two imports at once must not both find the installation empty.
const lock = 4_600_002

async function bringObjects({ runtime }: ImportParts, source: ArchiveSource, manifest: Manifest) {
  for (const file of manifest.files.filter(({ name }) => name.startsWith('objects/'))) {
    const { digest } = await runtime.objects.put(checkedBytes(source, file), file.size)
    if (digest !== file.sha256) throw new Problem('invalid', 'archive.damaged', { name: file.name })
  }
}

/**
 * What does not come along ends here, by entries that say so: API keys, because whoever holds one was let in elsewhere,
 * and licensed texts, because the licence was for there.
 */
async function recordImport(ctx: Context, { size, root }: Manifest) {
  const reason = `Imported from an archive of ${size} entries with the root ${root}`
  const { id, version, name, timeZone, host, demoDay } = await theOrganisation(ctx)
  const unchanged = { id, version, name, timeZone, host, demoDay }
  await save(ctx, organisation, 'organisation.imported', unchanged, reason)
  const keys = await ctx.tx
    .selectFrom(rowsOf(ctx, apiKey, 'k'))
    .selectAll()
    .where('revokedAt', 'is', null)
    .execute()
  const revokedAt = ctx.clock.now().toISOString()
  const revoked = keys.map((key) => ({ ...key, revokedAt }))
  await saveAll(ctx, apiKey, 'api_key.revoked', revoked, reason)
  const overlays = await ctx.tx
    .selectFrom(rowsOf(ctx, overlayRecord, 'o'))
    .selectAll()
    .where('removed', '=', false)
    .execute()
  const removed = overlays.map((overlay) => ({ ...overlay, removed: true }))
  await saveAll(ctx, overlayRecord, 'overlay.removed', removed, reason)
  return { revokedKeys: keys.length, removedOverlays: overlays.length }
}

async function refuseTaken(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(tx)
  // A set-up in another process uses its link up in its own transaction: after this wait its organisation is seen.
  await clearAccounts(tx)
  const { rows } = await sql`select organisation_ids() as id`.execute(tx)
  if (rows.length > 0) throw new Problem('precondition', 'archive.not_empty')
}

/** An archive older than what the key here has signed would make a second history under the same key. */
async function refuseOlder(directory: string, { organisation: id, size }: Manifest): Promise<void> {
  const last = await lastSigned(directory, id)
  if (last && last.size > size)
    throw new Problem('precondition', 'archive.older', { size, signed: last.size })
}

async function bringEverything(tx: Tx, parts: ImportParts, source: ArchiveSource, manifest: Manifest) {
  const { runtime, after } = parts
  await sql`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`.execute(tx)
  await refuseTaken(tx)
  const { former, endorsements, keys } = await archivedKeys(source, manifest)
  const lines = logLines(source, manifest)
  const newest = await importLog(tx, manifest, keys, lines)
  await after?.('log')
  const records = await rebuild(tx, recordTypes, manifest.organisation)
  await after?.('records')
  const caller = systemCaller(manifest.organisation)
  const frame = await frameOf(runtime, tx, caller.actor.organisationId, null)
  const ctx = contextOf(runtime, caller, tx, command, frame)
  const ended = await recordImport(ctx, manifest)
  const ways = await waysIn(ctx)
  await append(tx, ctx.entries, {
    organisationId: manifest.organisation,
    actor: caller.actor,
    command,
    at: runtime.clock.now(),
    random: runtime.random,
    beacon: newest ? beaconOf(newest.size, Buffer.from(newest.root, 'base64')) : '',
  })
  // Before the commit: without them the log's own checkpoints would be strangers. Alone they are harmless.
  await rememberFormerKeys(parts.directory, manifest.organisation, former)
  await rememberEndorsements(parts.directory, manifest.organisation, endorsements)
  return { records, ...ended, formerKeys: former, ways }
}

/**
 * Brings an organisation from a checked archive into an empty installation: the same ids, leaves and roots at every
 * size. Objects come first, then one transaction with everything else, so that whatever stops it leaves an empty
 * installation. Every file is compared with the manifest once more while it is used. Throws `invalid` naming what is wrong with the archive, and `precondition`
 * where there is an organisation already.
 */
export async function importArchive(
  parts: ImportParts,
  source: ArchiveSource,
  { manifest, digest }: Checked,
): Promise<Imported> {
  const { rows } = await sql`select organisation_ids() as id`.execute(parts.runtime.database.kysely)
  if (rows.length > 0) throw new Problem('precondition', 'archive.not_empty')
  await refuseOlder(parts.directory, manifest)
  await bringObjects(parts, source, manifest)
  await parts.after?.('objects')
  const done = await writing(parts.runtime.database, manifest.organisation, (tx) =>
    bringEverything(tx, parts, source, manifest),
  )
  return { manifest, digest, ...done }
}
