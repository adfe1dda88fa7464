import { describe, expect, it } from 'vitest'
import { brandOf, brandRanges, longestNumber, shortestNumber } from './brand.ts'
import { luhn } from './luhn.ts'
import { testNumbers } from './test-number.ts'

const digits = (text: string) => Uint8Array.from(text, Number)

describe('the check digit', () => {
  it('is right in the example of ISO/IEC 7812-1 and wrong after any change of one digit', () => {
    expect(luhn(digits('79927398713'))).toBe(true)
    const number = digits('4539578763621486')
    for (let at = 0; at < number.length; at += 1)
      for (let other = 1; other < 10; other += 1) {
        const changed = number.slice()
        changed[at] = ((changed[at] ?? 0) + other) % 10
        expect(luhn(changed)).toBe(false)
      }
  })
})

describe('the table of brands', () => {
  it('has lengths within the bounds and ranges the right way round', () => {
    for (const { from, to, lengths } of brandRanges) {
      expect(from).toBeLessThan(to)
      expect(lengths.every((one) => one >= shortestNumber && one <= longestNumber)).toBe(true)
    }
  })

  it('knows each brand by both ends of its ranges, and nobody beyond them', () => {
    expect(brandOf(222_100, 16)).toBe('mastercard')
    expect(brandOf(272_099, 16)).toBe('mastercard')
    expect(brandOf(272_100, 16)).toBeNull()
    expect(brandOf(220_499, 16)).toBe('mir')
    expect(brandOf(352_800, 16)).toBe('jcb')
    expect(brandOf(358_999, 19)).toBe('jcb')
    expect(brandOf(359_000, 16)).toBeNull()
    expect(brandOf(370_000, 15)).toBe('american express')
    expect(brandOf(370_000, 16)).toBeNull()
    expect(brandOf(305_999, 14)).toBe('diners club')
    expect(brandOf(306_000, 14)).toBeNull()
    expect(brandOf(411_111, 13)).toBe('visa')
    expect(brandOf(411_111, 17)).toBeNull()
    expect(brandOf(169_080, 13)).toBeNull()
  })
})

describe('numbers for tests', () => {
  it('are numbers of a brand with a right check digit', () => {
    for (const one of testNumbers) {
      expect(luhn(digits(one))).toBe(true)
      expect(brandOf(Number(one.slice(0, 6)), one.length)).not.toBeNull()
    }
  })
})
