import type { Day } from '../kernel/day.ts'
import type { Language } from '../kernel/language.ts'
import type { Claim, PageContent, PageDocument, PageSection } from './content.ts'
import { documentAddress } from './document-address.ts'
import { dayInWords, sizeInWords } from './format.ts'
import { type Html, html, safeUrl } from './html.ts'
import { layout, otherLanguage, pageStructure } from './layout.ts'
import { languageNames, type Word, words } from './words.ts'

/** Which edition this is and where its stylesheet lies: all that its bytes depend on besides the content. */
export type PageEdition = { number: number; publishedOn: Day; stylesheet: string }

type Page = { content: PageContent; edition: PageEdition; language: Language; say: (word: Word) => string }

function documentItem(one: PageDocument, page: Page): Html {
  const { language, say } = page
  const facts = [
    one.language ? languageNames[one.language]?.[language] : null,
    one.mediaType === 'application/pdf' ? 'PDF' : one.mediaType,
    sizeInWords(one.size),
  ].filter(Boolean)
  const title = one.title[language]
  return html`<li class="document">
<p class="document-title">${
    one.access === 'public'
      ? html`<a href="${documentAddress(one)}" download>${say('download')}: ${title}</a>`
      : html`<span>${title}</span>`
  } <span class="quiet">${facts.join(language === 'ja' ? '・' : ', ')}</span></p>
<p class="quiet">${one.access === 'public' ? say('forAnyone') : say('onRequest')}${
    one.access === 'on-request' && html` — <a href="/${language}/request/${one.id}">${say('request')}</a>`
  }</p>
<p class="digest"><abbr title="Secure Hash Algorithm, 256 bit">SHA-256</abbr> <code>${one.digest}</code></p>
</li>`
}

function factTable(claim: Claim, page: Page): Html {
  const rows = claim.rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.label[page.language]}</th><td>${row.value[page.language]}</td></tr>
`,
  )
  return html`<table>
<caption class="hidden">${claim.title[page.language]}</caption>
<tbody>
${rows}</tbody>
</table>`
}

function standing(claim: Claim, page: Page): Html {
  const { content, language, say } = page
  const until =
    claim.validTo &&
    html`<span>${say(claim.ends === 'use' ? 'usedTo' : 'validTo')} <time datetime="${claim.validTo}">${dayInWords(claim.validTo, language)}</time></span>`
  return html`<p class="standing"><span class="current">${say('validOn')} <time datetime="${content.day}">${dayInWords(content.day, language)}</time></span>${until}</p>`
}

function claimArticle(claim: Claim, page: Page): Html {
  const { language, say, edition } = page
  const issuer = safeUrl(claim.verificationUrl)
  const title = claim.number ? `${claim.title[language]} — ${claim.number}` : claim.title[language]
  return html`<article class="claim" id="${claim.anchor}" aria-labelledby="${claim.anchor}-title">
<h3 id="${claim.anchor}-title">${title} <a class="anchor" href="#${claim.anchor}" aria-label="${say('link')}: ${title}">#</a></h3>
${standing(claim, page)}
${factTable(claim, page)}
${
  claim.documents.length > 0 &&
  html`<h4>${say('documents')}</h4>
<ul class="documents">
${claim.documents.map((one) => documentItem(one, page))}
</ul>`
}
<p class="proofs"><a href="/${language}/archive/${edition.number}/page.grcproof" aria-label="${say('proof')}: ${title}">${say('proof')}</a>${
    issuer && html` <a href="${issuer}" rel="noopener">${say('verify')}</a>`
  }</p>
</article>`
}

function sectionOfPage(section: PageSection, page: Page): Html {
  const { language, say, edition } = page
  const other = otherLanguage(language)
  const paragraphs = section.paragraphs
    .filter((paragraph) => paragraph[language] !== '')
    .map(
      (paragraph) => html`<p>${paragraph[language]}</p>
`,
    )
  return html`<section id="${section.key}" aria-labelledby="${section.key}-heading">
<header><h2 id="${section.key}-heading">${section.heading[language]}</h2>
<a class="switch" href="/${other}/?edition=${edition.number}#${section.key}" hreflang="${other}" lang="${other}" aria-label="${say('thisSectionInOther')}">${say('otherLanguage')}</a></header>
<div class="prose">
${paragraphs}</div>
${section.claims.map((claim) => claimArticle(claim, page))}
</section>
`
}

function contents(page: Page): Html {
  const items = page.content.sections.map(
    (section) => html`<li><a href="#${section.key}">${section.heading[page.language]}</a></li>
`,
  )
  return html`<nav class="contents" aria-label="${page.say('contents')}"><ol>
${items}</ol></nav>`
}

function colophon(page: Page): Html {
  const { language, edition, say } = page
  const home = `/${language}/archive/${edition.number}/`
  return html`<section class="colophon" id="check" aria-labelledby="check-heading">
<h2 id="check-heading">${say('how')}</h2>
<p>${say('howText')}</p>
<ul>
<li><a href="${home}page.grcproof">${say('proof')}</a></li>
<li><a href="${home}">${say('permanent')}</a></li>
<li><a href="/${language}/archive/">${say('archive')}</a></li>
<li><a href="/${language}/changes.atom">${say('changes')}</a></li>
<li><a href="/.well-known/trust-center.json">${say('machine')}</a></li>
</ul>
</section>`
}

/**
 * The public page in one language, as the bytes that are stored and served. Depends on nothing but its arguments:
 * the same edition comes out the same for ever.
 */
export function renderPage(content: PageContent, edition: PageEdition, language: Language): string {
  const say = (word: Word) => words[word][language]
  const page: Page = { content, edition, language, say }
  const other = otherLanguage(language)
  const number = language === 'ja' ? `第${edition.number}版` : `Edition ${edition.number}`
  const body = html`<header class="masthead">
<p class="organisation">${content.organisation.name[language]}</p>
<a class="switch" href="/${other}/?edition=${edition.number}" hreflang="${other}" lang="${other}">${say('otherLanguage')}</a>
<h1>${say('title')}</h1>
<p class="dateline"><span>${say('asOf')} <time datetime="${content.day}">${dayInWords(content.day, language)}</time></span><span>${number}</span><span>${say('published')} <time datetime="${edition.publishedOn}">${dayInWords(edition.publishedOn, language)}</time></span></p>
</header>
${contents(page)}
<main id="content">
${content.sections.map((section) => sectionOfPage(section, page))}
</main>
<footer>
${colophon(page)}
</footer>`
  return layout({
    language,
    title: `${say('title')} — ${content.organisation.name[language]}`,
    stylesheet: edition.stylesheet,
    alternates: { en: '/en/', ja: '/ja/' },
    head: pageStructure(content, language),
    body,
  })
}
