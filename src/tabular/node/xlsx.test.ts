import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BookParts, bookMembers, bookOf, type Member, zipOf } from '../../../tests/support/zip.ts'
import { Problem } from '../../kernel/error.ts'
import { ownMarkers, streamOf } from '../own.ts'
import { type Cell, type Table, tableLimits } from '../table.ts'
import { columnName, dayOfSerial, placeOf } from './xlsx-cell.ts'
import { readXlsx } from './xlsx-read.ts'
import { xlsxStream } from './xlsx-write.ts'

const rowsOf = async (book: Uint8Array) => (await readXlsx(book)).rows.map(({ row, cells }) => [row, cells])

/** The problems of a refused workbook as `code reason`. */
async function faults(book: Uint8Array): Promise<string[]> {
  try {
    await readXlsx(book)
  } catch (error) {
    if (error instanceof Problem)
      return error.fields.map(({ code, params }) =>
        [code, params?.cell, params?.reason].filter(Boolean).join(' '),
      )
    throw error
  }
  return []
}

const header =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
const book = (row: string, parts: BookParts = {}) => bookOf({ ...parts, rows: header + row })

describe('a workbook', () => {
  it('gives texts of every kind, without the phonetic guides of Japanese', async () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
    const row =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row><row r="4"><c r="A4" t="str"><f>"x"</f><v>x_x0009_y</v></c><c r="B4" t="inlineStr"><is><t xml:space="preserve"> =1+1</t></is></c></row>'
    expect(await rowsOf(book(row, { strings }))).toEqual([
      [2, { a: 'plain', b: '東京' }],
      [4, { a: 'x\ty', b: ' =1+1' }],
    ])
  })

  it('gives numbers with all digits, truth values and saved values of formulas', async () => {
    const row =
      '<row r="2"><c r="A2"><v>12345678901234567890</v></c><c r="B2"><v>1.5E-2</v></c></row><row><c t="b"><v>1</v></c><c><f>1+1</f><v>2</v></c></row>'
    expect(await rowsOf(book(row))).toEqual([
      [2, { a: '12345678901234567890', b: '0.015' }],
      [3, { a: 'TRUE', b: '2' }],
    ])
  })

  it('gives days by their format, of both calendars', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="#,##0&quot;d&quot;[Red]"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    const row =
      '<row r="2"><c r="A2" s="1"><v>44927</v></c><c r="B2" s="2"><v>44927.75</v></c></row><row r="3"><c r="A3" s="3"><v>44927</v></c></row>'
    expect(await rowsOf(book(row, { styles }))).toEqual([
      [2, { a: '2023-01-01', b: '2023-01-01T18:00:00' }],
      [3, { a: '44927' }],
    ])
    const mac = await rowsOf(book(row, { styles, properties: '<workbookPr date1904="1"/>' }))
    expect(mac[0]).toEqual([2, { a: '2027-01-02', b: '2027-01-02T18:00:00' }])
    expect([1, 59, 60, 61].map((serial) => dayOfSerial(serial, false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      null,
      '1900-03-01',
    ])
  })

  it('is read sparsely, whatever size it claims, and tells of hidden sheets and merged cells', async () => {
    const sheets =
      '<sheet name="Secret" state="veryHidden" r:id="rId2"/><sheet name="One" r:id="rId1"/><sheet name="Two" r:id="rId2"/>'
    const after = '<dimension ref="A1:XFD1048576"/><mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    const read = await readXlsx(
      book('<row r="1048576"><c r="B1048576"><v>7</v></c></row>', { sheets, after }),
    )
    expect(read.rows.map(({ row, cells }) => [row, Object.entries(cells)])).toEqual([
      [1_048_576, [['b', '7']]],
    ])
    expect(read.notes.map(({ code, params }) => [code, ...Object.values(params ?? {})])).toEqual([
      ['tabular.note_hidden_sheet', 'Secret'],
      ['tabular.note_other_sheet', 'Two'],
      ['tabular.note_merged', 'A2:B2'],
    ])
  })

  it.each([
    [
      'a formula without a value',
      '<row r="2"><c r="A2"><f>NOW()</f></c></row>',
      ['tabular.cell A2 its formula was saved without a value'],
    ],
    [
      'an error',
      '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>',
      ['tabular.cell B2 it shows an error (#REF!)'],
    ],
    [
      'a text that is not there',
      '<row r="2"><c r="A2" t="s"><v>9</v></c></row>',
      ['tabular.cell A2 it refers to a text that is not there'],
    ],
    ['no number', '<row r="2"><c r="A2"><v>1,5</v></c></row>', ['tabular.cell A2 its number is not one']],
    [
      'a cell in another row',
      '<row r="2"><c r="A3"><v>1</v></c></row>',
      ['tabular.cell A3 it is not in its row'],
    ],
    ['rows out of order', '<row r="3"/><row r="2"/>', ['tabular.cell row 2 rows are out of order']],
    ['a column far away', '<row r="2"><c r="XFD2"><v>1</v></c></row>', ['tabular.too_many_columns']],
  ])('with %s is refused, naming the cell', async (_, row, expected) => {
    expect(await faults(book(row))).toEqual(expected)
  })

  it('is read in slices, so that nobody else waits, and refused when one text never ends', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `<row r="${at + 2}"><c r="A${at + 2}"><v>${at}</v></c></row>`,
    )
    let turns = 0
    const others = setInterval(() => {
      turns += 1
    }, 0)
    try {
      expect((await readXlsx(book(rows.join('')))).rows).toHaveLength(20_000)
    } finally {
      clearInterval(others)
    }
    expect(turns).toBeGreaterThan(5)
    const endless = Array.from({ length: 700_000 }, (_, at) => (at * 7919) % 1_000_003).join(' ')
    expect(
      await faults(book(`<row r="2"><c r="A2" t="inlineStr"><is><t>${endless}</t></is></c></row>`)),
    ).toEqual(['tabular.xml a text or tag of more than 4194304 characters'])
    const many = Array.from({ length: 300 }, (_, at) => `a${at}="1"`).join(' ')
    expect(await faults(book(`<row r="2" ${many}/>`))).toEqual(['tabular.xml more than 256 attributes'])
  })

  it('tells how many rows it has read and which share, and is refused beyond its bounds', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, at) => `<row r="${at + 2}"><c r="A${at + 2}"><v>${at}</v></c></row>`,
    )
    const told: [number, number][] = []
    const reached = async (count: number, share: number) => {
      told.push([count, share])
    }
    await readXlsx(book(rows.join('')), { reached })
    expect(told.length).toBeGreaterThan(2)
    expect(told).toEqual([...told].sort(([a], [b]) => a - b))
    expect(told.at(-1)).toEqual([5000, 1])
    const limits = { ...tableLimits, rows: 4999 }
    await expect(readXlsx(book(rows.join('')), { limits })).rejects.toMatchObject({
      fields: [{ code: 'tabular.too_many_rows', params: { limit: 4999 } }],
    })
  })

  it('is refused when its XML declares a document type, is cut off or is nested without end', async () => {
    const withSheet = (content: string) =>
      zipOf(bookMembers({}).map((one) => (one.name.endsWith('sheet1.xml') ? { ...one, content } : one)))
    const laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    expect(await faults(withSheet(laughs))).toEqual(['tabular.xml it declares a document type'])
    expect((await faults(withSheet('<worksheet><sheetData><row')))[0]).toMatch(/^tabular.xml/)
    expect(await faults(withSheet('<a>'.repeat(100)))).toEqual(['tabular.xml more than 64 levels'])
    expect((await faults(withSheet('<worksheet>&xxe;</worksheet>')))[0]).toMatch(/^tabular.xml/)
    expect(await faults(zipOf([{ name: 'a.txt', content: 'x' }]))).toEqual([
      'tabular.not_a_workbook it names no workbook',
    ])
    expect((await faults(Buffer.from('not a zip file at all')))[0]).toMatch(/^tabular.not_a_workbook/)
  })
})

