import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RiskMethod } from './method.ts'
import { methodInForce, methodProblems, methodStateOn, unreachableBands } from './method-rules.ts'
import { aggregated, ratingOf } from './rating.ts'
import { startingMethod } from './starting-method.ts'

const codes = (changed: Partial<typeof startingMethod>) =>
  methodProblems({ ...startingMethod, ...changed }).map(({ pointer, code }) => `${pointer} ${code}`)

const version = (number: number, parts: Partial<RiskMethod> = {}): RiskMethod => ({
  ...startingMethod,
  id: `00000000-0000-4000-8000-00000000000${number}`,
  version: 1,
  number,
  effectiveFrom: '2023-01-01',
  unreviewed: false,
  authorIds: ['00000000-0000-4000-8000-0000000000aa'],
  draftedOn: '2023-01-01',
  approval: { personId: '00000000-0000-4000-8000-0000000000bb', on: '2023-01-10' },
  withdrawn: null,
  ...parts,
})

describe('a method', () => {
  it('as shipped breaks no rule and reaches every band', () => {
    expect(methodProblems(startingMethod)).toEqual([])
    expect(unreachableBands(startingMethod)).toEqual([])
  })

  it('is refused where its matrix is not as large as its scales', () => {
    expect(codes({ matrix: startingMethod.matrix.slice(1) })).toEqual(['/matrix risk_method.rows'])
    const short = startingMethod.matrix.map((row, at) => (at === 2 ? row.slice(1) : row))
    expect(codes({ matrix: short })).toContain('/matrix/2 risk_method.columns')
  })

  it('is refused where an area has not an anchor for each level', () => {
    const areas = startingMethod.areas.map((area, at) =>
      at === 1 ? { ...area, anchors: area.anchors.slice(1) } : area,
    )
    expect(codes({ areas })).toEqual(['/areas/1/anchors risk_method.anchors'])
  })

  it('is refused where a graver risk falls into a lower band', () => {
    const matrix = startingMethod.matrix.map((row) => [...row])
    ;(matrix[3] as number[])[4] = 1
    expect(codes({ matrix })).toEqual(['/matrix/3/4 risk_method.falls'])
  })

  it('is refused where a band is named twice, is missing, or is acceptable above one that is not', () => {
    const [low, moderate, high, severe] = startingMethod.bands
    if (!low || !moderate || !high || !severe) throw new Error('four bands')
    expect(codes({ bands: [low, moderate, { ...high, key: 'low' }, severe] })).toEqual([
      '/bands/2/key risk_method.band_twice',
    ])
    expect(codes({ bands: [low, moderate, high, { ...severe, acceptable: true }] })).toEqual([
      '/bands/3/acceptable risk_method.acceptable_above',
    ])
    expect(codes({ bands: [low, moderate, high] })).toContain('/matrix/4/4 risk_method.no_such_band')
  })

  it('says which bands nothing leads to', () => {
    const matrix = startingMethod.matrix.map((row) => row.map((band) => Math.min(band, 2)))
    expect(unreachableBands({ ...startingMethod, matrix }).map((band) => band.key)).toEqual(['severe'])
  })

  it('that is accepted never rates a likelier or graver value lower', () => {
    const cell = fc.integer({ min: 0, max: 3 })
    const matrices = fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 })
    // Sorting both ways makes a matrix that never falls: what the rule lets through is neither empty nor all.
    const rising = matrices.map((rows) => {
      const sorted = rows.map((row) => [...row].sort())
      return sorted.map((row, at) =>
        row.map((_, column) => Math.max(...sorted.slice(0, at + 1).map((above) => above[column] ?? 0))),
      )
    })
    const place = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.oneof(matrices, rising), place, place, place, place, (matrix, a, b, c, d) => {
        const method = { ...startingMethod, matrix }
        fc.pre(methodProblems(method).length === 0)
        const low = { likelihood: Math.min(a, b), consequence: Math.min(c, d) }
        const high = { likelihood: Math.max(a, b), consequence: Math.max(c, d) }
        expect(ratingOf(method, low)?.index).toBeLessThanOrEqual(ratingOf(method, high)?.index ?? -1)
      }),
    )
  })
})

describe('versions of a method', () => {
  const first = version(1)
  const second = version(2, {
    approval: { personId: '00000000-0000-4000-8000-0000000000bb', on: '2023-03-01' },
    effectiveFrom: '2023-04-01',
  })

  it('hold until a later approved one takes effect', () => {
    const all = [first, second]
    expect(methodInForce(all, '2023-01-09')).toBe(null)
    expect(methodInForce(all, '2023-03-31')?.number).toBe(1)
    expect(methodInForce(all, '2023-04-01')?.number).toBe(2)
    expect(methodStateOn(first, all, '2023-03-31')).toBe('approved')
    expect(methodStateOn(first, all, '2023-04-01')).toBe('superseded')
    expect(methodStateOn(second, all, '2023-02-28')).toBe('draft')
  })

  it('that were withdrawn give the earlier one back', () => {
    const withdrawn = { ...second, withdrawn: { on: '2023-05-01', reason: 'wrong' } }
    expect(methodInForce([first, withdrawn], '2023-04-30')?.number).toBe(2)
    expect(methodInForce([first, withdrawn], '2023-05-01')?.number).toBe(1)
  })
})

describe('several risks as one', () => {
  it('are the highest, or the mean rounded up, and nothing of none', () => {
    expect(aggregated({ aggregation: 'highest' }, [0, 2, 1])).toBe(2)
    expect(aggregated({ aggregation: 'mean-rounded-up' }, [0, 0, 1])).toBe(1)
    expect(aggregated({ aggregation: 'mean-rounded-up' }, [1, 3])).toBe(2)
    expect(aggregated({ aggregation: 'highest' }, [])).toBe(null)
  })

  it('lie between the lowest and the highest of them', () => {
    const indexes = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
    fc.assert(
      fc.property(
        indexes,
        fc.constantFrom('highest' as const, 'mean-rounded-up' as const),
        (all, aggregation) => {
          const one = aggregated({ aggregation }, all) ?? -1
          expect(one).toBeGreaterThanOrEqual(Math.min(...all))
          expect(one).toBeLessThanOrEqual(Math.max(...all))
        },
      ),
    )
  })
})
