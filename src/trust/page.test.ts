import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reviewedTexts, seedFacts } from '../../tests/support/trust-facts.ts'
import { claimsOf } from './content.ts'
import { diffContents } from './diff.ts'
import { composePage } from './page.ts'
import { renderPage } from './render.ts'
import { changesPage } from './views.ts'

const facts = seedFacts()
const content = composePage(facts, reviewedTexts(), facts.day)
const section = (key: string) => {
  const found = content.sections.find((one) => one.key === key)
  if (!found) throw new Error(`no section ${key}`)
  return found
}
const prose = (key: string, language: 'en' | 'ja') =>
  section(key)
    .paragraphs.map((paragraph) => paragraph[language])
    .join('\n')
const rows = (anchor: string, language: 'en' | 'ja') =>
  (claimsOf(content).find((claim) => claim.anchor === anchor)?.rows ?? []).map((row) => [
    row.label[language],
    row.value[language],
  ])
const edition = { number: 1, publishedOn: '2023-07-31', stylesheet: 'a'.repeat(64) }

const stylesheet = new URL('./public-page.css', import.meta.url)

describe('the page of the example', () => {
  it('has its chapters in the order in which readers look for them', () => {
    expect(content.sections.map((one) => one.heading.en)).toEqual([
      'Policy',
      'ISO 27001 certification',
      'SOC 2 & SOC 3',
      'PCI DSS Level 1 certification',
    ])
    expect(content.sections.map((one) => one.heading.ja)).toEqual([
      '方針',
      'ISO 27001認証',
      'SOC 2・SOC 3',
      'PCI DSS レベル1認証',
    ])
  })

  it('states the certificate in the words of the certification body', () => {
    expect(rows('claim-iso27001', 'en')).toEqual([
      [
        'Certified business enterprises',
        'LINE Corporation, LINE Fukuoka Corporation, LINE Marketing Partners Corporation, LINE Healthcare Corporation',
      ],
      ['Certification number', 'IS 509132'],
      ['Certification standard', 'JIS Q 27001:2014 (ISO/IEC 27001:2013)'],
      ['Scope of certification & registration', 'The planning, development and management of Web Services.'],
      ['Date of initial certification', 'January 10, 2007'],
      ['Certification body', 'BSI Group Japan'],
    ])
    expect(rows('claim-iso27001', 'ja').map(([label]) => label)).toEqual([
      '認証登録事業者',
      '認証登録番号',
      '認証規格',
      '認証登録範囲',
      '初回認証登録日',
      '認証機関',
    ])
    expect(rows('claim-iso27001', 'ja')[4]).toEqual(['初回認証登録日', '2007年1月10日'])
  })

  it('derives 127 criteria on five principles from the edition that the report cites', () => {
    expect(prose('soc', 'en')).toContain('the criteria, 127 in all')
    expect(prose('soc', 'en')).toContain(
      'five basic principles: security, availability, processing integrity, confidentiality and privacy',
    )
    expect(prose('soc', 'ja')).toContain('5つの基本原則に基づく合計127の規準')
    expect(prose('soc', 'en')).toContain('on the principles of security and privacy')
    expect(Object.fromEntries(rows('claim-soc2', 'en'))['Number of criteria']).toBe(
      '127: Security 28, Availability 31, Processing integrity 34, Confidentiality 34. ' +
        'Privacy is judged by GAPP and not in this number',
    )
  })

  it('counts anew when the report cites another edition', () => {
    const later = {
      ...facts,
      claims: facts.claims.map((claim) =>
        claim.scheme.startsWith('soc')
          ? { ...claim, edition: 'tsc-2017', countMode: 'criteria' as const }
          : claim,
      ),
    }
    const text = composePage(later, reviewedTexts(), later.day).sections.find((one) => one.key === 'soc')
    expect(text?.paragraphs[1]?.en).toContain('61 in all')
  })

  it('derives 12 requirements in 6 areas and the founders of the standard', () => {
    expect(prose('pci-dss', 'en')).toContain('12 requirements in 6 areas')
    expect(prose('pci-dss', 'ja')).toContain('6分野・12要件')
    expect(prose('pci-dss', 'en')).toContain(
      'five global payment brands founded: American Express, Discover Financial Services, JCB International, Mastercard and Visa.',
    )
  })

  it('leaves out what is not current, internal papers, and texts of other days', () => {
    const texts = reviewedTexts().map((text) =>
      text.section === 'pci-dss' ? { ...text, effectiveTo: '2023-07-30' } : text,
    )
    const changed = {
      ...facts,
      claims: facts.claims.map((claim) =>
        claim.scheme === 'pci-dss'
          ? { ...claim, standing: 'suspended' as const }
          : { ...claim, documents: claim.documents.map((one) => ({ ...one, access: 'internal' as const })) },
      ),
    }
    const page = composePage(changed, texts, facts.day)
    expect(page.sections.map((one) => one.key)).toEqual(['policy', 'iso27001', 'soc'])
    expect(claimsOf(page).flatMap((claim) => claim.documents)).toEqual([])
  })

  it('carries no terms of use: they have a page of their own', () => {
    expect(content.sections.some((one) => one.key === 'terms')).toBe(false)
  })
})

