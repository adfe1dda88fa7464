import { describe, expect, test } from 'vitest'
import type { Lists } from '../../tests/support/posture.ts'
import {
  accepted,
  always,
  company,
  edition,
  link,
  onDay,
  operating,
  requirement,
  result,
} from '../../tests/support/posture.ts'
import type { Occurrence } from './facts.ts'
import { createPosture } from './posture.ts'

const day = onDay(50)
const co = { entityId: 'co', serviceId: null }

const stateOf = (facts: Lists, on = day, controlId = 'c') =>
  createPosture(facts).control(controlId, co, on).state
const codesOf = (facts: Lists, on = day) =>
  createPosture(facts)
    .control('c', co, on)
    .reasons.map(({ code }) => code)
const answer = (facts: Lists, id: string, on = day, programme = 'iso') =>
  createPosture(facts).requirement(programme, requirement(id), on)

/** Control `c` operates at the company and covers requirement R. */
const small = (): Lists => ({
  ...company('R'),
  links: [link('c', 'equal', requirement('R'))],
  implementations: [operating('i', 'c', 'co')],
})
/** The same, for some controls whose evidence is in order. */
const working = (facts: Lists, ...controls: string[]): Lists => ({
  ...facts,
  implementations: [...facts.implementations, ...controls.map((id) => operating(`i ${id}`, id, 'co'))],
  evidence: [...facts.evidence, ...controls.map((id) => accepted(`v ${id}`, `i ${id}`, onDay(0), null))],
})

const round = (id: string, from: number, to: number, attempts: Occurrence['attempts'] = []): Occurrence => ({
  id,
  implementationId: 'i',
  periodFrom: onDay(from),
  periodTo: onDay(to),
  dueBy: onDay(to),
  attempts,
  missedReason: null,
})
const made = (on: number, outcome: 'pass' | 'fail') => ({ on: onDay(on), outcome })

describe('mappings (mistake 1 of existing systems)', () => {
  const viaTwo = (): Lists => ({
    ...working(company('R'), 'c'),
    links: [
      link('c', 'intersects', { control: 'weak' }),
      link('weak', 'equal', requirement('R')),
      link('c', 'equal', { control: 'library' }),
      link('library', 'superset', requirement('R')),
    ],
  })

  test('the best path wins, not the first, and is the one that is shown', () => {
    const [unit] = answer(viaTwo(), 'R')?.units ?? []
    expect(unit).toMatchObject({ state: 'met', coverage: 'full', assurance: 'full' })
    expect(unit?.controls.find(({ controlId }) => controlId === 'c')).toMatchObject({
      relationship: 'superset',
      path: [
        { relationship: 'equal', to: { control: 'library' } },
        { relationship: 'superset', to: requirement('R') },
      ],
      reasons: [{ code: 'evidence.valid', evidenceId: 'v c', from: onDay(0), until: null }],
    })
  })

  test('a score survives every hop, from one edition to the next', () => {
    const facts = working(company('R0', 'R1', 'R2'), 'c')
    const step = (from: string, to: string) => ({
      id: from,
      source: requirement(from),
      relationship: 'equal' as const,
      target: requirement(to),
      ...always,
    })
    facts.links = [link('c', 'superset', requirement('R0')), step('R0', 'R1'), step('R1', 'R2')]
    expect(answer(facts, 'R2')?.state).toBe('met')
  })

  test('not assessed does not erase met, and a weak but true mapping does not lower coverage', () => {
    const facts = viaTwo()
    facts.implementations.push(operating('idle', 'idle', 'co'))
    facts.links.push(link('idle', 'equal', requirement('R')), link('idle', 'intersects', requirement('R')))
    expect(answer(facts, 'R')).toMatchObject({ state: 'met', coverage: 'full' })
  })

  test('a part, or several parts, never make the whole; a group named by a person does, if all of it works', () => {
    const facts = working(company('R'), 'a', 'b')
    facts.links = [link('a', 'subset', requirement('R')), link('b', 'intersects', requirement('R'))]
    expect(answer(facts, 'R')).toMatchObject({ state: 'partial', coverage: 'partial', assurance: 'partial' })
    facts.together = [{ id: 't', controls: ['a', 'b'], requirement: requirement('R'), ...always }]
    expect(answer(facts, 'R')).toMatchObject({ state: 'met', coverage: 'full', assurance: 'full' })
    facts.evidence = facts.evidence.filter(({ id }) => id !== 'v b')
    expect(answer(facts, 'R')).toMatchObject({ state: 'partial', coverage: 'full', assurance: 'partial' })
    expect(answer(facts, 'R')?.units[0]?.together).toMatchObject([
      { together: 't', state: 'not-assessed', members: [{ state: 'effective' }, { state: 'not-assessed' }] },
    ])
  })

  test('full coverage of a section is full coverage of its parts; partial says nothing of them', () => {
    const facts = working(company('S', 'S1'), 'c')
    facts.requirements = facts.requirements.map((one) => (one.id === 'S1' ? { ...one, parent: 'S' } : one))
    facts.links = [link('c', 'superset', requirement('S'))]
    expect(answer(facts, 'S1')?.state).toBe('met')
    facts.links = [link('c', 'subset', requirement('S'))]
    expect(answer(facts, 'S1')).toMatchObject({ state: 'not-assessed', coverage: 'none' })
  })

  test('a failing control is listed even where another one meets the requirement', () => {
    const facts = working(small(), 'other')
    facts.links.push(link('other', 'equal', requirement('R')))
    facts.implementations[0] = {
      ...operating('i', 'c', 'co'),
      stances: [{ stance: 'planned', reason: 'In May.', ...always }],
    }
    const [unit] = answer(facts, 'R')?.units ?? []
    expect(unit?.state).toBe('met')
    expect(unit?.controls[0]).toMatchObject({
      controlId: 'c',
      state: 'failing',
      reasons: [{ code: 'control.planned' }],
    })
  })
})

