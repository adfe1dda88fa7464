import { describe, expect, it } from 'vitest'
import type { Frequency } from './frequency.ts'
import type { Implementation, Phase } from './implementation.ts'
import type { Occurrence } from './occurrence.ts'
import { expectedPeriods, replanned } from './plan.ts'

const id = '00000000-0000-4000-8000-000000000001'

const quarterly: Frequency = { kind: 'calendar', every: '3-months', anchor: '2023-01-01', graceDays: 0 }

const operating: Phase[] = [{ from: '2023-01-01', stance: 'operating', reason: null }]

const implementation = (
  frequency: Frequency | null,
  phases: Phase[] = operating,
  endedOn: string | null = null,
): Implementation => ({
  id,
  version: 1,
  former: null,
  controlId: id,
  entityId: id,
  serviceId: null,
  inheritable: true,
  ownerId: null,
  description: { en: 'Done' },
  frequency,
  evidenceDays: 365,
  phases,
  endedOn,
})

const occurrence = (from: string, to: string, changed: Partial<Occurrence> = {}): Occurrence => ({
  id,
  version: 1,
  implementationId: id,
  periodFrom: from,
  periodTo: to,
  dueBy: to,
  plannedOn: '2022-12-01',
  trigger: null,
  attempts: [],
  missed: null,
  cancelled: null,
  ...changed,
})

const froms = (one: Implementation, from: string, today: string) =>
  expectedPeriods(one, from, today).map((period) => period.from)

describe('the plan', () => {
  it('always holds the period after the current one', () => {
    expect(froms(implementation(quarterly), '2023-01-01', '2023-05-10')).toEqual([
      '2023-01-01',
      '2023-04-01',
      '2023-07-01',
    ])
  })

  it('holds a daily control for the week ahead', () => {
    const daily: Frequency = { kind: 'calendar', every: 'daily', anchor: '2023-01-01', graceDays: 0 }
    expect(froms(implementation(daily), '2023-05-10', '2023-05-10')).toHaveLength(9)
  })

  it('holds the first period before it begins', () => {
    const later: Frequency = { ...quarterly, anchor: '2024-01-01' }
    expect(
      froms(
        implementation(later, [{ from: '2024-01-01', stance: 'operating', reason: null }]),
        '2023-01-01',
        '2023-05-10',
      ),
    ).toEqual(['2024-01-01'])
  })

  it('leaves out the time in which it does not operate', () => {
    const paused: Phase[] = [...operating, { from: '2023-04-01', stance: 'planned', reason: { en: 'Moved' } }]
    expect(froms(implementation(quarterly, paused), '2023-01-01', '2023-05-10')).toEqual(['2023-01-01'])
    expect(froms(implementation(quarterly, operating, '2023-06-30'), '2023-01-01', '2023-05-10')).toEqual([
      '2023-01-01',
      '2023-04-01',
    ])
  })

  it('is complete once it has been carried over: planning again changes nothing', () => {
    const one = implementation(quarterly)
    const first = replanned(one, [], '2023-01-01', '2023-05-10')
    const standing = first.add.map((period) => occurrence(period.from, period.to))
    expect(replanned(one, standing, '2023-01-01', '2023-05-10')).toEqual({ add: [], cancel: [] })
  })

  it('takes off what has not begun when the rhythm changes, and keeps what has', () => {
    const monthly: Frequency = { kind: 'calendar', every: 'monthly', anchor: '2023-01-01', graceDays: 0 }
    const standing = [occurrence('2023-04-01', '2023-06-30'), occurrence('2023-07-01', '2023-09-30')]
    const { add, cancel } = replanned(implementation(monthly), standing, '2023-05-10', '2023-05-10')
    expect(cancel.map((one) => one.periodFrom)).toEqual(['2023-07-01'])
    // May and June lie in the quarter that has begun: it is not asked for twice.
    expect(add.map((period) => period.from)).toEqual([])
    const july = replanned(implementation(monthly), standing.slice(0, 1), '2023-06-20', '2023-06-20')
    expect(july.add.map((period) => period.from)).toEqual(['2023-07-01'])
  })

  it('never takes off what somebody has worked on', () => {
    const attempts: Occurrence['attempts'] = [
      { id, on: '2023-05-01', personId: null, outcome: 'fail', note: null },
    ]
    const worked = occurrence('2023-07-01', '2023-09-30', { attempts })
    expect(replanned(implementation(null), [worked], '2023-05-10', '2023-05-10').cancel).toEqual([])
  })
})
