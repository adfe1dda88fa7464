import type { Day } from '../kernel/day.ts'
import { inLanguage, type LocalText } from '../kernel/language.ts'
import { rowsOfClaim } from './claim-rows.ts'
import {
  type Claim,
  type EachLanguage,
  inEach,
  type PageContent,
  type PageDocument,
  type PageSection,
} from './content.ts'
import { type ClaimFacts, currentClaims, type DocumentFacts, type TrustFacts } from './facts.ts'
import { isInForce, type PageText } from './page-text.ts'
import { fillText, shortName } from './placeholders.ts'
import { bySection, policySection, sectionOf, termsSection } from './section.ts'

const each = (text: LocalText): EachLanguage => inEach((language) => inLanguage(text, language))

const filled = (text: LocalText, facts: TrustFacts): EachLanguage =>
  inEach((language) => fillText(inLanguage(text, language), facts, language).text)

/** The paragraphs of a text; languages with fewer ones leave the rest empty. */
function paragraphsOf(body: LocalText, facts: TrustFacts): EachLanguage[] {
  const split = (text: string, joint: string) =>
    text
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, joint))
      .filter((paragraph) => paragraph !== '')
  const whole = filled(body, facts)
  // Japanese puts no space where a line was broken.
  const [en, ja] = [split(whole.en, ' '), split(whole.ja, '')]
  return Array.from({ length: Math.max(en.length, ja.length) }, (_, at) => ({
    en: en[at] ?? '',
    ja: ja[at] ?? '',
  }))
}

const published = (one: DocumentFacts): one is DocumentFacts & { access: 'public' | 'on-request' } =>
  one.access !== 'internal'

const documentOf = (one: DocumentFacts & { access: 'public' | 'on-request' }): PageDocument => ({
  id: one.id,
  kind: one.kind,
  title: each(one.title),
  fileName: one.fileName,
  mediaType: one.mediaType,
  size: one.size,
  digest: one.digest,
  language: one.language,
  access: one.access,
})

function claimOf(claim: ClaimFacts, facts: TrustFacts): Claim {
  const scheme = facts.reference.schemes.get(claim.scheme)
  const title = inEach((language) => (scheme ? shortName(scheme.name[language]) : claim.scheme))
  return {
    anchor: `claim-${claim.key}`,
    certificateId: claim.certificateId,
    scheme: claim.scheme,
    title,
    number: claim.number,
    standards: [...claim.standards],
    holders: claim.holders.map((holder) => each(holder.name)),
    body: claim.body && each(claim.body),
    validFrom: claim.issuedOn ?? claim.initialDate,
    validTo: claim.expiresOn,
    ends: scheme?.reportUse ? 'use' : 'validity',
    verificationUrl: claim.verificationUrl,
    rows: rowsOfClaim(claim, facts),
    documents: claim.documents.filter(published).map(documentOf),
  }
}

/** What heads a section that no text gives a title. */
function plainHeading(key: string, claims: readonly ClaimFacts[], facts: TrustFacts): EachLanguage {
  if (key === policySection) return { en: 'Policy', ja: '方針' }
  const schemes = [...new Set(claims.map((claim) => claim.scheme))].sort()
  return inEach((language) =>
    schemes
      .map((scheme) => shortName(facts.reference.schemes.get(scheme)?.name[language] ?? scheme))
      .join(language === 'ja' ? '・' : ' & '),
  )
}

function sectionWith(
  key: string,
  texts: readonly PageText[],
  claims: readonly ClaimFacts[],
  facts: TrustFacts,
): PageSection {
  const title = texts.find((text) => text.title !== null)?.title
  return {
    key,
    heading: title ? filled(title, facts) : plainHeading(key, claims, facts),
    paragraphs: texts.flatMap((text) => paragraphsOf(text.body, facts)),
    claims: claims.map((claim) => claimOf(claim, facts)),
  }
}

const byPlace = (a: PageText, b: PageText) => a.place - b.place || (a.id < b.id ? -1 : 1)

const byScheme = (a: ClaimFacts, b: ClaimFacts) =>
  a.scheme < b.scheme ? -1 : a.scheme > b.scheme ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0

/** The texts that the page of a day carries, in their order. The terms of use have a page of their own. */
export const textsOn = (texts: readonly PageText[], day: Day): PageText[] =>
  texts.filter((text) => isInForce(text, day) && text.section !== termsSection).sort(byPlace)

/**
 * Composes what the page of a day says from the register's facts and the texts in force. Pure and total: whatever
 * is wrong with it is told by `claimReasons`, so that a preview can show the page beside its faults.
 */
export function composePage(facts: TrustFacts, texts: readonly PageText[], day: Day): PageContent {
  const inForce = textsOn(texts, day)
  const claims = currentClaims(facts).sort(byScheme)
  const keys = new Set([
    ...inForce.map((text) => text.section),
    ...claims.map((claim) => sectionOf(claim.scheme)),
  ])
  const sections = [...keys].sort(bySection).map((key) =>
    sectionWith(
      key,
      inForce.filter((text) => text.section === key),
      claims.filter((claim) => sectionOf(claim.scheme) === key),
      facts,
    ),
  )
  return {
    format: 1,
    organisation: { id: facts.organisation.id, name: each(facts.organisation.name) },
    day,
    sections,
  }
}
