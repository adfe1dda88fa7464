import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../kernel/error.ts'
import { csvLines, escapeFormula } from '../csv-write.ts'
import { ownMarkers, streamOf } from '../own.ts'
import type { Cell, Table } from '../table.ts'
import { readCsv } from './csv-read.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const rows = async (text: string | Uint8Array) =>
  (await readCsv(typeof text === 'string' ? bytes(text) : text)).rows.map(({ cells }) => cells)

async function faults(text: string | Uint8Array): Promise<string[]> {
  try {
    await readCsv(typeof text === 'string' ? bytes(text) : text)
  } catch (error) {
    if (error instanceof Problem) return error.fields.map(({ pointer, code }) => `${pointer} ${code}`)
    throw error
  }
  return []
}

describe('reading CSV', () => {
  it.each([
    ['plain', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['CRLF', 'a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,4\r5,6',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
        { a: '5', b: '6' },
      ],
    ],
    ['commas in quotes', 'a,b\n"x, y",2\n', [{ a: 'x, y', b: '2' }]],
    ['doubled quotes', 'a,b\n"say ""ha""",2\n', [{ a: 'say "ha"', b: '2' }]],
    ['line ends in quotes', 'a,b\n"one\ntwo\r\nthree",2\n', [{ a: 'one\ntwo\r\nthree', b: '2' }]],
    ['JSON in quotes', 'a,b\n1,"{""x"": [1, 2]}"\n', [{ a: '1', b: '{"x": [1, 2]}' }]],
    ['empty cells', 'a,b,c\n1,"",""\n2,3,4\n', [{ a: '1' }, { a: '2', b: '3', c: '4' }]],
    ['empty rows', 'a,b\n\n1,2\n,\n\n', [{ a: '1', b: '2' }]],
    ['UTF-8', 'a,b\n日本語,ʤ𠮷\n', [{ a: '日本語', b: 'ʤ𠮷' }]],
    ['no line end at the end', 'a\n"x"', [{ a: 'x' }]],
    ['a mark of order', '\uFEFFa,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['semicolons', 'a;b\n1,5;2\n', [{ a: '1,5', b: '2' }]],
    ['tabs', 'a\tb\nx y\t2\n', [{ a: 'x y', b: '2' }]],
    ['a header with a comma in quotes', '"a,1";b\n1;2\n', [{ 'a,1': '1', b: '2' }]],
    [
      'the names that objects have',
      '__proto__,constructor\n1,2\n',
      [{ ['__proto__']: '1', constructor: '2' }],
    ],
  ])('%s', async (_, text, expected) => {
    expect((await rows(text)).map((row) => Object.entries(row))).toEqual(
      expected.map((row) => Object.entries(row)),
    )
  })

  it('of Japanese Windows and of Excel "Unicode text"', async () => {
    const shiftJis = Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0x93, 0xfa, 0x96, 0x7b, 0x2c, 0x83, 0x5c, 0x0a])
    expect(await rows(shiftJis)).toEqual([{ a: '日本', b: 'ソ' }])
    expect((await readCsv(shiftJis)).notes.map((note) => note.code)).toEqual(['tabular.note_shift_jis'])
    const text = '\uFEFFa\tb\r\n日本\t2\r\n'
    const utf16 = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at++)
      new DataView(utf16.buffer).setUint16(at * 2, text.charCodeAt(at), true)
    expect(await rows(utf16)).toEqual([{ a: '日本', b: '2' }])
  })

  it.each([
    ['nothing', '', [' tabular.empty']],
    ['no encoding that we know', Uint8Array.from([0x61, 0x0a, 0xff, 0xff, 0x80]), [' tabular.encoding']],
    ['a NUL', 'a,b\n1,\0\n', ['/2 tabular.nul']],
    [
      'ragged rows',
      'a,b\n1\n1,2,3\n"x\ny",2\n9\n',
      ['/2 tabular.ragged', '/3 tabular.ragged', '/6 tabular.ragged'],
    ],
    ['an open quote', 'a,b\n1,2\n"3,4\n', ['/3 tabular.syntax']],
    ['a quote in the middle', 'a,b\n1,2\nx"y,4\n', ['/3 tabular.syntax']],
    ['a column twice', 'a,b,a\n1,2,3\n', ['/1/a tabular.header_twice']],
    ['a value without a name', 'a,,c\n1,2,3\n', ['/2 tabular.header_missing']],
    ['a million columns', `a${',a'.repeat(999_999)}\n`, ['/1 tabular.too_many_columns']],
    ['an endless cell', `a\n${'x'.repeat(1_000_001)}\n`, ['/2 tabular.cell_too_long']],
    ['too many rows', `a\n${'1\n'.repeat(200_001)}`, [' tabular.too_many_rows']],
    ['too many bytes', new Uint8Array(40 * 1024 * 1024 + 1).fill(65), [' input.too_large']],
  ])('refuses %s, naming the row', async (_, text, expected) => {
    expect(await faults(text)).toEqual(expected)
  })

  it('goes slice by slice, so that nobody else waits, and splits no character', async () => {
    const line = `${'日'.repeat(50)},"𠮷 ""quoted"", ${'é'.repeat(30)}"\n`
    let turns = 0
    const others = setInterval(() => {
      turns += 1
    }, 0)
    try {
      const found = await rows(`a,b\n${line.repeat(8000)}`)
      expect(found).toHaveLength(8000)
      expect(new Set(found.map((row) => JSON.stringify(row))).size).toBe(1)
    } finally {
      clearInterval(others)
    }
    expect(turns).toBeGreaterThan(5)
  })
})

