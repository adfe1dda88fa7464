import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '../kernel/day.ts'
import type { Target } from './objective.ts'
import { countingOn, graceDays, nextReadingOn, reaches, standingOn } from './state.ts'

type Read = { id: string; on: Day; value: number; replaces: string | null }

const read = (on: Day, value: number, parts: Partial<Read> = {}): Read => ({
  id: `${on} ${value}`,
  replaces: null,
  on,
  value,
  ...parts,
})

const target = (by: Day, value: number, upper: number | null = null): Target => ({ by, value, upper })

const objective = (targets: Target[], direction: 'up' | 'down' | 'within' = 'up', everyMonths = 3) => ({
  targets,
  from: '2022-01-01' as Day | null,
  measure: { direction, everyMonths },
})

describe('an objective', () => {
  const one = objective([target('2022-12-31', 90), target('2023-12-31', 98)])

  it('that nobody has read is not known, and not missed, however late it is', () => {
    expect(standingOn(one, [], '2022-06-30').state).toBe('unread')
    expect(standingOn(one, [], '2024-06-30')).toMatchObject({ state: 'unread', value: null, stale: false })
  })

  it('is missed when its day has come and the last value does not reach it', () => {
    const readings = [read('2022-06-30', 70), read('2022-12-31', 85)]
    expect(standingOn(one, readings, '2023-01-15')).toMatchObject({
      state: 'missed',
      value: 85,
      target: { by: '2022-12-31' },
      next: { by: '2023-12-31' },
    })
    // What was read before the day does not show that the day was missed.
    expect(standingOn(one, [read('2022-12-01', 85)], '2023-01-15').state).toBe('behind')
  })

  it('is behind while it lags behind the straight line to its next target, and on track on it', () => {
    const reached = read('2022-12-31', 90)
    expect(standingOn(one, [reached, read('2023-06-30', 93)], '2023-07-01').state).toBe('behind')
    expect(standingOn(one, [reached, read('2023-06-30', 94.1)], '2023-07-01').state).toBe('on-track')
    expect(standingOn(one, [reached, read('2023-06-30', 99)], '2023-07-01').state).toBe('on-track')
  })

  it('is no longer known when its last value is too old', () => {
    const readings = [read('2022-12-31', 95)]
    const due = nextReadingOn(one, readings, '2023-01-01')
    expect(due).toBe('2023-03-31')
    expect(standingOn(one, readings, addDays('2023-03-31', graceDays)).stale).toBe(false)
    expect(standingOn(one, readings, addDays('2023-03-31', graceDays + 1))).toMatchObject({
      state: 'unread',
      stale: true,
      value: 95,
    })
  })

  it('counts the correction and not what it corrects', () => {
    const wrong = read('2022-12-31', 9)
    const right = read('2022-12-31', 91, { id: 'right', replaces: wrong.id })
    expect(countingOn([wrong, right], '2023-01-01')).toEqual([right])
    expect(standingOn(one, [wrong, right], '2023-01-01').state).toBe('on-track')
  })

  it('within two limits reaches them on both ends', () => {
    const limits = target('2022-12-31', 10, 20)
    expect([9, 10, 15, 20, 21].map((value) => reaches('within', limits, value))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
})

const days = fc.integer({ min: 0, max: 1400 }).map((add) => addDays('2021-06-01', add))
const values = fc.integer({ min: -100, max: 100 })
const targetsOf = fc
  .uniqueArray(days, { minLength: 1, maxLength: 5 })
  .chain((chosen) =>
    fc.tuple(...chosen.sort().map((by) => values.map((value) => target(by, value, value + 10)))),
  )
const readingsOf = fc.uniqueArray(fc.tuple(days, values), { selector: ([on]) => on, maxLength: 12 })
const objectives = fc
  .record({
    targets: targetsOf,
    direction: fc.constantFrom('up' as const, 'down' as const, 'within' as const),
    everyMonths: fc.integer({ min: 1, max: 36 }),
  })
  .map(({ targets, direction, everyMonths }) => objective(targets, direction, everyMonths))

describe('the state of any objective', () => {
  it('without a reading by the day is unread: unknown is not failed', () => {
    fc.assert(
      fc.property(objectives, readingsOf, days, (one, pairs, day) => {
        const later = pairs.filter(([on]) => on > day).map(([on, value]) => read(on, value))
        expect(standingOn(one, later, day).state).toBe('unread')
      }),
    )
  })

  it('of a day is not changed by what is read about later days', () => {
    fc.assert(
      fc.property(objectives, readingsOf, days, (one, pairs, day) => {
        const all = pairs.map(([on, value]) => read(on, value))
        const known = all.filter(({ on }) => on <= day)
        expect(standingOn(one, all, day)).toEqual(standingOn(one, known, day))
      }),
    )
  })

  it('is missed only after a target’s day, by a value of that day or later that does not reach it', () => {
    fc.assert(
      fc.property(objectives, readingsOf, days, (one, pairs, day) => {
        const found = standingOn(
          one,
          pairs.map(([on, value]) => read(on, value)),
          day,
        )
        if (found.state !== 'missed') return
        const { value, readOn } = found
        expect(found.target !== null && found.target.by <= day && (readOn ?? '') >= found.target.by).toBe(
          true,
        )
        expect(reaches(one.measure.direction, found.target ?? target(day, 0), value ?? 0)).toBe(false)
      }),
    )
  })

  it('does not depend on the order in which readings were added', () => {
    fc.assert(
      fc.property(objectives, readingsOf, days, (one, pairs, day) => {
        const all = pairs.map(([on, value]) => read(on, value))
        expect(standingOn(one, all.toReversed(), day)).toEqual(standingOn(one, all, day))
      }),
    )
  })

  it('never gets worse by a better last value', () => {
    const rank = { 'on-track': 0, behind: 1, missed: 2, unread: 3 }
    fc.assert(
      fc.property(objectives, readingsOf, days, fc.integer({ min: 1, max: 50 }), (one, pairs, day, more) => {
        if (one.measure.direction === 'within') return
        const all = pairs.map(([on, value]) => read(on, value))
        const last = countingOn(all, day).at(-1)
        // The first value is where the line to the target starts: raising it raises what is expected.
        if (!last || countingOn(all, day).length < 2) return
        const better = last.value + (one.measure.direction === 'up' ? more : -more)
        const raised = all.map((each) => (each === last ? { ...each, value: better } : each))
        expect(rank[standingOn(one, raised, day).state]).toBeLessThanOrEqual(
          rank[standingOn(one, all, day).state],
        )
      }),
    )
  })
})
