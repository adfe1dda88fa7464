import type { Language } from '../kernel/language.ts'
import { claimsOf, type PageContent } from './content.ts'
import { documentAddress } from './document-address.ts'
import { dayInWords } from './format.ts'
import { html } from './html.ts'
import type { Publication } from './publication.ts'
import { words } from './words.ts'

/** The newest editions as an Atom feed (RFC 4287). Ids are UUIDs, so they stay when addresses move. */
export function atomFeed(
  organisation: { id: string; name: string },
  editions: readonly Pick<Publication, 'id' | 'number' | 'asOf' | 'publishedAt' | 'note'>[],
  language: Language,
): string {
  const updated = editions[0]?.publishedAt ?? '1970-01-01T00:00:00.000Z'
  const title = `${organisation.name} — ${words.title[language]}`
  const entries = editions.map(({ id, number, asOf, publishedAt, note }) => {
    const name = language === 'ja' ? `第${number}版` : `Edition ${number}`
    const facts = `${words.asOf[language]} ${dayInWords(asOf, language)}`
    return html`<entry>
<id>urn:uuid:${id}</id>
<title>${name}</title>
<updated>${publishedAt}</updated>
<published>${publishedAt}</published>
<link rel="alternate" type="text/html" hreflang="${language}" href="/${language}/archive/${number}/"/>
<summary>${note?.[language] ?? facts}</summary>
</entry>
`
  })
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>urn:uuid:${organisation.id}</id>
<title>${title}</title>
<updated>${updated}</updated>
<author><name>${organisation.name}</name></author>
<link rel="self" type="application/atom+xml" href="/${language}/changes.atom"/>
<link rel="alternate" type="text/html" href="/${language}/"/>
${entries}</feed>
`.markup
}

/** The claims of the live edition for machines. Addresses are relative to the host that answers. */
export function trustCenter(edition: Publication, ended: readonly string[]): unknown {
  const { content, number, asOf, publishedAt, pages } = edition
  return {
    format: 1,
    organisation: content.organisation.name,
    edition: number,
    asOf,
    publishedAt,
    pages: {
      en: { href: `/en/archive/${number}/`, sha256: pages.en.digest },
      ja: { href: `/ja/archive/${number}/`, sha256: pages.ja.digest },
    },
    proof: `/en/archive/${number}/page.grcproof`,
    claims: claimsOf(content).map((claim) => ({
      id: claim.certificateId,
      href: `/en/archive/${number}/#${claim.anchor}`,
      scheme: claim.scheme,
      title: claim.title,
      number: claim.number,
      standards: claim.standards,
      holders: claim.holders,
      issuer: claim.body,
      validFrom: claim.validFrom,
      validTo: claim.validTo,
      /** True once the claim's own last day has passed since the edition was published. */
      ended: ended.includes(claim.anchor),
      facts: Object.fromEntries(claim.rows.map((row) => [row.key, row.value])),
      documents: claim.documents.map((one) => ({
        kind: one.kind,
        title: one.title,
        sha256: one.digest,
        size: one.size,
        mediaType: one.mediaType,
        href: one.access === 'public' ? documentAddress(one) : `/en/request/${one.id}`,
        access: one.access,
      })),
      proof: `/en/archive/${number}/page.grcproof`,
    })),
  }
}

/** The claims of an edition whose last day lies before a day: what the live page has to say is over. */
export const endedClaimsOf = (content: PageContent, today: string) =>
  claimsOf(content).filter((claim) => claim.validTo !== null && claim.validTo < today)
