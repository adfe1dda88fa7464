import { brandRanges } from '../src/evidence/card-number/brand.ts'
import { luhn } from '../src/evidence/card-number/luhn.ts'
import { docxOf, pdfOf, xlsxOf, zipOf } from '../src/evidence/server/card-number/testing.ts'

/** Random numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number

const below = (random: Random, limit: number): number => Math.floor(random() * limit)
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => below(random, 10)).join('')
const hex = (random: Random, count: number): string =>
  Array.from({ length: count }, () => below(random, 16).toString(16)).join('')

const withCheckDigit = (body: string): string =>
  body + [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((last) => luhn(Uint8Array.from(body + last, Number)))

/** How cards of a length are printed, as counts of digits; the first is without groups. */
const groupings: Readonly<Record<number, readonly (readonly number[])[]>> = {
  12: [[12], [4, 4, 4]],
  13: [[13], [4, 4, 5]],
  14: [[14], [4, 6, 4]],
  15: [[15], [4, 6, 5]],
  16: [[16], [4, 4, 4, 4]],
  17: [[17], [4, 4, 4, 4, 1]],
  18: [[18], [4, 4, 4, 4, 2]],
  19: [[19], [4, 4, 4, 4, 3], [6, 13]],
}

const separators = { blank: ' ', hyphen: '-', 'no-break space': '\u00a0' } as const

const grouped = (number: string, groups: readonly number[], separator: string): string => {
  let at = 0
  return groups
    .map((length) => {
      at += length
      return number.slice(at - length, at)
    })
    .join(separator)
}

/** What may stand around a number; `#` is its place. Stripes hold it without groups. */
export const wrappings: Readonly<Record<string, string>> = {
  'a line of its own': 'first\n#\nlast',
  sentence: 'The guest paid with # on Monday and left at 10:15.',
  'named in English': 'Card number: # (see form)',
  'named in Japanese': 'カード番号：#。',
  'row of CSV': '17,Jane Doe,#,12/27,EUR',
  'value of JSON': '{"when": "2026-07-31T10:00:00Z", "value": "#"}',
  element: '<entry><v>#</v></entry>',
  log: '2026-07-31 10:00:00.123 INFO [worker-4] paid # in 12 ms',
  parentheses: 'refunded (#) today',
  statement: "INSERT INTO t VALUES (17, '#', NULL)",
  address: 'GET /pay?x=1&q=#&y=2 HTTP/1.1',
  'track 1': '%B#^DOE/JANE^2712101000000?',
  'track 2': ';#=27121010000?',
}

export type Sample = { text: string; number: string; length: number; grouping: string; wrapping: string }

/** One number of every issuer range and length in every grouping and wrapping, `times` over. */
export function* samples(seed: number, times: number): Generator<Sample> {
  const random = seeded(seed)
  for (let round = 0; round < times; round += 1)
    for (const range of brandRanges)
      for (const length of range.lengths)
        for (const groups of groupings[length] ?? [])
          for (const [name, separator] of Object.entries(separators)) {
            const solid = groups.length === 1
            if (solid && name !== 'blank') continue
            for (const [wrapping, around] of Object.entries(wrappings)) {
              if (!solid && wrapping.startsWith('track')) continue
              const prefix = String(range.from + below(random, range.to - range.from + 1)).padStart(6, '0')
              const number = withCheckDigit(prefix + digits(random, length - 7))
              const text = around.replace('#', grouped(number, groups, separator))
              yield {
                text,
                number,
                length,
                grouping: solid ? 'none' : `${groups.join('-')} ${name}`,
                wrapping,
              }
            }
          }
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const literal = (text: string) => text.replace(/[()\\]/g, '\\$&').replace(/[^\x20-\x7e]/g, ' ')

/** Files that hold one text. */
export const formats: Readonly<Record<string, (text: string) => Buffer | Promise<Buffer>>> = {
  'a.txt': (text) => Buffer.from(text),
  'a.csv': (text) => Buffer.from(`name,memo\nDoe,"${text.replace(/"/g, '""')}"\n`),
  'utf16.txt': utf16,
  'a.xlsx': (text) => xlsxOf({ Sheet: [['memo'], [text]] }),
  'a.docx': (text) => docxOf([[text.slice(0, 20), text.slice(20, 30), text.slice(30)]]),
  'a.pdf': (text) => pdfOf(text.split('\n').map((line) => `BT /F1 10 Tf 30 700 Td (${literal(line)}) Tj ET`)),
  'a.zip': (text) => zipOf({ 'dir/a.txt': text }),
  'a.json': (text) => Buffer.from(JSON.stringify({ body: Buffer.from(text).toString('base64') })),
  'a.eml': (text) =>
    Buffer.from(
      `From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n${(
        Buffer.from(text)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\n')}\n`,
    ),
}

const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-')

const base64 = (random: Random, length: number): string =>
  Buffer.from(Array.from({ length }, () => below(random, 256))).toString('base64')

/** Lines of files that hold no card number, and many numbers. */
export const negatives: Readonly<Record<string, (random: Random) => string>> = {
  'log with milliseconds': (random) =>
    `${1_690_000_000_000 + below(random, 1e11)} INFO [worker-${below(random, 64)}] GET /api/v1/items/${digits(random, 7)} 200 ${below(random, 900)}ms 10.${below(random, 255)}.0.${below(random, 255)} bytes=${below(random, 99_999)}`,
  'log with identifiers': (random) =>
    `2026-07-31T10:${digits(random, 2)}:${digits(random, 2)}Z order ${digits(random, 16)} trace=${hex(random, 32)} span=${hex(random, 16)} customer ${digits(random, 15)}`,
  'random numbers of 16 digits': (random) => digits(random, 16),
  'random numbers of 14 to 19 digits': (random) =>
    `item ${digits(random, 14 + below(random, 6))} was shipped`,
  'random groups of four': (random) =>
    `${digits(random, 4)} ${digits(random, 4)} ${digits(random, 4)} ${digits(random, 4)}`,
  'numbers of 64 bits': (random) => `{"serialNumber":"${digits(random, 19)}","host":"h${below(random, 99)}"}`,
  'hash sums': (random) => `${hex(random, 64)}  file-${below(random, 9999)}.bin`,
  hexadecimal: (random) => Array.from({ length: 16 }, () => hex(random, 4)).join(' '),
  uuids: (random) => `{"id":"${uuid(random)}","parent":"${uuid(random)}"}`,
  base64: (random) => base64(random, 57),
  fractions: (random) =>
    `{"score": 0.${digits(random, 16)}, "loss": ${below(random, 9)}.${digits(random, 15)}}`,
  'phone and account numbers': (random) =>
    `+49 ${digits(random, 3)} ${digits(random, 7)};DE${digits(random, 20)};${digits(random, 10)}`,
}

/** A file of about this many bytes of one kind. */
export function negative(kind: string, seed: number, bytes: number): Buffer {
  const random = seeded(seed)
  const line = negatives[kind]
  const lines: string[] = []
  for (let size = 0; line && size < bytes; size += (lines.at(-1)?.length ?? 0) + 1) lines.push(line(random))
  return Buffer.from(`${lines.join('\n')}\n`)
}
