import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { type Ed25519Signer, verifyEd25519 } from './ed25519.ts'
import { malformed, TlogError } from './error.ts'
import { canonicalBytes } from './jcs.ts'
import { parseStrict } from './json.ts'

/** A signed payload (DSSE v1); in memory the payload is bytes, base64 only in the JSON form. */
export type Envelope = {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signatures: readonly EnvelopeSignature[]
}

/** `keyid` is an unauthenticated hint: it may choose a key to try, never a key to trust. */
export type EnvelopeSignature = { readonly keyid: string; readonly sig: Uint8Array }

/** A key that a verifier trusts, under the id that it gives it. */
export type DsseKey = { readonly keyid: string; readonly publicKey: Uint8Array }

/** Pre-authentication encoding: what is signed, so that type and payload cannot trade bytes (DSSE v1). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = encodeUtf8(payloadType)
  const head = encodeUtf8(`DSSEv1 ${type.length} `)
  return concatBytes(head, type, encodeUtf8(` ${payload.length} `), payload)
}

/** Signs a payload with each of the signers. */
export async function signEnvelope(
  payloadType: string,
  payload: Uint8Array,
  signers: readonly (Ed25519Signer & { readonly keyid: string })[],
): Promise<Envelope> {
  if (signers.length === 0) throw malformed('an envelope needs a signature')
  const message = preAuthEncoding(payloadType, payload)
  const signatures: EnvelopeSignature[] = []
  for (const signer of signers) signatures.push({ keyid: signer.keyid, sig: await signer.sign(message) })
  return { payloadType, payload, signatures }
}

/** The JSON form of an envelope, canonical. */
export const encodeEnvelope = (envelope: Envelope): Uint8Array =>
  canonicalBytes({
    payloadType: envelope.payloadType,
    payload: encodeBase64(envelope.payload),
    signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: encodeBase64(sig) })),
  })

function text(object: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
  if (value !== undefined && typeof value !== 'string') throw malformed(`${name} is not text`)
  return value
}

/** DSSE allows both alphabets of RFC 4648 for readers. */
const fromEither = (base64: string): Uint8Array =>
  decodeBase64(base64.replaceAll('-', '+').replaceAll('_', '/'))

function decodeSignature(value: unknown): EnvelopeSignature {
  if (typeof value !== 'object' || value === null) throw malformed('a signature is not an object')
  const sig = text(value, 'sig')
  if (!sig) throw malformed('a signature is empty')
  return { keyid: text(value, 'keyid') ?? '', sig: fromEither(sig) }
}

/** Parses an envelope without verifying it; unknown members are ignored as DSSE asks; throws `malformed`. */
export function decodeEnvelope(file: Uint8Array): Envelope {
  const value: unknown = parseStrict(decodeUtf8(file))
  if (typeof value !== 'object' || value === null) throw malformed('an envelope is not an object')
  const payloadType = text(value, 'payloadType')
  const payload = text(value, 'payload')
  const signatures = (value as { readonly signatures?: unknown }).signatures
  if (!payloadType || payload === undefined || !Array.isArray(signatures) || signatures.length === 0) {
    throw malformed('an envelope lacks its type, payload or signatures')
  }
  return { payloadType, payload: fromEither(payload), signatures: signatures.map(decodeSignature) }
}

/**
 * The trusted keys that signed an envelope, each once; throws `untrusted` when fewer than `threshold` did.
 * Every signature is tried with every key of its keyid, or with all when it has none or an unknown one.
 */
export async function verifyEnvelope(
  envelope: Envelope,
  keys: readonly DsseKey[],
  threshold = 1,
): Promise<DsseKey[]> {
  const message = preAuthEncoding(envelope.payloadType, envelope.payload)
  // A key listed twice, under whatever ids, must not count twice towards the threshold.
  const signers = new Map<string, DsseKey>()
  for (const { keyid, sig } of envelope.signatures) {
    const hinted = keys.filter((key) => key.keyid === keyid)
    for (const key of hinted.length > 0 ? hinted : keys) {
      if (await verifyEd25519(key.publicKey, message, sig)) signers.set(encodeBase64(key.publicKey), key)
    }
  }
  if (signers.size < Math.max(1, threshold)) {
    throw new TlogError('untrusted', `${signers.size} trusted keys signed the envelope`)
  }
  return [...signers.values()]
}
