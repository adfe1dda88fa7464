import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'

describe('comma-separated text to look at', () => {
  it('has quotes, line ends of every kind and a mark of byte order', () => {
    const { head, rows } = readCsv('\uFEFFa,b\r\n"x, ""y""","1\n2"\n3,\r\n')
    expect(head).toEqual(['a', 'b'])
    expect(rows).toEqual([
      ['x, "y"', '1\n2'],
      ['3', ''],
    ])
  })

  it.each([
    ['a;b\n1;2', ['a', 'b']],
    ['a\tb,c\td\n1\t2\t3', ['a', 'b,c', 'd']],
    ['"a;b;c",d\n', ['a;b;c', 'd']],
  ])('finds its separator: %j', (text, head) => {
    expect(readCsv(text).head).toEqual(head)
  })

  it('ends with a quote that never closes', () => {
    expect(readCsv('a,b\n1,"open\nfor,ever').rows).toEqual([['1', 'open\nfor,ever']])
  })

  it('says that rows are left out', () => {
    const many = readCsv(`h\n${'1\n'.repeat(5000)}`)
    expect([many.rows.length, many.cut]).toEqual([500, true])
    expect(readCsv('h\n1\n').cut).toBe(false)
  })

  it('reads what was written, whatever the cells hold', () => {
    const cell = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.startsWith('\uFEFF'))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 }),
        (table) => {
          const text = table.map((row) => row.map(quoted).join(',')).join('\r\n')
          const { head, rows } = readCsv(text)
          expect([head, ...rows]).toEqual(table)
        },
      ),
    )
  })
})
