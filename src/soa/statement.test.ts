import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffOf } from './diff.ts'
import { gapsOf, totalsOf } from './gaps.ts'
import { type RowFacts, rowOf } from './generate.ts'
import type { SoaRow } from './soa-version.ts'
import { type Declared, standingOf, type UnitFacts, unitStanding } from './state.ts'
import { leftBehind, transitionSteps } from './transition.ts'

const words = { en: 'Because' }

const facts = (changed: Partial<RowFacts> = {}): RowFacts => ({
  ...{ reference: 'A.5.1', edition: 'iso27001-2022', decision: null, controls: [], units: [] },
  ...{ risks: [], obligations: [], ownerIds: [], evidenceIds: [] },
  ...changed,
})

const row = (reference: string, changed: Partial<SoaRow> = {}): SoaRow => ({
  ...rowOf(facts({ reference })),
  ...changed,
})

const excluded = (reference: string): SoaRow =>
  rowOf(facts({ reference, decision: { applicable: false, reasons: [], justification: words } }))

const declared = fc.record<Declared>({
  controlId: fc.constantFrom('a', 'b', 'c'),
  full: fc.boolean(),
  stance: fc.constantFrom('operating', 'planned', 'not-implemented', 'excluded', 'none'),
  since: fc.constantFrom('2022-01-01', '2023-01-01', null),
})
const unit = fc.record<UnitFacts>({
  controls: fc.uniqueArray(declared, { selector: (one) => one.controlId, maxLength: 3 }),
  together: fc.array(
    fc.record({ full: fc.boolean(), controlIds: fc.subarray(['a', 'b', 'c'], { minLength: 2 }) }),
    { maxLength: 2 },
  ),
})
const worth = ['not-implemented', 'planned', 'partial', 'implemented']

describe('the state of a control of the statement', () => {
  const full = (since: string): Declared => ({ controlId: 'a', full: true, stance: 'operating', since })

  it('is implemented only where every unit carries the whole out, since the last of them began', () => {
    const here = { controls: [full('2022-04-01')], together: [] }
    const there = { controls: [full('2023-01-15')], together: [] }
    expect(standingOf([here, there])).toEqual({ state: 'implemented', since: '2023-01-15' })
    expect(standingOf([here, { controls: [], together: [] }])).toEqual({ state: 'partial', since: null })
    expect(standingOf([])).toEqual({ state: 'not-implemented', since: null })
  })

  it('counts parts as the whole only where a person said that they cover it between them', () => {
    const part = (controlId: string): Declared => ({
      ...{ controlId, full: false, stance: 'operating', since: `2022-0${controlId === 'a' ? 3 : 5}-01` },
    })
    const controls = [part('a'), part('b')]
    expect(unitStanding({ controls, together: [] }).state).toBe('partial')
    expect(unitStanding({ controls, together: [{ full: true, controlIds: ['a', 'b'] }] })).toEqual({
      ...{ state: 'implemented', since: '2022-05-01' },
    })
    expect(unitStanding({ controls, together: [{ full: true, controlIds: ['a', 'c'] }] }).state).toBe(
      'partial',
    )
  })

  it('never gets worse when one more control operates', () => {
    fc.assert(
      fc.property(unit, fc.constantFrom('x', 'y'), fc.boolean(), (one, controlId, whole) => {
        const more: Declared = { controlId, full: whole, stance: 'operating', since: '2023-05-05' }
        const after = unitStanding({ ...one, controls: [...one.controls, more] })
        expect(worth.indexOf(after.state)).toBeGreaterThanOrEqual(worth.indexOf(unitStanding(one).state))
      }),
    )
  })

  it('does not depend on the order of units or controls', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 4 }), (units) => {
        const turned = units.map((one) => ({ ...one, controls: [...one.controls].reverse() })).reverse()
        expect(standingOf(turned)).toEqual(standingOf(units))
      }),
    )
  })
})

