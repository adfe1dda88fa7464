import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * How a collector shows that it has an API key without sending it (docs/spec/collector.md). The construction is that of
 * SCRAM (RFC 5802 section 3): the server keeps only SHA-256 of the key; the proof is the key, masked by an HMAC that
 * is keyed with that digest and covers the request. Without the digest the mask cannot be made, so the proof hides the
 * key and holds for nothing else; with the digest alone there is no key to mask, so a copy of the database signs nothing.
 */
export type Request = {
  method: string
  /** As in the request line, with the query. */
  path: string
  /** ISO 8601 in UTC. */
  time: string
  nonce: string
  body: Uint8Array
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Keys are shorter than the mask; nothing longer can be hidden by it. */
const maskLength = 64

function mask(stored: Uint8Array, { method, path, time, nonce, body }: Request): Buffer {
  const message = ['assay-collect/1', method, path, time, nonce, sha256(body).toString('hex')].join('\n')
  return createHmac('sha512', stored).update(message).digest()
}

const combined = (bytes: Uint8Array, pad: Buffer): Buffer =>
  Buffer.from(bytes.map((byte, index) => byte ^ (pad[index] ?? 0)))

/** The proof for a request, in base64url. Throws for a key that is longer than the mask. */
export function prove(key: string, request: Request): string {
  const bytes = Buffer.from(key, 'utf8')
  if (bytes.length > maskLength) throw new RangeError('the key is too long')
  return combined(bytes, mask(sha256(bytes), request)).toString('base64url')
}

/** The key that a proof shows, when it is the one of this digest (hexadecimal) and the request is what was proved. */
export function keyShownBy(proof: string, digest: string, request: Request): string | null {
  const hidden = Buffer.from(proof, 'base64url')
  if (hidden.length === 0 || hidden.length > maskLength) return null
  const stored = Buffer.from(digest, 'hex')
  const key = combined(hidden, mask(stored, request))
  const found = sha256(key)
  return found.length === stored.length && timingSafeEqual(found, stored) ? key.toString('utf8') : null
}

/** Characters of a key that its owner may see, and by which the server looks it up. */
export const shownCharacters = 12

const field = (name: string, form: string) => `${name}="(${form})"`
const header = new RegExp(
  `^Assay-Proof ${[
    field('prefix', '[A-Za-z0-9_-]{12}'),
    field('time', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,3})?Z'),
    field('nonce', '[A-Za-z0-9_-]{22,64}'),
    field('proof', '[A-Za-z0-9_-]{20,86}'),
  ].join(', ')}$`,
)

export type Shown = { prefix: string; time: string; nonce: string; proof: string }

/** The `Authorization` header of a proved request; null for any other text. */
export function readProof(text: string): Shown | null {
  const [, prefix, time, nonce, proof] = header.exec(text) ?? []
  return prefix && time && nonce && proof ? { prefix, time, nonce, proof } : null
}

export const writeProof = ({ prefix, time, nonce, proof }: Shown): string =>
  `Assay-Proof prefix="${prefix}", time="${time}", nonce="${nonce}", proof="${proof}"`

/** How far the clocks of a collector and of the server may differ, in milliseconds. */
export const tolerableSkew = 5 * 60_000
