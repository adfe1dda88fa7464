import type { Language } from '../kernel/language.ts'
import { claimsOf, type PageContent } from './content.ts'
import { type Html, html, jsonBlock } from './html.ts'
import { words } from './words.ts'

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'ja' : 'en')

export const stylesheetAddress = (digest: string): string => `/page/${digest}.css`

/** What the page states, in the vocabulary of schema.org, for search engines. */
export function pageStructure(content: PageContent, language: Language): Html {
  return jsonBlock('application/ld+json', {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: content.organisation.name[language],
    hasCertification: claimsOf(content).map((claim) => ({
      '@type': 'Certification',
      name: claim.title[language],
      ...(claim.number ? { certificationIdentification: claim.number } : {}),
      ...(claim.body ? { issuedBy: { '@type': 'Organization', name: claim.body[language] } } : {}),
      ...(claim.validFrom ? { validFrom: claim.validFrom } : {}),
      ...(claim.validTo ? { expires: claim.validTo } : {}),
      about: claim.holders.map((holder) => ({ '@type': 'Organization', name: holder[language] })),
    })),
  })
}

export type Layout = {
  language: Language
  title: string
  /** SHA-256 of the stylesheet, which is part of its address. */
  stylesheet: string
  /** Where the same is said in each language. */
  alternates: Readonly<Record<Language, string>> | null
  head?: Html
  body: Html
}

/** The frame of every public page. No script, nothing from elsewhere, one stylesheet. */
export function layout({ language, title, stylesheet, alternates, head, body }: Layout): string {
  const links = alternates
    ? html`<link rel="alternate" hreflang="en" href="${alternates.en}">
<link rel="alternate" hreflang="ja" href="${alternates.ja}">
<link rel="alternate" hreflang="x-default" href="/">
`
    : null
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${stylesheetAddress(stylesheet)}">
${links}<link rel="alternate" type="application/atom+xml" href="/${language}/changes.atom" title="${words.changes[language]}">
${head}
</head>
<body>
<a class="skip" href="#content">${words.skip[language]}</a>
<div class="page">
${body}
</div>
</body>
</html>
`.markup
}
