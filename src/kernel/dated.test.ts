import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Dated, datedFrom, recordOn, stretchesOf } from './dated.ts'
import { addDays, type Day } from './day.ts'

type One = Dated & { name: string; owner: string | null; months: number | null }

const start = '2023-01-01'
const one: One = { name: 'One', owner: 'ann', months: 12, former: null }
const fields = ['owner', 'months']
const become = (before: One, change: Partial<One>, from: Day) =>
  datedFrom(before, { ...before, ...change }, fields, from)

describe('a record of which changes are dated', () => {
  it('says on a past day what stood then, and what holds from the day of the change', () => {
    const after = become(one, { owner: 'ben' }, '2023-03-15')
    expect(after).toMatchObject({ owner: 'ben', former: [{ until: '2023-03-15', was: { owner: 'ann' } }] })
    expect(recordOn(after, '2023-03-14')).toEqual(one)
    expect(recordOn(after, '2023-03-15')).toBe(after)
  })

  it('keeps nothing of what is not dated, nor of what did not change', () => {
    expect(become(one, { name: 'Other' }, '2023-03-15').former).toBeNull()
    expect(become(one, { owner: 'ann' }, '2023-03-15').former).toBeNull()
  })

  it('was nobody’s for days on which it was nobody’s', () => {
    const after = become(become(one, { owner: null }, '2023-02-01'), { owner: 'ben' }, '2023-03-01')
    expect(['2023-01-31', '2023-02-01', '2023-03-01'].map((day) => recordOn(after, day).owner)).toEqual([
      'ann',
      null,
      'ben',
    ])
  })

  it('forgets somebody who had it for no day, and a change that was taken back', () => {
    const day = '2023-03-15'
    const twice = become(become(one, { owner: 'ben' }, day), { owner: 'cy' }, day)
    expect(twice.former).toEqual([{ until: day, was: { owner: 'ann' } }])
    expect(become(twice, { owner: 'ann' }, day)).toEqual(one)
  })

  it('takes a change of an earlier day for what is so from that day on', () => {
    const late = become(one, { owner: 'ben' }, '2023-05-01')
    const after = become(late, { owner: 'cy' }, '2023-03-01')
    expect(stretchesOf(after, 'owner')).toEqual([
      { value: 'ann', from: null, to: '2023-02-28' },
      { value: 'cy', from: '2023-03-01', to: null },
    ])
  })

  it('dates each field by itself', () => {
    const after = become(become(one, { owner: 'ben' }, '2023-03-01'), { months: 6 }, '2023-02-01')
    expect(recordOn(after, '2023-02-10')).toMatchObject({ owner: 'ann', months: 6 })
    expect(recordOn(after, '2023-01-10')).toMatchObject({ owner: 'ann', months: 12 })
    expect(recordOn(after, '2023-03-10')).toMatchObject({ owner: 'ben', months: 6 })
  })

  it('says after any changes in any order what was said last of each day', () => {
    const change = fc.record({
      day: fc.integer({ min: 1, max: 40 }),
      owner: fc.option(fc.constantFrom('ann', 'ben', 'cy')),
      months: fc.constantFrom(3, 6, 12),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let record = one
        let said = Array.from({ length: 42 }, () => ({ owner: one.owner, months: one.months }))
        for (const { day, ...next } of changes) {
          const last = said.at(-1)
          record = become(record, next, addDays(start, day))
          said = said.map((then, at) =>
            at < day
              ? then
              : {
                  owner: last?.owner === next.owner ? then.owner : next.owner,
                  months: last?.months === next.months ? then.months : next.months,
                },
          )
        }
        for (const [at, then] of said.entries()) {
          const day = addDays(start, at)
          expect(recordOn(record, day)).toMatchObject(then)
          // What was so on a day is the same whether or not a later day was asked about first.
          expect(recordOn(recordOn(record, addDays(start, 41)), day)).toEqual(recordOn(record, day))
          expect(recordOn(recordOn(record, addDays(day, 3)), day)).toEqual(recordOn(record, day))
        }
        const untils = (record.former ?? []).map(({ until }) => until)
        expect(untils).toEqual([...new Set(untils)].sort())
      }),
      { seed: 11 },
    )
  })
})