describe('the markup', () => {
  const page = renderPage(content, edition, 'en')

  it('is the same for the same content, whatever the order of facts and texts', () => {
    const again = { ...seedFacts(), claims: [...seedFacts().claims].reverse() }
    const texts = [...reviewedTexts()].reverse()
    expect(renderPage(composePage(again, texts, again.day), edition, 'en')).toBe(page)
    const stored = JSON.parse(JSON.stringify(content))
    expect(renderPage(stored, edition, 'en')).toBe(page)
  })

  it('is set in fonts that readers have: none is fetched', () => {
    expect(readFileSync(stylesheet, 'utf8')).not.toMatch(/@font-face|@import|url\(/)
    expect(page).not.toMatch(/as="font"|<style| style="/)
  })

  it('needs neither script nor another host, and keeps the place when the language changes', () => {
    expect(page.match(/<script(?! type="application\/ld\+json")/)).toBeNull()
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page).not.toMatch(/ (?:style|on\w+)="/)
    for (const { key } of content.sections) {
      expect(page).toContain(`id="${key}"`)
      expect(page).toContain(`href="/ja/?edition=1#${key}"`)
    }
    expect(page).toContain('<html lang="en">')
    expect(renderPage(content, edition, 'ja')).toContain('<html lang="ja">')
  })

  it('offers the open report to anyone and the restricted one on request, with their digests', () => {
    expect(page).toContain(`href="/documents/${'42'.repeat(32)}/report.pdf"`)
    expect(page).not.toContain(`/documents/${'41'.repeat(32)}`)
    expect(page).toContain('/en/request/00000000-0000-4000-8000-000000000041')
    expect(page).toContain(`<code>${'41'.repeat(32)}</code>`)
  })

  it('stays under 40 KB with its stylesheet', () => {
    const css = readFileSync(stylesheet).length
    for (const language of ['en', 'ja'] as const) {
      expect(Buffer.byteLength(renderPage(content, edition, language)) + css).toBeLessThan(40_000)
    }
  })

  it('escapes every value where it lands', () => {
    const nasty = `</script><script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;{organisation}`
    const hostile = {
      ...facts,
      organisation: { ...facts.organisation, name: { en: nasty, ja: nasty } },
      claims: facts.claims.map((claim) => ({
        ...claim,
        number: nasty,
        scope: { en: nasty, ja: nasty },
        body: { en: nasty, ja: nasty },
        holders: claim.holders.map((holder) => ({ ...holder, name: { en: nasty, ja: nasty } })),
        services: claim.services.map((service) => ({ ...service, name: { en: nasty, ja: nasty } })),
        verificationUrl: `javascript:alert(3)//${nasty}`,
        documents: claim.documents.map((one) => ({
          ...one,
          fileName: nasty,
          title: { en: nasty, ja: nasty },
        })),
      })),
    }
    const markup = renderPage(composePage(hostile, reviewedTexts(), facts.day), edition, 'en')
    expect(markup.match(/<script/g)).toHaveLength(1)
    expect(markup).not.toMatch(/<img|javascript:/)
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(markup)?.[1] ?? ''
    expect(JSON.parse(block).name).toBe(nasty)
  })
})

describe('the page of differences', () => {
  it('calls facts by the names that the pages give them', () => {
    const view = { language: 'ja' as const, stylesheet: 'a'.repeat(64), organisation: 'LINE株式会社' }
    const later = {
      ...facts,
      claims: facts.claims.map((claim) =>
        claim.key === 'iso27001' ? { ...claim, body: { en: 'Another Body', ja: '<別機関>' } } : claim,
      ),
    }
    const after = composePage(later, reviewedTexts(), facts.day)
    const changes = diffContents(content, after)
    const from = { number: 1, asOf: facts.day, content }
    const to = { number: 2, asOf: facts.day, content: after }
    const markup = changesPage(view, from, to, changes)
    expect(markup).toContain('ISO 27001認証 / ISO 27001 / 認証機関')
    expect(markup).toContain('<del>BSIグループジャパン</del><br><ins>&lt;別機関&gt;</ins>')
    expect(markup).not.toContain('Another Body')
  })
})
