import { join } from 'node:path'
import {
  decodeBase64,
  encodeBase64,
  equalBytes,
  formatCheckpoint,
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseStrict,
  type SignerKey,
  signNote,
} from '#tlog'
import type { Id } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { readEndorsement } from '../succession.ts'
import { formerKeys, type KnownKey, openKnown, valuedFrom, withFormer } from './former-keys.ts'
import { createFile, readIfPresent, replaceFile } from './store.ts'

/** The newest thing a key has signed, kept beside the key and so outside the database and its backups. */
export type LastSigned = { size: number; root: Uint8Array }

/** The key was asked to go back, or to sign a second history. */
export class SignerRefuses extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SignerRefuses'
  }
}

export type LogSigner = {
  key: SignerKey
  next: SignerKey | null
  endorsements: readonly string[]
  /** Text form of the verifier key (C2SP signed-note). */
  vkey: string
  /** Every key that may have signed this log: its own, and those of the installations it was imported from. */
  known: readonly KnownKey[]
  last(): Promise<LastSigned | null>
  /** Signs a checkpoint; remembers it durably first. Throws {@link SignerRefuses}. */
  sign(size: number, root: Uint8Array): Promise<string>
}

export const keyPath = (directory: string, organisationId: Id) =>
  join(directory, 'keys', `log-${organisationId}`)

function parseLast(text: string): LastSigned {
  const value = parseStrict(text) as { size?: unknown; root?: unknown }
  if (typeof value.size !== 'number' || typeof value.root !== 'string')
    throw new Error('the record of what the log key signed is damaged')
  return { size: value.size, root: decodeBase64(value.root) }
}

/** What the key of a log has signed last; null when it has signed nothing yet. */
export async function lastSigned(directory: string, organisationId: Id): Promise<LastSigned | null> {
  const text = await readIfPresent(`${keyPath(directory, organisationId)}.last`)
  return text ? parseLast(text.toString('utf8')) : null
}

/** The keys of a log as its files have them. */
export type LogKeys = {
  own: SignerKey | null
  /** The key that a rotation has made and that signs beside the own one until the rotation is finished. */
  next: SignerKey | null
  /** Notes in which a key vouched for the one after it, oldest first. */
  endorsements: string[]
  /** Every key that may have signed, the own one first. */
  known: KnownKey[]
}

async function readKey(path: string): Promise<SignerKey | null> {
  const text = await readIfPresent(path)
  return text ? parseSignerKey(text.toString('utf8').trim()) : null
}

async function endorsementsOf(directory: string, organisationId: Id): Promise<string[]> {
  const text = await readIfPresent(`${keyPath(directory, organisationId)}.endorsements`)
  if (!text) return []
  const list = parseStrict(text.toString('utf8'))
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
    throw new Error('the record of the endorsed log keys is damaged')
  return list as string[]
}

/**
 * Keeps the endorsements of a log that was brought from elsewhere, oldest first. Those that are here already and that it
 * does not know stay: back in its old home, a log has what was vouched for there.
 */
export async function rememberEndorsements(
  directory: string,
  organisationId: Id,
  notes: readonly string[],
): Promise<void> {
  const here = (await endorsementsOf(directory, organisationId)).filter((note) => !notes.includes(note))
  if (notes.length > 0) await writeEndorsements(directory, organisationId, [...notes, ...here])
}

export const writeEndorsements = (
  directory: string,
  organisationId: Id,
  notes: readonly string[],
): Promise<void> =>
  replaceFile(`${keyPath(directory, organisationId)}.endorsements`, `${JSON.stringify(notes)}\n`, 0o600)

/** Reads the keys of an organisation's log from `<directory>/keys`; changes nothing. */
export async function readLogKeys(directory: string, organisationId: Id): Promise<LogKeys> {
  const path = keyPath(directory, organisationId)
  const own = await readKey(`${path}.key`)
  const next = await readKey(`${path}.next`)
  const endorsements = await endorsementsOf(directory, organisationId)
  const former = await formerKeys(directory, organisationId)
  const beside = next && (!own || !equalBytes(next.publicKey, own.publicKey)) ? [next] : []
  const keys = [...(own ? withFormer(own, former) : former), ...beside]
  const known = valuedFrom(keys, endorsements.map(readEndorsement))
  return { own, next: beside[0] ?? null, endorsements, known }
}

/**
 * Opens the signing key of an organisation's log, `<directory>/keys/log-<organisation>.key`, and makes it when
 * there is none. The name of the key is the log's origin. While a rotation is under way both keys sign.
 */
export async function openSigner(
  directory: string,
  organisationId: Id,
  origin: string,
  random: Random,
): Promise<LogSigner> {
  const path = keyPath(directory, organisationId)
  if (!(await readIfPresent(`${path}.key`)))
    await createFile(`${path}.key`, `${await formatSignerKey(origin, random(32))}\n`, 0o600)
  const { own: key, next, endorsements, known } = await readLogKeys(directory, organisationId)
  if (!key) throw new Error(`the key ${path}.key has disappeared`)
  if (key.name !== origin) throw new SignerRefuses(`the key in ${path}.key is of another log`)
  return {
    key,
    next,
    endorsements,
    vkey: formatVerifierKey(key),
    known,
    last: () => lastSigned(directory, organisationId),
    async sign(size, root) {
      const last = await lastSigned(directory, organisationId)
      if (last && size < last.size)
        throw new SignerRefuses(`the key has signed size ${last.size} and does not go back to ${size}`)
      if (last && size === last.size && !equalBytes(last.root, root))
        throw new SignerRefuses(`the key has signed another root for size ${size}`)
      // Before the signature exists: a crash may leave a size that was never published, never the reverse.
      await replaceFile(`${path}.last`, `${JSON.stringify({ size, root: encodeBase64(root) })}\n`, 0o600)
      return signNote(formatCheckpoint(origin, size, root), next ? [key, next] : [key])
    },
  }
}

/** The verified size and root of a note by a key of this log; throws TlogError. */
export async function openOwn(signer: LogSigner, note: string): Promise<LastSigned> {
  const { size, root } = await openKnown(note, signer.known)
  return { size, root }
}