describe('declarations (mistake 2)', () => {
  const declared = (stance: 'operating' | 'planned' | 'not-implemented' | 'excluded') => {
    const facts = small()
    facts.implementations = [
      { ...operating('i', 'c', 'co'), stances: [{ stance, reason: 'Said so.', ...always }] },
    ]
    return facts
  }

  test('to say that a control operates meets nothing: compliant is no switch', () => {
    expect(stateOf(declared('operating'))).toBe('not-assessed')
    expect(codesOf(declared('operating'))).toEqual(['control.nothing-shown'])
    expect(answer(declared('operating'), 'R')).toMatchObject({
      state: 'not-assessed',
      coverage: 'full',
      assurance: 'none',
    })
  })

  test('planned and not implemented fail; excluded, and no word at all, are absent', () => {
    expect(stateOf(declared('planned'))).toBe('failing')
    expect(stateOf(declared('not-implemented'))).toBe('failing')
    expect([stateOf(declared('excluded')), codesOf(declared('excluded'))]).toEqual([
      'absent',
      ['control.excluded'],
    ])
    expect([stateOf(company('R')), codesOf(company('R'))]).toEqual(['absent', ['control.none']])
    expect(answer(declared('excluded'), 'R')).toMatchObject({ state: 'not-assessed', coverage: 'none' })
  })

  test('not applicable is no success: with all else met, it is not counted; alone, it is what the programme says', () => {
    const facts = working(company('R', 'N'), 'c')
    facts.links = [link('c', 'equal', requirement('R'))]
    const decision = { id: 'd', programmeId: 'iso', ...requirement('N'), unit: null, ...always }
    facts.decisions = [{ ...decision, justification: 'No card data is held.' }]
    expect(createPosture(facts).all(day).programmes[0]?.totals).toEqual({
      met: 1,
      partial: 0,
      failing: 0,
      'not-assessed': 0,
      'not-applicable': 1,
      applicable: 1,
    })
    expect(answer(facts, 'N')?.units[0]?.notApplicable).toEqual({
      decisionId: 'd',
      justification: 'No card data is held.',
    })
    facts.decisions = [{ ...decision, justification: ' ' }]
    expect(answer(facts, 'N')?.state).toBe('not-assessed')
  })

  test('one unit may be out of it: the others decide', () => {
    const facts = { ...working(company('R'), 'c'), links: [link('c', 'equal', requirement('R'))] }
    facts.entities.push({ id: 'sub', parentId: null, kind: 'company' })
    facts.programmes = facts.programmes.map((one) => ({
      ...one,
      entities: [...one.entities, { entityId: 'sub', ...always }],
    }))
    expect(answer(facts, 'R')?.state).toBe('partial')
    const unit = { entityId: 'sub', serviceId: null }
    facts.decisions = [
      { id: 'd', programmeId: 'iso', ...requirement('R'), unit, justification: 'Dormant.', ...always },
    ]
    expect(answer(facts, 'R')).toMatchObject({ state: 'met', coverage: 'full', assurance: 'full' })
  })
})

