import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { verifyEd25519 } from './ed25519.ts'
import { malformed, TlogError } from './error.ts'
import { isKeyName, SIGNATURE_ED25519, type SignerKey, type VerifierKey } from './note-key.ts'

/** Limits of C2SP signed-note, which asks for at least 16 signatures: more is refused unread. */
export const MAX_NOTE_BYTES = 1_000_000
export const MAX_NOTE_SIGNATURES = 100

/** One signature line: who it claims to be by, and the bytes after the key id. */
export type NoteSignature = { readonly name: string; readonly id: number; readonly signature: Uint8Array }

/** A parsed note. Nothing about it is verified; `text` ends in a newline. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

const LINE_START = '\u2014 '

function parseSignature(line: string): NoteSignature {
  const [name = '', encoded = '', ...more] = line.startsWith(LINE_START)
    ? line.slice(LINE_START.length).split(' ')
    : []
  if (!isKeyName(name) || more.length > 0) throw malformed('not a signature line')
  const bytes = decodeBase64(encoded)
  if (bytes.length < 5) throw malformed('a signature is too short')
  return { name, id: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/

/** Throws `malformed` unless `text` may be the text of a note: well formed, no controls, ends in a newline. */
function checkText(text: string): void {
  if (!text.isWellFormed() || CONTROL.test(text)) throw malformed('a note has control characters')
  if (!text.endsWith('\n')) throw malformed('the text of a note does not end in a newline')
}

/** Parses a signed note, bytes or text, without verifying it; throws `malformed` (C2SP signed-note). */
export function parseNote(note: Uint8Array | string): Note {
  if (note.length > MAX_NOTE_BYTES) throw malformed('the note is too long')
  const whole = typeof note === 'string' ? note : decodeUtf8(note)
  checkText(whole)
  const blank = whole.lastIndexOf('\n\n')
  if (blank < 0) throw malformed('the note has no blank line before its signatures')
  const lines = whole.slice(blank + 2, -1).split('\n')
  if (blank + 2 >= whole.length) throw malformed('the note has no signatures')
  if (lines.length > MAX_NOTE_SIGNATURES) throw malformed('the note has too many signatures')
  return { text: whole.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

/** One signature line, newline included. */
export function formatSignature(signature: NoteSignature): string {
  const id = new Uint8Array(4)
  new DataView(id.buffer).setUint32(0, signature.id)
  return `${LINE_START}${signature.name} ${encodeBase64(concatBytes(id, signature.signature))}\n`
}

/** Writes a note; throws `malformed` for a text or a name that no reader would accept. */
export function formatNote(note: Note): string {
  checkText(note.text)
  if (note.signatures.length === 0) throw malformed('a note needs a signature')
  if (!note.signatures.every((signature) => isKeyName(signature.name))) throw malformed('not a key name')
  return `${note.text}\n${note.signatures.map(formatSignature).join('')}`
}

/** Signs `text`, which ends in a newline, with keys of type 0x01; throws `malformed` or `unsupported`. */
export async function signNote(text: string, keys: readonly SignerKey[]): Promise<string> {
  checkText(text)
  const message = encodeUtf8(text)
  const signatures: NoteSignature[] = []
  for (const key of keys) {
    if (key.type !== SIGNATURE_ED25519) throw new TlogError('unsupported', 'only type 0x01 signs a bare note')
    signatures.push({ name: key.name, id: key.id, signature: await key.sign(message) })
  }
  return formatNote({ text, signatures })
}

/** The signatures in a note that claim to be by `key`: same name and same key id. */
export const signaturesBy = (note: Note, key: VerifierKey): readonly NoteSignature[] =>
  note.signatures.filter((signature) => signature.name === key.name && signature.id === key.id)

/**
 * Verifies a note's type 0x01 signatures and returns the keys that signed it. Signatures by unknown keys
 * are ignored; a bad one by a known key condemns the note (`bad_signature`); none by a known key is
 * `untrusted` (C2SP signed-note, "Signatures").
 */
export async function verifyNote(note: Note, keys: readonly VerifierKey[]): Promise<VerifierKey[]> {
  const message = encodeUtf8(note.text)
  const signers: VerifierKey[] = []
  for (const key of keys) {
    if (key.type !== SIGNATURE_ED25519) continue
    const claims = signaturesBy(note, key)
    for (const claim of claims) {
      if (!(await verifyEd25519(key.publicKey, message, claim.signature))) {
        throw new TlogError('bad_signature', `the signature by ${key.name} does not verify`)
      }
    }
    if (claims.length > 0) signers.push(key)
  }
  if (signers.length === 0) throw new TlogError('untrusted', 'no known key signed the note')
  return signers
}
