import { describe, expect, it } from 'vitest'
import type { Evidence } from './evidence.ts'
import { contentProblems, derivedValidity, isInvolved, repeated, timeProblems } from './rules.ts'
import { countsOn, freshnessOn, stateOn } from './state.ts'

const item = (changed: Partial<Evidence> = {}): Evidence => ({
  id: '5b3c1f6e-1111-4222-8333-444455556666',
  version: 1,
  title: 'Access review',
  description: null,
  location: null,
  entityId: '5b3c1f6e-2222-4222-8333-444455556666',
  source: 'uploaded',
  collector: null,
  collectorId: null,
  addedById: null,
  aboutFrom: '2023-01-01',
  aboutTo: '2023-03-31',
  collectedOn: '2023-04-05',
  collectedAt: null,
  validUntil: '2023-06-30',
  validityStated: true,
  toleranceDays: 10,
  files: [],
  data: null,
  implementationIds: [],
  occurrenceIds: [],
  requirements: [],
  assetIds: [],
  review: null,
  replaces: null,
  withdrawn: null,
  retainUntil: null,
  hold: null,
  disposed: null,
  ...changed,
})

const today = '2023-07-31'
const codes = (changed: Partial<Evidence>) =>
  timeProblems(item(changed), today).map(({ pointer, code }) => `${pointer} ${code}`)

describe('the times of evidence', () => {
  it('are in order: about, then collected, then valid', () => {
    expect(codes({})).toEqual([])
    expect(codes({ aboutFrom: '2023-03-31', aboutTo: '2023-03-31', collectedOn: '2023-03-31' })).toEqual([])
    expect(codes({ aboutFrom: '2023-04-01' })).toEqual(['/aboutTo interval.end_before_start'])
    expect(codes({ collectedOn: '2023-03-30' })).toEqual(['/collectedOn evidence.collected_before'])
  })

  it('do not lie in the future', () => {
    expect(codes({ aboutTo: today, collectedOn: today, validUntil: '2023-12-31' })).toEqual([])
    expect(codes({ collectedOn: '2023-08-01', validUntil: '2023-12-31' })).toEqual([
      '/collectedOn evidence.in_future',
    ])
    expect(codes({ aboutTo: '2023-08-01', collectedOn: '2023-08-01', validUntil: '2023-12-31' })).toEqual([
      '/aboutTo evidence.in_future',
      '/collectedOn evidence.in_future',
    ])
  })

  it('do not end before they begin, when somebody says so', () => {
    expect(codes({ validUntil: '2023-04-04' })).toEqual(['/validUntil evidence.validity_over'])
    expect(codes({ validUntil: '2023-04-05' })).toEqual([])
    // What follows from an implementation may be over already: old evidence is still evidence of its time.
    expect(codes({ validUntil: '2023-04-04', validityStated: false })).toEqual([])
  })

  it('agree between the day and the instant of collection, in every time zone', () => {
    expect(codes({ collectedAt: '2023-04-04T10:30:00Z' })).toEqual([])
    expect(codes({ collectedAt: '2023-04-06T13:00:00Z' })).toEqual([])
    expect(codes({ collectedAt: '2023-04-07T00:00:00Z' })).toEqual([
      '/collectedAt evidence.instant_elsewhere',
    ])
  })

  it('last as long as the strictest implementation says, and a year without one', () => {
    expect(derivedValidity(item(), [{ evidenceDays: 90 }, { evidenceDays: 30 }])).toBe('2023-04-30')
    expect(derivedValidity(item(), [])).toBe('2024-03-30')
  })
})

describe('the state of evidence on a day', () => {
  const accepted = { verdict: 'accepted', personId: item().id, on: '2023-04-10', note: null } as const

  it.each([
    ['2023-04-04', 'not-yet'],
    ['2023-04-09', 'awaiting'],
    ['2023-04-10', 'valid'],
    ['2023-06-30', 'valid'],
    ['2023-07-01', 'tolerance'],
    ['2023-07-10', 'tolerance'],
    ['2023-07-11', 'expired'],
  ] as const)('accepted on 10 April it is, on %s, %s', (day, state) => {
    const one = item({ review: accepted })
    expect(stateOn(one, day)).toBe(state)
    expect(countsOn(one, day)).toBe(state === 'valid' || state === 'tolerance')
  })

  it('is that of what was done last: rejected, taken back, disposed of', () => {
    const rejected = item({ review: { ...accepted, verdict: 'rejected' } })
    expect([stateOn(rejected, '2023-04-09'), stateOn(rejected, '2023-05-01')]).toEqual([
      'awaiting',
      'rejected',
    ])
    const back = item({ review: accepted, withdrawn: { on: '2023-05-01', reason: 'Wrong' } })
    expect([stateOn(back, '2023-04-30'), stateOn(back, '2023-05-01')]).toEqual(['valid', 'withdrawn'])
    const gone = item({ ...back, disposed: { on: '2023-07-01', basis: 'Over' } })
    expect([stateOn(gone, '2023-06-30'), stateOn(gone, '2023-07-01')]).toEqual(['withdrawn', 'disposed'])
  })

  it('shows nothing before a named person accepted it, above all not a template', () => {
    for (const source of ['template', 'pulled', 'observed', 'attested', 'uploaded'] as const)
      expect(countsOn(item({ source }), '2023-05-01')).toBe(false)
    expect(freshnessOn(item({ source: 'template' }), '2023-05-01')).toBe('valid')
    expect(countsOn(item({ source: 'template', review: accepted }), '2023-05-01')).toBe(true)
  })
})

it('an item needs content, or the words of who saw it', () => {
  const codeOf = (changed: Partial<Evidence>) => contentProblems(item(changed)).map(({ code }) => code)
  expect(codeOf({})).toEqual(['evidence.files_missing'])
  expect(codeOf({ description: 'I saw it' })).toEqual(['evidence.files_missing'])
  expect(codeOf({ source: 'observed' })).toEqual(['evidence.words_missing'])
  expect(codeOf({ source: 'attested', description: 'It was so' })).toEqual([])
  expect(codeOf({ data: { kind: 'access-list', digest: 'a'.repeat(64), size: 2 } })).toEqual([])
})

it('whoever collected or added it had a hand in it', () => {
  const [collector, other] = [item().id, item().entityId]
  expect(isInvolved(item({ collectorId: collector }), collector)).toBe(true)
  expect(isInvolved(item({ addedById: collector }), collector)).toBe(true)
  expect(isInvolved(item({ collectorId: collector, addedById: collector }), other)).toBe(false)
})

it('a link that stands twice is named at its second place', () => {
  expect(repeated('assetIds', ['a', 'b', 'a'])).toEqual([
    { pointer: '/assetIds/2', code: 'evidence.link_twice' },
  ])
})
