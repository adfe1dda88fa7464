import { describe, expect, it } from 'vitest'
import { reviewedTexts, seedFacts } from '../../tests/support/trust-facts.ts'
import { diffContents } from './diff.ts'
import { attachmentNamed, slugOf } from './document-address.ts'
import { composePage } from './page.ts'

const facts = seedFacts()
const page = composePage(facts, reviewedTexts(), facts.day)

describe('the difference between two pages', () => {
  it('is nothing for the same facts on another day', () => {
    expect(diffContents(page, { ...page, day: '2023-08-31' })).toEqual([])
  })

  it('names the section, claim, fact and language', () => {
    const changed = {
      ...facts,
      claims: facts.claims.map((claim) =>
        claim.key === 'iso27001'
          ? {
              ...claim,
              scope: { en: 'The management of Web Services.', ja: 'ウェブサービスの企画、開発、運営' },
            }
          : claim,
      ),
    }
    expect(diffContents(page, composePage(changed, reviewedTexts(), facts.day))).toEqual([
      {
        section: 'iso27001',
        claim: 'claim-iso27001',
        fact: 'scope',
        language: 'en',
        before: 'The planning, development and management of Web Services.',
        after: 'The management of Web Services.',
      },
    ])
  })

  it('says everything is new on the first page, and gone when a claim leaves', () => {
    expect(diffContents(null, page).every((change) => change.before === null)).toBe(true)
    const without = { ...facts, claims: facts.claims.filter((claim) => claim.scheme !== 'pci-dss') }
    const texts = reviewedTexts().filter((text) => text.section !== 'pci-dss')
    const changes = diffContents(page, composePage(without, texts, facts.day))
    expect(changes.length).toBeGreaterThan(10)
    expect(changes.every((change) => change.section === 'pci-dss' && change.after === null)).toBe(true)
  })
})

describe('the address and name of a document', () => {
  it('are plain letters, whatever the file is called', () => {
    expect(slugOf('SOC 3 報告書 (final).pdf')).toBe('SOC-3-final.pdf')
    expect(slugOf('../../etc/passwd')).toBe('etc-passwd')
    expect(slugOf('報告書')).toBe('document')
    expect(slugOf('a'.repeat(300))).toHaveLength(60)
  })

  it('cannot leave their header', () => {
    const header = attachmentNamed('x"\r\nSet-Cookie: a=b;\ud800報.pdf')
    expect(header).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9.%_~-]+$/)
  })
})