describe('an unsafe archive is refused, naming the member', () => {
  const extra = (...more: Member[]) => book('', { more })
  const zeros = (size: number) => new Uint8Array(size)
  const cases: [string, () => Buffer, RegExp][] = [
    ['a path upwards', () => extra({ name: '../evil.xml' }), /not_a_workbook.*\.\.\/evil/],
    ['an absolute path', () => extra({ name: '/etc/passwd' }), /not_a_workbook.*absolute/],
    ['a backslash', () => extra({ name: 'xl\\evil.xml' }), /not_a_workbook.*xl\\evil/],
    ['a symbolic link', () => extra({ name: 'link', content: '/etc', mode: 0o120777 }), /a symbolic link/],
    ['encryption', () => extra({ name: 'x', flags: 0x0801 }), /encrypted/],
    ['a bomb', () => extra({ name: 'bomb', content: zeros(30_000_000) }), /compressed beyond reason/],
    [
      'a hidden total',
      () => extra({ name: 'big', size: 0xfffffff0, content: 'x' }),
      /compressed beyond reason/,
    ],
    ['a name twice', () => extra({ name: 'XL/Workbook.xml', content: '<workbook/>' }), /there twice/],
    [
      'overlapping members',
      () =>
        extra(
          { name: 'xl/styles2.xml', localName: 'xl/styles2.xml', content: 'x' },
          { name: 'xl/styles2.xmL', at: 8 },
        ),
      /there twice|two different names/,
    ],
    ['the same data twice', () => overlapping(), /overlapping members/],
    ['two names of one member', () => extra({ name: 'a.xml', localName: 'b.xml' }), /two different names/],
    [
      '70,000 members',
      () => zipOf(Array.from({ length: 2100 }, (_, at) => ({ name: `m${at}` }))),
      /more than 2000 members/,
    ],
  ]
  it.each(cases)('%s', async (_, make, expected) => {
    expect((await faults(make())).join()).toMatch(expected)
  })

  it('a member that lies about its length or check sum', async () => {
    const lying = (parts: Partial<Member>) =>
      zipOf(
        bookMembers({ rows: header }).map((one) =>
          one.name.endsWith('sheet1.xml') ? { ...one, ...parts } : one,
        ),
      )
    expect((await faults(lying({ crc: 1 }))).join()).toMatch(/its check sum is wrong/)
    expect((await faults(lying({ size: 10 }))).join()).toMatch(/not_a_workbook|longer than it says/)
    expect((await faults(bookOf({}).subarray(0, 300))).join()).toMatch(/not_a_workbook/)
  })
})

