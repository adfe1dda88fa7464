import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entityId, event, isms, pciTerm, socTerm, term } from '../../tests/support/certificates.ts'
import { loadCatalogue } from '../frameworks/server/load.ts'
import { abilityNames, refusalsOf } from './abilities.ts'
import { type Certificate, denialOn, successionsOf, supersededTerms } from './certificate.ts'
import { certificateStates, endedOn, isBridged, nextStepOf, stateOn } from './cycle.ts'
import { certificateProblems } from './rules.ts'
import { predecessorsFirst } from './succession-order.ts'
import type { Term } from './term.ts'
import { warningsOn } from './warnings.ts'

const catalogue = loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url)))
const scheme = (key: string) => {
  const found = catalogue.schemes.get(key)
  if (!found) throw new Error(key)
  return found
}
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const members = new Set([entityId])

describe('a certificate that another one follows', () => {
  const old = isms()
  const merged = isms({
    id: id(11),
    key: 'merged',
    predecessors: [old.id, id(12)],
    terms: [
      term({ id: id(101), decisionDate: '2021-03-25', issueDate: '2021-04-01', effectiveDate: '2021-04-01' }),
    ],
  })
  const from = successionsOf([old, merged]).get(old.id) ?? null
  const on = (day: string, one = old) => stateOn(one, scheme('iso27001'), day, from)

  it('is superseded from the first day of its successor, and what it was before stays', () => {
    expect(from).toBe('2021-04-01')
    expect([on('2019-01-11'), on('2021-03-31'), on('2021-04-01'), on('2030-01-01')]).toEqual([
      'planned',
      'active',
      'superseded',
      'superseded',
    ])
    expect(endedOn(old, scheme('iso27001'), '2022-01-01', from)).toBe('2021-04-01')
  })

  it('asks for nothing any more: no step, no warning', () => {
    expect(nextStepOf(old, scheme('iso27001'), '2021-03-31', from)).not.toBeNull()
    expect(warningsOn(old, catalogue, '2021-03-31', new Set(), from)).not.toEqual([])
    expect(nextStepOf(old, scheme('iso27001'), '2021-04-01', from)).toBeNull()
    expect(warningsOn(old, catalogue, '2021-04-01', new Set(), from)).toEqual([])
  })

  it('stays withdrawn when it was, but is superseded rather than suspended', () => {
    const withdrawn = isms({ events: [event('withdrawal', '2021-02-01')] })
    const suspended = isms({ events: [event('suspension', '2021-02-01')] })
    expect([on('2021-05-01', withdrawn), on('2021-05-01', suspended)]).toEqual(['withdrawn', 'superseded'])
  })

  it('counts the earliest of several successors, and none that was never certified', () => {
    const early = { predecessors: [old.id], terms: [term({ effectiveDate: '2020-12-01' })] }
    const failed = { predecessors: [id(13)], terms: [nonCompliant('2020-06-01')] }
    const planned = { predecessors: [id(14)], terms: [] }
    const found = successionsOf([merged, early, failed, planned])
    expect([found.get(old.id), found.get(id(12)), found.get(id(13)), found.get(id(14))]).toEqual([
      '2020-12-01',
      '2021-04-01',
      undefined,
      undefined,
    ])
  })

  it('can only be of the same scheme, and never its own successor', () => {
    const problems = (one: Certificate, known: Certificate[]) =>
      certificateProblems(one, {
        catalogue,
        entities: members,
        services: new Set(),
        certificates: new Map(known.map((other) => [other.id, other])),
      }).map(({ pointer, code }) => `${pointer} ${code}`)
    const third = isms({ id: id(12), key: 'third', predecessors: [merged.id] })
    expect(problems({ ...merged, predecessors: [old.id] }, [old])).toEqual([])
    expect(problems({ ...merged, predecessors: [id(99)] }, [old])).toEqual([
      '/predecessors/0 record.reference_unknown',
    ])
    expect(problems({ ...merged, predecessors: [merged.id] }, [merged])).toEqual([
      '/predecessors/0 certificate.predecessor_circle',
    ])
    expect(problems(merged, [old, third])).toEqual(['/predecessors/1 certificate.predecessor_circle'])
    expect(problems({ ...merged, predecessors: [old.id, old.id] }, [old])).toEqual([
      '/predecessors/1 certificate.part_twice',
    ])
    expect(problems({ ...merged, predecessors: [old.id] }, [{ ...old, scheme: 'iso22301' }])).toEqual([
      '/predecessors/0 certificate.predecessor_scheme',
    ])
  })
})

