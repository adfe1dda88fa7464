import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Brand, brandRanges } from './brand.ts'
import { cardDetector } from './detector.ts'
import { luhn } from './luhn.ts'
import { type Detection, mostFindings } from './tally.ts'

const encoder = new TextEncoder()

function detect(text: string | Uint8Array, splits: readonly number[] = [], block?: number): Detection {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  const detector = cardDetector(block === undefined ? {} : { block })
  const edges = [0, ...splits.filter((at) => at <= bytes.length).sort((a, b) => a - b), bytes.length]
  for (let index = 1; index < edges.length; index += 1)
    detector.push(bytes.subarray(edges[index - 1], edges[index]))
  return detector.end()
}

const brief = (text: string) => detect(text).findings.map(({ tier, masked }) => `${tier} ${masked}`)

/** A number that begins so, filled up with digits that follow from it, and its check digit. */
function numberOf(prefix: string, length: number): string {
  let digits = prefix
  while (digits.length < length - 1)
    digits += String((digits.length * 7 + Number(digits.at(-1)) * 3 + 1) % 10)
  const last = Array.from({ length: 10 }, (_, one) => one).find((one) =>
    luhn(Uint8Array.from(digits + one, Number)),
  )
  return digits + last
}

const visa = '4539578763621486'

describe('brands', () => {
  it('are each found by themselves, in a sentence and next to a word about cards', () => {
    for (const { brand, from, lengths } of brandRanges)
      for (const length of lengths) {
        const number = numberOf(String(from).slice(0, 6), length)
        const beside = detect(`card number: ${number}`).findings
        expect([number, ...beside.map(({ tier }) => tier)]).toEqual([number, 'high'])
        const alone = detect(`paid with ${number}, thanks`).findings
        const expected = length >= 14 && length <= 16 ? 'high' : 'low'
        expect([number, ...alone.map((one) => one.tier)]).toEqual([number, expected])
        expect(alone[0]?.brand satisfies Brand | undefined).toBe(brand)
      }
  })

  it('show the first six and last four digits at most, and fewer of short numbers', () => {
    expect(detect(visa).findings[0]?.masked).toBe('453957…1486')
    expect(detect(`card ${numberOf('341234', 15)}`).findings[0]?.masked).toMatch(/^341234…\d{4}$/)
    expect(detect(`card ${numberOf('361234', 14)}`).findings[0]?.masked).toMatch(/^…\d{4}$/)
  })
})

describe('numbers in groups', () => {
  it('are found with blanks, hyphens and the blanks and dashes of Unicode', () => {
    for (const mark of [' ', '-', '\u00a0', '\u202f', '\u2009', '\u2011', '\u2013', '\u3000', '  '])
      expect(brief(`paid: ${['4539', '5787', '6362', '1486'].join(mark)}.`)).toEqual(['high 453957…1486'])
    const [amex, diners] = [numberOf('378734', 15), numberOf('361234', 14)]
    expect(brief(`${amex.slice(0, 4)} ${amex.slice(4, 10)} ${amex.slice(10)}`)).toHaveLength(1)
    expect(brief(`${diners.slice(0, 4)}-${diners.slice(4, 10)}-${diners.slice(10)}`)).toHaveLength(1)
    const long = numberOf('622126', 19)
    expect(brief(`${long.slice(0, 6)} ${long.slice(6)}`)[0]).toMatch(/^high/)
  })

  it('are low with unusual marks, over two lines, or within a longer row', () => {
    expect(brief('4539.5787.6362.1486')).toEqual(['low 453957…1486'])
    expect(brief('4539 5787\r\n6362 1486')).toEqual(['low 453957…1486'])
    expect(brief('1001 4539 5787 6362 1486 9999')).toEqual(['low 453957…1486'])
    expect(brief('4539-5787-6362-1486-22')).toEqual(['low 453957…1486'])
    expect(brief('45395787 63621486')).toEqual(['low 453957…1486'])
  })

  it('may be followed by expiry and code, and marks may not change', () => {
    expect(brief('4539 5787 6362 1486 1227 123')).toEqual(['high 453957…1486'])
    expect(brief('2026-07-31 4539 5787 6362 1486')).toEqual(['high 453957…1486'])
    expect(brief('4539 5787-6362 1486')).toEqual([])
  })
})

