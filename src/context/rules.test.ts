import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../kernel/day.ts'
import { type IsmsRole, roleGapsOn, roleProblems } from './isms-role.ts'
import { climateOn, type Issue } from './issue.ts'
import { keptProblems, reviewDueOn } from './kept.ts'
import { exclusionProblems, statementProblems } from './scope-rules.ts'
import { driftOf, hasDrifted, inForceOn, scopeStateOn } from './scope-state.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const kept = {
  former: null,
  ...{ id: id(1), version: 1, key: 'law', entityIds: [], ownerId: null, reviews: [] },
  ...{ reviewMonths: null, from: null, to: null },
}

describe('an entry of the context', () => {
  it('is due for review so many months after it was last looked at, as that was known on the day', () => {
    const review = (on: string) => ({ on, personId: null, note: null })
    const one = { from: '2022-01-31', reviewMonths: 1, reviews: [review('2022-03-15'), review('2022-05-15')] }
    expect(reviewDueOn(one, '2022-02-01')).toBe('2022-02-28')
    expect(reviewDueOn(one, '2022-03-15')).toBe('2022-04-15')
    expect(reviewDueOn(one, '2022-12-01')).toBe('2022-06-15')
    expect(reviewDueOn({ ...one, reviewMonths: null }, '2022-12-01')).toBeNull()
  })

  it('needs a first day to count a rhythm from, and ends after it begins', () => {
    expect(keptProblems({ ...kept, reviewMonths: 6 }).map((one) => one.code)).toEqual([
      'context.review_needs_start',
    ])
    expect(keptProblems({ ...kept, from: '2022-02-01', to: '2022-01-01' }).map((one) => one.pointer)).toEqual(
      ['/to'],
    )
    expect(keptProblems({ ...kept, reviewMonths: 6, from: '2022-01-01' })).toEqual([])
  })
})

describe('climate change', () => {
  it('counts as determined on the days of an issue of that topic, relevant or not', () => {
    const issue = { ...kept, topic: 'climate', relevant: false, from: '2024-03-01', to: '2025-02-28' }
    const all = [issue, { ...issue, topic: 'market' }] as unknown as Issue[]
    expect(climateOn(all, '2024-02-29')).toHaveLength(0)
    expect(climateOn(all, '2024-03-01')).toHaveLength(1)
    expect(climateOn(all, '2025-03-01')).toHaveLength(0)
  })
})

const role = (parts: Partial<IsmsRole>): IsmsRole => ({
  ...{ id: id(9), version: 1, key: 'ciso', name: { en: 'CISO' }, responsibilities: { en: 'Leads.' } },
  ...{ authority: null, clauses: [], entityId: null, holders: [], from: null, to: null },
  ...parts,
})

const held = (personId: string, from: string | null, to: string | null = null) => ({
  ...{ personId, deputyId: null, from, to },
})

describe('roles', () => {
  const nobodyLeft = () => false
  const duties = { clauses: ['5.3 a', '5.3(b)'] }

  it('without a holder, or with one who has left, are gaps of that day', () => {
    const one = role({
      ...duties,
      holders: [held(id(1), '2022-01-01', '2022-06-30'), held(id(2), '2022-08-01')],
    })
    const kinds = (day: string, left: (person: string) => boolean = nobodyLeft) =>
      roleGapsOn([one], day, left).map((gap) => gap.kind)
    expect(kinds('2022-03-01')).toEqual([])
    expect(kinds('2022-07-15')).toEqual(['vacant', 'unassigned', 'unassigned'])
    expect(kinds('2022-09-01')).toEqual([])
    expect(kinds('2022-09-01', (person) => person === id(2))).toEqual(['left', 'unassigned', 'unassigned'])
  })

  it('leave a duty of 5.3 open that nobody has', () => {
    const one = role({ clauses: ['5.3 A'], holders: [held(id(1), null)] })
    expect(roleGapsOn([one], '2022-01-01', nobodyLeft).map((gap) => gap.duty)).toEqual(['5.3 b'])
    expect(roleGapsOn([], '2022-01-01', nobodyLeft).map((gap) => gap.duty)).toEqual(['5.3 a', '5.3 b'])
  })

  it('refuse a deputy of oneself and the same holder twice', () => {
    const own = { ...held(id(1), '2022-01-01'), deputyId: id(1) }
    expect(roleProblems(role({ holders: [own] })).map((one) => one.code)).toEqual(['role.own_deputy'])
    const twice = [held(id(1), '2022-01-01'), held(id(1), '2022-02-01')]
    expect(roleProblems(role({ holders: twice })).map((one) => one.code)).toEqual(['role.holder_twice'])
  })
})

