import { decodeBase64, encodeBase64, parseDecimal } from './bytes.ts'
import { malformed, mismatch } from './error.ts'
import { checkSize } from './merkle.ts'
import { type Note, parseNote, signNote, verifyNote } from './note.ts'
import { isKeyName, type SignerKey, type VerifierKey } from './note-key.ts'
import { HASH_BYTES } from './sha256.ts'

/** What a log commits to at one size (C2SP tlog-checkpoint). */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Opaque lines by other software; never written here, because monitors cannot audit them. */
  readonly extensions: readonly string[]
}

/** Text to sign: origin, size and root, a line each; throws `malformed` or `range` for parts that cannot be. */
export function formatCheckpoint(origin: string, size: number, root: Uint8Array): string {
  checkSize(size)
  if (!isKeyName(origin)) throw malformed('an origin is a name without spaces, like a URL without its scheme')
  if (root.length !== HASH_BYTES) throw malformed('a root is not 32 bytes long')
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/** Parses a checkpoint's text (a note's text, signatures apart); throws `malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw malformed('a checkpoint does not end in a newline')
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n')
  if ([origin, size, root, ...extensions].includes('')) throw malformed('a checkpoint has an empty line')
  const hash = decodeBase64(root)
  if (hash.length !== HASH_BYTES) throw malformed('a root is not 32 bytes long')
  return { origin, size: parseDecimal(size), root: hash, extensions }
}

/** A signed checkpoint. The key's name is the origin, as C2SP tlog-checkpoint recommends. */
export const signCheckpoint = (key: SignerKey, size: number, root: Uint8Array): Promise<string> =>
  signNote(formatCheckpoint(key.name, size, root), [key])

/** A verified checkpoint with the note that carries it, witnesses' cosignatures included. */
export type SignedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly note: Note
  readonly signers: readonly VerifierKey[]
}

/**
 * Parses a signed checkpoint and verifies the log's signature. Throws as `parseNote`, `parseCheckpoint` and
 * `verifyNote` do, and `mismatch` when a signing key has another name than the origin: a key trusted for
 * one log must not speak for another.
 */
export async function openCheckpoint(
  signed: Uint8Array | string,
  logKeys: readonly VerifierKey[],
): Promise<SignedCheckpoint> {
  const note = parseNote(signed)
  const checkpoint = parseCheckpoint(note.text)
  const signers = await verifyNote(note, logKeys)
  for (const key of signers) {
    if (key.name !== checkpoint.origin)
      throw mismatch(`${key.name} signed for the origin ${checkpoint.origin}`)
  }
  return { checkpoint, note, signers }
}
