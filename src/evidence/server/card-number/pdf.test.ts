import { describe, expect, it } from 'vitest'
import { inspectStream } from './inspect.ts'
import { noise, type PdfPiece, pdfOf, pdfOfObjects, zipOf } from './testing.ts'

const visa = '4539578763621486'
const masked = '453957…1486'

const look = (bytes: Buffer) => inspectStream('a.pdf', 'application/pdf', [bytes])

async function places(bytes: Buffer) {
  const { findings } = await look(bytes)
  return findings.map(({ tier, masked: number, place }) => ({ tier, number, page: place.page }))
}

const found = (page?: number) => [{ tier: 'high', number: masked, page }]

describe('text of a page', () => {
  it('is found with its page, however it is put there', async () => {
    const ways = [
      `BT /F1 12 Tf 72 700 Td (Paid with ${visa}.) Tj ET`,
      'BT /F1 12 Tf 72 700 Td [(Card 4539) -250 (5787) -250 (6362) -250 (1486)] TJ ET',
      'BT /F1 12 Tf 72 700 Td (Card 4539 57) Tj (87 6362 ) Tj <31343836> Tj ET',
      `BT /F1 12 Tf 1 0 0 1 72 700 Tm (Card) Tj ET ${[...visa]
        .map((digit, at) => `BT /F1 12 Tf 1 0 0 1 ${110 + at * 6.67} 700 Tm (${digit}) Tj ET`)
        .join(' ')}`,
      `BT /F1 12 Tf 72 700 Td (Card) Tj ET ${[...visa]
        .map((digit, at) => `BT /F1 12 Tf 1 0 0 1 ${110 + at * 15} 700 Tm (${digit}) Tj ET`)
        .join(' ')}`,
      "BT /F1 12 Tf 14 TL 72 700 Td (Card \\064\\065\\063\\071578763621486) ' ET",
      `q 0 1 -1 0 300 100 cm BT /F1 9 Tf 0 0 Td (Card 4539) Tj 45 0 Td ( 5787 6362 1486) Tj ET Q`,
    ]
    for (const way of ways)
      expect([way, await places(pdfOf(['BT (first) Tj ET', way]))]).toEqual([way, found(2)])
  })

  it('in columns next to each other stays apart', async () => {
    const row = `BT /F1 10 Tf 72 700 Td (2026) Tj 60 0 Td (${visa}) Tj 120 0 Td (1234) Tj ET`
    expect(await places(pdfOf([row]))).toEqual(found(1))
  })

  it('is read by the ToUnicode map of its font', async () => {
    // Glyph 3 is the digit 0, as a font that holds only the signs of its document may have it.
    const map = `/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <ffff> endcodespacerange
      1 beginbfrange <0003> <000c> <0030> endbfrange 1 beginbfchar <0001> <0020> endbfchar endcmap`
    const fonts: PdfPiece[] = [
      {
        value:
          '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 4 0 R >>',
      },
      { value: '', data: map },
      { value: '<< /Type /Font /Subtype /CIDFontType2 /DW 556 /CIDSystemInfo << /Ordering (Identity) >> >>' },
    ]
    const codes = [...visa].map((digit) => (Number(digit) + 3).toString(16).padStart(4, '0')).join('')
    expect(await places(pdfOf([`BT /F1 12 Tf 9 9 Td <${codes}> Tj ET`], fonts))).toEqual(found(1))
  })

  it('in fonts whose codes nothing explains is said to be unreadable', async () => {
    const fonts: PdfPiece[] = [
      { value: '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [4 0 R] >>' },
      { value: '<< /Type /Font /Subtype /CIDFontType2 /CIDSystemInfo << /Ordering (Identity) >> >>' },
    ]
    expect(await look(pdfOf(['BT /F1 12 Tf <00030004> Tj ET'], fonts))).toMatchObject({
      verdict: 'not inspected',
      notInspected: [{ reason: 'unreadable text', page: 1 }],
    })
  })

  it('in a Japanese collection of characters is read without a map', async () => {
    const fonts: PdfPiece[] = [
      { value: '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [4 0 R] >>' },
      { value: '<< /Type /Font /Subtype /CIDFontType0 /CIDSystemInfo << /Ordering (Japan1) >> >>' },
    ]
    const codes = [...visa].map((digit) => (Number(digit) + 17).toString(16).padStart(4, '0')).join('')
    expect(await places(pdfOf([`BT /F1 12 Tf <${codes}> Tj ET`], fonts))).toEqual(found(1))
  })
})

