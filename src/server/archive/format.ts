import { z } from 'zod'
import { Problem } from '../../kernel/error.ts'

/**
 * An organisation's archive: a ZIP file or a directory with these files, `manifest.json` first.
 *
 * - `log/entries.jsonl`: every entry of the log, its leaf and the opening of its commitment
 * - `log/checkpoints.jsonl`: every checkpoint, as it was signed
 * - `log/keys.json`: the verifier keys under which they were signed
 * - `log/endorsements.json`: the notes in which a key of the log vouched for the one after it, where there are any
 * - `objects/<SHA-256>`: every document and published page that a record refers to
 * - `programme.yaml`: the current programme, for people; an import does not read it
 *
 * It holds no way in: no signing key, password, session or second factor. Digests of API keys are inside the
 * statements, which cannot be changed without breaking every proof; an import therefore revokes all keys, by entries of
 * their own in the transaction that brings them. Licensed overlay texts are left out: the licence is for one place.
 */
export const archiveFormat = 'assay-archive/1'

export const manifestName = 'manifest.json'
export const entriesName = 'log/entries.jsonl'
export const checkpointsName = 'log/checkpoints.jsonl'
export const keysName = 'log/keys.json'
export const endorsementsName = 'log/endorsements.json'
export const programmeName = 'programme.yaml'
export const objectName = (digest: string) => `objects/${digest}`

/** Without these there is no log to rebuild an organisation from. */
export const neededNames = [entriesName, checkpointsName, keysName]

/** Names inside an archive: nothing else is read or written, so that no name can lead out of it. */
export const archiveName =
  /^(?:log\/(?:entries|checkpoints)\.jsonl|log\/(?:keys|endorsements)\.json|programme\.yaml|objects\/[0-9a-f]{64})$/

/** Bytes at most: of the manifest, of one line of a log file, of one object, of everything together. */
export const archiveLimits = {
  manifest: 64 * 1024 * 1024,
  line: 64 * 1024 * 1024,
  object: 2 * 1024 * 1024 * 1024,
  whole: 1024 ** 4,
} as const

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

/** Base64 of exactly 32 bytes. */
export const hash = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)

const sorted = (files: readonly { name: string }[]) =>
  files.every(({ name }, at) => at === 0 || (files[at - 1]?.name ?? '') < name)

export const manifestSchema = z.strictObject({
  format: z.literal(archiveFormat),
  organisation: z.uuid(),
  /** The log's name, the same wherever it lives. */
  origin: z.string().min(1).max(255),
  /** Entries in the log, and the Merkle root over them (RFC 6962 section 2.1). */
  size: z.int().min(1),
  root: hash,
  /** Objects that records refer to and that were lost or damaged before the export. */
  lost: z.array(digest),
  files: z
    .array(z.strictObject({ name: z.string().regex(archiveName), size: count, sha256: digest }))
    .refine(sorted, { error: 'unsorted' }),
})

export type Manifest = z.output<typeof manifestSchema>

export type ArchiveFile = Manifest['files'][number]

export function fileOf(manifest: Manifest, name: string): ArchiveFile {
  const file = manifest.files.find((one) => one.name === name)
  if (!file) throw new Problem('invalid', 'archive.missing', { name })
  return file
}

/** A line of `log/entries.jsonl`; `salt` (base64) and `statement` are null once erased. */
export const entryLine = z.strictObject({
  index: count,
  leaf: z.string().max(1000),
  event: z.uuid(),
  type: z.string().max(100),
  noun: z.string().max(40),
  record: z.uuid(),
  n: z.int().min(1),
  recordedAt: z.iso.datetime({ precision: 3 }),
  salt: hash.nullable(),
  statement: z.string().nullable(),
})

export type EntryLine = z.output<typeof entryLine>

/** A line of `log/checkpoints.jsonl`. */
export const checkpointLine = z.strictObject({
  size: count,
  root: hash,
  note: z.string().max(65_536),
  sealedAt: z.iso.datetime({ precision: 3 }),
})

export type CheckpointLine = z.output<typeof checkpointLine>

/** `log/keys.json`: verifier keys (C2SP signed-note), each with the largest size that it may have signed. */
export const keysSchema = z
  .array(z.strictObject({ vkey: z.string().max(500), upTo: count }))
  .min(1)
  .max(1000)

/** `log/endorsements.json`: notes (docs/spec/key-rotation.md), oldest first. */
export const endorsementsSchema = z.array(z.string().max(10_000)).min(1).max(1000)
