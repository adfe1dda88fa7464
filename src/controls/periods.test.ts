import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../kernel/day.ts'
import { calendarPeriods, type Frequency } from './frequency.ts'
import { allowedGap, maxGapDays, periodsBetween } from './periods.ts'

const calendar = (every: (typeof calendarPeriods)[number], anchor: string, graceDays = 0): Frequency => ({
  kind: 'calendar',
  every,
  anchor,
  graceDays,
})

const dayIn = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2019-01-01', days))

describe('periods', () => {
  it('of three months begin on the same day of every third month', () => {
    expect(periodsBetween(calendar('3-months', '2023-01-15', 5), '2023-01-01', '2023-08-01')).toEqual([
      { from: '2023-01-15', to: '2023-04-14', dueBy: '2023-04-19' },
      { from: '2023-04-15', to: '2023-07-14', dueBy: '2023-07-19' },
      { from: '2023-07-15', to: '2023-10-14', dueBy: '2023-10-19' },
    ])
  })

  it('that begin on a 31st do not drift after a short month', () => {
    const froms = periodsBetween(calendar('monthly', '2023-01-31'), '2023-01-31', '2023-05-31').map(
      (one) => one.from,
    )
    expect(froms).toEqual(['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31'])
  })

  it('daily means every day, not only business days', () => {
    expect(
      periodsBetween(calendar('daily', '2023-07-01'), '2023-07-07', '2023-07-10').map((one) => one.from),
    ).toEqual(['2023-07-07', '2023-07-08', '2023-07-09', '2023-07-10'])
  })

  it('do not exist before the anchor, nor for events', () => {
    expect(periodsBetween(calendar('weekly', '2023-07-01'), '2023-01-01', '2023-06-30')).toEqual([])
    const event: Frequency = { kind: 'event', trigger: { en: 'Significant change' }, withinDays: 30 }
    expect(periodsBetween(event, '2023-01-01', '2023-12-31')).toEqual([])
    expect(allowedGap(event)).toBeNull()
  })

  it('follow one another without a hole or an overlap, and none is longer than PCI DSS allows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...calendarPeriods),
        dayIn,
        dayIn,
        fc.integer({ min: 0, max: 800 }),
        (every, anchor, from, length) => {
          const periods = periodsBetween(calendar(every, anchor), from, addDays(from, length))
          for (const [index, period] of periods.entries()) {
            expect(daysBetween(period.from, period.to) + 1).toBeLessThanOrEqual(maxGapDays[every])
            const next = periods[index + 1]
            if (next) expect(next.from).toBe(addDays(period.to, 1))
          }
          const first = periods[0]
          if (first && anchor <= from) expect(first.from <= from && from <= first.to).toBe(true)
          const last = periods.at(-1)
          if (last) expect(last.from <= addDays(from, length) && addDays(from, length) <= last.to).toBe(true)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})
