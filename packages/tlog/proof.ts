import { decodeBase64, decodeUtf8, encodeBase64, parseDecimal } from './bytes.ts'
import { openCheckpoint, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { malformed } from './error.ts'
import { verifyInclusion } from './inclusion.ts'
import { checkSize } from './merkle.ts'
import { MAX_NOTE_BYTES, parseNote } from './note.ts'
import type { VerifierKey } from './note-key.ts'
import { HASH_BYTES } from './sha256.ts'

/** A self-contained proof that an entry is in a log (C2SP tlog-proof). */
export type TlogProof = {
  /** Opaque and unauthenticated; Assay puts the opening of the commitment here. */
  readonly extra?: Uint8Array
  readonly index: number
  /** Inclusion proof, leaf's sibling first. */
  readonly hashes: readonly Uint8Array[]
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'

/** Levels that a tree of at most 2^53 leaves can have. */
const MAX_HASHES = 53

function checkHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.length > MAX_HASHES) throw malformed('the proof has too many hashes')
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw malformed('a hash is not 32 bytes long')
}

/** Text of a `.tlog-proof` file; throws `malformed` or `range` for parts that no reader would accept. */
export function encodeProof(proof: TlogProof): string {
  checkSize(proof.index)
  checkHashes(proof.hashes)
  parseCheckpoint(parseNote(proof.checkpoint).text)
  const extra = proof.extra && proof.extra.length > 0 ? [`extra ${encodeBase64(proof.extra)}`] : []
  const lines = [HEADER, ...extra, `index ${proof.index}`, ...proof.hashes.map(encodeBase64)]
  return `${lines.join('\n')}\n\n${proof.checkpoint}`
}

/** Parses a proof without verifying it; throws `malformed`. */
export function decodeProof(file: Uint8Array | string): TlogProof {
  if (file.length > 2 * MAX_NOTE_BYTES) throw malformed('the proof is too long')
  const text = typeof file === 'string' ? file : decodeUtf8(file)
  const blank = text.indexOf('\n\n')
  if (blank < 0) throw malformed('the proof has no blank line before its checkpoint')
  const lines = text.slice(0, blank).split('\n')
  if (lines.shift() !== HEADER) throw malformed(`the proof does not start with ${HEADER}`)
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()?.slice(6) ?? '') : undefined
  if (extra?.length === 0) throw malformed('an extra line without data must be left out')
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined) throw malformed('the proof has no index')
  const hashes = lines.map(decodeBase64)
  checkHashes(hashes)
  const checkpoint = text.slice(blank + 2)
  parseCheckpoint(parseNote(checkpoint).text)
  return { ...(extra ? { extra } : {}), index: parseDecimal(index), hashes, checkpoint }
}

/**
 * Verifies the log's signature and that the leaf with `hash` is in the tree at the proof's index (steps 2
 * and 4 of C2SP tlog-proof). Who witnessed it is for `openByPolicy` to say. Throws as its parts do.
 */
export async function verifyProof(
  proof: TlogProof,
  hash: Uint8Array,
  logKeys: readonly VerifierKey[],
): Promise<SignedCheckpoint> {
  const signed = await openCheckpoint(proof.checkpoint, logKeys)
  verifyInclusion(hash, proof.index, signed.checkpoint.size, proof.hashes, signed.checkpoint.root)
  return signed
}
