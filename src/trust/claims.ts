import { addMonths, type Day } from '../kernel/day.ts'
import type { ProblemParams } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { inLanguage, type LocalText, languages, missingLanguages } from '../kernel/language.ts'
import { type ClaimFacts, currentClaims, type TrustFacts } from './facts.ts'
import { textsOn } from './page.ts'
import { isReviewed, type PageText } from './page-text.ts'
import { fillText, type Placeholder, placeholdersIn } from './placeholders.ts'
import { policySection, sectionOf } from './section.ts'

/** Why the page of a day must not be published: a code with its texts in problems.ts, and the record to mend. */
export type Reason = { code: string; params: ProblemParams; record: { noun: string; id: Id } }

type Subject = { facts: TrustFacts; texts: readonly PageText[]; day: Day }

const ofClaim = (claim: ClaimFacts, code: string, params: ProblemParams = {}): Reason => ({
  code,
  params: { certificate: claim.key, ...params },
  record: { noun: 'certificate', id: claim.certificateId },
})

const ofText = (text: PageText, code: string, params: ProblemParams = {}): Reason => ({
  code,
  params: { section: text.section, place: text.place, ...params },
  record: { noun: 'page_text', id: text.id },
})

const named = (name: LocalText) => inLanguage(name, 'en')

/** The schemes that the page's texts speak about. */
function schemesSpokenOf({ texts, facts }: Subject): Set<string> {
  const spoken = new Set<string>()
  for (const text of texts) {
    if (facts.reference.schemes.has(text.section)) spoken.add(text.section)
    for (const words of [text.title, text.body]) {
      for (const language of languages) {
        for (const place of placeholdersIn(words?.[language] ?? ''))
          if (place.scheme) spoken.add(place.scheme)
      }
    }
  }
  return spoken
}

/** A scheme that the page speaks about has no certificate any more: each one that ended is a reason. */
function endedClaims(subject: Subject): Reason[] {
  const { facts } = subject
  const spoken = schemesSpokenOf(subject)
  return facts.claims
    .filter(
      (claim) => ['expired', 'suspended', 'withdrawn'].includes(claim.standing) && spoken.has(claim.scheme),
    )
    .filter((claim) => currentClaims(facts, claim.scheme).length === 0)
    .map((claim) => {
      const tooOld = claim.standing === 'expired' && claim.periodTo !== null
      return tooOld
        ? ofClaim(claim, 'claim.report_too_old', {
            period: claim.periodTo ?? '',
            last: claim.expiresOn ?? '',
          })
        : ofClaim(claim, `claim.${claim.standing}`, { day: claim.endedOn ?? subject.day })
    })
}

/** Who holds it and what it covers must agree with who belongs to the organisation and what it offers that day. */
function contradictions(claim: ClaimFacts): Reason[] {
  const holders = new Set(claim.holders.map((holder) => holder.id))
  return [
    ...(claim.denial ? [ofClaim(claim, `claim.result_${claim.denial.replace('-', '_')}`)] : []),
    ...(claim.qualified && claim.qualification === null
      ? [ofClaim(claim, 'claim.qualification_missing')]
      : []),
    ...(holders.size === 0 ? [ofClaim(claim, 'claim.no_holder')] : []),
    ...claim.holders
      .filter((holder) => !holder.member)
      .map((holder) => ofClaim(claim, 'claim.holder_not_member', { entity: named(holder.name) })),
    ...claim.services
      .filter((service) => !service.offered)
      .map((service) => ofClaim(claim, 'claim.service_not_offered', { service: named(service.name) })),
    ...claim.services
      .filter((service) => !service.answering.some((entity) => holders.has(entity)))
      .map((service) => ofClaim(claim, 'claim.service_without_holder', { service: named(service.name) })),
  ]
}

/** One holder cannot hold two current certificates of one scheme under different numbers. */
function rivals({ facts }: Subject): Reason[] {
  const claims = currentClaims(facts)
  return claims.flatMap((claim, at) =>
    claims.slice(at + 1).flatMap((other) => {
      if (other.scheme !== claim.scheme || other.number === claim.number) return []
      const shared = claim.holders.find((holder) => other.holders.some((one) => one.id === holder.id))
      return shared ? [ofClaim(other, 'claim.rival', { other: claim.key, entity: named(shared.name) })] : []
    }),
  )
}

const issuedKinds: readonly string[] = ['certificate', 'report', 'aoc', 'roc', 'other']

