import { describe, expect, it } from 'vitest'
import { contentOf } from './cell.ts'
import { maskedName } from './finding.ts'
import { luhn } from './luhn.ts'
import { cardTable } from './table.ts'

const counted = (rows: readonly (readonly string[])[]) => {
  const table = cardTable((column, head) => head || String(column))
  for (const [row, cells] of rows.entries())
    for (const [column, text] of cells.entries()) table.cell(row + 1, column, contentOf(text))
  return table.end()
}

const ids = Array.from(
  { length: 200 },
  (_, index) => `45395787${String(12_345_678 + index * 104_729).slice(-8)}`,
)
const cards = ids.map((id) => {
  const body = id.slice(0, 15)
  return body + [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((last) => luhn(Uint8Array.from(body + last, Number)))
})
const column = (head: string, numbers: readonly string[]) => [[head], ...numbers.map((one) => [one])]

describe('a column', () => {
  it('of random numbers is low, whatever its head', () => {
    for (const head of ['reference', 'order id', 'Betrag', '']) {
      const { counts } = counted(column(head, ids))
      expect([head, counts.high, counts.low > 5]).toEqual([head, 0, true])
    }
  })

  it('headed like cards is high, even with random numbers and of lengths that say little', () => {
    expect(counted(column('Card number', ids)).counts.high).toBeGreaterThan(5)
    expect(counted(column('カード番号', [`${cards[0]}`])).counts.high).toBe(1)
    const old = '453957876362'
    const thirteen =
      old + [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((last) => luhn(Uint8Array.from(old + last, Number)))
    expect(counted(column('memo', [thirteen])).counts).toEqual({ high: 0, low: 1, test: 0 })
    expect(counted(column('cardNumber', [thirteen])).counts).toEqual({ high: 1, low: 0, test: 0 })
  })

  it('of numbers that are all right is high, and headed like identifiers low', () => {
    expect(counted(column('value', cards)).counts).toEqual({ high: 200, low: 0, test: 0 })
    expect(counted(column('orderId', cards)).counts).toEqual({ high: 0, low: 200, test: 0 })
  })

  it('gives the place of what it found', () => {
    const { findings } = counted([
      ['name', 'pan'],
      ['Doe', `${cards[3]}`],
    ])
    expect(findings.map(({ place }) => place)).toEqual([{ column: 'pan', row: 2 }])
  })
})

describe('a cell', () => {
  it('with digits of full width, or more text than fits into one piece, is read', () => {
    const wide = [...'4539578763621486']
      .map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
      .join('')
    expect(contentOf(`番号 ${wide}`).candidates).toHaveLength(1)
    for (const before of [65_520, 65_528, 65_536, 65_600])
      expect(contentOf(`${'あ'.repeat(before)} 4539 5787 6362 1486 end`).candidates).toHaveLength(1)
  })
})

describe('a name', () => {
  it('shows no number, with or without blanks', () => {
    expect(maskedName('scan of 4539 5787 6362 1486.pdf')).toBe('scan of 453957…1486.pdf')
    expect(maskedName('4539578763621486/36123456789012')).toBe('453957…1486/…9012')
    expect(maskedName('report-2026-07-31.pdf')).toBe('report-2026-07-31.pdf')
  })
})