describe('validity (mistake 4)', () => {
  const scans = (): Lists => ({
    ...small(),
    evidence: [accepted('first', 'i', onDay(0), onDay(90)), accepted('second', 'i', onDay(95), onDay(185))],
  })

  test('a scan of day 0 that is valid to day 90, followed on day 95, leaves one gap of 5 days', () => {
    const { spans, gaps } = createPosture(scans()).effectiveness('c', co, { from: onDay(0), to: onDay(120) })
    expect(spans.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['effective', onDay(0), onDay(90)],
      ['not-assessed', onDay(91), onDay(94)],
      ['effective', onDay(95), onDay(120)],
    ])
    expect(gaps).toEqual([{ from: onDay(91), to: onDay(94), days: 5 }])
  })

  test('the last day is a valid one, and so is the last of its tolerance', () => {
    const facts = scans()
    expect([90, 91, 94, 95].map((on) => stateOf(facts, onDay(on)))).toEqual([
      'effective',
      'not-assessed',
      'not-assessed',
      'effective',
    ])
    expect(codesOf(facts, onDay(91))).toEqual(['evidence.stale'])
    facts.evidence = facts.evidence.map((one) => ({ ...one, toleranceDays: 2 }))
    expect([92, 93].map((on) => stateOf(facts, onDay(on)))).toEqual(['effective', 'not-assessed'])
  })

  test('at the edges of a window a gap is as long as its days', () => {
    const { gaps } = createPosture(scans()).effectiveness('c', co, { from: onDay(91), to: onDay(92) })
    expect(gaps).toEqual([{ from: onDay(91), to: onDay(92), days: 2 }])
  })

  test('it speaks from the day it was taken and accepted, whatever it is about', () => {
    const facts = small()
    const item = { ...accepted('v', 'i', onDay(20), null), aboutFrom: onDay(0), decidedOn: onDay(30) }
    facts.evidence = [item]
    expect([19, 20, 29, 30].map((on) => codesOf(facts, onDay(on)))).toEqual([
      ['control.nothing-shown'],
      ['evidence.awaiting'],
      ['evidence.awaiting'],
      ['evidence.valid'],
    ])
  })
})

describe('what recurs', () => {
  const recurring = (...occurrences: Occurrence[]): Lists => ({
    ...working(small(), 'c'),
    implementations: [{ ...operating('i', 'c', 'co'), frequency: '3-months' }],
    evidence: [accepted('v', 'i', onDay(0), null)],
    occurrences,
  })
  const at = (facts: Lists, ...on: number[]) => on.map((one) => stateOf(facts, onDay(one)))

  test('is shown by its occurrences; a document does not stand in for them', () => {
    expect(at(recurring(), 5)).toEqual(['not-assessed'])
    expect(codesOf(recurring(), onDay(5))).toEqual(['evidence.valid', 'occurrence.none'])
    expect(at(recurring(round('a', 0, 10)), 10, 11)).toEqual(['not-assessed', 'failing'])
  })

  test('a pass holds until the next one is due, and while the next period is open', () => {
    const facts = recurring(round('a', 0, 10, [made(3, 'pass')]), round('b', 11, 20))
    expect(at(facts, 2, 3, 10, 11, 20, 21)).toEqual([
      'not-assessed',
      'effective',
      'effective',
      'effective',
      'effective',
      'failing',
    ])
    expect(at(recurring(round('a', 0, 10, [made(3, 'pass')])), 10, 11)).toEqual(['effective', 'not-assessed'])
  })

  test('a missed or failed one counts until a pass follows, and stays in the history for ever', () => {
    const facts = recurring(
      round('a', 0, 10, [made(14, 'pass')]),
      round('b', 15, 20, [made(16, 'fail'), made(18, 'pass')]),
    )
    expect(at(facts, 10, 11, 13, 14, 16, 17, 18)).toEqual([
      'not-assessed',
      'failing',
      'failing',
      'effective',
      'failing',
      'failing',
      'effective',
    ])
    expect(createPosture(facts).exceptions('i', onDay(4000))).toMatchObject([
      { occurrenceId: 'a', missed: true, failedOn: [], passedOn: onDay(14) },
      { occurrenceId: 'b', missed: false, failedOn: [onDay(16)], passedOn: onDay(18) },
    ])
  })
})

