import { describe, expect, it } from 'vitest'
import { placeText } from './card-problem.ts'

describe('the place of a card number', () => {
  it.each([
    [{ members: ['orders.csv'], column: 'card number', row: 2 }, 'orders.csv › card number › row 2'],
    [{ members: ['orders.csv'], column: 'PAN', row: 2 }, 'orders.csv › PAN › row 2'],
    [{ members: ['orders.csv'], column: '3', row: 2 }, 'orders.csv › column 3 › row 2'],
    [{ members: ['book.xlsx'], sheet: 'Cards', column: 'B', row: 7 }, 'book.xlsx › Cards › B7'],
    [
      { members: ['book.xlsx'], sheet: 'Cards', column: 'AB (card number)', row: 12 },
      'book.xlsx › Cards › AB12 (card number)',
    ],
    [{ members: ['book.xlsx'], sheet: '2023' }, 'book.xlsx › 2023'],
    [{ members: ['a.zip', 'b.pdf'], page: 3, line: 4 }, 'a.zip › b.pdf › p. 3 › L4'],
    [{ members: [], offset: 9 }, '@9'],
    [{ members: [], name: true as const }, 'name'],
    [{ members: [] }, '-'],
  ])('keeps head and row apart: %j', (place, text) => {
    expect(placeText(place)).toBe(text)
  })
})
