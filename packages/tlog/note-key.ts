import { concatBytes, decodeBase64, decodeHex, encodeBase64, encodeUtf8 } from './bytes.ts'
import { ED25519_KEY_BYTES, type Ed25519Signer, ed25519Signer } from './ed25519.ts'
import { malformed, TlogError } from './error.ts'
import { sha256 } from './sha256.ts'

/** Signature types of C2SP signed-note that this library checks; both use Ed25519 keys. */
export const SIGNATURE_ED25519 = 0x01
export const SIGNATURE_COSIGNATURE = 0x04

export type SignatureType = typeof SIGNATURE_ED25519 | typeof SIGNATURE_COSIGNATURE

/** A key that may verify note signatures; name and id together say which signatures are meant for it. */
export type VerifierKey = {
  readonly name: string
  /** First four bytes of SHA-256(name || 0x0A || type || public key), as an unsigned integer. */
  readonly id: number
  readonly type: SignatureType
  readonly publicKey: Uint8Array
}

/** A key that signs notes. */
export type SignerKey = VerifierKey & { readonly sign: Ed25519Signer['sign'] }

/** Whether a key name is allowed: not empty, no Unicode space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
  return name.isWellFormed() && /^[^\s\u0085+\u0000-\u001f]+$/u.test(name)
}

/** Key id as C2SP signed-note recommends it. */
export function keyId(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const digest = sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(type), publicKey))
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0)
}

const idHex = (id: number): string => id.toString(16).padStart(8, '0')

/** The verifier key of a name and a raw Ed25519 public key; throws `malformed`. */
export function verifierKey(name: string, publicKey: Uint8Array, type: SignatureType): VerifierKey {
  if (!isKeyName(name)) throw malformed('not a key name')
  if (publicKey.length !== ED25519_KEY_BYTES) throw malformed('an Ed25519 key is not 32 bytes long')
  return { name, id: keyId(name, type, publicKey), type, publicKey }
}

/** Text form `<name>+<key id>+<base64 of type and key>` (C2SP signed-note, verifier keys). */
export const formatVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${idHex(key.id)}+${encodeBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`

type KeyParts = {
  readonly name: string
  readonly id: string
  readonly type: SignatureType
  readonly key: Uint8Array
}

function splitKey(text: string): KeyParts {
  // Base64 may itself contain a plus sign, a name may not.
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([^+]*)\+(.*)$/.exec(text) ?? []
  if (!isKeyName(name) || id.length !== 8) throw malformed('not a key: name, key id and key are needed')
  decodeHex(id)
  const typed = decodeBase64(encoded)
  const type = typed[0]
  if (type !== SIGNATURE_ED25519 && type !== SIGNATURE_COSIGNATURE) {
    throw new TlogError('unsupported', `signature type ${type} is not supported`)
  }
  return { name, id, type, key: typed.slice(1) }
}

/**
 * Parses a verifier key. Throws `malformed`, `mismatch` when the key id is not that of the key (a typing
 * error would otherwise show as an unknown key), `unsupported` for a type other than 0x01 and 0x04.
 */
export function parseVerifierKey(text: string): VerifierKey {
  const parts = splitKey(text)
  const key = verifierKey(parts.name, parts.key, parts.type)
  if (idHex(key.id) !== parts.id) throw new TlogError('mismatch', 'the key id is not that of the key')
  return key
}

/** A signing key from a name and whatever holds the private key; throws `malformed` for a bad name. */
export const signerKey = (
  name: string,
  signer: Ed25519Signer,
  type: SignatureType = SIGNATURE_ED25519,
): SignerKey => ({ ...verifierKey(name, signer.publicKey, type), sign: signer.sign })

const SECRET_PREFIX = 'PRIVATE+KEY+'

/**
 * Secret text form `PRIVATE+KEY+<name>+<key id>+<base64 of type and seed>`, the one in common use with
 * signed notes. Whoever reads it can sign as `name`.
 */
export async function formatSignerKey(
  name: string,
  seed: Uint8Array,
  type: SignatureType = SIGNATURE_ED25519,
): Promise<string> {
  const key = signerKey(name, await ed25519Signer(seed), type)
  return `${SECRET_PREFIX}${name}+${idHex(key.id)}+${encodeBase64(concatBytes(Uint8Array.of(type), seed))}`
}

/** Parses a secret key; throws as `parseVerifierKey` does, and never quotes the secret in an error. */
export async function parseSignerKey(text: string): Promise<SignerKey> {
  if (!text.startsWith(SECRET_PREFIX)) throw malformed('not a signing key')
  const parts = splitKey(text.slice(SECRET_PREFIX.length))
  const key = signerKey(parts.name, await ed25519Signer(parts.key), parts.type)
  if (idHex(key.id) !== parts.id) throw new TlogError('mismatch', 'the key id is not that of the key')
  return key
}
