import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entityId, event, isms, pciTerm, socTerm, term } from '../../tests/support/certificates.ts'
import { loadCatalogue } from '../frameworks/server/load.ts'
import { addDays } from '../kernel/day.ts'
import { termOn } from './certificate.ts'
import { certificateStates, cycleOf, endedOn, lastDayOf, nextStepOf, stateOn } from './cycle.ts'
import { certificateProblems } from './rules.ts'
import { warningsOn } from './warnings.ts'

const catalogue = loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url)))
const scheme = (key: string) => {
  const found = catalogue.schemes.get(key)
  if (!found) throw new Error(key)
  return found
}
const surroundings = {
  catalogue,
  entities: new Set([entityId]),
  services: new Set<string>(),
  certificates: new Map(),
}
const codes = (one: ReturnType<typeof isms>) =>
  certificateProblems(one, surroundings).map(({ pointer, code }) => `${pointer} ${code}`)
const members = new Set([entityId])

describe('the state of an ISMS certificate', () => {
  const one = isms()
  const on = (day: string) => stateOn(one, scheme('iso27001'), day)

  it('is planned before its first term, active through its last day, restorable for six months, then expired', () => {
    expect(on('2019-01-11')).toBe('planned')
    expect(on('2019-01-12')).toBe('active')
    expect(on('2022-01-09')).toBe('active')
    expect(on('2022-01-10')).toBe('lapsed-restorable')
    expect(on('2022-07-09')).toBe('lapsed-restorable')
    expect(on('2022-07-10')).toBe('expired')
    expect(endedOn(one, scheme('iso27001'), '2022-08-01')).toBe('2022-01-10')
  })

  it('is in audit once stage 1 has begun', () => {
    const planned = isms({ terms: [], events: [event('stage-1', '2018-10-01')] })
    expect(stateOn(planned, scheme('iso27001'), '2018-09-30')).toBe('planned')
    expect(stateOn(planned, scheme('iso27001'), '2018-10-01')).toBe('in-audit')
  })

  it('follows suspension, reinstatement and withdrawal to the day', () => {
    const troubled = isms({
      events: [
        event('suspension', '2020-03-01'),
        event('reinstatement', '2020-05-01'),
        event('withdrawal', '2021-02-01'),
      ],
    })
    const at = (day: string) => stateOn(troubled, scheme('iso27001'), day)
    expect([
      at('2020-02-29'),
      at('2020-03-01'),
      at('2020-04-30'),
      at('2020-05-01'),
      at('2021-01-31'),
      at('2021-02-01'),
    ]).toEqual(['active', 'suspended', 'suspended', 'active', 'active', 'withdrawn'])
  })

  it('begins anew with the next term, and the past stays what it was', () => {
    const renewed = isms({
      terms: [
        term(),
        term({
          id: '00000000-0000-4000-8000-000000000101',
          basis: 'recertification',
          decisionDate: '2021-12-20',
          issueDate: '2021-12-20',
          effectiveDate: '2022-01-10',
          expiryDate: '2025-01-09',
        }),
      ],
    })
    expect(stateOn(renewed, scheme('iso27001'), '2022-08-01')).toBe('active')
    expect(termOn(renewed, '2021-12-31')?.expiryDate).toBe('2022-01-09')
    for (const day of ['2019-01-12', '2020-06-01', '2022-01-09']) {
      expect(stateOn(renewed, scheme('iso27001'), day)).toBe(on(day))
    }
  })
})

