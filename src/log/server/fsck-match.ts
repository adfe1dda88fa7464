// Compares bytes in place. Each function answers the place after what it found, -1 when something else is there; a
// place of -1 stays -1, so that a whole sequence is written down without a question after each step.

/** The bytes of `expected`. */
export function literal(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  if (at < 0) return -1
  const { length } = expected
  for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return -1
  return at + length
}

/** The characters of a short ASCII text. */
export function characters(bytes: Uint8Array, at: number, expected: string): number {
  if (at < 0) return -1
  const { length } = expected
  for (let i = 0; i < length; i++) if (bytes[at + i] !== expected.charCodeAt(i)) return -1
  return at + length
}

/** The same bytes as those from `from` to `to`. */
export function copyOf(bytes: Uint8Array, at: number, from: number, to: number): number {
  if (at < 0) return -1
  for (let i = from, j = at; i < to; i++, j++) if (bytes[i] !== bytes[j]) return -1
  return at + to - from
}

const hexDigits = Buffer.from('0123456789abcdef')
const dash = 0x2d
const dashBefore = new Uint8Array(16)
for (const byte of [4, 6, 8, 10]) dashBefore[byte] = 1

/** The text of the UUID whose 16 bytes are at `from`. */
export function uuidText(bytes: Uint8Array, at: number, from: number): number {
  if (at < 0) return -1
  let place = at
  for (let i = 0; i < 16; i++) {
    if (dashBefore[i] === 1 && bytes[place++] !== dash) return -1
    const byte = bytes[from + i] as number
    if (bytes[place++] !== hexDigits[byte >> 4] || bytes[place++] !== hexDigits[byte & 15]) return -1
  }
  return place
}

/** The text of any UUID. */
export function anyUuid(bytes: Uint8Array, at: number): number {
  if (at < 0) return -1
  for (let i = 0; i < 36; i++) {
    const byte = bytes[at + i] as number
    const here = i === 8 || i === 13 || i === 18 || i === 23
    const digit = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
    if (here ? byte !== dash : !digit) return -1
  }
  return at + 36
}

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const padding = 0x3d

/** The Base64 of the 16 bytes at `from`. */
export function base64Of16(bytes: Uint8Array, at: number, from: number): number {
  if (at < 0) return -1
  let place = at
  for (let i = from; i < from + 15; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number)
    for (let shift = 18; shift >= 0; shift -= 6)
      if (bytes[place++] !== alphabet[(three >> shift) & 63]) return -1
  }
  const last = bytes[from + 15] as number
  const right =
    bytes[place] === alphabet[last >> 2] &&
    bytes[place + 1] === alphabet[(last & 3) << 4] &&
    bytes[place + 2] === padding &&
    bytes[place + 3] === padding
  return right ? place + 4 : -1
}

/** A whole number of at least 0 in decimal, of `digits` digits or, with 0, as many as it takes. */
export function decimal(bytes: Uint8Array, at: number, value: number, digits = 0): number {
  if (at < 0) return -1
  let length = digits
  if (length === 0) for (let rest = value; length === 0 || rest > 0; rest = Math.floor(rest / 10)) length += 1
  let rest = value
  for (let place = at + length - 1; place >= at; place--) {
    if (bytes[place] !== 0x30 + (rest % 10)) return -1
    rest = Math.floor(rest / 10)
  }
  return at + length
}

const msPerDay = 86_400_000
const colon = 0x3a

/** Makes a matcher of instants as `toISOString` writes them, from milliseconds since 1970 on; it remembers the day. */
export function instantMatcher(): (bytes: Uint8Array, at: number, ms: number) => number {
  let day = Number.NaN
  let dayText = Buffer.alloc(0)
  return (bytes, from, ms) => {
    const days = Math.floor(ms / msPerDay)
    if (from < 0 || !Number.isInteger(ms) || Math.abs(days) > 100_000) return -1
    if (days !== day) {
      day = days
      dayText = Buffer.from(new Date(ms).toISOString().slice(0, 11))
    }
    const rest = ms - days * msPerDay
    let at = literal(bytes, from, dayText)
    at = decimal(bytes, at, Math.floor(rest / 3_600_000), 2)
    if (bytes[at++] !== colon) return -1
    at = decimal(bytes, at, Math.floor(rest / 60_000) % 60, 2)
    if (at < 0 || bytes[at++] !== colon) return -1
    at = decimal(bytes, at, Math.floor(rest / 1000) % 60, 2)
    if (at < 0 || bytes[at++] !== 0x2e) return -1
    at = decimal(bytes, at, rest % 1000, 3)
    return at >= 0 && bytes[at] === 0x5a ? at + 1 : -1
  }
}
