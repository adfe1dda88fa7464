import type { Language } from '../kernel/language.ts'
import type { Claim, EachLanguage, PageContent, PageDocument, PageSection } from './content.ts'

/** One difference between two pages: `null` where that page says nothing. `fact` is a key as in the content. */
export type Change = {
  section: string
  claim: string | null
  fact: string
  language: Language | null
  before: string | null
  after: string | null
}

type Told = Map<string, Omit<Change, 'before' | 'after'> & { value: string }>

function tell(told: Told, section: string, claim: string | null, fact: string, text: EachLanguage): void {
  for (const language of ['en', 'ja'] as const) {
    told.set(JSON.stringify([section, claim, fact, language]), {
      section,
      claim,
      fact,
      language,
      value: text[language],
    })
  }
}

function tellPlain(
  told: Told,
  section: string,
  claim: string | null,
  fact: string,
  value: string | null,
): void {
  if (value === null) return
  told.set(JSON.stringify([section, claim, fact]), { section, claim, fact, language: null, value })
}

function tellDocument(told: Told, section: string, claim: string, one: PageDocument): void {
  const fact = `document/${one.id}`
  tell(told, section, claim, `${fact}/title`, one.title)
  tellPlain(told, section, claim, `${fact}/digest`, one.digest)
  tellPlain(told, section, claim, `${fact}/access`, one.access)
}

function tellClaim(told: Told, section: string, claim: Claim): void {
  tell(told, section, claim.anchor, 'title', claim.title)
  for (const row of claim.rows) tell(told, section, claim.anchor, row.key, row.value)
  tellPlain(told, section, claim.anchor, 'valid-from', claim.validFrom)
  tellPlain(told, section, claim.anchor, 'valid-to', claim.validTo)
  tellPlain(told, section, claim.anchor, 'verification', claim.verificationUrl)
  for (const one of claim.documents) tellDocument(told, section, claim.anchor, one)
}

function tellSection(told: Told, section: PageSection): void {
  tell(told, section.key, null, 'heading', section.heading)
  for (const [at, paragraph] of section.paragraphs.entries()) {
    tell(told, section.key, null, `paragraph/${at + 1}`, paragraph)
  }
  for (const claim of section.claims) tellClaim(told, section.key, claim)
}

function toldBy(content: PageContent): Told {
  const told: Told = new Map()
  tell(told, 'page', null, 'organisation', content.organisation.name)
  for (const section of content.sections) tellSection(told, section)
  return told
}

/**
 * What changed from one page to another, fact by fact, in the order of the pages. The day of the page itself is not
 * a change: two pages that say the same on different days differ in nothing a reader relies on.
 */
export function diffContents(before: PageContent | null, after: PageContent): Change[] {
  const [old, now] = [before ? toldBy(before) : (new Map() as Told), toldBy(after)]
  const changes: Change[] = []
  for (const [key, { value, ...fact }] of old) {
    const next = now.get(key)
    if (next?.value !== value) changes.push({ ...fact, before: value, after: next?.value ?? null })
  }
  for (const [key, { value, ...fact }] of now) {
    if (!old.has(key)) changes.push({ ...fact, before: null, after: value })
  }
  return changes.filter((change) => (change.before ?? '') !== (change.after ?? ''))
}
