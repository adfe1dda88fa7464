import { malformed } from './error.ts'
import { utf8Decoder, utf8Encoder } from './platform.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SEXTET = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) SEXTET[ALPHABET.charCodeAt(i)] = i

/** UTF-8 of `text`; a lone surrogate is refused instead of silently becoming U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw malformed('text has a lone surrogate')
  return utf8Encoder.encode(text)
}

/** Text of UTF-8 `bytes`; throws `malformed` at invalid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8Decoder.decode(bytes)
  } catch {
    throw malformed('not valid UTF-8')
  }
}

/** Standard, padded base64 (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63)
    text += i + 1 < bytes.length ? ALPHABET.charAt((group >> 6) & 63) : '='
    text += i + 2 < bytes.length ? ALPHABET.charAt(group & 63) : '='
  }
  return text
}

/**
 * Bytes of standard base64, in its one canonical form: padded, no white space, unused bits zero. Two
 * spellings of the same bytes would let a signed or hashed text change without its meaning changing.
 */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw malformed('base64 length is not a multiple of 4')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const digits = text.length - padding
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let group = 0
  for (let i = 0, at = 0; i < digits; i++) {
    const sextet = SEXTET[text.charCodeAt(i)] ?? -1
    if (sextet < 0) throw malformed('not a base64 digit')
    group = ((group << 6) | sextet) & 0xff_ffff
    if (i % 4 === 1) bytes[at++] = group >> 4
    if (i % 4 === 2) bytes[at++] = group >> 2
    if (i % 4 === 3) bytes[at++] = group
  }
  const unused = padding === 1 ? group & 0x3 : padding === 2 ? group & 0xf : 0
  if (unused !== 0) throw malformed('base64 has stray bits')
  return bytes
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Bytes of lower-case hexadecimal text; upper case is refused so that one value has one spelling. */
export function decodeHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw malformed('not lower-case hexadecimal')
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Equality of public values; not constant-time, so never use it to compare secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * A non-negative decimal integer without sign or leading zeros, at most 2^53 - 1 (the form of every size
 * and index in the C2SP formats); throws `malformed` otherwise.
 */
export function parseDecimal(text: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value)) throw malformed('not a decimal integer without leading zeros')
  return value
}