describe('the duties of a cycle', () => {
  it('ask for the first surveillance within twelve months of the decision and within the calendar year (ISO/IEC 17021-1 9.1.3.3)', () => {
    const step = nextStepOf(isms(), scheme('iso27001'), '2019-06-01')
    expect(step).toMatchObject({
      key: 'surveillance-1',
      planned: '2020-01-10',
      latest: '2020-01-10',
      source: 'ISO/IEC 17021-1 9.1.3.3',
    })
    expect(warningsOn(isms(), catalogue, '2020-01-11', members)).toContainEqual(
      expect.objectContaining({ code: 'warning.step_overdue', severity: 'high', due: '2020-01-10' }),
    )
  })

  it('move on when a surveillance is passed, not when it failed', () => {
    const passed = isms({ events: [event('surveillance-1', '2019-12-03')] })
    expect(nextStepOf(passed, scheme('iso27001'), '2020-02-01')).toMatchObject({
      key: 'surveillance-2',
      latest: '2021-12-31',
    })
    const failed = isms({ events: [event('surveillance-1', '2019-12-03', { outcome: 'failed' })] })
    expect(nextStepOf(failed, scheme('iso27001'), '2020-02-01')).toMatchObject({ key: 'surveillance-1' })
  })

  it('ask a PCI DSS provider for a scan every three months and an assessment every year', () => {
    const pci = isms({
      scheme: 'pci-dss',
      kind: 'attestation-report',
      terms: [pciTerm('2023-02-28')],
      events: [event('scan', '2023-05-20')],
    })
    const steps = cycleOf(pci, scheme('pci-dss'), '2023-07-31').filter((point) => point.kind === 'step')
    expect(
      steps.filter((point) => point.key.startsWith('asv-scan')).map((point) => [point.to, point.doneOn]),
    ).toEqual([
      ['2023-05-28', '2023-05-20'],
      ['2023-08-28', null],
      ['2023-11-28', null],
      ['2024-02-28', null],
    ])
    expect(stateOn(pci, scheme('pci-dss'), '2024-02-27')).toBe('active')
    expect(stateOn(pci, scheme('pci-dss'), '2024-02-28')).toBe('expired')
  })

  it('let readers rely on a SOC report for a year after its period, longer with a bridge letter', () => {
    const report = isms({
      scheme: 'soc2',
      kind: 'attestation-report',
      number: null,
      terms: [socTerm('restricted')],
    })
    expect(lastDayOf(socTerm('restricted'), scheme('soc2'))).toBe('2023-12-31')
    expect(stateOn(report, scheme('soc2'), '2024-01-01')).toBe('expired')
    const bridged = { ...report, events: [event('bridge-letter', '2023-12-20')] }
    expect(stateOn(bridged, scheme('soc2'), '2024-03-31')).toBe('active')
    expect(stateOn(bridged, scheme('soc2'), '2024-04-01')).toBe('expired')
  })

  it('warn of an edition in transition and of its end (IAF MD 26)', () => {
    const late = isms({
      terms: [
        term({
          decisionDate: '2023-05-01',
          issueDate: '2023-05-01',
          effectiveDate: '2023-05-01',
          expiryDate: '2026-04-30',
        }),
      ],
    })
    const warned = (day: string) =>
      warningsOn(late, catalogue, day, members).filter(({ code }) => code.startsWith('warning.edition'))
    expect(warned('2023-07-31')).toEqual([
      expect.objectContaining({ code: 'warning.edition_in_transition', severity: 'low', due: '2025-10-31' }),
    ])
    expect(warned('2024-11-01')).toEqual([expect.objectContaining({ severity: 'high' })])
    expect(warned('2025-11-01')).toEqual([expect.objectContaining({ code: 'warning.edition_withdrawn' })])
  })
})

