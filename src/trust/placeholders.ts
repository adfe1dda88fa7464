import { type Count, countRequirements } from '../frameworks/count.ts'
import { type CountMode, countModes, type Edition } from '../frameworks/edition.ts'
import { inLanguage, type Language } from '../kernel/language.ts'
import { type ClaimFacts, currentClaims, type TrustFacts } from './facts.ts'
import { countInWords, dayInWords, listInWords } from './format.ts'
import { publishers } from './publishers.ts'

/** A place in a text that the register fills: `{name}`, `{name:scheme}` or `{count:scheme:what}`. */
export type Placeholder = {
  whole: string
  at: number
  name: string
  scheme: string | null
  what: string | null
}

const pattern = /\{([a-z][A-Za-z]*)(?::([a-z0-9-]+))?(?::([a-z-]+))?\}/g

export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(pattern)].map((match) => ({
    whole: match[0],
    at: match.index,
    name: match[1] ?? '',
    scheme: match[2] ?? null,
    what: match[3] ?? null,
  }))
}

/** What a short word for a count means in each edition: the first mode that the edition declares. */
const countWords: Readonly<Record<string, readonly CountMode[]>> = {
  // Reports to the 2014 edition were summed per principle; the common criteria count under each.
  criteria: ['criteria-per-principle', 'criteria'],
  requirements: ['principal-requirements'],
}

type Filling = (claims: readonly ClaimFacts[], facts: TrustFacts, language: Language) => string | null

type Kind = {
  /** `none`: no scheme; `scheme`: needs one; `count`: needs a scheme and what to count. */
  takes: 'none' | 'scheme' | 'count'
  meaning: Record<Language, string>
}

/**
 * The closed list of placeholders. Whatever names a holder, a service, a number or a standard comes from here and
 * thus from the register, so that no claim can be typed by hand.
 */
export const placeholderKinds = {
  organisation: { takes: 'none', meaning: { en: 'Name of the organisation', ja: '組織の名称' } },
  day: { takes: 'none', meaning: { en: 'Day whose facts the page states', ja: 'ページの基準日' } },
  scheme: { takes: 'scheme', meaning: { en: 'Name of the scheme', ja: '制度の名称' } },
  short: { takes: 'scheme', meaning: { en: 'Short name of the scheme', ja: '制度の略称' } },
  holders: {
    takes: 'scheme',
    meaning: { en: 'Entities that hold the certificate', ja: '認証を保有する事業者' },
  },
  services: { takes: 'scheme', meaning: { en: 'Services in scope', ja: '対象サービス' } },
  scope: { takes: 'scheme', meaning: { en: 'Scope as certified', ja: '認証範囲' } },
  number: { takes: 'scheme', meaning: { en: 'Number of the certificate', ja: '認証登録番号' } },
  body: {
    takes: 'scheme',
    meaning: { en: 'Certification body, auditor or assessor', ja: '認証機関・監査人・評価機関' },
  },
  standard: {
    takes: 'scheme',
    meaning: { en: 'Standard as the certificate cites it', ja: '認証書が引用する規格' },
  },
  edition: { takes: 'scheme', meaning: { en: 'Edition assessed against', ja: '評価の対象となった版' } },
  publisher: { takes: 'scheme', meaning: { en: 'Who publishes that edition', ja: 'その版の発行者' } },
  initialDate: { takes: 'scheme', meaning: { en: 'Day of initial certification', ja: '初回認証登録日' } },
  level: { takes: 'scheme', meaning: { en: 'Level of the assessment', ja: '評価のレベル' } },
  categories: {
    takes: 'scheme',
    meaning: { en: 'Categories that the report covers', ja: '報告書が対象とする原則' },
  },
  categoryCount: { takes: 'scheme', meaning: { en: 'How many of them', ja: 'その数' } },
  principles: {
    takes: 'scheme',
    meaning: { en: 'All categories of that edition', ja: 'その版のすべての原則' },
  },
  principleCount: { takes: 'scheme', meaning: { en: 'How many of them', ja: 'その数' } },
  brands: { takes: 'scheme', meaning: { en: 'Founders of the publisher', ja: '発行団体の設立企業' } },
  brandCount: { takes: 'scheme', meaning: { en: 'How many of them', ja: 'その数' } },
  count: {
    takes: 'count',
    meaning: {
      en: 'How many criteria, requirements, goals or controls that edition has',
      ja: 'その版の基準・要件・目標・管理策の数',
    },
  },
} as const satisfies Record<string, Kind>

export type PlaceholderName = keyof typeof placeholderKinds

export const isPlaceholderName = (name: string): name is PlaceholderName =>
  Object.hasOwn(placeholderKinds, name)

/** Every word that `{count:scheme:…}` understands. */
export const countable: readonly string[] = [...new Set([...Object.keys(countWords), ...countModes])]