describe('a row', () => {
  it('takes its reasons from decisions, risks and obligations, each once and in one order', () => {
    const made = rowOf(
      facts({
        decision: { applicable: true, reasons: ['baseline', 'legal'], justification: null },
        risks: [{ id: 'r', code: 'R-1' }],
        obligations: [
          { id: 'o', name: words, kind: 'regulatory' },
          { id: 'p', name: words, kind: 'contractual' },
        ],
      }),
    )
    expect(made.reasons).toEqual(['risk', 'legal', 'contractual', 'baseline'])
  })

  it('of an excluded control has no state, and shows what contradicts the exclusion', () => {
    const made = rowOf(
      facts({
        decision: { applicable: false, reasons: [], justification: words },
        risks: [{ id: 'r', code: 'R-1' }],
      }),
    )
    expect(made).toMatchObject({ applicable: false, state: null, reasons: [], risks: [{ code: 'R-1' }] })
    expect(gapsOf([made])).toEqual([{ reference: 'A.5.1', kind: 'excluded-but-needed' }])
  })

  it('that is in for no reason, or belongs to nobody, is a gap', () => {
    expect(gapsOf([row('A.5.1')]).map((gap) => gap.kind)).toEqual(['reason-missing', 'owner-missing'])
    expect(gapsOf([excluded('A.5.1')])).toEqual([])
  })
})

describe('totals', () => {
  it('add up: applicable and excluded are all, the states are the applicable ones', () => {
    const rows = fc.array(
      fc.record({
        applicable: fc.boolean(),
        state: fc.constantFrom('implemented' as const, 'planned' as const),
      }),
    )
    fc.assert(
      fc.property(rows, (drawn) => {
        const made = drawn.map(({ applicable, state }, index) =>
          applicable ? row(`A.${index}`, { state }) : excluded(`A.${index}`),
        )
        const totals = totalsOf(made)
        expect(totals.applicable + totals.excluded).toBe(totals.controls)
        expect(totals.implemented + totals.partial + totals.planned + totals['not-implemented']).toBe(
          totals.applicable,
        )
      }),
    )
  })
})

describe('the difference of two versions', () => {
  it('names what is new, gone and changed, and nothing for equal ones', () => {
    const before = [row('A.1'), row('A.2'), row('A.3')]
    const after = [row('A.1'), row('A.2', { justification: words }), row('A.4')]
    expect(diffOf(before, before)).toEqual([])
    expect(
      diffOf(before, after).map((one) => [
        one.reference,
        one.fields,
        one.before === null,
        one.after === null,
      ]),
    ).toEqual([
      ['A.2', ['justification'], false, false],
      ['A.4', [], true, false],
      ['A.3', [], false, true],
    ])
  })

  it('does not take another name of the same control for a decision', () => {
    const named = (name: string) => [
      row('A.1', { controls: [{ id: 'c', code: 'ACC-01', name: { en: name } }] }),
    ]
    expect(diffOf(named('Access'), named('Access control'))).toEqual([])
  })
})

describe('the transition to a later edition', () => {
  const pairs = [
    { from: 'A.1', to: ['B.1'] },
    { from: 'A.2', to: ['B.2'] },
    { from: 'A.3', to: ['B.2'] },
    { from: 'A.4', to: ['B.3', 'B.4'] },
  ]
  const steps = (before: readonly SoaRow[]) =>
    transitionSteps(['B.1', 'B.2', 'B.3', 'B.4', 'B.5'], pairs, before).map((one) => [
      one.reference,
      one.origin,
      one.proposal,
      one.why,
    ])

  it('proposes what all sources agree on, and asks where they do not', () => {
    expect(steps([excluded('A.1'), row('A.2'), excluded('A.3'), excluded('A.4')])).toEqual([
      ['B.1', 'one-to-one', 'exclude', 'none-applied'],
      ['B.2', 'merged', 'decide', 'sources-differ'],
      ['B.3', 'split', 'decide', 'split-exclusion'],
      ['B.4', 'split', 'decide', 'split-exclusion'],
      ['B.5', 'new', 'decide', 'new'],
    ])
    expect(steps([row('A.1'), row('A.2'), row('A.3'), row('A.4')]).map(([, , proposal]) => proposal)).toEqual(
      [...['include', 'include', 'include', 'include', 'decide']],
    )
  })

  it('carries the words of exclusions over, and says what nothing takes up', () => {
    const [first] = transitionSteps(['B.1'], pairs, [excluded('A.1')])
    expect(first?.justifications).toEqual([words])
    expect(
      leftBehind(pairs, [row('A.1'), row('A.9'), row('OWN-1', { edition: null })]).map(
        (one) => one.reference,
      ),
    ).toEqual(['A.9'])
  })
})