describe('what stands elsewhere in a PDF', () => {
  const catalogue = { value: '<< /Type /Catalog >>' }

  it('is found: fields, notes, object streams, attached files, forms, what an earlier version left', async () => {
    const inner = `5 0 << /FT /Tx /V (${visa}) >>`
    const wide = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(`card ${visa}`, 'utf16le').swap16()])
    const cases: PdfPiece[] = [
      { value: `<< /FT /Tx /T (card) /V (${visa}) >>` },
      { value: `<< /Type /Annot /Contents <${wide.toString('hex')}> >>` },
      { value: `/Type /ObjStm /N 1 /First ${inner.indexOf('<<')}`, data: inner },
      { value: '/Type /EmbeddedFile', data: await zipOf({ 'a.txt': `card ${visa}` }) },
      { value: '/Type /XObject /Subtype /Form', data: `BT /F1 9 Tf (Card ${visa}) Tj ET` },
      { value: '/Type /Metadata /Subtype /XML', data: `<x>card ${visa}</x>` },
    ]
    for (const one of cases)
      expect([one.value, (await look(pdfOfObjects([catalogue, one]))).verdict]).toEqual([one.value, 'found'])
  })

  it('does not count as a picture when a page has text, and does when a page has nothing else', async () => {
    const image: PdfPiece = { value: '/Subtype /Image /Width 1', data: noise(64) }
    const page = (content: string) =>
      pdfOfObjects([
        { value: '<< /Type /Catalog /Pages 2 0 R >>' },
        { value: '<< /Type /Pages /Kids [3 0 R] >>' },
        { value: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>' },
        { value: '', data: content },
        image,
      ])
    expect(await look(page('/I Do'))).toMatchObject({
      verdict: 'not inspected',
      notInspected: [{ reason: 'picture', page: 1 }, { reason: 'picture' }],
    })
    expect(await look(page('BT (letter) Tj ET /I Do'))).toMatchObject({
      verdict: 'clean',
      notInspected: [{ reason: 'picture' }],
    })
  })
})

describe('a hostile PDF', () => {
  it('that is encrypted is not inspected, by its trailer or by its cross-reference stream', async () => {
    const plain = [{ value: '<< /Type /Catalog >>' }]
    const encrypted = { verdict: 'not inspected', notInspected: [{ reason: 'encrypted' }] }
    expect(await look(pdfOfObjects(plain, '/Encrypt 9 0 R'))).toMatchObject(encrypted)
    const xref = { value: '/Type /XRef /Encrypt 9 0 R', data: noise(40) }
    expect(await look(pdfOfObjects([...plain, xref]))).toMatchObject(encrypted)
  })

  it('with a false length, a cut-off end or damaged data is read as far as it goes', async () => {
    const whole = pdfOf([`BT /F1 12 Tf (Card ${visa}) Tj ET`])
    const text = whole.toString('latin1')
    const lying = Buffer.from(text.replace(/\/Length \d+/, '/Length 9'), 'latin1')
    expect((await look(lying)).verdict).toBe('found')
    expect((await look(whole.subarray(0, whole.indexOf('endstream')))).verdict).toBe('found')
    const garbage = Buffer.concat([
      Buffer.from('%PDF-1.4\n1 0 obj << /Filter /FlateDecode /Length 500 >> stream\n'),
      noise(500),
    ])
    expect(await look(garbage)).toMatchObject({
      verdict: 'not inspected',
      notInspected: [{ reason: 'damaged' }],
    })
    expect((await look(Buffer.from('%PDF-1.4\nnothing'))).verdict).toBe('not inspected')
  })

  it('does not run away: circles, depths, bombs, endless strings', async () => {
    const circle = pdfOfObjects([
      { value: '<< /Type /Pages /Kids [1 0 R 2 0 R] >>' },
      { value: '<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 2 0 R >>' },
      {
        value: '/Subtype /Form /Resources << /XObject << /X 3 0 R >> /Font << /F1 3 0 R >> >>',
        data: '/X Do /F1 9 Tf (x) Tj',
      },
    ])
    const deep = pdfOfObjects([{ value: `${'['.repeat(100_000)}` }, { value: '<<'.repeat(50_000) }])
    const bomb = pdfOfObjects([{ value: '', data: Buffer.alloc(40_000_000) }])
    const endless = pdfOfObjects([{ value: '', data: `BT (${'a'.repeat(3_000_000)}`, plain: true }])
    expect((await look(circle)).verdict).toBe('clean')
    for (const one of [deep, endless]) expect((await look(one)).verdict).not.toBe('found')
    expect(await look(bomb)).toMatchObject({ notInspected: [{ reason: 'compressed beyond reason' }] })
  })
})
