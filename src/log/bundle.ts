import {
  canonicalBytes,
  decodeBase64,
  decodeHex,
  decodeProof,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodeProof,
  encodeUtf8,
  type Json,
  parseStrict,
  sha256,
  type TlogProof,
} from '#tlog'
import { ReasonError } from './reason.ts'
import { readZip, writeZip, type ZipFile } from './zip.ts'

/** One logged statement with everything that ties it to a checkpoint. */
export type BundleEntry = {
  index: number
  /** The leaf as hashed, and the opening of the commitment in it. */
  leaf: string
  salt: Uint8Array
  statement: Uint8Array
  proof: TlogProof
}

/** A file whose digest a statement contains, at a JSON pointer (RFC 6901); its bytes may be left out. */
export type BundleFile = {
  name: string
  mediaType: string
  sha256: string
  entry: number
  pointer: string
  bytes: Uint8Array | null
}

/** What a `.grcproof` file holds; docs/spec/grcproof.md is its specification. */
export type Bundle = {
  origin: string
  checkpoint: string
  entries: readonly BundleEntry[]
  files: readonly BundleFile[]
  /** Verifier keys as the issuer states them: convenient, never a reason to trust. */
  keys: readonly string[]
  policy: string
  /** Notes in which a key of the log vouched for the one after it, oldest first. */
  endorsements?: readonly string[]
  /** Proofs that the checkpoint continues an earlier, smaller one. */
  consistency: readonly { from: number; hashes: readonly Uint8Array[] }[]
  /** An in-toto statement in a DSSE envelope by the log's key; for publications. */
  envelope: Uint8Array | null
}

/** What is wrong with a bundle that cannot be read at all. */
export class BundleError extends ReasonError {
  override name = 'BundleError'
}

const json = (value: unknown): Uint8Array => canonicalBytes(value)

const folder = (position: number, index: number) => (position === 0 ? '' : `entries/${index}/`)

const extraOf = ({ leaf, salt }: { leaf: string; salt: Uint8Array }) =>
  json({ leaf, salt: encodeBase64(salt) })

/** Writes a bundle: a ZIP without compression; the same parts give the same bytes. Throws ZipError or TlogError. */
export function buildBundle(bundle: Bundle): Uint8Array {
  const manifest = {
    v: 1,
    origin: bundle.origin,
    entries: bundle.entries.map(({ index }, i) => ({
      index,
      statement: `${folder(i, index)}statement.json`,
      proof: `${folder(i, index)}proof.tlog-proof`,
    })),
    files: bundle.files.map(({ bytes, ...file }, i) => ({ ...file, path: bytes ? `evidence/${i}` : null })),
    consistency: bundle.consistency.map(({ from }) => ({ from, path: `consistency/${from}.json` })),
    envelope: bundle.envelope ? 'statement.dsse.json' : null,
  }
  const files: ZipFile[] = [{ name: 'manifest.json', bytes: json(manifest) }]
  for (const [i, entry] of bundle.entries.entries()) {
    const proof = encodeProof({ ...entry.proof, extra: extraOf(entry) })
    files.push({ name: `${folder(i, entry.index)}statement.json`, bytes: entry.statement })
    files.push({ name: `${folder(i, entry.index)}proof.tlog-proof`, bytes: encodeUtf8(proof) })
  }
  files.push({ name: 'checkpoint', bytes: encodeUtf8(bundle.checkpoint) })
  files.push({
    name: 'keys.json',
    bytes: json({
      keys: bundle.keys,
      origin: bundle.origin,
      ...(bundle.endorsements?.length ? { endorsements: bundle.endorsements } : {}),
    }),
  })
  files.push({ name: 'policy.txt', bytes: encodeUtf8(bundle.policy) })
  for (const { from, hashes } of bundle.consistency)
    files.push({ name: `consistency/${from}.json`, bytes: json({ from, hashes: hashes.map(encodeBase64) }) })
  if (bundle.envelope) files.push({ name: 'statement.dsse.json', bytes: bundle.envelope })
  for (const [i, file] of bundle.files.entries())
    if (file.bytes) files.push({ name: `evidence/${i}`, bytes: file.bytes })
  return writeZip(files)
}