const nonCompliant = (day: string): Term => {
  const made = pciTerm(day)
  return { ...made, id: id(300), pci: made.pci && { ...made.pci, result: 'non-compliant' } }
}

describe('terms of one certificate', () => {
  it('are superseded once a later one has begun, which a failed assessment does not', () => {
    const [first, second] = [pciTerm('2022-02-28'), { ...pciTerm('2023-02-27'), id: id(301) }]
    const one = isms({ terms: [second, first, nonCompliant('2023-12-01')] })
    expect(supersededTerms(one, '2023-02-26')).toEqual([])
    expect(supersededTerms(one, '2023-02-27')).toEqual([first.id])
    expect(supersededTerms(one, '2024-01-01')).toEqual([first.id])
  })
})

describe('a bridge letter', () => {
  const first = { ...socTerm('restricted', { periodTo: '2022-12-31' }), id: id(1), issueDate: '2023-03-01' }
  const second = {
    ...socTerm('restricted', { periodFrom: '2023-01-01', periodTo: '2023-12-31' }),
    id: id(2),
    issueDate: '2024-03-01',
  }
  const bridges = (...letters: string[]) => {
    const one = isms({ terms: [first, second], events: letters.map((on) => event('bridge-letter', on)) })
    return [isBridged(one, first, '2024-12-31'), isBridged(one, second, '2024-12-31')]
  }

  it('belongs to the latest report whose period was over on its day', () => {
    expect(bridges('2022-12-31')).toEqual([false, false])
    expect(bridges('2023-01-01')).toEqual([true, false])
    expect(bridges('2023-12-31')).toEqual([true, false])
    expect(bridges('2024-01-01')).toEqual([false, true])
  })

  it('is not undone by a later letter for the next report', () => {
    expect(bridges('2023-06-01', '2024-02-01')).toEqual([true, true])
  })

  it('counts from its day, and not for a report without a period', () => {
    const one = isms({ terms: [first], events: [event('bridge-letter', '2023-05-01')] })
    expect([isBridged(one, first, '2023-04-30'), isBridged(one, first, '2023-05-01')]).toEqual([false, true])
    expect(isBridged(one, socTerm('restricted', { type: 1, periodTo: null }), '2023-06-01')).toBe(false)
  })
})

describe('a result that denies the claim', () => {
  const soc = (opinion: 'adverse' | 'disclaimer' | 'qualified' | 'unmodified', qualification = {}) =>
    isms({
      scheme: 'soc2',
      terms: [
        socTerm('restricted', {
          opinion,
          qualification: Object.keys(qualification).length > 0 ? qualification : null,
        }),
      ],
    })
  const codes = (one: Certificate, day = '2023-04-01') =>
    warningsOn(one, catalogue, day, members).map((warning) => warning.code)

  it('is an adverse opinion or none, and a non-compliant assessment from its own day', () => {
    expect(
      ['adverse', 'disclaimer', 'qualified', 'unmodified'].map((it) =>
        denialOn(soc(it as 'adverse'), '2023-04-01'),
      ),
    ).toEqual(['adverse', 'disclaimer', null, null])
    const pci = isms({ scheme: 'pci-dss', terms: [pciTerm('2023-02-28'), nonCompliant('2023-12-01')] })
    expect([denialOn(pci, '2023-11-30'), denialOn(pci, '2023-12-01')]).toEqual([null, 'non-compliant'])
    const mended = { ...pci, terms: [...pci.terms, { ...pciTerm('2024-01-15'), id: id(302) }] }
    expect([denialOn(mended, '2024-01-14'), denialOn(mended, '2024-01-15')]).toEqual(['non-compliant', null])
  })

  it('is warned of, and so is a qualified opinion that does not say what it excepts', () => {
    expect(codes(soc('unmodified'))).not.toContainEqual(expect.stringMatching(/result|opinion|qualification/))
    expect(codes(soc('adverse'))).toContain('warning.result_adverse')
    expect(codes(soc('disclaimer'))).toContain('warning.result_disclaimer')
    expect(codes(soc('qualified'))).toContain('warning.qualification_missing')
    expect(codes(soc('qualified', { en: 'Backups', ja: 'バックアップ' }))).toContain(
      'warning.opinion_qualified',
    )
    const pci = isms({ scheme: 'pci-dss', terms: [pciTerm('2023-02-28'), nonCompliant('2023-12-01')] })
    expect(codes(pci, '2023-12-01')).toContain('warning.result_non_compliant')
  })
})

