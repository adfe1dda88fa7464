import { concatBytes, equalBytes } from './bytes.ts'
import { children, type Der, integerOctets, oidOf, readDer, TAG } from './der.ts'
import { verifyEd25519 } from './ed25519.ts'
import { malformed, TlogError } from './error.ts'
import { subtle } from './platform.ts'

const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
}

const ECDSA_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
}

const RSA_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
}

const ED25519 = '1.3.101.112'
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'

const unsupported = (what: string, oid: string): TlogError =>
  new TlogError('unsupported', `${what} ${oid} is not supported`)

/** WebCrypto name of a digest algorithm; SHA-1 and older are `unsupported` on purpose. */
export function digestName(algorithm: Der | undefined): string {
  const [id, parameters, ...more] = children(algorithm)
  const oid = oidOf(id)
  const name = HASHES[oid]
  if (!name) throw unsupported('digest', oid)
  // RFC 5754 section 2: parameters are absent or NULL.
  const bare = parameters === undefined || (parameters.tag === TAG.null && parameters.body.length === 0)
  if (!bare || more.length > 0) throw malformed('a digest algorithm has parameters')
  return name
}

/** Digest of `data`; `name` is a WebCrypto name. */
export const digest = async (name: string, data: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await subtle().digest(name, data))

/** WebCrypto wants r and s side by side where X.509 and CMS carry a SEQUENCE (RFC 3279 section 2.2.3). */
function plainEcdsa(signature: Uint8Array, bytes: number): Uint8Array {
  const parts = children(readDer(signature))
  if (parts.length !== 2) throw malformed('an ECDSA signature has two parts')
  const padded = parts.map((part) => {
    const octets = integerOctets(part)
    const value = octets[0] === 0 ? octets.subarray(1) : octets
    if (value.length > bytes || (octets[0] as number) >= 0x80)
      throw malformed('an ECDSA signature is out of range')
    return concatBytes(new Uint8Array(bytes - value.length), value)
  })
  return concatBytes(...padded)
}

async function verifyEcdsa(
  spki: Der,
  hash: string,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const oid = oidOf(children(children(spki)[0])[1])
  const curve = CURVES[oid]
  if (!curve) throw unsupported('curve', oid)
  const algorithm = { name: 'ECDSA', namedCurve: curve.name, hash }
  const key = await subtle().importKey('spki', spki.raw, algorithm, false, ['verify'])
  return subtle().verify(algorithm, key, plainEcdsa(signature, curve.bytes), message)
}

async function verifyRsa(
  spki: Der,
  hash: string,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash }
  const key = await subtle().importKey('spki', spki.raw, algorithm, false, ['verify'])
  return subtle().verify(algorithm, key, signature, message)
}

/**
 * Whether a certificate's or CMS signature verifies: Ed25519, ECDSA on the NIST curves or RSA PKCS #1 v1.5,
 * with SHA-256 or longer. `digestHint` is the CMS digest, which a bare rsaEncryption leaves open. Throws
 * `unsupported` for any other algorithm, `malformed` for bytes without the right form.
 */
export async function verifyPkiSignature(
  spki: Der,
  algorithm: Der,
  message: Uint8Array,
  signature: Uint8Array,
  digestHint?: string,
): Promise<boolean> {
  const oid = oidOf(children(algorithm)[0])
  const rsaHash = oid === RSA_ENCRYPTION ? digestHint : RSA_HASHES[oid]
  const ecdsaHash = ECDSA_HASHES[oid]
  // An algorithm that contradicts the CMS digest would let one message stand for two digests.
  const claimed = rsaHash ?? ecdsaHash
  if (digestHint && claimed && claimed !== digestHint)
    throw malformed('digest and signature algorithms differ')
  if (rsaHash) return verifyRsa(spki, rsaHash, message, signature)
  if (ecdsaHash) return verifyEcdsa(spki, ecdsaHash, message, signature)
  if (oid !== ED25519) throw unsupported('signature algorithm', oid)
  const [keyAlgorithm, key] = children(spki)
  if (!keyAlgorithm || !equalBytes(keyAlgorithm.raw, algorithm.raw)) throw malformed('not an Ed25519 key')
  return verifyEd25519((key as Der).body.subarray(1), message, signature)
}