/** No claim without the issued paper behind it. A general-use report is published whole; a restricted one never (AICPA SOC 2 guide: restricted use). */
function documentReasons(claim: ClaimFacts, { facts }: Subject): Reason[] {
  const scheme = facts.reference.schemes.get(claim.scheme)
  const open = claim.documents.filter((one) => one.access === 'public')
  const issued = claim.documents.filter((one) => issuedKinds.includes(one.kind))
  if (scheme?.form === 'general-use-report') {
    if (issued.length === 0) return [ofClaim(claim, 'claim.report_missing')]
    return issued.some((one) => one.access === 'public') ? [] : [ofClaim(claim, 'claim.report_restricted')]
  }
  if (issued.length === 0) return [ofClaim(claim, 'claim.issued_document_missing')]
  if (scheme?.form === 'attestation-report' && scheme.use.distribution === 'nda') {
    return open.map((one) => ofClaim(claim, 'claim.restricted_made_public', { document: one.fileName }))
  }
  return []
}

/** Readers stop relying on a report when its period ended too long ago (scheme data: `reportUse.maxAgeMonths`). */
function stale(claim: ClaimFacts, { facts, day }: Subject): Reason[] {
  const use = facts.reference.schemes.get(claim.scheme)?.reportUse
  if (!use || !claim.periodTo) return []
  const last = addMonths(claim.periodTo, use.maxAgeMonths + (claim.bridged ? use.bridgeMonths : 0))
  return day > last ? [ofClaim(claim, 'claim.report_too_old', { period: claim.periodTo, last })] : []
}

function untranslated(claim: ClaimFacts): Reason[] {
  const texts: [string, LocalText | null][] = [
    ['scope', claim.scope],
    ['body', claim.body],
    ['qualification', claim.qualification],
    ...claim.holders.map((holder): [string, LocalText] => ['holder', holder.name]),
    ...claim.services.map((service): [string, LocalText] => ['service', service.name]),
    ...claim.documents
      .filter((one) => one.access !== 'internal')
      .map((one): [string, LocalText] => ['document', one.title]),
  ]
  return texts.flatMap(([field, text]) =>
    text
      ? missingLanguages(text).map((language) =>
          ofClaim(claim, 'claim.language_missing', { field, language }),
        )
      : [],
  )
}

const unresolvedIn = (text: PageText, { facts }: Subject): Placeholder[] =>
  [text.title, text.body].flatMap((words) =>
    languages.flatMap((language) =>
      words?.[language] ? fillText(words[language], facts, language).unresolved : [],
    ),
  )

function textReasons(text: PageText, subject: Subject): Reason[] {
  const missing = [text.body, ...(text.title ? [text.title] : [])].flatMap((words) => missingLanguages(words))
  const unresolved = new Set(unresolvedIn(text, subject).map((place) => place.whole))
  return [
    ...(isReviewed(text) ? [] : [ofText(text, 'text.unreviewed')]),
    ...[...new Set(missing)].map((language) => ofText(text, 'text.language_missing', { language })),
    ...[...unresolved].map((placeholder) => ofText(text, 'text.placeholder_unresolved', { placeholder })),
  ]
}

function pageReasons({ facts, texts }: Subject): Reason[] {
  const organisation = { noun: 'organisation', id: facts.organisation.id }
  return [
    ...missingLanguages(facts.organisation.name).map((language) => ({
      code: 'page.name_missing',
      params: { language },
      record: organisation,
    })),
    ...(texts.some((text) => text.section === policySection)
      ? []
      : [{ code: 'page.policy_missing', params: {}, record: organisation }]),
  ]
}

/** A section of words alone would look like a certificate that is not there. */
function hollowSections({ facts, texts }: Subject): Reason[] {
  const told = new Set(currentClaims(facts).map((claim) => sectionOf(claim.scheme)))
  return texts
    .filter((text) => text.section !== policySection && !told.has(text.section))
    .map((text) => ofText(text, 'text.without_claim'))
}

/**
 * Every reason why the page of a day must not be published, none when it may. Judges exactly the facts and texts
 * that `composePage` uses.
 */
export function claimReasons(facts: TrustFacts, texts: readonly PageText[], day: Day): Reason[] {
  const subject: Subject = { facts, texts: textsOn(texts, day), day }
  return [
    ...pageReasons(subject),
    ...endedClaims(subject),
    ...rivals(subject),
    ...currentClaims(facts).flatMap((claim) => [
      ...contradictions(claim),
      ...documentReasons(claim, subject),
      ...stale(claim, subject),
      ...untranslated(claim),
    ]),
    ...subject.texts.flatMap((text) => textReasons(text, subject)),
    ...hollowSections(subject),
  ]
}
