import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../kernel/day.ts'
import type { RiskAcceptance } from './acceptance.ts'
import type { RiskMethod } from './method.ts'
import { exceeds, ratingProblems } from './rating.ts'
import type { Action, Assessment, Risk, Treatment } from './risk.ts'
import { standingOn } from './standing.ts'
import { startingMethod } from './starting-method.ts'
import { substanceDigest } from './substance.ts'
import { riskOn } from './view.ts'

const id = (last: string) => `00000000-0000-4000-8000-${last.padStart(12, '0')}`

const method: RiskMethod = {
  ...startingMethod,
  id: id('1'),
  version: 1,
  number: 1,
  effectiveFrom: '2023-01-01',
  unreviewed: false,
  authorIds: [id('a')],
  draftedOn: '2023-01-01',
  approval: { personId: id('b'), on: '2023-01-01' },
  withdrawn: null,
}

const text = { en: 'Something', ja: 'なにか' }
const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

const assessed = (on: string, changed: Partial<Assessment> = {}): Assessment => ({
  on,
  methodId: method.id,
  inherent: value(4, 4),
  current: value(3, 3),
  residual: value(1, 2),
  rationale: 'Judged in a session',
  exception: null,
  personId: id('a'),
  ...changed,
})

const treated = (from: string, changed: Partial<Treatment> = {}): Treatment => ({
  from,
  option: 'modify',
  why: text,
  controlIds: [id('c2'), id('c1')],
  ...changed,
})

const action = (key: string, changed: Partial<Action> = {}): Action => ({
  key,
  name: text,
  ownerId: null,
  plannedOn: '2023-02-01',
  dueOn: '2023-06-30',
  doneOn: null,
  dropped: null,
  cost: null,
  controlId: null,
  ...changed,
})

const risk = (changed: Partial<Risk> = {}): Risk => ({
  id: id('77'),
  version: 3,
  former: null,
  code: 'R-001',
  name: text,
  scenario: text,
  approach: 'event',
  threat: null,
  vulnerability: null,
  affects: ['confidentiality'],
  entityId: id('e'),
  serviceIds: [],
  assetIds: [],
  issueIds: [],
  obligationIds: [],
  ownerId: id('d'),
  identifiedOn: '2023-01-10',
  assessments: [assessed('2023-01-20')],
  treatments: [treated('2023-02-01')],
  actions: [action('a1'), action('a2')],
  reviews: [],
  reviewMonths: null,
  quantity: null,
  closed: null,
  reopened: [],
  ...changed,
})

const digestOn = (one: Risk, day: string) => {
  const view = riskOn(one, day)
  return view && substanceDigest(view)
}

const accepted = (one: Risk, on: string, changed: Partial<RiskAcceptance> = {}): RiskAcceptance => ({
  id: id('9'),
  version: 1,
  riskId: one.id,
  riskVersion: one.version,
  substance: digestOn(one, on) ?? '',
  personId: id('d'),
  on,
  until: null,
  note: null,
  revoked: null,
  ...changed,
})

const on = (day: string, one: Risk, acceptances: RiskAcceptance[] = []) =>
  standingOn(one, { methods: new Map([[method.id, method]]), inForce: method, acceptances }, day)

const stateOn = (day: string, one: Risk, acceptances: RiskAcceptance[] = []) =>
  on(day, one, acceptances)?.state

