import { describe, expect, it } from 'vitest'
import { holderNamed, idOf, reviewedTexts, seedFacts } from '../../tests/support/trust-facts.ts'
import { rowsOfClaim } from './claim-rows.ts'
import { claimReasons } from './claims.ts'
import type { ClaimFacts, TrustFacts } from './facts.ts'
import { trustProblems } from './problems.ts'
import { reasonText } from './reasons.ts'

const day = '2023-07-31'

const withClaim = (key: string, change: Partial<ClaimFacts>): TrustFacts => {
  const facts = seedFacts()
  return {
    ...facts,
    claims: facts.claims.map((claim) => (claim.key === key ? { ...claim, ...change } : claim)),
  }
}

const codesOf = (facts: TrustFacts, texts = reviewedTexts()) =>
  claimReasons(facts, texts, day).map((one) => one.code)

const claimOf = (key: string): ClaimFacts => {
  const found = seedFacts().claims.find((claim) => claim.key === key)
  if (!found) throw new Error(key)
  return found
}

const madeAccess = (key: string, access: 'public' | 'on-request' | 'internal') =>
  withClaim(key, { documents: claimOf(key).documents.map((one) => ({ ...one, access })) })

describe('a page is refused', () => {
  it('never for the example as it stands', () => {
    expect(claimReasons(seedFacts(), reviewedTexts(), day)).toEqual([])
  })

  it.each(['expired', 'suspended', 'withdrawn'] as const)('when its certificate is %s', (standing) => {
    const codes = codesOf(withClaim('iso27001', { standing, endedOn: '2023-05-01' }))
    expect(codes).toContain(`claim.${standing}`)
    expect(codes).toContain('text.placeholder_unresolved')
    expect(codes).toContain('text.without_claim')
  })

  it('but not because of an old certificate that a current one has replaced', () => {
    const facts = seedFacts()
    const old = { ...claimOf('iso27001'), key: 'old', certificateId: idOf(90), standing: 'expired' as const }
    expect(codesOf({ ...facts, claims: [...facts.claims, old] })).toEqual([])
  })

  it.each([
    ['claim.no_holder', withClaim('iso27001', { holders: [] })],
    [
      'claim.holder_not_member',
      withClaim('iso27001', { holders: [{ ...holderNamed(1, 'A', 'あ'), member: false }] }),
    ],
    [
      'claim.service_not_offered',
      withClaim('pci-dss', {
        services: claimOf('pci-dss').services.map((one) => ({ ...one, offered: false })),
      }),
    ],
    ['claim.service_without_holder', withClaim('pci-dss', { holders: [holderNamed(77, 'Other', '他社')] })],
    ['claim.report_missing', withClaim('soc3', { documents: [] })],
    ['claim.report_restricted', madeAccess('soc3', 'on-request')],
    ['claim.restricted_made_public', madeAccess('soc2', 'public')],
    ['claim.issued_document_missing', withClaim('iso27001', { documents: [] })],
    ['claim.result_adverse', withClaim('soc2', { denial: 'adverse' })],
    ['claim.result_disclaimer', withClaim('soc2', { denial: 'disclaimer' })],
    ['claim.result_non_compliant', withClaim('pci-dss', { denial: 'non-compliant' })],
    ['claim.qualification_missing', withClaim('soc2', { qualified: true })],
    ['claim.report_too_old', withClaim('soc2', { periodTo: '2022-07-30' })],
    [
      'claim.report_too_old',
      withClaim('soc2', { standing: 'expired', periodTo: '2022-01-01', expiresOn: '2023-01-01' }),
    ],
    ['claim.language_missing', withClaim('iso27001', { scope: { en: 'Web' } })],
    ['page.name_missing', { ...seedFacts(), organisation: { id: idOf(100), name: { ja: '会社' } } }],
  ])('for %s', (code, facts) => {
    expect(codesOf(facts)).toContain(code)
  })

  it('for two numbers that one holder has under one scheme', () => {
    const facts = seedFacts()
    const other = { ...claimOf('iso27001'), key: 'iso27001-other', certificateId: idOf(91), number: 'IS 1' }
    expect(codesOf({ ...facts, claims: [...facts.claims, other] })).toEqual(['claim.rival'])
    const elsewhere = { ...other, holders: [holderNamed(78, 'Another', '別')] }
    expect(codesOf({ ...facts, claims: [...facts.claims, elsewhere] })).toEqual([])
  })

  it('for a report in its bridge months only without a letter', () => {
    const soc2 = { periodTo: '2022-06-30' }
    expect(codesOf(withClaim('soc2', soc2))).toEqual(['claim.report_too_old'])
    expect(codesOf(withClaim('soc2', { ...soc2, bridged: true }))).toEqual([])
  })

  it('for a qualified opinion until both languages say what it excepts, which the page then states', () => {
    const qualified = { qualified: true, qualification: { en: 'Backups were not tested' } }
    expect(codesOf(withClaim('soc2', qualified))).toEqual(['claim.language_missing'])
    const qualification = { ...qualified.qualification, ja: 'バックアップは未検証' }
    const facts = withClaim('soc2', { qualified: true, qualification })
    expect(codesOf(facts)).toEqual([])
    const claim = facts.claims.find((one) => one.scheme === 'soc2')
    const rows = claim ? rowsOfClaim(claim, facts) : []
    expect(rows.find((row) => row.key === 'qualification')?.value).toEqual(qualification)
    expect(rowsOfClaim(claimOf('soc2'), facts).map((row) => row.key)).not.toContain('qualification')
  })

  it('but not because of a superseded certificate, whose successor speaks for itself', () => {
    const facts = seedFacts()
    const old = {
      ...claimOf('iso27001'),
      key: 'old',
      certificateId: idOf(90),
      standing: 'superseded' as const,
    }
    expect(codesOf({ ...facts, claims: [...facts.claims, old] })).toEqual([])
  })

  it('for texts that nobody has read, or not as they stand', () => {
    const [first, ...rest] = reviewedTexts()
    if (!first) throw new Error('no text')
    expect(codesOf(seedFacts(), [{ ...first, review: null }, ...rest])).toEqual(['text.unreviewed'])
    const reworded = { ...first, body: { ...first.body, en: 'Something else.' } }
    expect(codesOf(seedFacts(), [reworded, ...rest])).toEqual(['text.unreviewed'])
    const { ja: _, ...english } = first.body
    expect(codesOf(seedFacts(), [{ ...first, body: english }, ...rest])).toContain('text.language_missing')
    expect(codesOf(seedFacts(), rest)).toEqual(['page.policy_missing'])
  })

  it('with a reason in both languages that names the record to mend', () => {
    const facts = withClaim('iso27001', { standing: 'suspended', endedOn: '2023-05-01' })
    const reason = claimReasons(facts, reviewedTexts(), day).find((one) => one.code === 'claim.suspended')
    expect(reason?.record).toEqual({ noun: 'certificate', id: idOf(31) })
    expect(reason && reasonText(reason, 'en')).toContain('iso27001 has been suspended since 2023-05-01')
    expect(reason && reasonText(reason, 'ja')).toContain('iso27001 は 2023-05-01 から一時停止中')
  })

  it('and every code has its texts, with the same parameters in both languages', () => {
    for (const [code, { en, ja }] of Object.entries(trustProblems)) {
      const names = (text: string) =>
        [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort()
      expect([code, names(ja)]).toEqual([code, names(en)])
    }
  })
})
