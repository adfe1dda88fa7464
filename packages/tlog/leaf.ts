import { decodeBase64, decodeUtf8, encodeHex, equalBytes } from './bytes.ts'
import { malformed } from './error.ts'
import { canonicalBytes } from './jcs.ts'
import { parseStrict } from './json.ts'
import { checkSize } from './merkle.ts'
import { HASH_BYTES } from './sha256.ts'

/** A log entry's public part: who can read the log sees that something of a kind happened, not what. */
export type LeafV1 = {
  readonly v: 1
  /** Kind of event, `noun.verb`. */
  readonly t: string
  /** Random id of the record's stream: base64 of 16 bytes. */
  readonly s: string
  /** Gapless counter in the stream, a decimal integer. */
  readonly n: string
  /** Commitment to the statement: base64 of 32 bytes. */
  readonly c: string
  /** Beacon: newest cosigned checkpoint known to the producer, `<size>:<root8>`, or empty. */
  readonly b: string
  /** Event id, a UUIDv7 minted by the caller, unique in the log. */
  readonly e: string
}

/** A leaf is smaller than this. */
export const MAX_LEAF_BYTES = 1024

const STREAM_BYTES = 16
const BEACON_ROOT_BYTES = 8

const TYPE = /^(?=.{1,64}$)[a-z][A-Za-z0-9_-]*(?:\.[a-z][A-Za-z0-9_-]*)*$/
// 2^63 - 1 has 19 digits: the counter is a bigint column, and a string here so that no reader rounds it.
const COUNTER = /^(?:0|[1-9]\d{0,18})$/
const BEACON = /^(?:(?:0|[1-9]\d{0,15}):[0-9a-f]{16})?$/
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const FIELDS: Readonly<Record<keyof LeafV1, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  t: (value) => typeof value === 'string' && TYPE.test(value),
  s: (value) => typeof value === 'string' && decodeBase64(value).length === STREAM_BYTES,
  n: (value) => typeof value === 'string' && COUNTER.test(value),
  c: (value) => typeof value === 'string' && decodeBase64(value).length === HASH_BYTES,
  b: (value) => typeof value === 'string' && BEACON.test(value),
  e: (value) => typeof value === 'string' && UUID_V7.test(value),
}

function isLeaf(value: unknown): value is LeafV1 {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(FIELDS)
  if (Object.keys(value).length !== entries.length) return false
  return entries.every(
    ([name, fits]) => Object.hasOwn(value, name) && fits((value as Record<string, unknown>)[name]),
  )
}

/** The bytes to log; throws `malformed` for a leaf that `decodeLeaf` would refuse. */
export function encodeLeaf(leaf: LeafV1): Uint8Array {
  if (!isLeaf(leaf)) throw malformed('not a log entry')
  const bytes = canonicalBytes(leaf)
  if (bytes.length >= MAX_LEAF_BYTES) throw malformed('a log entry is too long')
  return bytes
}

/** The entry in a leaf's bytes; throws `malformed` unless they are exactly what `encodeLeaf` writes. */
export function decodeLeaf(bytes: Uint8Array): LeafV1 {
  if (bytes.length >= MAX_LEAF_BYTES) throw malformed('a log entry is too long')
  const value: unknown = parseStrict(decodeUtf8(bytes))
  if (!isLeaf(value)) throw malformed('not a log entry')
  if (!equalBytes(canonicalBytes(value), bytes)) throw malformed('a log entry is not in canonical form')
  return value
}

/** The beacon of a checkpoint: its size and the first 8 bytes of its root in hexadecimal. */
export function beaconOf(size: number, root: Uint8Array): string {
  checkSize(size)
  return `${size}:${encodeHex(root.subarray(0, BEACON_ROOT_BYTES))}`
}
