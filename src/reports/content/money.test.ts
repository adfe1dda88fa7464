import { expect, test } from 'vitest'
import { digitsOf } from '../../risks/currency.ts'
import { money } from './risks.ts'

test.each([
  ['JPY', 0, '12,000,000 JPY'],
  ['KRW', 0, '12,000,000 KRW'],
  ['USD', 2, '120,000.00 USD'],
  ['KWD', 3, '12,000.000 KWD'],
  ['XQZ', 2, '120,000.00 XQZ'],
])('%s has %i digits after the point', (currency, digits, text) => {
  expect(digitsOf(currency)).toBe(digits)
  expect(money(12_000_000, currency)).toBe(text)
})

test('less than one unit is not grouped away', () => {
  expect(money(5, 'USD')).toBe('0.05 USD')
  expect(money(0, 'JPY')).toBe('0 JPY')
  expect(money(123_456, 'USD')).toBe('1,234.56 USD')
})
