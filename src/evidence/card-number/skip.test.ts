import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kinds, other } from './byte-kind.ts'
import { cardDetector } from './detector.ts'
import { luhn } from './luhn.ts'
import { narrowDetector } from './narrow.ts'
import { Scanner } from './scan.ts'
import { type Detection, tally } from './tally.ts'
import { hasOddControls, lineEnds } from './word.ts'

const linesBefore = (bytes: Uint8Array, to: number): number =>
  bytes.subarray(0, to).filter((byte) => byte === 0x0a).length

/** The same judgement over all bytes at once: every byte is read, and nothing is skipped or cut into blocks. */
function plainly(bytes: Uint8Array): Detection {
  const found = tally((offset) => ({ line: linesBefore(bytes, offset) + 1, offset }))
  const scanner = new Scanner(found.sink)
  const range = { from: 0, limit: bytes.length, end: bytes.length }
  for (let at = 0; at < bytes.length; )
    at = kinds[bytes[at] ?? 0] === other ? at + 1 : scanner.row(bytes, at, range)
  return found.result()
}

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text))

/** Numbers with a right check digit, in groups of four or by themselves. */
const card = fc
  .tuple(
    fc.constantFrom('4', '51', '37', '36', '62', '6759'),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 18, maxLength: 18 }),
    fc.constantFrom(12, 13, 14, 15, 16, 19),
    fc.constantFrom('', ' ', '-', '\n', '\u00a0'),
    fc.constantFrom('', ',', ', ', '\n'),
  )
  .map(([prefix, more, length, separator, behind]) => {
    const body = (prefix + more.join('')).slice(0, length - 1)
    const last = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((one) => luhn(Uint8Array.from(body + one, Number)))
    return ` ${(body + last).replace(/(\d{4})(?=\d)/g, `$1${separator}`)}${behind}`
  })

const stretch = fc.oneof(
  { weight: 4, arbitrary: card.map(bytesOf) },
  { weight: 1, arbitrary: card.map((text) => Uint8Array.from(Buffer.from(text, 'utf16le'))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...'0123456789 -.\t\n\0%=aDn;'), { maxLength: 60, size: 'max' })
      .map((signs) => bytesOf(signs.join(''))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 0x0a, 0x20, 0x31, 0x61, 0xad), fc.integer({ min: 1, max: 400 }))
      .map(([byte, length]) => new Uint8Array(length).fill(byte)),
  },
  { weight: 2, arbitrary: fc.constantFrom('card no. ', 'order_id=', '銀聯', ' exp 12/27 ').map(bytesOf) },
)
const content = fc
  .array(stretch, { maxLength: 24, size: 'max' })
  .map((parts) => Uint8Array.from(Buffer.concat(parts)))
const splits = fc.array(fc.nat(2000), { maxLength: 8, size: 'max' })

function pushed(
  detector: { push(part: Uint8Array): void; end(): Detection },
  bytes: Uint8Array,
  edges: number[],
) {
  const sorted = [0, ...edges.filter((at) => at <= bytes.length).sort((a, b) => a - b), bytes.length]
  for (const [index, edge] of sorted.entries()) detector.push(bytes.slice(sorted[index - 1] ?? 0, edge))
  return detector.end()
}

/** Without places, which a view of fewer bytes cannot know. */
const unplaced = ({ findings, counts }: Detection) => ({
  counts,
  findings: findings.map(({ line: _line, offset: _offset, ...one }) => one),
})

describe('skipping what no number covers', () => {
  it('finds what reading every byte finds, wherever the parts and blocks end', () => {
    let found = 0
    fc.assert(
      fc.property(content, splits, fc.constantFrom(512, 600, 1021, 65_536), (bytes, edges, block) => {
        const expected = plainly(bytes)
        found += expected.counts.high + expected.counts.low
        expect(pushed(cardDetector({ block }), bytes, edges)).toEqual(expected)
      }),
      { seed: 20_261_123, numRuns: 600 },
    )
    // The comparison says something only where there is something to find.
    expect(found).toBeGreaterThan(300)
  })

  it('finds in letters of 16 bits what reading them as letters of 8 bits finds', () => {
    let found = 0
    fc.assert(
      fc.property(content, splits, fc.boolean(), (some, edges, wide) => {
        const bytes = wide
          ? Uint8Array.from(Buffer.from(Buffer.from(some).toString('latin1'), 'utf16le'))
          : some
        const expected = plainly(bytes.filter((byte) => byte !== 0 && byte !== 0xad))
        found += expected.counts.high + expected.counts.low
        expect(unplaced(pushed(narrowDetector(), bytes, edges))).toEqual(unplaced(expected))
      }),
      { seed: 20_261_123, numRuns: 600 },
    )
    expect(found).toBeGreaterThan(300)
  })
})

describe('four bytes at once', () => {
  const some = fc.oneof(fc.uint8Array({ maxLength: 3000 }), content)

  it('count line ends as one at a time', () => {
    fc.assert(
      fc.property(some, fc.nat(9), fc.nat(3000), (bytes, from, to) => {
        const [start, stop] = [Math.min(from, bytes.length), Math.min(to, bytes.length)]
        const expected = start < stop ? linesBefore(bytes, stop) - linesBefore(bytes, start) : 0
        expect(lineEnds(bytes.subarray(start), 0, Math.max(0, stop - start))).toBe(expected)
        expect(lineEnds(bytes, start, Math.max(start, stop))).toBe(expected)
      }),
      { seed: 20_261_123 },
    )
    expect(lineEnds(new Uint8Array(100_003).fill(0x0a), 1, 100_003)).toBe(100_002)
  })

  it('see every control character that stands in no text', () => {
    for (let byte = 0; byte < 0x80; byte += 1)
      for (let at = 0; at < 9; at += 1) {
        const bytes = new Uint8Array(9).fill(0x61)
        bytes[at] = byte
        const odd = byte < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(byte)
        expect([byte, at, hasOddControls(bytes.subarray(0, 9))]).toEqual([byte, at, odd])
      }
  })
})
