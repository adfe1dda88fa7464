import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeAfter } from './code.ts'
import { costsOf } from './cost.ts'
import type { RiskMethod } from './method.ts'
import { methodDifferences } from './method-diff.ts'
import { startingMethod } from './starting-method.ts'

const version = (parts: Partial<RiskMethod> = {}): RiskMethod => ({
  ...startingMethod,
  ...{ id: '00000000-0000-4000-8000-000000000001', version: 1, number: 1, effectiveFrom: '2023-01-01' },
  ...{ unreviewed: false, authorIds: [], draftedOn: '2023-01-01', approval: null, withdrawn: null },
  ...parts,
})

describe('two versions of a method', () => {
  it('that say the same differ in nothing, whoever wrote them and whenever they hold', () => {
    const other = version({ number: 2, version: 9, effectiveFrom: '2024-01-01', reviewMonths: 12 })
    expect(methodDifferences(version(), other)).toEqual([])
  })

  it('differ where a cell, a level, a band or a rule does, with both sides', () => {
    const matrix = startingMethod.matrix.map((row) => [...row])
    ;(matrix[4] as number[])[0] = 0
    const [first, ...rest] = startingMethod.likelihood
    const renamed = { name: { en: 'Never yet' }, anchor: first?.anchor ?? {} }
    const found = methodDifferences(
      version(),
      version({ matrix, likelihood: [renamed, ...rest], aggregation: 'mean-rounded-up' }),
    )
    expect(found).toEqual([
      { part: 'aggregation', at: [], before: 'highest', after: 'mean-rounded-up' },
      { part: 'likelihood', at: [0], before: first, after: renamed },
      { part: 'matrix', at: [4, 0], before: 'moderate', after: 'low' },
    ])
  })

  it('tell bands apart by key: one more below all others changes no cell', () => {
    const trifle = { ...(startingMethod.bands[0] as RiskMethod['bands'][number]), key: 'trifle' }
    const shifted = version({
      bands: [trifle, ...startingMethod.bands],
      matrix: startingMethod.matrix.map((row) => row.map((band) => band + 1)),
    })
    const found = methodDifferences(version(), shifted)
    expect(found.filter((one) => one.part === 'matrix')).toEqual([])
    expect(found.filter((one) => one.part === 'bands')).toHaveLength(5)
  })

  it('of other sizes differ in the cells that only one of them has', () => {
    const smaller = version({ matrix: startingMethod.matrix.slice(0, 4) })
    const found = methodDifferences(smaller, version()).filter((one) => one.part === 'matrix')
    expect(found.map((one) => [one.at, one.before])).toEqual([0, 1, 2, 3, 4].map((at) => [[4, at], null]))
  })
})

describe('the next code', () => {
  it('is one more than the highest of its form, and never in use', () => {
    expect(codeAfter([])).toBe('R-001')
    expect(codeAfter(['R-009', 'r-011', 'X-99', 'R-1x'])).toBe('R-012')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99_999 })), (numbers) => {
        const codes = numbers.map((number) => `R-${number}`)
        expect(codes).not.toContain(codeAfter(codes))
      }),
    )
  })
})

describe('what actions cost', () => {
  it('is summed for each currency by itself', () => {
    const action = (amount: number, currency: string, doneOn: string | null = null) => ({
      cost: { amount, currency },
      doneOn,
    })
    expect(
      costsOf([
        action(100, 'USD'),
        action(5000, 'JPY', '2023-01-01'),
        action(250, 'USD', '2023-01-01'),
        { cost: null, doneOn: null },
      ]),
    ).toEqual([
      { currency: 'JPY', planned: 5000, done: 5000 },
      { currency: 'USD', planned: 350, done: 250 },
    ])
  })
})
