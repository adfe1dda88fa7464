import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Tx } from '../../db/context.ts'
import type { Digest, ObjectStore } from '../../db/objects.ts'
import { reading } from '../../db/transaction.ts'
import { overlayRecord } from '../../frameworks/overlay-record.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { formerKeyText, type KnownKey } from '../../log/server/former-keys.ts'
import type { LogSigner } from '../../log/server/signer.ts'
import { endorsedKeys } from '../../log/succession.ts'
import { contextOf } from '../context.ts'
import { frameOf } from '../frame.ts'
import { programmeYaml } from '../programme/write.ts'
import { referencedObjects } from '../referenced-objects.ts'
import type { Caller, Runtime } from '../runtime.ts'
import { measure, sha256 } from './digest.ts'
import {
  type ArchiveFile,
  archiveFormat,
  checkpointsName,
  endorsementsName,
  entriesName,
  keysName,
  type Manifest,
  objectName,
  programmeName,
} from './format.ts'
import { checkpointLines, entryLines } from './log-files.ts'

export type Prepared = {
  manifest: Manifest
  manifestBytes: Buffer
  /** SHA-256 of the manifest: it stands for the whole archive. */
  digest: Digest
  open(name: string): Readable
  /** Removes what was written aside. */
  discard(): Promise<void>
}

export type PrepareParts = {
  runtime: Runtime
  caller: Caller
  /** The data directory: the log's files are written aside in it, readable by Assay alone. */
  directory: string
  signer: LogSigner
}

const dayInMilliseconds = 86_400_000

async function spool(path: string, name: string, lines: AsyncIterable<string>): Promise<ArchiveFile> {
  const measured = measure()
  async function* bytes() {
    for await (const text of lines) {
      const part = Buffer.from(text)
      measured.add(part)
      yield part
    }
  }
  await pipeline(bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  return { name, ...measured.end() }
}

/** A directory for one export; those that a killed process left behind go once they are a day old. */
async function aside(directory: string, now: Date): Promise<string> {
  const base = join(directory, 'export')
  await mkdir(base, { recursive: true, mode: 0o700 })
  for (const name of await readdir(base)) {
    const path = join(base, name)
    const found = await stat(path).catch(() => null)
    if (found && found.mtimeMs < now.getTime() - dayInMilliseconds)
      await rm(path, { recursive: true, force: true })
  }
  return mkdtemp(join(base, 'archive-'))
}

/** Objects that records refer to, without licensed overlay texts. */
async function neededObjects(tx: Tx): Promise<Digest[]> {
  const digests = new Set<Digest>()
  for await (const { digest, by } of referencedObjects(tx))
    if (!by.startsWith(`${overlayRecord.noun} `)) digests.add(digest)
  return [...digests].sort()
}

/** A damaged object is named in the manifest instead of keeping everything else from leaving. */
async function objectFile(objects: ObjectStore, digest: Digest): Promise<ArchiveFile | null> {
  try {
    const { size, bytes } = await objects.read(digest)
    for await (const _ of bytes);
    return { name: objectName(digest), size, sha256: digest }
  } catch (error) {
    if (error instanceof Problem && ['record.not_found', 'object.damaged'].includes(error.code)) return null
    throw error
  }
}

const keysText = (known: readonly KnownKey[], size: number) =>
  `${JSON.stringify(
    known.map((key) => formerKeyText({ ...key, upTo: key.upTo ?? size })),
    null,
    2,
  )}\n`

/** The endorsements by keys of the log: an import refuses any other. */
async function vouchedBy({ endorsements, known }: LogSigner): Promise<string[]> {
  const kept: string[] = []
  for (const note of endorsements) if ((await endorsedKeys(known, [note])).length > 0) kept.push(note)
  return kept
}

/** What one snapshot of the database gives: the log's files, and which objects go with them. */
const snapshot = ({ runtime, caller }: PrepareParts, organisationId: Id, folder: string) =>
  reading(runtime.database, organisationId, async (tx) => {
    await sql`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`.execute(tx)
    const head = await tx
      .selectFrom('logHead')
      .select(['origin', 'size'])
      .where('organisationId', '=', organisationId)
      .executeTakeFirst()
    if (!head) throw notFound('organisation')
    const entries = entryLines(tx, organisationId, head.size)
    const files = [
      await spool(join(folder, 'entries'), entriesName, entries.lines),
      await spool(join(folder, 'checkpoints'), checkpointsName, checkpointLines(tx, organisationId)),
    ]
    const frame = await frameOf(runtime, tx, caller.actor.organisationId, null)
    const ctx = contextOf(runtime, caller, tx, 'organisation.export', frame)
    const programme = Buffer.from(await programmeYaml(ctx))
    return {
      programme,
      ...head,
      root: entries.root(),
      files,
      digests: await neededObjects(tx),
    }
  })

/**
 * Reads a whole organisation from one snapshot. The log is written aside first, so that neither a slow receiver nor a
 * large log holds a transaction open or fills memory; objects never change and are read when they are sent.
 */
export async function prepareArchive(parts: PrepareParts): Promise<Prepared> {
  const { organisationId } = parts.caller.actor
  const { objects, clock } = parts.runtime
  const folder = await aside(parts.directory, clock.now())
  const discard = () => rm(folder, { recursive: true, force: true })
  try {
    const { origin, size, root, files, digests, programme } = await snapshot(parts, organisationId, folder)
    const keys = Buffer.from(keysText(parts.signer.known, size))
    const small = new Map([
      [keysName, keys],
      [programmeName, programme],
    ])
    // Without them whoever trusts an earlier key could follow the archive no further than that key signed.
    const endorsements = await vouchedBy(parts.signer)
    if (endorsements.length > 0)
      small.set(endorsementsName, Buffer.from(`${JSON.stringify(endorsements, null, 2)}\n`))
    for (const [name, bytes] of small) files.push({ name, size: bytes.length, sha256: sha256(bytes) })
    const lost: Digest[] = []
    for (const digest of digests) {
      const file = await objectFile(objects, digest)
      if (file) files.push(file)
      else lost.push(digest)
    }
    files.sort((a, b) => (a.name < b.name ? -1 : 1))
    const manifest = {
      format: archiveFormat,
      organisation: organisationId,
      origin,
      size,
      root,
      lost,
      files,
    } as const
    const manifestBytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    return {
      manifest,
      manifestBytes,
      digest: sha256(manifestBytes),
      open(name) {
        if (name === entriesName) return createReadStream(join(folder, 'entries'))
        if (name === checkpointsName) return createReadStream(join(folder, 'checkpoints'))
        const bytes = small.get(name)
        return bytes ? Readable.from([bytes]) : Readable.from(one(objects, name.slice(name.indexOf('/') + 1)))
      },
      discard,
    }
  } catch (error) {
    await discard()
    throw error
  }
}

async function* one(objects: ObjectStore, digest: Digest): AsyncGenerator<Uint8Array> {
  yield* (await objects.read(digest)).bytes
}