describe('abilities', () => {
  const refused = (state: (typeof certificateStates)[number], more = {}) =>
    refusalsOf(isms({ verificationUrl: 'https://example.com/' }), {
      state,
      can: () => true,
      present: true,
      ...more,
    })

  it('say for every action either that it is possible or why not, in both languages', () => {
    for (const state of certificateStates)
      for (const one of refused(state)) {
        expect(abilityNames).toContain(one.action)
        expect(one.text.en).not.toMatch(/[{}]|^$/)
        expect(one.text.ja).not.toMatch(/[{}]|^$/)
      }
    expect(refused('active').map(({ action, code }) => `${action} ${code}`)).toEqual([
      'reinstate ability.other_state',
      'restore ability.other_state',
    ])
    expect(refused('active')[0]?.text).toEqual({
      en: 'It is in the state "Active". This is possible only in: Suspended.',
      ja: '現在の状態は「有効」です。この操作ができる状態: 一時停止',
    })
    expect(new Set(refused('superseded').map(({ code }) => code))).toEqual(new Set(['ability.superseded']))
  })

  it('name missing rights first, then another day, then what the record lacks', () => {
    const all = (code: string) => abilityNames.map((action) => `${action} ${code}`)
    const lines = (more: object) => refused('active', more).map(({ action, code }) => `${action} ${code}`)
    expect(lines({ can: () => false, present: false })).toEqual(all('ability.not_permitted'))
    expect(lines({ present: false })).toEqual(all('ability.other_day'))
    const unverifiable = refusalsOf(isms(), { state: 'active', can: () => true, present: true })
    expect(unverifiable.find(({ action }) => action === 'check')?.code).toBe(
      'ability.no_verification_address',
    )
  })
})

it('things are ordered after what they follow, whatever the order and even in a circle', () => {
  const key = fc.integer({ min: 0, max: 12 }).map((number) => `k${number}`)
  const things = fc.uniqueArray(fc.record({ key, follows: fc.array(key, { maxLength: 4 }) }), {
    selector: (one) => one.key,
  })
  fc.assert(
    fc.property(things, (all) => {
      const ordered = predecessorsFirst(all, (one) => one.follows)
      expect(new Set(ordered)).toEqual(new Set(all))
      expect(ordered).toHaveLength(all.length)
      const place = new Map(ordered.map((one, at) => [one.key, at]))
      // Without circles every predecessor comes first: links only to smaller numbers make none.
      const down = all.map((one) => ({ ...one, follows: one.follows.filter((other) => other < one.key) }))
      const sorted = predecessorsFirst(down, (one) => one.follows)
      const at = new Map(sorted.map((one, index) => [one.key, index]))
      for (const one of sorted)
        for (const other of one.follows)
          if (at.has(other)) expect(at.get(other)).toBeLessThan(at.get(one.key) ?? -1)
      expect(place.size).toBe(all.length)
    }),
  )
})
