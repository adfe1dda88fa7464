import { concatBytes, encodeUtf8 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { ED25519_SIGNATURE_BYTES, verifyEd25519 } from './ed25519.ts'
import { malformed, TlogError } from './error.ts'
import { checkSize } from './merkle.ts'
import { type Note, type NoteSignature, signaturesBy } from './note.ts'
import { SIGNATURE_COSIGNATURE, type SignerKey, type VerifierKey } from './note-key.ts'

/** A witness's verified statement: at `time` this was the largest consistent tree it had seen. */
export type Cosignature = {
  readonly key: VerifierKey
  /** POSIX time in seconds, as the witness claims it. */
  readonly time: number
}

const TIME_BYTES = 8

const message = (text: string, time: number): Uint8Array =>
  encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`)

/**
 * Cosigns a checkpoint's text at `time` (POSIX seconds) with a key of type 0x04. It is the caller, as a
 * witness, who must first have checked consistency with all it signed before (C2SP tlog-witness).
 */
export async function cosign(text: string, key: SignerKey, time: number): Promise<NoteSignature> {
  checkSize(time)
  parseCheckpoint(text)
  if (key.type !== SIGNATURE_COSIGNATURE) throw new TlogError('unsupported', 'a witness key is of type 0x04')
  const stamp = new Uint8Array(TIME_BYTES)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  return { name: key.name, id: key.id, signature: concatBytes(stamp, await key.sign(message(text, time))) }
}

async function verifyOne(note: Note, key: VerifierKey, claim: NoteSignature): Promise<Cosignature> {
  if (claim.signature.length !== TIME_BYTES + ED25519_SIGNATURE_BYTES) {
    throw malformed(`the cosignature by ${key.name} has a wrong length`)
  }
  const time = Number(new DataView(claim.signature.buffer, claim.signature.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(time)) throw malformed(`the cosignature by ${key.name} has an impossible time`)
  if (!(await verifyEd25519(key.publicKey, message(note.text, time), claim.signature.subarray(TIME_BYTES)))) {
    throw new TlogError('bad_signature', `the cosignature by ${key.name} does not verify`)
  }
  return { key, time }
}

/**
 * The cosignatures on a checkpoint's note by the witnesses in `keys`, at most one a key, the earliest;
 * keys of another type are passed over. Throws `malformed` or `bad_signature` for a bad one by a known key.
 */
export async function verifyCosignatures(note: Note, keys: readonly VerifierKey[]): Promise<Cosignature[]> {
  const found: Cosignature[] = []
  for (const key of keys) {
    if (key.type !== SIGNATURE_COSIGNATURE) continue
    const own: Cosignature[] = []
    for (const claim of signaturesBy(note, key)) own.push(await verifyOne(note, key, claim))
    const [earliest] = own.sort((a, b) => a.time - b.time)
    if (earliest) found.push(earliest)
  }
  return found
}
