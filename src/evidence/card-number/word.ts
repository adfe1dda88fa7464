/** The middle of some bytes as words of four, which begin at an address that a word may have. */
type Words = { words: Int32Array; begin: number; end: number }

function wordsOf(bytes: Uint8Array, from: number, to: number): Words {
  const begin = Math.min(to, from + ((4 - ((bytes.byteOffset + from) & 3)) & 3))
  const count = (to - begin) >> 2
  return {
    words: count > 0 ? new Int32Array(bytes.buffer, bytes.byteOffset + begin, count) : new Int32Array(),
    begin,
    end: begin + count * 4,
  }
}

const newline = 0x0a
const newlines = 0x0a0a0a0a
const low = 0x7f7f7f7f
// A byte of a word of counts holds no more.
const mostTurns = 255

const sumOf = (counts: number): number =>
  (counts & 255) + ((counts >>> 8) & 255) + ((counts >>> 16) & 255) + (counts >>> 24)

/** How many line ends stand from `from` to before `to`. Four bytes at once, since every byte of every file is asked. */
export function lineEnds(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  const { words, begin, end } = wordsOf(bytes, from, to)
  for (let at = from; at < begin; at += 1) if (bytes[at] === newline) lines += 1
  for (let at = 0; at < words.length; ) {
    const stop = Math.min(words.length, at + mostTurns)
    let counts = 0
    for (; at < stop; at += 1) {
      const word = (words[at] ?? 0) ^ newlines
      // The highest bit of a byte stays unset only where the byte is zero: no carry leaves a byte.
      counts = (counts + (~(((word & low) + low) | word | low) >>> 7)) | 0
    }
    lines += sumOf(counts)
  }
  for (let at = end; at < to; at += 1) if (bytes[at] === newline) lines += 1
  return lines
}

// What no text file has: control characters but tab, line ends, form feed and escape.
const isOdd = (byte: number): boolean => byte < 0x20 && (byte <= 0x08 || (byte >= 0x0e && byte !== 0x1b))

function hasOddAt(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isOdd(bytes[at] ?? 0)) return true
  return false
}

// Added to each byte of a word, brings what is printable to its highest bit.
const printable = 0x60606060

/** Whether bytes, which are all ASCII, have a control character that stands in no text. */
export function hasOddControls(bytes: Uint8Array): boolean {
  const { words, begin, end } = wordsOf(bytes, 0, bytes.length)
  const fours = words.length & ~3
  for (let at = 0; at < fours; at += 4) {
    // Of ASCII, what is below 0x20 does not come to the highest bit.
    const highest =
      ((words[at] ?? 0) + printable) &
      ((words[at + 1] ?? 0) + printable) &
      ((words[at + 2] ?? 0) + printable) &
      ((words[at + 3] ?? 0) + printable) &
      0x80808080
    if (highest === (0x80808080 | 0)) continue
    if (hasOddAt(bytes, begin + at * 4, begin + at * 4 + 16)) return true
  }
  return (
    hasOddAt(bytes, 0, begin) || hasOddAt(bytes, begin + fours * 4, end) || hasOddAt(bytes, end, bytes.length)
  )
}
