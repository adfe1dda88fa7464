import { describe, expect, it } from 'vitest'
import { itemOf } from './collection.ts'
import type { Verdict } from './expression.ts'
import { judge } from './judge.ts'
import { isActive, isAskedOf, speaksUntil } from './schedule.ts'

const one = '019c0000-0000-7000-8000-000000000001'
const verdict = (outcome: Verdict['outcome'], detail: string | null = null): Verdict => ({ outcome, detail })

describe('results', () => {
  const items = [itemOf(['a:22'], {}), itemOf(['a:2222'], {}), itemOf(['b'], {})]
  const toOne = () => one

  it('of a thing that was seen in several places are as bad as the worst of them', () => {
    const of = (...outcomes: Verdict['outcome'][]) =>
      judge(
        items,
        outcomes.map((outcome) => verdict(outcome)),
        toOne,
      ).results.map(({ outcome }) => outcome)
    expect(of('pass', 'pass', 'pass')).toEqual(['pass'])
    expect(of('pass', 'error', 'pass')).toEqual(['error'])
    expect(of('error', 'fail', 'pass')).toEqual(['fail'])
  })

  it('say which places, and why', () => {
    const { results } = judge(
      items,
      [verdict('fail'), verdict('pass'), verdict('fail', 'x\u0000\u202Ey')],
      toOne,
    )
    expect(results).toEqual([{ assetId: one, outcome: 'fail', detail: 'a:22; b: x\uFFFD\uFFFDy' }])
  })

  it('of something that was not seen whole are a failure or an error, never a pass', () => {
    const half = [itemOf(['a'], {}, 'gave up')]
    expect(judge(half, [verdict('pass')], toOne).results).toEqual([
      { assetId: one, outcome: 'error', detail: 'a: not all of it was seen: gave up' },
    ])
    expect(judge(half, [verdict('fail')], toOne).results[0]?.outcome).toBe('fail')
  })

  it('are none for what no asset is called, which is said, nor for what is not asked', () => {
    const asset = (resource: string) => (resource === 'b' ? false : null)
    const found = judge(
      items,
      items.map(() => verdict('fail')),
      ({ resource }) => asset(resource),
    )
    expect(found).toEqual({ results: [], unresolved: ['a:22', 'a:2222'], unresolvedCount: 2 })
  })
})

describe('a schedule', () => {
  it('lets a result speak until the next run is due, and the tolerance after it', () => {
    expect(speaksUntil({ everyDays: 7, toleranceDays: 2 }, '2023-02-25')).toBe('2023-03-06')
    const active = { activeFrom: '2023-01-01', activeTo: '2023-01-31' }
    const days = ['2022-12-31', '2023-01-01', '2023-01-31', '2023-02-01']
    expect(days.map((day) => isActive(active, day))).toEqual([false, true, true, false])
  })

  it('asks what every list allows that is not empty, entities with all below them', () => {
    const asset = { kind: 'system' as const, entityId: 'branch', serviceIds: ['shop'] }
    const above = () => ['branch', 'root']
    const none = { kinds: [], entityIds: [], serviceIds: [] }
    const asked = (changed: object) => isAskedOf({ resources: { ...none, ...changed } }, asset, above)
    expect(asked({})).toBe(true)
    expect([asked({ kinds: ['system'] }), asked({ kinds: ['site'] })]).toEqual([true, false])
    expect([asked({ entityIds: ['root'] }), asked({ entityIds: ['other'] })]).toEqual([true, false])
    expect([asked({ serviceIds: ['shop'] }), asked({ serviceIds: ['bank'] })]).toEqual([true, false])
  })
})