const approvedOn = (on: string) => ({ personId: id(5), on })

const statement = (
  number: number,
  from: string,
  approved: string | null,
  withdrawn: string | null = null,
) => ({
  ...{ number, effectiveFrom: from, approval: approved === null ? null : approvedOn(approved) },
  withdrawn: withdrawn === null ? null : { on: withdrawn, reason: 'No.' },
})

describe('a scope statement', () => {
  const series = [
    statement(1, '2022-01-01', '2021-12-20'),
    statement(2, '2023-04-01', '2023-03-15'),
    statement(3, '2024-01-01', null),
  ]

  it('is in force from its day until the next one’s, once it is approved', () => {
    const at = (day: string) => series.map((one) => scopeStateOn(one, series, day))
    expect(at('2021-12-31')).toEqual(['upcoming', 'draft', 'draft'])
    expect(at('2022-06-01')).toEqual(['approved', 'draft', 'draft'])
    expect(at('2023-03-20')).toEqual(['approved', 'upcoming', 'draft'])
    expect(at('2023-04-01')).toEqual(['superseded', 'approved', 'draft'])
    expect(inForceOn(series, '2021-12-31')).toBeNull()
  })

  it('that is withdrawn gives place to the one before', () => {
    const withdrawn = [
      statement(1, '2022-01-01', '2021-12-20'),
      statement(2, '2023-04-01', '2023-03-15', '2023-05-01'),
    ]
    expect(inForceOn(withdrawn, '2023-04-30')?.number).toBe(2)
    expect(inForceOn(withdrawn, '2023-05-01')?.number).toBe(1)
  })

  it('is in force at most once on any day', () => {
    const some = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 400 }),
        approved: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
        withdrawn: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 400 }), (parts, at) => {
        const day = (add: number) => addDays('2022-01-01', add)
        const all = parts.map((one, index) =>
          statement(
            index + 1,
            day(one.from),
            one.approved === null ? null : day(one.approved),
            one.withdrawn === null ? null : day(one.withdrawn),
          ),
        )
        const states = all.map((one) => scopeStateOn(one, all, day(at)))
        expect(states.filter((state) => state === 'approved').length).toBeLessThanOrEqual(1)
        expect(states.includes('approved')).toBe(inForceOn(all, day(at)) !== null)
      }),
    )
  })

  it('tells how the programme has drifted from it', () => {
    const stated = { entityIds: [id(1), id(2)], serviceIds: [id(7)] }
    const drift = driftOf(stated, { entityIds: [id(2), id(3)], serviceIds: [id(7)] })
    expect(drift.entities).toEqual({ added: [id(3)], removed: [id(1)] })
    expect(hasDrifted(drift)).toBe(true)
    expect(hasDrifted(driftOf(stated, stated))).toBe(false)
  })

  it('names no service whose entity it leaves out, and leaves nothing out without a reason', () => {
    const content = { number: 3, entityIds: [id(1)], serviceIds: [id(7)], effectiveFrom: '2022-06-01' }
    const operators = new Map([[id(7), id(2)]])
    expect(statementProblems(content, series, operators).map((one) => [one.pointer, one.code])).toEqual([
      ['/serviceIds/0', 'scope.service_elsewhere'],
      ['/effectiveFrom', 'scope.effective_before'],
    ])
    const open = { what: { en: 'The office in Osaka' }, justification: null }
    expect(exclusionProblems([open]).map((one) => one.pointer)).toEqual(['/exclusions/0/justification'])
  })
})
