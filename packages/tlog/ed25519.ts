import { concatBytes, decodeBase64, decodeHex } from './bytes.ts'
import { malformed } from './error.ts'
import { nodeCrypto, subtle } from './platform.ts'

export const ED25519_KEY_BYTES = 32
export const ED25519_SIGNATURE_BYTES = 64

/** Whatever holds a private Ed25519 key: a file's seed here, a key service elsewhere. */
export type Ed25519Signer = {
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>
}

// RFC 8410: the fixed DER in front of a raw 32-byte seed (PKCS#8) and public key (SPKI).
const PKCS8_PREFIX = decodeHex('302e020100300506032b657004220420')
const SPKI_PREFIX = decodeHex('302a300506032b6570032100')

function checkKey(key: Uint8Array): void {
  if (key.length !== ED25519_KEY_BYTES) throw malformed('an Ed25519 key is not 32 bytes long')
}

/** The public half in a JSON Web Key is unpadded base64url (RFC 8037 section 2). */
function publicFromJwk(jwk: { readonly x?: string | undefined }): Uint8Array {
  const key = decodeBase64(`${(jwk.x ?? '').replaceAll('-', '+').replaceAll('_', '/')}=`)
  checkKey(key)
  return key
}

/** A signer for a 32-byte Ed25519 seed (RFC 8032 section 5.1.5); throws `malformed` at another length. */
export async function ed25519Signer(seed: Uint8Array): Promise<Ed25519Signer> {
  checkKey(seed)
  const der = concatBytes(PKCS8_PREFIX, seed)
  const native = nodeCrypto
  if (native) {
    const key = native.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const publicKey = publicFromJwk(native.createPublicKey(key).export({ format: 'jwk' }))
    return { publicKey, sign: async (message) => new Uint8Array(native.sign(null, message, key)) }
  }
  const key = await subtle().importKey('pkcs8', der, 'Ed25519', true, ['sign'])
  const publicKey = publicFromJwk(await subtle().exportKey('jwk', key))
  return { publicKey, sign: async (message) => new Uint8Array(await subtle().sign('Ed25519', key, message)) }
}

/** Whether `signature` is one by `publicKey` over `message`; throws `malformed` at a key of another length. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  checkKey(publicKey)
  if (signature.length !== ED25519_SIGNATURE_BYTES) return false
  if (nodeCrypto) {
    const key = nodeCrypto.createPublicKey({
      key: concatBytes(SPKI_PREFIX, publicKey),
      format: 'der',
      type: 'spki',
    })
    return nodeCrypto.verify(null, message, key, signature)
  }
  const key = await subtle().importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  return subtle().verify('Ed25519', key, signature, message)
}