const csvText = (table: Table): Promise<string> => text(Readable.from(csvLines(streamOf(table))))

describe('writing CSV', () => {
  const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠']

  it.each(signs)('disarms a text that begins with %j, also after spaces', (sign) => {
    for (const before of ['', ' ', '   ', '\u3000'])
      expect(escapeFormula(`${before}${sign}HYPERLINK("http://x")`).startsWith("'")).toBe(true)
  })

  it('leaves numbers numbers, and other texts alone', async () => {
    expect(
      await csvText({
        header: ['n', 't'],
        rows: [
          [-5, 'IS 509132'],
          [1.5, "it's"],
          [null, true],
        ],
      }),
    ).toBe(`\uFEFFn,t,${ownMarkers.escaped}\r\n-5,IS 509132,\r\n1.5,it's,\r\n,TRUE,\r\n`)
  })

  it('does not let a cell begin a second record', async () => {
    const text = await csvText({ header: ['a', 'b'], rows: [['x","y"\r\n=cmd|calc,z', 'b']] })
    expect(await rows(text)).toEqual([{ a: 'x","y"\r\n=cmd|calc,z', b: 'b' }])
  })

  it('is read back without loss, whatever the texts', { timeout: 60_000 }, async () => {
    const hostile = fc.stringMatching(/^['=+\-@\t\r\n ＝－|%",;x日]{0,8}$/)
    const text = fc.oneof(hostile, fc.string({ unit: 'binary' })).filter((one) => !/\0|\uFEFF/.test(one))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (pairs) => {
        const filled = pairs.map(([a, b], at): Cell[] => [at, a, b])
        const back = await readCsv(bytes(await csvText({ header: ['n', 'a', 'b'], rows: filled })))
        expect(back.own).toBe(true)
        expect(back.columns).toEqual(['n', 'a', 'b'])
        expect(back.rows.map(({ cells }) => [Number(cells.n), cells.a ?? '', cells.b ?? ''])).toEqual(filled)
      }),
    )
  })

  it('spreads a text over columns where Excel would cut it, and joins it again', async () => {
    const long = `${'𠮷'.repeat(40_000)}=end`
    const text = await csvText({
      header: ['a', 'b'],
      rows: [
        [long, 'x'],
        ['short', 'y'],
      ],
    })
    const head = text.slice(1, text.indexOf('\r\n'))
    expect(head).toBe(`a,a [2],a [3],b,${ownMarkers.escaped}`)
    for (const cell of text.split(',')) expect(cell.length).toBeLessThan(32_767)
    expect(await rows(text)).toEqual([
      { a: long, b: 'x' },
      { a: 'short', b: 'y' },
    ])
  })

  it('keeps the apostrophe of a file that is not ours', async () => {
    expect(await rows("a\n'=1+1\n")).toEqual([{ a: "'=1+1" }])
    expect(await rows(`a,${ownMarkers.escaped}\n'=1+1,\n`)).toEqual([{ a: '=1+1' }])
  })

  it('goes line by line: no row is asked for before the line above it is taken', async () => {
    let asked = 0
    function* counted(): Generator<Cell[]> {
      for (; asked < 5; ) yield [asked++]
    }
    const lines = csvLines({ header: ['a'], widths: [1], rows: counted() })
    await lines.next()
    expect(asked).toBe(0)
    await lines.next()
    await lines.next()
    expect(asked).toBe(2)
  })
})
