import { shortestNumber } from './brand.ts'
import { between, digit, kinds, other } from './byte-kind.ts'
import { cardDetector } from './detector.ts'
import { reach } from './scan.ts'
import type { Detection } from './tally.ts'

// Of letters of 16 bits one byte is zero. A soft hyphen is seen by nobody between two digits.
const zero = 0
const softHyphen = 0xad
const isDropped = (byte: number): boolean => byte === zero || byte === softHyphen

/** The kinds of bytes among which some are dropped: these stand between digits and divide nothing. */
const wideKinds = Uint8Array.from(kinds)
wideKinds[zero] = between
wideKinds[softHyphen] = between

// Before the twelfth digit of a number stand at most a few dozen of its bytes and then what gives it its context.
const context = 2 * reach
// Stands between two stretches of which the middle was left out; it is no digit, letter, sign or separator.
const gap = Uint8Array.of(1)

/** What is known of a row of digits and separators that may go on: how many digits it has had so far. */
type Row = { open: boolean; digits: number }

/**
 * Where in the bytes from `at` a row of digits and separators comes to twelve digits: the place behind the twelfth, or -1.
 * Looks at every twelfth byte; where it is no part of a number, no number covers it.
 */
function twelfthDigit(bytes: Uint8Array, at: number, row: Row): number {
  /** Reads the row on from a place; answers where it ends or comes to twelve. */
  const follow = (from: number): number => {
    for (let to = from; to < bytes.length; to += 1) {
      const kind = wideKinds[bytes[to] ?? 0]
      if (kind === other) {
        row.open = false
        row.digits = 0
        return to
      }
      if (kind === digit) {
        row.digits += 1
        if (row.digits === shortestNumber) return to + 1
      }
    }
    return bytes.length
  }
  let next = at
  if (row.open) next = follow(at)
  let probe = next + shortestNumber - 1
  while (row.digits < shortestNumber && next < bytes.length) {
    // The last few bytes are the beginning of a row that goes on in the next part.
    const place = Math.min(probe, bytes.length - 1)
    if (wideKinds[bytes[place] ?? 0] === other) {
      next = place + 1
      probe = next + shortestNumber - 1
      continue
    }
    let start = place
    while (start > next && wideKinds[bytes[start - 1] ?? 0] !== other) start -= 1
    row.open = true
    next = follow(start)
    probe = next + shortestNumber
  }
  return row.digits < shortestNumber ? -1 : next
}

/**
 * A detector for letters of 16 bits in whatever order and at whatever place: it finds what {@link cardDetector} finds in
 * the bytes without zeros and soft hyphens. It hands over the surroundings of long rows of digits alone, because most
 * bytes of most files are in no number's. Lines and offsets of what it finds mean nothing.
 */
export function narrowDetector(): { push(part: Uint8Array): void; end(): Detection } {
  const detector = cardDetector()
  const row: Row = { open: false, digits: 0 }
  // The last bytes that were kept, from the end of this array backwards.
  const before = new Uint8Array(context)
  const latest = new Uint8Array(context)
  let known = 0
  // How many bytes are still to be handed over behind the last row of twelve digits.
  let behind = 0

  /** Remembers the last kept bytes before a place. */
  function remember(bytes: Uint8Array, from: number, to: number): void {
    let place = context
    for (let at = to; at > from && place > 0; at -= 1) {
      const byte = bytes[at - 1] ?? 0
      if (!isDropped(byte)) latest[--place] = byte
    }
    const stays = Math.min(known, place)
    before.copyWithin(place - stays, context - stays)
    before.set(latest.subarray(place), place)
    known = context - place + stays
  }

  /** Hands over what is kept of the bytes from a place, as long as it can matter; answers where it ended. */
  function handOver(bytes: Uint8Array, from: number): number {
    const kept = new Uint8Array(bytes.length - from)
    let length = 0
    let at = from
    for (; at < bytes.length && behind > 0; at += 1) {
      const byte = bytes[at] ?? 0
      if (isDropped(byte)) continue
      kept[length++] = byte
      const kind = kinds[byte]
      row.open = kind !== other
      if (!row.open) row.digits = 0
      else if (kind === digit) row.digits += 1
      behind = row.digits < shortestNumber ? behind - 1 : context
    }
    detector.push(kept.subarray(0, length))
    kept.fill(0)
    if (behind === 0) detector.push(gap)
    remember(bytes, from, at)
    return at
  }

  return {
    push(part) {
      for (let at = 0; at < part.length; ) {
        if (behind > 0) at = handOver(part, at)
        else {
          const to = twelfthDigit(part, at, row)
          remember(part, at, to < 0 ? part.length : to)
          if (to < 0) return
          detector.push(before.subarray(context - known))
          behind = context
          at = to
        }
      }
    },
    end() {
      before.fill(0)
      latest.fill(0)
      return detector.end()
    },
  }
}