describe('a risk on a day', () => {
  it('is closed until the day on which it was opened again, and was open before', () => {
    const closed = { on: '2023-07-01', reason: 'It ended' }
    const one = risk({ reopened: [{ closed, on: '2023-07-10', reason: 'It is back' }] })
    const isClosed = (day: string) => riskOn(one, day)?.closed ?? null
    expect(isClosed('2023-06-30')).toBeNull()
    expect(isClosed('2023-07-01')).toEqual(closed)
    expect(isClosed('2023-07-09')).toEqual(closed)
    expect(isClosed('2023-07-10')).toBeNull()
    // Taken back on its own day, it was never closed.
    const never = risk({ reopened: [{ closed, on: '2023-07-01', reason: 'A mistake' }] })
    expect(riskOn(never, '2023-07-01')?.closed).toBeNull()
  })

  it('goes from identified to closed by what is dated in it', () => {
    const one = risk({ closed: { on: '2023-07-01', reason: 'The service ended' } })
    expect(stateOn('2023-01-09', one)).toBe(undefined)
    expect(stateOn('2023-01-10', one)).toBe('identified')
    expect(stateOn('2023-01-20', one)).toBe('assessed')
    expect(stateOn('2023-02-01', one)).toBe('planned')
    const begun = { ...one, actions: [action('a1', { doneOn: '2023-03-01' }), action('a2')] }
    expect(stateOn('2023-02-28', begun)).toBe('planned')
    expect(stateOn('2023-03-01', begun)).toBe('treating')
    expect(stateOn('2023-03-02', one, [accepted(one, '2023-03-02')])).toBe('accepted')
    expect(stateOn('2023-07-01', one)).toBe('closed')
  })

  it('is due for review when its months are over, and a review begins them anew', () => {
    expect(on('2024-01-19', risk())?.reviewDue).toBe('2024-01-20')
    expect(stateOn('2024-01-20', risk())).toBe('review-due')
    const reviewed = risk({ reviews: [{ on: '2023-12-01', personId: id('a'), note: 'Nothing changed' }] })
    expect(stateOn('2024-01-20', reviewed)).not.toBe('review-due')
    expect(on('2023-06-01', risk({ reviewMonths: 3 }))?.reviewDue).toBe('2023-04-20')
  })

  it('shows the plan as it was: neither later actions nor later ticks', () => {
    const one = risk({
      actions: [
        action('a1', { doneOn: '2023-05-01' }),
        action('a2', { plannedOn: '2023-04-01' }),
        action('a3', { dropped: { on: '2023-04-15', reason: 'Done by the supplier' } }),
      ],
    })
    expect(riskOn(one, '2023-03-01')?.actions.map(({ key, doneOn }) => [key, doneOn])).toEqual([
      ['a1', null],
      ['a3', null],
    ])
    expect(riskOn(one, '2023-05-01')?.actions.map(({ key, doneOn }) => [key, doneOn])).toEqual([
      ['a1', '2023-05-01'],
      ['a2', null],
    ])
    expect(on('2023-07-01', one)?.progress).toEqual({ actions: 2, done: 1, open: 1, overdue: 1 })
    expect(on('2023-06-30', one)?.progress.overdue).toBe(0)
  })

  it('keeps the version of the method by which it was judged, and is outdated under a later one', () => {
    const later = { ...method, id: id('2'), number: 2 }
    const found = standingOn(
      risk(),
      { methods: new Map([method, later].map((one) => [one.id, one])), inForce: later, acceptances: [] },
      '2023-03-01',
    )
    expect([found?.method?.number, found?.outdated]).toEqual([1, true])
    expect(on('2023-03-01', risk())?.outdated).toBe(false)
  })
})