/** Two members that share the bytes of one, each with its own name in front of it, as in the overlap bombs. */
function overlapping(): Buffer {
  const inner = zipOf([{ name: 'b', content: 'x' }])
  const local = inner.subarray(0, inner.indexOf(Buffer.from('PK\x01\x02', 'latin1')))
  const whole = zipOf([{ name: 'a', content: 'y' }])
  const start = whole.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  const directory = Buffer.from(whole.subarray(start, start + 47))
  const second = Buffer.from(directory)
  // The first member claims the second one's header and data as its own data.
  directory.writeUInt32LE(whole.subarray(31, start).length + local.length, 20)
  second.write('b', 46)
  second.writeUInt32LE(start, 42)
  const end = Buffer.from(whole.subarray(start + 47))
  end.writeUInt16LE(2, 8)
  end.writeUInt16LE(2, 10)
  end.writeUInt32LE(94, 12)
  end.writeUInt32LE(start + local.length, 16)
  return Buffer.concat([whole.subarray(0, start), local, directory, second, end])
}

const writeXlsx = (sheet: string, table: Table): Promise<Buffer> => buffer(xlsxStream(sheet, streamOf(table)))

describe('our own workbooks', () => {
  it('are read back without loss, and no text of theirs is a formula', { timeout: 60_000 }, async () => {
    const hostile = fc.string({ unit: fc.constantFrom(..."_x05FA'\r\n\t\u0001 <&]>"), maxLength: 12 })
    const text = fc.oneof(
      hostile,
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('_x0041_', '\uFFFD', '\u{10FFFE}x', '\u0085', '\uD800'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.integer()), { minLength: 1, maxLength: 40 }),
        async (pairs) => {
          const rows: Cell[][] = pairs.map(([a, n]) => [`=${a}`, n])
          const back = await readXlsx(await writeXlsx('One', { header: ['a', 'n'], rows }))
          expect([back.own, back.columns]).toEqual([true, ['a', 'n']])
          expect(back.rows.map(({ cells }) => [cells.a, Number(cells.n)])).toEqual(rows)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('carry the mark by which they are known, and long texts over several columns', async () => {
    const long = '長'.repeat(70_000)
    const written = await writeXlsx('One', { header: ['a', 'b'], rows: [[long, 'x']] })
    const back = await readXlsx(written)
    expect(back.rows[0]?.cells.a).toBe(long)
    expect(back.columns).not.toContain(ownMarkers.plain)
  })
})

it('columns have letters', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  expect([placeOf('AB12'), placeOf('A0'), placeOf('a1'), placeOf('XFE1')]).toEqual([
    { column: 27, row: 12 },
    null,
    null,
    null,
  ])
})