describe('scope (mistake 8)', () => {
  const two = (): Lists => ({
    ...company('R'),
    services: [
      { id: 'pay', entityId: 'co' },
      { id: 'chat', entityId: 'co' },
    ],
    programmes: ['pay', 'chat'].map((serviceId) => ({
      id: serviceId === 'pay' ? 'pci' : 'soc',
      editions: [{ edition, requirements: null, ...always }],
      entities: [],
      services: [{ serviceId, ...always }],
      audits: [],
    })),
    links: [link('c', 'equal', requirement('R'))],
    implementations: [operating('i', 'c', 'co')],
    checks: [{ id: 'mfa', controlId: 'c', ...always }],
    resources: ['pay', 'chat'].map((serviceId) => ({
      id: `${serviceId}-server`,
      entityId: 'co',
      services: [{ serviceId, ...always }],
      ...always,
    })),
    results: [
      result('x1', 'mfa', 'pay-server', 'pass', onDay(1)),
      result('x2', 'mfa', 'chat-server', 'fail', onDay(1)),
    ],
  })

  test('the same check passes for PCI DSS and fails for SOC 2 at the same time', () => {
    expect(answer(two(), 'R', day, 'pci')?.state).toBe('met')
    expect(answer(two(), 'R', day, 'soc')?.state).toBe('failing')
    expect(answer(two(), 'R', day, 'soc')?.units[0]?.controls[0]?.reasons).toEqual([
      { code: 'check.failed', checkId: 'mfa', resourceId: 'chat-server', resultId: 'x2', on: onDay(1) },
    ])
  })

  test('a pass that is out of date is not assessed: the failure before it is over, and nothing speaks', () => {
    const facts = two()
    facts.results.push(result('x3', 'mfa', 'chat-server', 'pass', onDay(10), onDay(20)))
    expect([9, 10, 20, 21].map((on) => answer(facts, 'R', onDay(on), 'soc')?.state)).toEqual([
      'failing',
      'met',
      'met',
      'not-assessed',
    ])
    expect(answer(facts, 'R', onDay(21), 'soc')?.units[0]?.controls[0]?.reasons).toEqual([
      { code: 'check.stale', checkId: 'mfa', resourceId: 'chat-server', resultId: 'x3', until: onDay(20) },
    ])
  })

  test('a failure does not age into silence: it stands until a pass, or until the resource is gone', () => {
    const facts = two()
    facts.results.push(result('x3', 'mfa', 'chat-server', 'error', onDay(20)))
    expect(answer(facts, 'R', onDay(400), 'soc')?.state).toBe('failing')
    facts.resources = facts.resources.map((one) =>
      one.id === 'chat-server' ? { ...one, to: onDay(30) } : one,
    )
    expect(answer(facts, 'R', onDay(30), 'soc')?.state).toBe('failing')
    expect(answer(facts, 'R', onDay(31), 'soc')?.state).toBe('not-assessed')
  })

  test('an implementation is inherited down the tree, and the nearest one overrides it', () => {
    const facts = working(company('R'), 'c')
    facts.entities.push({ id: 'sub', parentId: 'co', kind: 'company' })
    facts.services = [{ id: 'pay', entityId: 'sub' }]
    const posture = () => createPosture(facts)
    const pay = { entityId: 'sub', serviceId: 'pay' }
    expect(posture().control('c', pay, day)).toMatchObject({
      state: 'effective',
      implementationId: 'i c',
      at: co,
    })
    facts.implementations.push({
      ...operating('own', 'c', 'sub'),
      stances: [{ stance: 'planned', reason: null, from: onDay(10), to: onDay(20) }],
    })
    expect([9, 10, 20, 21].map((on) => posture().control('c', pay, onDay(on)).state)).toEqual([
      'effective',
      'failing',
      'failing',
      'effective',
    ])
    facts.implementations.push({ ...operating('at service', 'c', 'sub'), serviceId: 'pay' })
    expect(posture().control('c', pay, onDay(15)).implementationId).toBe('at service')
  })

  test('a service is in scope with its entity; what belongs to a subsidiary does not speak for the parent', () => {
    const facts = two()
    facts.entities.push(
      { id: 'sub', parentId: 'co', kind: 'company' },
      { id: 'office', parentId: 'co', kind: 'site' },
    )
    const scoped = (entityId: string) =>
      facts.programmes.map((one) => ({ ...one, entities: [{ entityId, ...always }], audits: [] }))
    expect(createPosture({ ...facts, programmes: scoped('sub') }).all(day).programmes[0]?.units).toEqual([])
    expect(createPosture({ ...facts, programmes: scoped('co') }).all(day).programmes[0]?.units).toEqual([
      { entityId: 'co', serviceId: 'pay' },
    ])
    const seenAt = (entityId: string) => {
      const resources = [{ id: 'pay-server', entityId, services: [], ...always }]
      return createPosture({ ...facts, resources }).control('c', co, day).state
    }
    expect([seenAt('co'), seenAt('office'), seenAt('sub')]).toEqual([
      'effective',
      'effective',
      'not-assessed',
    ])
  })
})

