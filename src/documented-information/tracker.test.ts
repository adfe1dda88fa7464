import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DutyState,
  dutyStateOn,
  dutyStates,
  type Holder,
  holderStateOn,
  namedHolderOn,
  trackerTotals,
} from './tracker.ts'

const holder = (changed: Partial<Holder> = {}): Holder => ({
  ...{ kind: 'named', id: null, name: null, label: '1.0', issuedOn: '2023-01-01' },
  ...{ approvedOn: '2023-01-10', approverIds: [], reviewBy: null, parts: null },
  ...changed,
})
const document = { form: 'document' } as const
const record = { form: 'record' } as const
const day = '2023-07-31'

describe('a document', () => {
  it('counts only once another person approved it; a record shows what was done without that', () => {
    expect(holderStateOn(document, holder({ approvedOn: null }), day)).toBe('unapproved')
    expect(holderStateOn(record, holder({ approvedOn: null }), day)).toBe('current')
    expect(holderStateOn(document, holder(), day)).toBe('current')
  })

  it('is current on its last day and outdated on the next', () => {
    const one = holder({ reviewBy: day })
    expect(holderStateOn(document, one, day)).toBe('current')
    expect(holderStateOn(document, one, '2023-08-01')).toBe('outdated')
  })

  it('that was named, approved or withdrawn later was not so on an earlier day', () => {
    const named = {
      ...{ id: 'a', version: 1, programmeId: 'p', duty: 'd', name: { en: 'Policy' }, label: null },
      ...{ evidenceId: 'e', issuedOn: '2023-02-01', reviewBy: null, namedById: 'x' },
      approval: { personId: 'y', on: '2023-03-01' },
      withdrawn: { on: '2023-06-01', reason: 'Replaced' },
    }
    expect(namedHolderOn(named, '2023-01-31')).toBeNull()
    expect(namedHolderOn(named, '2023-02-15')).toMatchObject({ approvedOn: null, approverIds: [] })
    expect(namedHolderOn(named, '2023-03-01')).toMatchObject({ approvedOn: '2023-03-01' })
    expect(namedHolderOn(named, '2023-06-01')).toBeNull()
  })
})

describe('a duty', () => {
  const drawn = fc.record({
    approvedOn: fc.constantFrom(null, '2023-02-01'),
    reviewBy: fc.constantFrom(null, '2023-03-01', '2024-03-01'),
    parts: fc.constantFrom(null, { all: 0, open: 0 }, { all: 3, open: 1 }, { all: 3, open: 0 }),
  })

  it('never stands worse for one more thing that satisfies it, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 4 }), drawn, (some, more) => {
        const rank = (list: readonly Partial<Holder>[]) =>
          dutyStates.indexOf(dutyStateOn(document, list.map(holder), true, day))
        expect(rank([...some, more])).toBeLessThanOrEqual(rank(some))
        expect(rank([...some].reverse())).toBe(rank(some))
      }),
    )
  })

  it('is missing with nothing, and not applicable whatever there is', () => {
    expect(dutyStateOn(document, [], true, day)).toBe('missing')
    expect(dutyStateOn(document, [holder()], false, day)).toBe('not-applicable')
  })

  it('that does not apply is not among the required', () => {
    const states: DutyState[] = ['current', 'missing', 'not-applicable']
    expect(trackerTotals(states)).toMatchObject({ current: 1, missing: 1, required: 2 })
  })
})
