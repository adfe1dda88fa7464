import { concatBytes, decodeUtf8 } from './bytes.ts'
import { malformed } from './error.ts'

/** One DER element (X.690 section 10): identifier octet, contents, and the whole element as it stood. */
export type Der = { readonly tag: number; readonly body: Uint8Array; readonly raw: Uint8Array }

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Identifier octets of context-specific tags. */
export const contextPrimitive = (number: number): number => 0x80 | number
export const contextConstructed = (number: number): number => 0xa0 | number

// Lengths over four octets would be 4 GiB; nothing here is.
const MAX_LENGTH_OCTETS = 4

function readAt(bytes: Uint8Array, at: number): Der {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw malformed('DER ends early')
  if ((tag & 0x1f) === 0x1f) throw malformed('DER has a long tag')
  let start = at + 2
  let length = first
  if (first >= 0x80) {
    const octets = first & 0x7f
    // Indefinite and non-minimal lengths are BER: a second spelling of signed bytes.
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw malformed('DER has an unusable length')
    length = bytes.subarray(start, start + octets).reduce((sum, octet) => sum * 256 + octet, 0)
    if (length < 0x80 || length < 256 ** (octets - 1)) throw malformed('DER has a non-minimal length')
    start += octets
  }
  const end = start + length
  if (end > bytes.length) throw malformed('DER ends early')
  return { tag, body: bytes.subarray(start, end), raw: bytes.subarray(at, end) }
}

/** The elements that `bytes` consist of, one after another. */
export function readAll(bytes: Uint8Array): Der[] {
  const elements: Der[] = []
  for (let at = 0; at < bytes.length; ) {
    const element = readAt(bytes, at)
    elements.push(element)
    at += element.raw.length
  }
  return elements
}

/** The single element that `bytes` consist of; throws `malformed` at anything after it. */
export function readDer(bytes: Uint8Array): Der {
  const element = readAt(bytes, 0)
  if (element.raw.length !== bytes.length) throw malformed('DER has trailing bytes')
  return element
}

/** Throws `malformed` unless the element is there and has the identifier octet `tag`. */
export function expectTag(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw malformed(`DER has tag ${element?.tag} in place of ${tag}`)
  return element
}

/** The elements of a constructed element of the given tag. */
export const children = (element: Der | undefined, tag: number = TAG.sequence): Der[] =>
  readAll(expectTag(element, tag).body)

/** Dotted form of an object identifier. */
export function oidOf(element: Der | undefined): string {
  const { body } = expectTag(element, TAG.oid)
  if (body.length === 0 || ((body.at(-1) as number) & 0x80) !== 0)
    throw malformed('DER has an unfinished OID')
  const arcs: number[] = []
  let arc = 0
  for (const octet of body) {
    if (arc === 0 && octet === 0x80) throw malformed('DER has a padded OID')
    arc = arc * 128 + (octet & 0x7f)
    if (!Number.isSafeInteger(arc)) throw malformed('DER has an oversized OID')
    if (octet >= 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const first = arcs[0] as number
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...arcs.slice(1)].join('.')
}

/** Octets of an INTEGER, checked to be minimal; compare serial numbers and nonces as these. */
export function integerOctets(element: Der | undefined): Uint8Array {
  const { body } = expectTag(element, TAG.integer)
  const [first, second = 0] = body
  const padded = body.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (first === undefined || padded) throw malformed('DER has a non-minimal integer')
  return body
}

/** Value of a small non-negative INTEGER. */
export function smallInteger(element: Der | undefined): number {
  const octets = integerOctets(element)
  if (octets.length > 5 || (octets[0] as number) >= 0x80) throw malformed('DER has an integer out of range')
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

/** Octets of a BIT STRING without unused bits. */
export function bitStringOctets(element: Der | undefined): Uint8Array {
  const { body } = expectTag(element, TAG.bitString)
  if (body[0] !== 0) throw malformed('DER has a bit string of odd length')
  return body.subarray(1)
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/

/** Milliseconds since the epoch of a UTCTime or GeneralizedTime in its DER form (RFC 5280 4.1.2.5). */
export function timeOf(element: Der | undefined): number {
  const utc = element?.tag === TAG.utcTime
  const text = decodeUtf8(utc ? element.body : expectTag(element, TAG.generalizedTime).body)
  const full = utc ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text
  const [, ...parts] = TIME.exec(full) ?? []
  const [year, month, day, hour, minute, second] = parts.slice(0, 6).map(Number) as number[]
  const fraction = Math.floor(Number(parts[6] ?? 0) * 1000)
  const time = Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day, hour, minute, second, fraction)
  // Date.UTC rolls 30 February over; writing the time again shows it.
  const written = Number.isNaN(time) ? '' : new Date(time).toISOString().replace(/[-:T]/g, '').slice(0, 14)
  if (written !== full.slice(0, 14)) throw malformed('DER has an impossible time')
  return time
}

/** Writes an element around its contents. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...contents)
  const length: number[] = []
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
  const head = body.length < 0x80 ? [tag, body.length] : [tag, 0x80 | length.length, ...length]
  return concatBytes(Uint8Array.from(head), body)
}