describe('the past (mistakes 9 and 10)', () => {
  test('a report of 2023-03-31 equals the one of that day, whatever came later', () => {
    const facts = small()
    facts.evidence = [accepted('v', 'i', '2023-03-01', '2023-06-30')]
    const posture = createPosture(facts)
    const then = JSON.stringify([posture.all('2023-03-31'), answer(facts, 'R', '2023-03-31')])
    posture.apply({ kind: 'evidence', before: null, after: accepted('later', 'i', '2023-04-01', null) })
    facts.checks = [{ id: 'k', controlId: 'c', ...always }]
    facts.resources = [{ id: 'r', entityId: 'co', services: [], ...always }]
    posture.apply({ kind: 'checks', before: null, after: { id: 'k', controlId: 'c', ...always } })
    posture.apply({
      kind: 'resources',
      before: null,
      after: { id: 'r', entityId: 'co', services: [], ...always },
    })
    posture.apply({ kind: 'results', before: null, after: result('x', 'k', 'r', 'fail', '2023-04-01') })
    expect(posture.control('c', co, '2023-04-01').state).toBe('failing')
    const now = [posture.all('2023-03-31'), posture.requirement('iso', requirement('R'), '2023-03-31')]
    expect(JSON.stringify(now)).toBe(then)
  })

  test('a check, or a control, that ended keeps its past, and says that it ended', () => {
    const facts = small()
    facts.checks = [{ id: 'k', controlId: 'c', from: null, to: onDay(30) }]
    facts.resources = [{ id: 'r', entityId: 'co', services: [], ...always }]
    facts.results = [result('x', 'k', 'r', 'fail', onDay(10))]
    expect([30, 31].map((on) => codesOf(facts, onDay(on)))).toEqual([['check.failed'], ['check.ended']])
    facts.implementations = [
      {
        ...operating('i', 'c', 'co'),
        stances: [{ stance: 'operating', reason: null, from: null, to: onDay(40) }],
      },
    ]
    facts.occurrences = [round('a', 0, 10)]
    expect([40, 41].map((on) => codesOf(facts, onDay(on)))).toEqual([
      ['occurrence.missed', 'check.ended'],
      ['control.ended'],
    ])
    expect(createPosture(facts).exceptions('i', onDay(400))).toHaveLength(1)
  })
})

describe('what will break the next audit', () => {
  test('is in one order: what fails, what is unknown, what will fail, what will lapse', () => {
    const facts = company('A', 'B', 'C', 'D', 'E')
    facts.programmes = facts.programmes.map((one) => ({ ...one, audits: [onDay(10), onDay(100)] }))
    facts.links = ['a', 'b', 'c', 'd', 'e'].map((id) => link(id, 'equal', requirement(id.toUpperCase())))
    facts.implementations = ['a', 'b', 'c', 'd', 'e'].map((id) => operating(id, id, 'co'))
    facts.evidence = [
      accepted('a', 'a', onDay(0), onDay(99)),
      accepted('b', 'b', onDay(0), onDay(100)),
      accepted('d', 'd', onDay(0), null),
    ]
    facts.occurrences = [
      { ...round('missed', 0, 20), implementationId: 'c' },
      { ...round('to come', 40, 90), implementationId: 'd' },
    ]
    const found = createPosture(facts).breaks(day)
    expect(found.map((one) => [one.controlId, one.severity, one.breaksOn, one.nextAudit])).toEqual([
      ['c', 'failing', day, onDay(100)],
      ['e', 'not-assessed', day, onDay(100)],
      ['d', 'will-fail', onDay(91), onDay(100)],
      ['a', 'will-lapse', onDay(100), onDay(100)],
    ])
    expect(found[0]?.reasons).toEqual([
      { code: 'occurrence.missed', occurrenceId: 'missed', dueBy: onDay(20), reason: null },
    ])
  })

  test('names nothing that another control makes good, or that does not apply', () => {
    const facts = working(small(), 'other')
    expect(
      createPosture(facts)
        .breaks(day)
        .map(({ controlId }) => controlId),
    ).toEqual(['c'])
    facts.links.push(link('other', 'equal', requirement('R')))
    expect(createPosture(facts).breaks(day)).toEqual([])
  })
})