type Fields = { readonly [key: string]: Json }

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads members of parsed JSON and refuses what is not there or has another type. */
function member(value: Json | undefined, where: string) {
  if (!isFields(value)) throw new BundleError('not_an_object', { where })
  const wrong = (name: string) => new BundleError('no_valid_member', { where, member: name })
  return {
    text(name: string): string {
      const found = value[name]
      if (typeof found !== 'string') throw wrong(name)
      return found
    },
    textOrNull(name: string): string | null {
      return value[name] === null ? null : this.text(name)
    },
    size(name: string): number {
      const found = value[name]
      if (typeof found !== 'number' || !Number.isSafeInteger(found) || found < 0) throw wrong(name)
      return found
    },
    list(name: string): readonly Json[] {
      const found = value[name]
      if (!Array.isArray(found)) throw wrong(name)
      return found as readonly Json[]
    },
    listOrNone(name: string): readonly Json[] {
      return value[name] === undefined ? [] : this.list(name)
    },
  }
}

const parse = (bytes: Uint8Array): Json => parseStrict(decodeUtf8(bytes))

const maxEntries = 1000

/**
 * Reads a bundle and checks its form, nothing else: no signature, proof or digest is looked at here. Throws
 * BundleError, ZipError or TlogError; their messages are sentences for a person.
 */
export function readBundle(archive: Uint8Array): Bundle {
  const byName = new Map(readZip(archive).map(({ name, bytes }) => [name, bytes]))
  const used = new Set<string>()
  const file = (name: string): Uint8Array => {
    const bytes = byName.get(name)
    if (!bytes) throw new BundleError('file_missing', { name })
    used.add(name)
    return bytes
  }
  const manifest = member(parse(file('manifest.json')), 'manifest.json')
  if (manifest.size('v') !== 1) throw new BundleError('version_unknown')
  const checkpoint = decodeUtf8(file('checkpoint'))
  const entries = manifest.list('entries').map((one) => readEntry(one, file, checkpoint))
  if (entries.length === 0 || entries.length > maxEntries) throw new BundleError('entry_count')
  const indexes = new Set(entries.map((entry) => entry.index))
  if (indexes.size !== entries.length) throw new BundleError('entry_twice')
  const envelope = manifest.textOrNull('envelope')
  const keys = member(parse(file('keys.json')), 'keys.json')
  const bundle: Bundle = {
    origin: manifest.text('origin'),
    checkpoint,
    entries,
    files: manifest.list('files').map((one) => readFileOf(one, file, indexes)),
    keys: keys.list('keys').map(String),
    endorsements: keys.listOrNone('endorsements').map(String),
    policy: decodeUtf8(file('policy.txt')),
    consistency: manifest.list('consistency').map((one) => {
      const { text, size } = member(one, 'manifest.json')
      const hashes = member(parse(file(text('path'))), text('path')).list('hashes')
      return { from: size('from'), hashes: hashes.map((hash) => decodeBase64(String(hash))) }
    }),
    envelope: envelope === null ? null : file(envelope),
  }
  const unknown = [...byName.keys()].find((name) => !used.has(name))
  if (unknown !== undefined) throw new BundleError('file_unnamed', { name: unknown })
  return bundle
}

function readEntry(one: Json, file: (name: string) => Uint8Array, checkpoint: string): BundleEntry {
  const { text, size } = member(one, 'manifest.json')
  const path = text('proof')
  const proof = decodeProof(file(path))
  if (proof.index !== size('index')) throw new BundleError('proof_of_other_entry', { path })
  if (proof.checkpoint !== checkpoint) throw new BundleError('proof_of_other_checkpoint', { path })
  const opening = member(parse(proof.extra ?? encodeUtf8('null')), path)
  return {
    index: proof.index,
    leaf: opening.text('leaf'),
    salt: decodeBase64(opening.text('salt')),
    statement: file(text('statement')),
    proof,
  }
}

function readFileOf(one: Json, file: (name: string) => Uint8Array, indexes: ReadonlySet<number>): BundleFile {
  const fields = member(one, 'manifest.json')
  const digest = fields.text('sha256')
  if (decodeHex(digest).length !== 32) throw new BundleError('file_without_digest')
  const entry = fields.size('entry')
  if (!indexes.has(entry)) throw new BundleError('file_without_entry')
  const path = fields.textOrNull('path')
  return {
    name: fields.text('name'),
    mediaType: fields.text('mediaType'),
    sha256: digest,
    entry,
    pointer: fields.text('pointer'),
    bytes: path === null ? null : file(path),
  }
}

/** SHA-256 in lower-case hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => encodeHex(sha256(bytes))

/** The value at a JSON pointer (RFC 6901); undefined when there is none. */
export function atPointer(value: Json, pointer: string): Json | undefined {
  if (pointer === '') return value
  let at: Json | undefined = value
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(at)) at = (at as readonly Json[])[/^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1]
    else if (isFields(at)) at = Object.hasOwn(at, key) ? at[key] : undefined
    else return undefined
  }
  return at
}
