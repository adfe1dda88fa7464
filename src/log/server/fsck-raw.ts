/** Rows of a batch; published bundles, 256 entries each, lie whole in one. */
export const batchRows = 2048

/** A row of `log_entry` in a buffer: each field from its start to its end, both -1 where it is null. */
export type RawEntry = {
  bytes: Buffer
  index: number
  starts: Int32Array
  ends: Int32Array
}

/** The fields of a {@link RawEntry}, by their places. */
export const field = {
  type: 1,
  noun: 2,
  leaf: 3,
  salt: 4,
  statement: 5,
  recordedAt: 6,
  recordId: 7,
  eventId: 8,
  n: 9,
} as const

const fields = 10

/**
 * The rows in their order, every time in the same object, which says something else then. `bytes` holds PostgreSQL's
 * binary records: the number of fields, then the type, the length (-1: null) and the bytes of each.
 */
export function* eachEntry(bytes: Buffer): Generator<RawEntry> {
  const starts = new Int32Array(fields)
  const ends = new Int32Array(fields)
  const entry: RawEntry = { bytes, index: 0, starts, ends }
  for (let at = 0; at < bytes.length; ) {
    at += 4
    for (let i = 0; i < fields; i++) {
      const length = int32At(bytes, at + 4)
      at += 8
      starts[i] = length < 0 ? -1 : at
      if (length > 0) at += length
      ends[i] = length < 0 ? -1 : at
    }
    const index = starts[0] ?? 0
    entry.index = (int32At(bytes, index) >>> 0) * 2 ** 32 + (int32At(bytes, index + 4) >>> 0)
    yield entry
  }
}

// The checks that a Buffer's own reading makes cost more than the reading: a row has ten lengths.
export const int32At = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number)

export function uuidOf({ bytes, starts }: RawEntry, i: number): string {
  const at = starts[i] ?? 0
  const hex = bytes.toString('hex', at, at + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const secondsFrom1970To2000 = 946_684_800

/** Microseconds since 1970: PostgreSQL counts them from 2000. */
export const instantOf = ({ bytes, starts }: RawEntry): number => {
  const at = starts[field.recordedAt] ?? 0
  return int32At(bytes, at) * 2 ** 32 + (int32At(bytes, at + 4) >>> 0) + secondsFrom1970To2000 * 1e6
}

/** How many bytes of the field there are, -1 where it is null. */
export const sizeOf = ({ starts, ends }: RawEntry, i: number): number =>
  (starts[i] ?? -1) < 0 ? -1 : (ends[i] ?? 0) - (starts[i] ?? 0)