describe('rules', () => {
  it('find nothing wrong with a sound certificate', () => {
    expect(codes(isms({ events: [event('surveillance-1', '2019-12-03')] }))).toEqual([])
  })

  it('name each wrong date by its field', () => {
    expect(codes(isms({ terms: [term({ expiryDate: '2018-12-31' })] }))).toContain(
      '/terms/0/expiryDate certificate.expiry_before_issue',
    )
    expect(codes(isms({ terms: [term({ effectiveDate: '2019-01-09' })] }))).toContain(
      '/terms/0/effectiveDate certificate.effect_before_decision',
    )
    expect(codes(isms({ terms: [term({ expiryDate: '2025-01-09' })] }))).toContain(
      '/terms/0/expiryDate certificate.term_too_long',
    )
    expect(codes(isms({ events: [event('surveillance-1', '2023-01-01')] }))).toEqual([
      '/events/0/on certificate.event_outside_cycle',
    ])
    expect(codes(isms({ initialDate: '2020-01-01' }))).toEqual(['/terms/0 certificate.term_before_initial'])
    expect(codes(isms({ holders: [{ entityId, from: '2020-01-01', to: '2019-01-01' }] }))).toEqual([
      '/holders/0/to interval.end_before_start',
    ])
  })

  it('refuse what the scheme does not know', () => {
    expect(codes(isms({ scheme: 'made-up' }))).toEqual(['/scheme certificate.scheme_unknown'])
    expect(codes(isms({ terms: [term({ edition: 'tsc-2017' })] }))).toContain(
      '/terms/0/edition certificate.edition_not_of_scheme',
    )
    expect(codes(isms({ terms: [term({ localEquivalent: 'JIS Q 27001:2023' })] }))).toEqual([
      '/terms/0/localEquivalent certificate.equivalent_unknown',
    ])
    expect(
      codes(
        isms({
          holders: [
            { entityId, from: null, to: null },
            { entityId, from: '2020-01-01', to: null },
          ],
        }),
      ),
    ).toEqual(['/holders/1 certificate.part_twice'])
  })

  it('keep a SOC 2 restricted and a SOC 3 general and of type 2', () => {
    const soc = (key: string, socPart: ReturnType<typeof socTerm>) =>
      codes(
        isms({ scheme: key, kind: 'attestation-report', number: null, initialDate: null, terms: [socPart] }),
      )
    expect(soc('soc2', socTerm('restricted'))).toEqual([])
    expect(soc('soc2', socTerm('general'))).toEqual(['/terms/0/report/use report.must_be_restricted'])
    expect(soc('soc3', socTerm('general'))).toEqual([])
    expect(soc('soc3', socTerm('restricted'))).toEqual(['/terms/0/report/use report.must_be_general'])
    expect(soc('soc3', socTerm('general', { type: 1, asOfDate: '2022-12-31' }))).toEqual([
      '/terms/0/report/type report.soc3_type_1',
    ])
  })
})

describe('laws', () => {
  const day = fc.integer({ min: 0, max: 4000 }).map((offset) => addDays('2016-01-01', offset))
  const kind = fc.constantFrom(
    'suspension',
    'reinstatement',
    'withdrawal',
    'surveillance-1',
    'surveillance-2',
    'bridge-letter',
    'scan',
  )
  const events = fc
    .array(fc.tuple(kind, day), { maxLength: 6 })
    .map((pairs) => pairs.map(([name, on]) => event(name, on)))

  it('a state is known for every day, and what comes later never changes what was', () => {
    fc.assert(
      fc.property(events, day, day, kind, (past, today, later, name) => {
        const one = isms({ events: past })
        const state = stateOn(one, scheme('iso27001'), today)
        expect(certificateStates).toContain(state)
        if (later > today)
          expect(stateOn({ ...one, events: [...past, event(name, later)] }, scheme('iso27001'), today)).toBe(
            state,
          )
      }),
    )
  })

  it('doing a duty never brings a new one forward', () => {
    fc.assert(
      fc.property(day, (today) => {
        const before = nextStepOf(isms(), scheme('iso27001'), today)
        const after = nextStepOf(
          isms({ events: [event('surveillance-1', '2019-12-03')] }),
          scheme('iso27001'),
          today,
        )
        if (before && after)
          expect((after.latest ?? after.planned) >= (before.latest ?? before.planned)).toBe(true)
      }),
    )
  })
})

describe('an assessment that failed', () => {
  it('certifies nothing, and the one before it runs out on its own day', () => {
    const failed = pciTerm('2023-06-01')
    const terms = [
      pciTerm('2023-02-28'),
      {
        ...failed,
        id: '00000000-0000-4000-8000-000000000102',
        pci: failed.pci && { ...failed.pci, result: 'non-compliant' as const },
      },
    ]
    const one = isms({ scheme: 'pci-dss', kind: 'attestation-report', terms })
    expect(stateOn(one, scheme('pci-dss'), '2023-07-31')).toBe('active')
    expect(lastDayOf(termOn(one, '2023-07-31') ?? failed, scheme('pci-dss'))).toBe('2024-02-27')
    expect(stateOn({ ...one, terms: terms.slice(1) }, scheme('pci-dss'), '2023-07-31')).toBe('planned')
  })
})
