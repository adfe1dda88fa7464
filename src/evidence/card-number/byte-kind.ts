/** What a byte can be to a card number: no part of it, a digit, or (part of) what separates its groups. */
export const other = 0
export const digit = 1
export const between = 2

/** How a group ends: with a blank, a hyphen, another sign that people use now and then, or a line's end. */
export type Separator = 'blank' | 'hyphen' | 'rare' | 'line'

const single = new Map<number, Separator>([
  [0x20, 'blank'],
  // NBSP in Latin-1 and Windows-1252; after a digit it is never the middle of a UTF-8 character.
  [0xa0, 'blank'],
  [0x2d, 'hyphen'],
  [0x2e, 'rare'],
  [0x2b, 'rare'],
  [0x09, 'rare'],
  [0x0a, 'line'],
])

// UTF-8 of NBSP, figure, thin and narrow space, ideographic space, the hyphens and dashes of Unicode, full width included.
const several: readonly (readonly [readonly number[], Separator])[] = [
  [[0xc2, 0xa0], 'blank'],
  [[0xe2, 0x80, 0x87], 'blank'],
  [[0xe2, 0x80, 0x89], 'blank'],
  [[0xe2, 0x80, 0xaf], 'blank'],
  [[0xe3, 0x80, 0x80], 'blank'],
  [[0xe2, 0x80, 0x90], 'hyphen'],
  [[0xe2, 0x80, 0x91], 'hyphen'],
  [[0xe2, 0x80, 0x92], 'hyphen'],
  [[0xe2, 0x80, 0x93], 'hyphen'],
  [[0xe2, 0x88, 0x92], 'hyphen'],
  [[0xef, 0xbc, 0x8d], 'hyphen'],
  [[0x0d, 0x0a], 'line'],
  [[0x20, 0x20], 'blank'],
]

/** The kind of each byte; of the longer separators every byte counts, so that a walk does not stop within one. */
export const kinds: Uint8Array = new Uint8Array(256)
for (const byte of [...single.keys(), ...several.flatMap(([bytes]) => bytes)]) kinds[byte] = between
for (let byte = 0x30; byte <= 0x39; byte += 1) kinds[byte] = digit

type Unit = { kind: Separator; length: number }

const singleUnits: readonly (Unit | null)[] = Array.from({ length: 256 }, (_, byte) => {
  const kind = single.get(byte)
  return kind ? { kind, length: 1 } : null
})
const longUnits = several.map(([bytes, kind]) => ({ bytes, unit: { kind, length: bytes.length } }))
const begins = new Uint8Array(256)
for (const { bytes } of longUnits) begins[bytes[0] ?? 0] = 1

/** A loop and no `every`, which would make a function for each blank of a log. */
function stands(bytes: Uint8Array, at: number, sequence: readonly number[]): boolean {
  for (let index = 1; index < sequence.length; index += 1)
    if (bytes[at + index] !== sequence[index]) return false
  return true
}

/** The separator at `at` and how many bytes it takes, or null. */
export function separatorAt(bytes: Uint8Array, at: number): Unit | null {
  const first = bytes[at] ?? 0
  if (begins[first] === 1)
    for (const { bytes: sequence, unit } of longUnits)
      if (sequence[0] === first && stands(bytes, at, sequence)) return unit
  return singleUnits[first] ?? null
}

export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39

export const isLetter = (byte: number | undefined): boolean => {
  const lower = (byte ?? 0) | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
