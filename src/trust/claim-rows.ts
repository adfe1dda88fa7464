import type { Edition } from '../frameworks/edition.ts'
import type { Scheme } from '../frameworks/scheme.ts'
import { inLanguage, type Language } from '../kernel/language.ts'
import { type EachLanguage, inEach, type Row } from './content.ts'
import type { ClaimFacts, TrustFacts } from './facts.ts'
import { dayInWords, listInWords, periodInWords } from './format.ts'
import { categoryName, countOf, standardInWords } from './placeholders.ts'

type Value = (language: Language) => string | null

type RowMaker = { key: string; label: EachLanguage; value: Value }

const listRow =
  (names: readonly { en?: string | undefined; ja?: string | undefined }[]): Value =>
  (language) =>
    names.length === 0
      ? null
      : names.map((name) => inLanguage(name, language)).join(language === 'ja' ? '、' : ', ')

const dayRow =
  (day: string | null): Value =>
  (language) =>
    day ? dayInWords(day, language) : null

const plain =
  (text: string | null): Value =>
  () =>
    text

const nameRow =
  (name: ClaimFacts['body']): Value =>
  (language) =>
    name ? inLanguage(name, language) : null

/** The facts of a certificate, in the order and words in which certification bodies print them. */
const certificateRows = (claim: ClaimFacts): RowMaker[] => [
  {
    key: 'holders',
    label: { en: 'Certified business enterprises', ja: '認証登録事業者' },
    value: listRow(claim.holders.map((holder) => holder.name)),
  },
  { key: 'number', label: { en: 'Certification number', ja: '認証登録番号' }, value: plain(claim.number) },
  {
    key: 'standard',
    label: { en: 'Certification standard', ja: '認証規格' },
    value: plain(standardInWords(claim)),
  },
  {
    key: 'scope',
    label: { en: 'Scope of certification & registration', ja: '認証登録範囲' },
    value: nameRow(claim.scope),
  },
  {
    key: 'initial-date',
    label: { en: 'Date of initial certification', ja: '初回認証登録日' },
    value: dayRow(claim.initialDate),
  },
  { key: 'body', label: { en: 'Certification body', ja: '認証機関' }, value: nameRow(claim.body) },
]

const editionOf = (claim: ClaimFacts, facts: TrustFacts): Edition | null =>
  (claim.edition && facts.reference.editions.get(claim.edition)) || null

/** The criteria of an edition with the sum spelled out, so that a reader can check the number. */
function criteriaInWords(claim: ClaimFacts, edition: Edition | null, language: Language): string | null {
  const count = edition && countOf(edition, 'criteria', claim.countMode)
  if (!edition || !count) return null
  const open = language === 'ja' ? '：' : ': '
  const comma = language === 'ja' ? '、' : ', '
  const parts = count.parts.map((part) => `${categoryName(edition, part.key, language)} ${part.count}`)
  const elsewhere = count.uncounted.flatMap(({ category, document }) =>
    document
      ? [
          language === 'ja'
            ? `${categoryName(edition, category, language)}は${document}に基づき、この数に含まれません`
            : `${categoryName(edition, category, language)} is judged by ${document} and not in this number`,
        ]
      : [],
  )
  const stop = language === 'ja' ? '。' : '. '
  return `${count.count}${open}${[parts.join(comma), ...elsewhere].join(stop)}`
}

const categoriesInWords =
  (claim: ClaimFacts, edition: Edition | null): Value =>
  (language) =>
    edition && claim.categories.length > 0
      ? listInWords(
          claim.categories.map((key) => categoryName(edition, key, language)),
          language,
        )
      : null

const holderRow = (claim: ClaimFacts): RowMaker => ({
  key: 'holders',
  label: { en: 'Organisation', ja: '対象事業者' },
  value: listRow(claim.holders.map((holder) => holder.name)),
})

const serviceRow = (claim: ClaimFacts): RowMaker => ({
  key: 'services',
  label: { en: 'Service', ja: '対象サービス' },
  value: listRow(claim.services.map((service) => service.name)),
})

function reportRows(claim: ClaimFacts, facts: TrustFacts): RowMaker[] {
  const edition = editionOf(claim, facts)
  return [
    holderRow(claim),
    serviceRow(claim),
    {
      key: 'type',
      label: { en: 'Kind of report', ja: '報告書の種類' },
      value: (language) =>
        claim.reportType === null
          ? null
          : language === 'ja'
            ? `タイプ${claim.reportType}`
            : `Type ${claim.reportType}`,
    },
    {
      key: 'categories',
      label: { en: 'Principles covered', ja: '対象とする原則' },
      value: categoriesInWords(claim, edition),
    },
    {
      key: 'edition',
      label: { en: 'Criteria', ja: '適用規準' },
      value: (language) => edition?.framework.name[language] ?? null,
    },
    {
      key: 'criteria',
      label: { en: 'Number of criteria', ja: '規準の数' },
      value: (language) => criteriaInWords(claim, edition, language),
    },
    {
      key: 'period',
      label: { en: 'Period covered', ja: '対象期間' },
      value: (language) =>
        claim.periodFrom || claim.periodTo ? periodInWords(claim.periodFrom, claim.periodTo, language) : null,
    },
    { key: 'body', label: { en: 'Service auditor', ja: '監査人' }, value: nameRow(claim.body) },
    {
      key: 'qualification',
      label: { en: 'The opinion is qualified', ja: '限定付意見（除外事項）' },
      value: nameRow(claim.qualification),
    },
  ]
}

function assessmentRows(claim: ClaimFacts, facts: TrustFacts): RowMaker[] {
  const edition = editionOf(claim, facts)
  const requirements = edition && countOf(edition, 'requirements')?.count
  const goals = edition && countOf(edition, 'goals')?.count
  return [
    holderRow(claim),
    serviceRow(claim),
    { key: 'standard', label: { en: 'Standard', ja: '適用基準' }, value: plain(standardInWords(claim)) },
    {
      key: 'level',
      label: { en: 'Level', ja: 'レベル' },
      value: (language) =>
        claim.level && (language === 'ja' ? `レベル${claim.level}` : `Level ${claim.level}`),
    },
    {
      key: 'requirements',
      label: { en: 'Requirements met', ja: '準拠した要件' },
      value: (language) =>
        requirements && goals
          ? language === 'ja'
            ? `${goals}分野・${requirements}要件のすべて`
            : `All ${requirements} requirements in ${goals} areas`
          : null,
    },
    { key: 'issued', label: { en: 'Date of assessment', ja: '評価完了日' }, value: dayRow(claim.issuedOn) },
    { key: 'body', label: { en: 'Assessor', ja: '評価機関' }, value: nameRow(claim.body) },
  ]
}

const makersOf = (claim: ClaimFacts, scheme: Scheme | undefined, facts: TrustFacts): RowMaker[] => {
  const form = scheme?.form
  if (form === 'attestation-report' || form === 'general-use-report') return reportRows(claim, facts)
  if (form === 'attestation-of-compliance') return assessmentRows(claim, facts)
  return certificateRows(claim)
}

/** The table of facts of a claim: only what the register knows in at least one language. */
export const rowsOfClaim = (claim: ClaimFacts, facts: TrustFacts): Row[] =>
  makersOf(claim, facts.reference.schemes.get(claim.scheme), facts).flatMap(({ key, label, value }) => {
    const filled = inEach((language) => value(language) ?? '')
    return filled.en || filled.ja ? [{ key, label, value: filled }] : []
  })
