import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoTexts, idOf, seedFacts } from '../../tests/support/trust-facts.ts'
import { isReviewed, mayReview, type PageText, pageTextProblems, wordingDigest } from './page-text.ts'
import { fillText, placeholdersIn, shortName } from './placeholders.ts'
import { knownSections } from './section.ts'
import { standardFamilies, wordingProblems } from './wording.ts'

const { reference } = seedFacts()
const schemes = new Set(reference.schemes.keys())
const names = [
  { name: 'LINE Corporation', instead: '{organisation}' },
  { name: 'LINE株式会社', instead: '{organisation}' },
  { name: 'LINE', instead: '{services:…}' },
  { name: 'LINE Pay', instead: '{services:…}' },
  ...standardFamilies.map((name) => ({ name, instead: '{short:…}' })),
]
const rules = { schemes, names }
const codes = (text: string) => wordingProblems('/body/en', text, rules).map((problem) => problem.code)

describe('a claim cannot be typed by hand', () => {
  it('takes the texts of the example as they are', () => {
    for (const text of demoTexts()) {
      const record: PageText = {
        ...text,
        id: idOf(1),
        version: 1,
        authorId: null,
        review: null,
        effectiveFrom: null,
        effectiveTo: null,
      }
      expect(pageTextProblems(record, knownSections(schemes), rules)).toEqual([])
    }
  })

  it.each([
    ['all 127 criteria', 'text.numeral'],
    ['all １２７ criteria', 'text.numeral'],
    ['all ١٢٧ criteria', 'text.numeral'],
    ['Level Ⅰ', 'text.numeral'],
    ['requirement ①', 'text.numeral'],
    ['all twelve requirements', 'text.number_word'],
    ['合計百二十七の規準', 'text.number_word'],
    ['六分野の要件', 'text.number_word'],
    ['held by LINE Corporation', 'text.name_typed'],
    ['held by ＬＩＮＥ Corporation', 'text.name_typed'],
    ['LINEを提供', 'text.name_typed'],
    ['line  pay is certified', 'text.name_typed'],
    ['certified under ISO rules', 'text.name_typed'],
    ['held by LІNE', 'text.other_script'],
    ['held by LI\u200bNE', 'text.invisible'],
    ['a {nothing} here', 'text.placeholder_unknown'],
    ['a {constructor} here', 'text.placeholder_unknown'],
    ['a {holders} here', 'text.placeholder_form'],
    ['a {organisation:iso27001} here', 'text.placeholder_form'],
    ['a {holders:iso99999} here', 'text.placeholder_scheme'],
    ['a {count:soc2:wishes} here', 'text.placeholder_count'],
    ['a { stray brace', 'text.brace'],
    ['a {{organisation}} here', 'text.brace'],
  ])('%s: %s', (text, code) => {
    expect(codes(text)).toContain(code)
  })

  it('leaves ordinary speech alone', () => {
    expect(codes('In line with one policy, the first of its kind; guidelines are online.')).toEqual([])
    expect(codes('十分な統制を第三者が一つずつ確認し、統一的に、万一に備えて運用しています。')).toEqual([])
  })

  it('names the position and what to write instead', () => {
    expect(wordingProblems('/body/en', 'Held by LINE Corporation.', rules)[0]).toEqual({
      pointer: '/body/en',
      code: 'text.name_typed',
      params: { at: 9, found: 'LINE Corporation', instead: '{organisation}' },
    })
  })

  it('finds a digit of any script wherever it stands', () => {
    const digit = fc.constantFrom('7', '７', '७', '٧', '௭', '𝟟', '⁷', '㊆')
    const word = fc.stringMatching(/^[a-z ]{0,20}$/)
    fc.assert(
      fc.property(word, digit, word, (before, found, after) => {
        expect(codes(before + found + after)).toContain('text.numeral')
      }),
    )
  })
})

describe('placeholders', () => {
  it('fill from the register, and say what the register does not have', () => {
    const facts = seedFacts()
    expect(fillText('{organisation}: {number:iso27001}', facts, 'ja').text).toBe('LINE株式会社: IS 509132')
    const { text, unresolved } = fillText('{holders:iso9001} and {count:iso27001:goals}', facts, 'en')
    expect(unresolved.map((place) => place.whole)).toEqual(['{holders:iso9001}', '{count:iso27001:goals}'])
    expect(text).toBe('{holders:iso9001} and {count:iso27001:goals}')
  })

  it('are not filled again inside what they were filled with', () => {
    const facts = seedFacts()
    const trick = { ...facts, organisation: { ...facts.organisation, name: { en: '{day}', ja: '{day}' } } }
    expect(fillText('{organisation}{organisation}', trick, 'en').text).toBe('{day}{day}')
  })

  it('count controls of the certified edition', () => {
    expect(fillText('{count:iso27001:controls}', seedFacts(), 'en').text).toBe('114')
  })

  it('have a position', () => {
    expect(placeholdersIn('a {day} b').map(({ at, name }) => [at, name])).toEqual([[2, 'day']])
  })

  it('shorten the names of schemes', () => {
    expect(
      ['ISO/IEC 27001 ISMS', 'SOC 2 report', 'PCI DSS assessment', 'SOC 2報告書'].map(shortName),
    ).toEqual(['ISO 27001', 'SOC 2', 'PCI DSS', 'SOC 2'])
  })
})

describe('a review', () => {
  const wording = { section: 'policy', title: null, body: { en: 'We protect.', ja: '守ります。' } }
  const text: PageText = {
    ...wording,
    id: idOf(1),
    version: 2,
    place: 0,
    authorId: idOf(7),
    review: { by: idOf(8), name: 'R', on: '2023-07-30', digest: wordingDigest(wording) },
    effectiveFrom: null,
    effectiveTo: null,
  }

  it('holds for exactly the wording that was read', () => {
    expect(isReviewed(text)).toBe(true)
    expect(isReviewed({ ...text, body: { ...text.body, en: 'We protect ' } })).toBe(false)
    expect(isReviewed({ ...text, section: 'soc' })).toBe(false)
    expect(isReviewed({ ...text, body: { ja: '守ります。', en: 'We protect.' } })).toBe(true)
  })

  it('is not for the author while another manager exists', () => {
    expect(mayReview(text, idOf(7), 2)).toBe(false)
    expect(mayReview(text, idOf(7), 1)).toBe(true)
    expect(mayReview(text, idOf(8), 2)).toBe(true)
  })
})
