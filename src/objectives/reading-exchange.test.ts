import { describe, expect, it } from 'vitest'
import { numberIn } from './reading-exchange.ts'

describe('a number in a spreadsheet', () => {
  it('is read as people write it', () => {
    const written = ['98.5', '98.5%', ' 1,234,567.8 ', '９８．５', '-3', '+.5', '1e3', '0']
    expect(written.map(numberIn)).toEqual([98.5, 98.5, 1_234_567.8, 98.5, -3, 0.5, 1000, 0])
  })

  it('is nothing where it could mean two things or is none', () => {
    const written = ['', '1,23', '1.2.3', 'n/a', '=1+1', 'Infinity', 'NaN', '1 2', '0x10', '--1']
    expect(written.map(numberIn)).toEqual(written.map(() => null))
  })
})