/** The short name of a scheme: `ISO 27001`, `SOC 2`, `PCI DSS`. The number and family stay, the explanation goes. */
export const shortName = (name: string): string =>
  name
    .replace(/^ISO\/IEC /, 'ISO ')
    .replace(/^(ISO [\d-]+).*$/, '$1')
    .replace(/[（(].*$/, '')
    .replace(/ (report|assessment|certification|attestation)$/, '')
    .replace(/(報告書|準拠評価|認証)$/, '')
    .trim()

/** The leading standard with its equivalents in brackets: `JIS Q 27001:2014 (ISO/IEC 27001:2013)`. */
export function standardInWords(claim: ClaimFacts): string | null {
  const [leading, ...others] = claim.standards
  if (!leading) return null
  return others.length > 0 ? `${leading} (${others.join(', ')})` : leading
}

const editionOf = (claims: readonly ClaimFacts[], facts: TrustFacts): Edition | null => {
  const key = claims.find((claim) => claim.edition !== null)?.edition
  return (key && facts.reference.editions.get(key)) || null
}

/** The count behind a word, from the nodes of the edition; null when the edition cannot be counted so. */
export function countOf(edition: Edition, word: string, preferred: CountMode | null = null): Count | null {
  const usual = countWords[word] ?? countModes.filter((mode) => mode === word)
  const wanted = word === 'criteria' && preferred ? [preferred, ...usual] : usual
  const mode = wanted.find((one) => edition.framework.countModes.includes(one))
  return mode ? countRequirements(edition, { mode }) : null
}

const present = (items: readonly (string | null)[]): string[] => items.filter((item) => item !== null)

const modeOf = (claims: readonly ClaimFacts[]) => claims.find((claim) => claim.countMode)?.countMode ?? null

const distinct = (items: readonly string[]) => [...new Set(items)]

const joined = (items: readonly string[], language: Language) =>
  items.length > 0 ? listInWords(distinct(items), language) : null

export const categoryName = (edition: Edition, key: string, language: Language): string =>
  edition.locales[language].categories[key] ?? key

const inSentence = (name: string, language: Language) => (language === 'en' ? name.toLowerCase() : name)

const categoryNames = (edition: Edition | null, keys: readonly string[], language: Language) =>
  edition
    ? joined(
        keys.map((key) => inSentence(categoryName(edition, key, language), language)),
        language,
      )
    : null

const allCategories = (edition: Edition | null) =>
  edition?.framework.categories.map((category) => category.key) ?? []

const reported = (claims: readonly ClaimFacts[]) => distinct(claims.flatMap((claim) => claim.categories))

const counted = (count: number, language: Language) => (count > 0 ? countInWords(count, language) : null)

const publisherOf = (claims: readonly ClaimFacts[], facts: TrustFacts) =>
  publishers[editionOf(claims, facts)?.framework.publisher ?? '']

const schemeFillings: Readonly<Record<string, Filling>> = {
  holders: (claims, _, language) =>
    joined(
      claims.flatMap((claim) => claim.holders.map((holder) => inLanguage(holder.name, language))),
      language,
    ),
  services: (claims, _, language) =>
    joined(
      claims.flatMap((claim) => claim.services.map((service) => inLanguage(service.name, language))),
      language,
    ),
  scope: (claims, _, language) =>
    joined(
      claims.flatMap((claim) => (claim.scope ? [inLanguage(claim.scope, language)] : [])),
      language,
    ),
  number: (claims, _, language) => joined(present(claims.map((claim) => claim.number)), language),
  body: (claims, _, language) =>
    joined(
      claims.flatMap((claim) => (claim.body ? [inLanguage(claim.body, language)] : [])),
      language,
    ),
  standard: (claims, _, language) => joined(present(claims.map(standardInWords)), language),
  edition: (claims, facts, language) => editionOf(claims, facts)?.framework.name[language] ?? null,
  publisher: (claims, facts, language) => publisherOf(claims, facts)?.name[language] ?? null,
  initialDate: (claims, _, language) => {
    const day = present(claims.map((claim) => claim.initialDate)).sort()[0]
    return day ? dayInWords(day, language) : null
  },
  level: (claims, _, language) => joined(present(claims.map((claim) => claim.level)), language),
  categories: (claims, facts, language) =>
    categoryNames(editionOf(claims, facts), reported(claims), language),
  categoryCount: (claims, _, language) => counted(reported(claims).length, language),
  principles: (claims, facts, language) => {
    const edition = editionOf(claims, facts)
    return categoryNames(edition, allCategories(edition), language)
  },
  principleCount: (claims, facts, language) =>
    counted(allCategories(editionOf(claims, facts)).length, language),
  brands: (claims, facts, language) =>
    joined(
      (publisherOf(claims, facts)?.founders ?? []).map((one) => one[language]),
      language,
    ),
  brandCount: (claims, facts, language) =>
    counted(publisherOf(claims, facts)?.founders.length ?? 0, language),
}

/** What stands in the place, or null when the register has nothing to put there on the day. */
export function fillingOf(place: Placeholder, facts: TrustFacts, language: Language): string | null {
  if (place.name === 'organisation') return inLanguage(facts.organisation.name, language)
  if (place.name === 'day') return dayInWords(facts.day, language)
  const scheme = place.scheme === null ? undefined : facts.reference.schemes.get(place.scheme)
  if (!scheme) return null
  if (place.name === 'scheme') return scheme.name[language]
  if (place.name === 'short') return shortName(scheme.name[language])
  const claims = currentClaims(facts, scheme.key)
  if (place.name === 'count') {
    const edition = editionOf(claims, facts)
    const count = edition && place.what ? countOf(edition, place.what, modeOf(claims)) : null
    return count ? String(count.count) : null
  }
  return schemeFillings[place.name]?.(claims, facts, language) || null
}

/** A text with its placeholders filled, and those that could not be. */
export function fillText(
  text: string,
  facts: TrustFacts,
  language: Language,
): { text: string; unresolved: Placeholder[] } {
  const unresolved: Placeholder[] = []
  const filled = placeholdersIn(text).reduceRight((rest, place) => {
    const filling = fillingOf(place, facts, language)
    if (filling === null) unresolved.unshift(place)
    return rest.slice(0, place.at) + (filling ?? place.whole) + rest.slice(place.at + place.whole.length)
  }, text)
  return { text: filled, unresolved }
}
