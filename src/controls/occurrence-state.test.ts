import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../kernel/day.ts'
import type { Attempt } from './occurrence.ts'
import { gapsBetween, hadFailure, occurrenceStateOn, occurrenceStates } from './occurrence-state.ts'

const quarter = { periodFrom: '2023-04-01', periodTo: '2023-06-30', dueBy: '2023-07-05', cancelled: null }

const attempt = (on: string, outcome: 'pass' | 'fail'): Attempt => ({
  id: '00000000-0000-4000-8000-000000000001',
  on,
  personId: null,
  outcome,
  note: null,
})

const on = (day: string, ...attempts: Attempt[]) => occurrenceStateOn({ ...quarter, attempts }, day)

describe('an occurrence', () => {
  it('is planned before its period, open in it, and missed once its due day has passed', () => {
    expect([on('2023-03-31'), on('2023-04-01'), on('2023-07-05'), on('2023-07-06')]).toEqual([
      'planned',
      'open',
      'open',
      'missed',
    ])
  })

  it('is on time up to the last day of grace and late from the day after, for ever', () => {
    expect(on('2030-01-01', attempt('2023-07-05', 'pass'))).toBe('on-time')
    expect(on('2030-01-01', attempt('2023-07-06', 'pass'))).toBe('late')
    expect(on('2023-07-05', attempt('2023-07-06', 'pass'))).toBe('open')
  })

  it('keeps its failure when a repeat passes', () => {
    const attempts = [attempt('2023-05-10', 'fail'), attempt('2023-05-20', 'pass')]
    expect(on('2023-05-15', ...attempts)).toBe('failed')
    expect(on('2023-05-20', ...attempts)).toBe('on-time')
    expect(hadFailure({ ...quarter, attempts }, '2023-12-31')).toBe(true)
  })

  it('reads attempts in the order of their days, not of their recording', () => {
    expect(on('2023-06-01', attempt('2023-05-20', 'pass'), attempt('2023-05-10', 'fail'))).toBe('on-time')
  })

  it('that was cancelled counts for nothing from that day on', () => {
    const cancelled = { reason: 'ended', on: '2023-04-10' }
    expect(occurrenceStateOn({ ...quarter, attempts: [], cancelled }, '2023-04-09')).toBe('open')
    expect(occurrenceStateOn({ ...quarter, attempts: [], cancelled }, '2024-01-01')).toBe('cancelled')
  })

  it('never comes back from missed to on time', () => {
    const days = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2023-03-01', offset))
    fc.assert(
      fc.property(
        days,
        days,
        days,
        fc.constantFrom('pass' as const, 'fail' as const),
        (tried, first, second, outcome) => {
          const [earlier, later] = first < second ? [first, second] : [second, first]
          const before = on(earlier, attempt(tried, outcome))
          const after = on(later, attempt(tried, outcome))
          if (before === 'missed') expect(['missed', 'late', 'failed']).toContain(after)
          if (before === 'late' || before === 'on-time') expect(after).toBe(before)
          expect(occurrenceStates).toContain(after)
        },
      ),
      { seed: 2, numRuns: 500 },
    )
  })
})

describe('gaps', () => {
  it('a scan of day 0 speaks to day 90; the next one on day 95 leaves a gap of five days', () => {
    const [day0, day90, day95] = ['2023-01-01', addDays('2023-01-01', 90), addDays('2023-01-01', 95)]
    expect(gapsBetween([day0, day90], 90, day90)).toEqual([])
    expect(gapsBetween([day0, day95], 90, day95)).toEqual([{ from: addDays(day0, 91), to: day95, days: 5 }])
  })

  it('one that is still open ends today', () => {
    expect(gapsBetween(['2023-01-01'], 31, '2023-02-03')).toEqual([
      { from: '2023-02-02', to: '2023-02-03', days: 2 },
    ])
  })
})