describe('wrappings', () => {
  it('of texts, tables, markup, addresses and code leave a number found', () => {
    for (const wrap of [
      '"#"',
      "'#'",
      '(#)',
      '<b>#</b>',
      '[#]',
      'a,#,b',
      'a;#;b',
      '|#|',
      '\t#\n',
      '\\n#\\n',
      '?q=#&x=1',
    ])
      expect([wrap, ...brief(wrap.replace('#', visa))]).toEqual([wrap, 'high 453957…1486'])
    expect(brief(`%20${visa}%0A`)).toEqual(['high 453957…1486'])
    expect(brief(`%3D${visa}`)).toEqual(['high 453957…1486'])
  })

  it('of magnetic stripes are known by their sentinels', () => {
    for (const track of [
      `%B${visa}^DOE/JANE^2712101000?`,
      `;${visa}=27121010000?`,
      `${visa}=27121010`,
      `${visa}D2712101`,
    ]) {
      const [found] = detect(track).findings
      expect([track, found?.tier, found?.track]).toEqual([track, 'high', true])
    }
  })

  it('with words about cards raise what would be low, in English and Japanese, UTF-8 and Shift_JIS', () => {
    const long = numberOf('4', 19)
    expect(brief(`ref ${long}`)[0]).toMatch(/^low/)
    for (const words of ['Visa ', 'cardNo=', 'PAN: ', 'クレジット ', 'カード番号：', '有効期限 12/27 '])
      expect([words, brief(words + long)[0]?.slice(0, 4)]).toEqual([words, 'high'])
    const shiftJis = Uint8Array.from([0x83, 0x4a, 0x81, 0x5b, 0x83, 0x68, 0x3a, ...encoder.encode(long)])
    expect(detect(shiftJis).findings[0]?.tier).toBe('high')
    expect(brief(`${long},12/27,123`)[0]).toMatch(/^high/)
    expect(brief(`PAN${visa}`)).toEqual(['high 453957…1486'])
  })
})

describe('what is no card number', () => {
  it('is left alone: letters that touch, fractions, longer numbers, one digit all over, wrong check digits', () => {
    for (const text of [
      `a${visa}`,
      `${visa}e`,
      `0.${visa}`,
      `${visa}.5`,
      `${visa}00123`,
      '0000000000000000',
      '4539578763621487',
      `4.${visa}`,
      '11111111-1111-1111-1111-111111111111',
      `file-${numberOf('5018', 12)}`,
    ])
      expect([text, ...brief(text)]).toEqual([text])
  })

  it('is low where a word names it something else', () => {
    for (const text of [
      `order_id=${visa}`,
      `"traceId": "${visa}"`,
      `IMEI ${visa}`,
      `timestamp ${visa}`,
      `x-${visa}`,
    ])
      expect([text, ...brief(text)]).toEqual([text, 'low 453957…1486'])
    expect(brief(`card number ${visa}`)).toEqual(['high 453957…1486'])
  })

  it('in hexadecimal is none, even where its letters could be short for a credit card', () => {
    for (const text of [`1cc4 ${visa}a`, `ab1cc9f-${visa}f`, `cc12 a${visa}`])
      expect([text, ...brief(text)]).toEqual([text])
    expect(brief(`ccnum=${visa} cc: ${visa}`)).toEqual(['high 453957…1486', 'high 453957…1486'])
  })

  it('has a tier of its own when processors publish it for tests', () => {
    expect(brief('card 4242 4242 4242 4242')).toEqual(['test 424242…4242'])
    expect(brief('378282246310005')).toEqual(['test 378282…0005'])
  })
})

describe('random numbers', () => {
  it('give themselves away by their neighbours', () => {
    const random = Array.from(
      { length: 40 },
      (_, index) => `4539578${String(763_621_486 + index * 7_919_191).slice(-9)}`,
    )
    const found = detect(random.join('\n'))
    expect(found.counts.low).toBeGreaterThan(0)
    expect(found.counts.high).toBe(0)
    const cards = Array.from({ length: 40 }, (_, index) => numberOf(`4539578${100 + index}`, 16))
    expect(detect(cards.join('\n')).counts).toEqual({ high: 40, low: 0, test: 0 })
  })
})

describe('a stream', () => {
  const filler = fc.constantFrom(
    'x',
    ' ',
    '\n',
    'visa ',
    '12 ',
    '2026-07-31',
    'カ',
    '-',
    '4',
    '4539 ',
    '"',
    '%',
  )
  const number = fc.constantFrom(
    visa,
    '4539 5787 6362 1486',
    '4242424242424242',
    `%B${visa}^`,
    numberOf('4', 19),
  )
  const text = fc
    .array(fc.oneof({ weight: 6, arbitrary: filler }, { weight: 1, arbitrary: number }), { maxLength: 400 })
    .map((parts) => parts.join(''))

  it('gives the same findings however it is cut into parts', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(3000), { maxLength: 12 }), (content, splits) => {
        expect(detect(content, splits)).toEqual(detect(content))
      }),
    )
  })

  it('gives the same findings whatever the size of its blocks', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 512, max: 900 }), (content, block) => {
        expect(detect(content, [], block)).toEqual(detect(content))
      }),
    )
  })

  it('finds a number at every position around the edge of a block, with its line and offset', () => {
    for (let at = 300; at < 700; at += 1) {
      const { findings } = detect(`${'.'.repeat(at - 1)}\n${visa}\n`, [], 512)
      expect(findings.map(({ line, offset }) => [line, offset])).toEqual([[2, at]])
    }
  })

  it('keeps the first findings and counts the others', () => {
    const { findings, counts } = detect(`card ${visa}\n`.repeat(mostFindings * 3))
    expect(findings).toHaveLength(mostFindings)
    expect(counts.high).toBe(mostFindings * 3)
  })

  it('leaves no number behind in what it gives', () => {
    const detection = detect(`card ${visa} and 4539 5787 6362 1486`)
    expect(detection.counts.high).toBe(2)
    expect(JSON.stringify(detection).replace(/\D/g, '')).not.toContain(visa.slice(4, 14))
  })
})
