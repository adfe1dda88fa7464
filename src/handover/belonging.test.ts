import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Holder, holdersOn, type IsmsRole, roleProblems } from '../context/isms-role.ts'
import { addDays, type Day } from '../kernel/day.ts'
import type { Objective } from '../objectives/objective.ts'
import { objectiveBelongs } from './objective-belongs.ts'
import { roleBelongs } from './role-belongs.ts'

const start = '2023-01-01'
const today = '2023-07-31'
const [leaver, successor, third] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]

const role = (holders: Holder[]): IsmsRole => ({
  ...{ id: third, version: 1, key: 'ciso', name: { en: 'CISO' }, responsibilities: { en: 'All' } },
  ...{ authority: null, clauses: [], entityId: null, holders, from: null, to: null },
})

const held = (
  personId: string,
  from: Day | null,
  to: Day | null,
  deputyId: string | null = null,
): Holder => ({
  ...{ personId, deputyId, from, to },
})

const handAll = (one: IsmsRole, to: string) => {
  const theirs = roleBelongs.parts(one, today).filter((each) => each.personId === leaver)
  return roleBelongs.hand(one, new Set(theirs.map((each) => each.part)), to, today)
}

const who = (one: IsmsRole, day: Day) => holdersOn(one, day).map((each) => [each.personId, each.deputyId])

describe('a role that is handed over', () => {
  it('was held by the one until yesterday and is held by the other from today', () => {
    const after = handAll(role([held(leaver, start, null, third)]), successor)
    expect(who(after, '2023-07-30')).toEqual([[leaver, third]])
    expect(who(after, today)).toEqual([[successor, third]])
  })

  it('keeps its holder where only the deputy is handed over, and nobody stands in for themselves', () => {
    const one = role([held(third, start, null, leaver)])
    const after = handAll(one, successor)
    expect([who(after, '2023-07-30'), who(after, today)]).toEqual([[[third, leaver]], [[third, successor]]])
    expect(who(handAll(one, third), today)).toEqual([[third, null]])
  })

  it('is not held twice by somebody who holds it already', () => {
    const after = handAll(role([held(leaver, start, null), held(successor, start, null)]), successor)
    expect(who(after, today)).toEqual([[successor, null]])
    expect(who(after, '2023-07-30')).toEqual([
      [leaver, null],
      [successor, null],
    ])
  })

  it('that began today or begins later is simply the other’s', () => {
    const later = addDays(today, 40)
    const after = handAll(role([held(leaver, today, '2023-08-31'), held(leaver, later, null)]), successor)
    expect(after.holders.map((each) => [each.personId, each.from])).toEqual([
      [successor, today],
      [successor, later],
    ])
  })

  it('says of past days what it said, leaves nothing to the leaver, and breaks no rule', () => {
    const days = fc.integer({ min: -60, max: 60 })
    const lengths = fc.integer({ min: 0, max: 90 })
    const stretch = fc
      .tuple(
        fc.constantFrom(leaver, successor, third),
        fc.option(fc.constantFrom(leaver, successor, third)),
        days,
        lengths,
      )
      .map(([personId, deputyId, from, length]) =>
        held(
          personId,
          addDays(today, from),
          addDays(today, from + length),
          deputyId === personId ? null : deputyId,
        ),
      )
    const some = fc.array(stretch, { maxLength: 5 }).map(role)
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 80 }), (one, ago) => {
        fc.pre(roleProblems(one).length === 0)
        const after = handAll(one, successor)
        expect(who(after, addDays(today, -ago))).toEqual(who(one, addDays(today, -ago)))
        expect(roleBelongs.parts(after, today).filter((each) => each.personId === leaver)).toEqual([])
        expect(roleProblems(after)).toEqual([])
        for (const ahead of [0, 7, 30, 60]) {
          const day = addDays(today, ahead)
          const people = new Set(holdersOn(one, day).map((each) => each.personId))
          const then = new Set(holdersOn(after, day).map((each) => each.personId))
          if (people.delete(leaver)) people.add(successor)
          expect(then).toEqual(people)
        }
      }),
    )
  })
})

describe('an objective', () => {
  const one: Objective = {
    ...{ id: third, version: 1, key: 'patching', name: { en: 'Patching' }, why: { en: 'Because' } },
    ...{ programmeIds: [], entityIds: [], ownerId: leaver, plan: null, former: null },
    measure: {
      ...{ name: { en: 'Days' }, method: { en: 'Counted' }, unit: { en: 'days' }, direction: 'down' },
      ...{ everyMonths: 3, measuredById: third, evaluatedById: leaver },
    },
    targets: [{ by: '2023-12-31', value: 7, upper: null }],
    ...{ from: start, to: null },
  }

  it('belongs to its owner, who measures and who evaluates, each by itself', () => {
    expect(objectiveBelongs.parts(one, today)).toEqual([
      { part: 'owner', personId: leaver },
      { part: 'measures', personId: third },
      { part: 'evaluates', personId: leaver },
    ])
    const after = objectiveBelongs.hand(one, new Set(['evaluates']), successor, today)
    expect([after.ownerId, after.measure.measuredById, after.measure.evaluatedById]).toEqual([
      leaver,
      third,
      successor,
    ])
  })

  it('that is over belongs to nobody', () => {
    expect(objectiveBelongs.parts({ ...one, to: '2023-07-30' }, today)).toEqual([])
  })
})