describe('an acceptance', () => {
  const one = risk()
  const given = accepted(one, '2023-03-01')

  it('outlives ticks and words that were not accepted', () => {
    const ticked = risk({
      version: 9,
      name: { en: 'Another name' },
      actions: [action('a1', { doneOn: '2023-04-01' }), action('a2')],
    })
    expect(stateOn('2023-04-02', ticked, [given])).toBe('accepted')
  })

  it.each([
    ['a new assessment', { assessments: [...one.assessments, assessed('2023-04-01')] }],
    ['another treatment', { treatments: [...one.treatments, treated('2023-04-01', { option: 'share' })] }],
    ['a control less', { treatments: [treated('2023-02-01', { controlIds: [id('c1')] })] }],
    ['an action more', { actions: [...one.actions, action('a3', { plannedOn: '2023-04-01' })] }],
    [
      'an action dropped',
      { actions: [action('a1'), action('a2', { dropped: { on: '2023-04-01', reason: 'x' } })] },
    ],
    ['a later due day', { actions: [action('a1', { dueOn: '2023-09-30' }), action('a2')] }],
  ])('goes stale with %s', (_, changed) => {
    expect(stateOn('2023-04-01', risk(changed), [given])).toBe('stale')
  })

  it('still holds on the days before what made it stale', () => {
    const changed = risk({ assessments: [...one.assessments, assessed('2023-04-01')] })
    expect(stateOn('2023-03-31', changed, [given])).toBe('accepted')
  })

  it('does not depend on the order in which controls were named', () => {
    const turned = risk({ treatments: [treated('2023-02-01', { controlIds: [id('c1'), id('c2')] })] })
    expect(stateOn('2023-04-01', turned, [given])).toBe('accepted')
  })

  it('ends after its last day, and with its revocation', () => {
    const brief = accepted(one, '2023-03-01', { until: '2023-03-31' })
    expect(stateOn('2023-03-31', one, [brief])).toBe('accepted')
    expect([on('2023-04-01', one, [brief])?.acceptanceState, stateOn('2023-04-01', one, [brief])]).toEqual([
      'ended',
      'stale',
    ])
    const revoked = accepted(one, '2023-03-01', { revoked: { on: '2023-03-15', reason: 'Too early' } })
    expect(stateOn('2023-03-14', one, [revoked])).toBe('accepted')
    expect(stateOn('2023-03-15', one, [revoked])).toBe('planned')
  })

  it('is the newest of those given by the day', () => {
    const changed = risk({ assessments: [...one.assessments, assessed('2023-04-01')] })
    const again = accepted(changed, '2023-04-02', { id: id('8') })
    expect(stateOn('2023-04-01', changed, [given, again])).toBe('stale')
    expect(stateOn('2023-04-02', changed, [given, again])).toBe('accepted')
  })

  it('cannot be had of a risk without assessment or treatment', () => {
    expect(digestOn(risk({ assessments: [] }), '2023-03-01')).toBe(null)
    expect(digestOn(risk({ treatments: [] }), '2023-03-01')).toBe(null)
  })
})

describe('what stood on a day', () => {
  it('is not changed by facts of later days', () => {
    const day = fc.integer({ min: 0, max: 300 }).map((days) => addDays('2023-01-10', days))
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 60 }), (asked, base, later) => {
        const then = addDays(asked, later)
        const before = risk({ assessments: [assessed(base)], actions: [action('a1', { plannedOn: base })] })
        const after: Risk = {
          ...before,
          assessments: [...before.assessments, assessed(then)],
          treatments: [...before.treatments, treated(then)],
          actions: [
            ...before.actions.map((one) => ({ ...one, doneOn: then })),
            action('a2', { plannedOn: then }),
          ],
          closed: { on: then, reason: 'Over' },
        }
        // Both sides in the order of their days, as the commands keep them.
        fc.pre(base <= asked)
        expect(on(asked, after)).toEqual(on(asked, before))
      }),
    )
  })
})

describe('values of an assessment', () => {
  const level = fc.integer({ min: 0, max: 4 })
  const values = fc.record({ likelihood: level, consequence: level })

  it('may rise with a stated reason only', () => {
    fc.assert(
      fc.property(values, values, values, (inherent, current, residual) => {
        const judged = { inherent, current, residual, exception: null }
        const rises = exceeds(current, inherent) || exceeds(residual, current) || exceeds(residual, inherent)
        expect(ratingProblems(method, judged).length > 0).toBe(rises)
        expect(ratingProblems(method, { ...judged, exception: 'A new weakness was found' })).toEqual([])
      }),
    )
  })

  it('lie on the scales of the method', () => {
    const problems = ratingProblems(method, assessed('2023-01-20', { inherent: value(5, 6) }))
    expect(problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/inherent/likelihood risk.outside_scale',
      '/inherent/consequence risk.outside_scale',
    ])
  })
})
