const quote = 0x22
const backslash = 0x5c
const mostDepth = 32
const mostDigits = 15

// What may follow a backslash in canonical JSON, but for \u00xx, which is left to the slow look.
const escapes = new Set(Buffer.from('"\\bfnrt'))

/** The place after the string that begins at `from`, if it is written canonically and needs no more than an easy escape; -1 otherwise. */
export function stringEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === quote) return at + 1
    if (byte < 0x20) return -1
    if (byte === backslash && !escapes.has(bytes[++at] as number)) return -1
  }
  return -1
}

/** The same for a whole number that a double holds exactly. */
function numberEnd(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === 0x2d ? from + 1 : from
  let at = start
  while ((bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at += 1
  const digits = at - start
  if (digits === 0 || digits > mostDigits) return -1
  // No -0 and no leading zero.
  if (bytes[start] === 0x30 && (digits > 1 || start > from)) return -1
  const next = bytes[at]
  return next === 0x2e || next === 0x65 || next === 0x45 ? -1 : at
}

function literalEnd(bytes: Uint8Array, from: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) if (bytes[from + i] !== literal[i]) return -1
  return from + literal.length
}

const [yes, no, nothing] = ['true', 'false', 'null'].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
]

function valueEnd(bytes: Uint8Array, from: number, to: number, depth: number): number {
  switch (bytes[from]) {
    case quote:
      return stringEnd(bytes, from, to)
    case 0x7b:
      return objectEnd(bytes, from, to, depth)
    case 0x5b:
      return arrayEnd(bytes, from, to, depth)
    case 0x74:
      return literalEnd(bytes, from, yes)
    case 0x66:
      return literalEnd(bytes, from, no)
    case 0x6e:
      return literalEnd(bytes, from, nothing)
    default:
      return numberEnd(bytes, from)
  }
}

function arrayEnd(bytes: Uint8Array, from: number, to: number, depth: number): number {
  if (bytes[from + 1] === 0x5d) return from + 2
  if (depth === 0) return -1
  for (let at = from + 1; ; at++) {
    at = valueEnd(bytes, at, to, depth - 1)
    if (at < 0 || at >= to) return -1
    if (bytes[at] === 0x5d) return at + 1
    if (bytes[at] !== 0x2c) return -1
  }
}

/** Whether the key at `from` comes after the one at `before`; both of plain characters, each up to its quote. */
function ascends(bytes: Uint8Array, before: number, from: number): boolean {
  for (let i = 0; ; i++) {
    const a = bytes[before + i] as number
    const b = bytes[from + i] as number
    if (a === b && a !== quote) continue
    // The end of a key is before every character; two ends are the same key twice.
    return a === quote ? b !== quote : b !== quote && a < b
  }
}

function keyEnd(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== quote) return -1
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === quote) return at + 1
    if (byte < 0x20 || byte > 0x7e || byte === backslash) return -1
  }
  return -1
}

/**
 * The place after the object that begins at `from`, if it is whole and canonical (RFC 8785) before `to`: no blanks,
 * keys ascending and each once. -1 when it is not, or when this look cannot tell: keys with other than plain
 * characters, fractions, \u escapes. What it accepts is canonical; what it does not needs a parser.
 */
export function objectEnd(bytes: Uint8Array, from: number, to: number, depth = mostDepth): number {
  if (bytes[from] !== 0x7b || depth === 0) return -1
  if (bytes[from + 1] === 0x7d) return from + 2
  let before = -1
  for (let at = from + 1; ; at++) {
    const key = at + 1
    at = keyEnd(bytes, at, to)
    if (at < 0 || (before >= 0 && !ascends(bytes, before, key)) || bytes[at] !== 0x3a) return -1
    before = key
    at = valueEnd(bytes, at + 1, to, depth - 1)
    if (at < 0 || at >= to) return -1
    if (bytes[at] === 0x7d) return at + 1
    if (bytes[at] !== 0x2c) return -1
  }
}
