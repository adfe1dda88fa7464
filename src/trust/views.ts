import type { Day } from '../kernel/day.ts'
import type { Language } from '../kernel/language.ts'
import type { Claim, PageContent } from './content.ts'
import type { Change } from './diff.ts'
import { dayInWords, sizeInWords } from './format.ts'
import { type Html, html } from './html.ts'
import { layout, otherLanguage } from './layout.ts'
import type { Publication } from './publication.ts'
import { words } from './words.ts'

/** What every one of the smaller public pages needs to know. */
export type View = { language: Language; stylesheet: string; organisation: string }

const both = (language: Language, en: string, ja: string) => (language === 'ja' ? ja : en)

/** A small page. `address` is its own address behind the language, for the switch; null where there is no other. */
export function plainPage(view: View, title: string, body: Html, address: string | null): string {
  const { language } = view
  const other = otherLanguage(language)
  return layout({
    language,
    title: `${title} — ${view.organisation}`,
    stylesheet: view.stylesheet,
    alternates: address === null ? null : { en: `/en/${address}`, ja: `/ja/${address}` },
    body: html`<header class="masthead">
<p class="organisation"><a href="/${language}/">${view.organisation}</a></p>
${address !== null && html`<a class="switch" href="/${other}/${address}" hreflang="${other}" lang="${other}">${words.otherLanguage[language]}</a>`}
</header>
<main id="content" class="plain">
<h1>${title}</h1>
${body}
</main>`,
  })
}

export function messagePage(view: View, title: string, text: string, address: string | null = null): string {
  return plainPage(view, title, html`<p>${text}</p>`, address)
}

export const missingPage = (view: View): string =>
  messagePage(
    view,
    both(view.language, 'Nothing is here', 'ページがありません'),
    both(
      view.language,
      'There is no page at this address. It may have been mistyped, or what it led to is over.',
      'このアドレスにページはありません。入力に誤りがあるか、公開が終了しています。',
    ),
  )

export const unpublishedPage = (view: View): string =>
  messagePage(
    view,
    words.title[view.language],
    both(view.language, 'Nothing has been published here yet.', 'まだ何も公開されていません。'),
    '',
  )

export const beforeFirstPage = (view: View, day: Day, first: Publication['asOf']): string =>
  messagePage(
    view,
    both(view.language, 'No page on that day', 'その日のページはありません'),
    both(
      view.language,
      `No edition states what was true on ${dayInWords(day, 'en')}. The first edition is of ${dayInWords(first, 'en')}.`,
      `${dayInWords(day, 'ja')}時点の内容を示す版はありません。最初の版は${dayInWords(first, 'ja')}時点のものです。`,
    ),
  )

type Line = Pick<Publication, 'number' | 'asOf' | 'publishedOn' | 'note'>

type Edition = Pick<Publication, 'number' | 'asOf' | 'content'>

/** Every edition with what it is about, and the differences between neighbours. */
export function archivePage(view: View, editions: readonly Line[]): string {
  const { language } = view
  const items = editions.map(
    ({
      number,
      asOf,
      publishedOn,
      note,
    }) => html`<tr><th scope="row"><a href="/${language}/archive/${number}/">${both(language, `Edition ${number}`, `第${number}版`)}</a></th>
<td>${words.asOf[language]} <time datetime="${asOf}">${dayInWords(asOf, language)}</time><br>
<span class="quiet">${words.published[language]} <time datetime="${publishedOn}">${dayInWords(publishedOn, language)}</time>${note?.[language] && html` — ${note[language]}`}${
      number > 1 &&
      html` — <a href="/${language}/archive/${number - 1}/${number}/">${both(language, `Changes since edition ${number - 1}`, `第${number - 1}版からの変更`)}</a>`
    }</span></td></tr>
`,
  )
  const title = words.archive[language]
  const form = html`<form method="get" action="/${language}/"><label>${both(language, 'The page as of', '基準日を指定して見る')} <input type="date" name="date" required></label><button>${both(language, 'Show', '表示')}</button></form>`
  return plainPage(
    view,
    title,
    html`<table><tbody>
${items}</tbody></table>
${form}`,
    'archive/',
  )
}

const fixedNames: Readonly<Record<string, Record<Language, string>>> = {
  heading: { en: 'Heading', ja: '見出し' },
  title: { en: 'Title', ja: '名称' },
  'valid-from': { en: 'Valid from', ja: '有効期間の開始' },
  'valid-to': { en: 'Valid until', ja: '有効期限' },
  verification: { en: 'Address at the issuer', ja: '発行機関の確認先' },
  organisation: { en: 'Organisation', ja: '組織' },
  page: { en: 'Page', ja: 'ページ' },
}

const familyNames: Readonly<Record<string, Record<Language, string>>> = {
  paragraph: { en: 'Text', ja: '文章' },
  document: { en: 'Document', ja: '文書' },
}

/** How the pages themselves call their sections, claims and facts; a later page's word wins. */
function namesIn(pages: readonly PageContent[], language: Language): ReadonlyMap<string, string> {
  const names = new Map(Object.entries(fixedNames).map(([key, name]) => [key, name[language]]))
  for (const section of pages.flatMap((page) => page.sections)) {
    names.set(`section/${section.key}`, section.heading[language])
    for (const claim of section.claims) {
      names.set(claim.anchor, claim.title[language])
      for (const row of claim.rows) names.set(`${claim.anchor}/${row.key}`, row.label[language])
    }
  }
  return names
}

function placeOf(
  { section, claim, fact }: Change,
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  const family = familyNames[fact.split('/')[0] ?? '']?.[language]
  const last = names.get(`${claim}/${fact}`) ?? names.get(fact) ?? family ?? fact
  const first = names.get(`section/${section}`) ?? names.get(section) ?? section
  return [first, claim && names.get(claim), last].filter(Boolean).join(' / ')
}

/** What differs between two editions, in the reader's language where a fact has one. */
export function changesPage(view: View, from: Edition, to: Edition, changes: readonly Change[]): string {
  const { language } = view
  const shown = changes.filter((change) => change.language === null || change.language === language)
  const names = namesIn([from.content, to.content], language)
  const rows = shown.map(
    (change) => html`<tr><th scope="row">${placeOf(change, names, language)}</th>
<td>${change.before && html`<del>${change.before}</del>`}${change.before && change.after && html`<br>`}${change.after && html`<ins>${change.after}</ins>`}</td></tr>
`,
  )
  const title = both(
    language,
    `From edition ${from.number} to edition ${to.number}`,
    `第${from.number}版から第${to.number}版への変更`,
  )
  const nothing = both(language, 'Both say the same.', '内容に違いはありません。')
  return plainPage(
    view,
    title,
    html`<p class="quiet">${dayInWords(from.asOf, language)} → ${dayInWords(to.asOf, language)}</p>
${
  rows.length === 0
    ? html`<p>${nothing}</p>`
    : html`<table class="changes"><tbody>
${rows}</tbody></table>`
}`,
    `archive/${from.number}/${to.number}/`,
  )
}

/** Put before the content of the live page once one of its claims has run out; the stored edition stays as it is. */
export function endedNotice(claims: readonly Claim[], day: Day, language: Language): string {
  const items = claims.map(
    (claim) =>
      html`<li><a href="#${claim.anchor}">${claim.title[language]}</a> (${claim.validTo && dayInWords(claim.validTo, language)})</li>`,
  )
  return html`<div class="notice" role="note"><p>${both(
    language,
    `This page states what was true on ${dayInWords(day, 'en')}. Since then has ended:`,
    `このページは${dayInWords(day, 'ja')}時点の内容です。その後、次のものが終了しました。`,
  )}</p><ul>${items}</ul></div>`.markup
}

export type RequestForm = {
  documentId: string
  title: string
  size: number
  terms: string
  termsDigest: string
  values: Readonly<Record<string, string>>
  /** What was wrong with each field, by its name. */
  faults: Readonly<Record<string, string>>
}

const fields = [
  { name: 'name', en: 'Your name', ja: 'お名前', type: 'text', autocomplete: 'name', max: 200 },
  {
    name: 'email',
    en: 'E-mail at work',
    ja: '業務用メールアドレス',
    type: 'email',
    autocomplete: 'email',
    max: 254,
  },
  { name: 'company', en: 'Company', ja: '会社名', type: 'text', autocomplete: 'organization', max: 200 },
] as const

const fault = (form: RequestForm, name: string) =>
  form.faults[name] && html`<span class="fault" id="fault-${name}">${form.faults[name]}</span>`

/** The form for a restricted report. Works without script; what was typed stays when something is wrong. */
export function requestPage(view: View, form: RequestForm): string {
  const { language } = view
  const inputs = fields.map(
    ({ name, type, autocomplete, max, ...label }) => html`<label>${label[language]}${fault(form, name)}
<input name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="${max}" required value="${form.values[name] ?? ''}"${form.faults[name] && html` aria-invalid="true" aria-describedby="fault-${name}"`}></label>
`,
  )
  const terms = form.terms.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph}</p>`)
  const body = html`<p>${form.title} <span class="quiet">${sizeInWords(form.size)}</span></p>
<p>${both(
    language,
    'The report is restricted to readers who know the service. Say who you are and what for; you will hear from us by e-mail.',
    'この報告書は、サービスをご存じの方に限って開示しています。お名前と目的をお知らせください。メールでご連絡します。',
  )}</p>
<form method="post" action="/${language}/request/${form.documentId}" novalidate>
${inputs}<label>${both(language, 'What do you need it for?', '利用目的')}${fault(form, 'purpose')}
<textarea name="purpose" rows="4" maxlength="1000" required>${form.values.purpose ?? ''}</textarea></label>
<div class="trap" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off"></label></div>
<div class="terms" tabindex="0" role="region" aria-label="${both(language, 'Terms of use', '利用条件')}">${terms}</div>
<input type="hidden" name="terms" value="${form.termsDigest}">
<label class="check"><input type="checkbox" name="agree" value="yes" required> <span>${both(language, 'I agree to these terms.', 'この条件に同意します。')}${fault(form, 'agree')}</span></label>
<button>${both(language, 'Send the request', '申請を送信する')}</button>
</form>`
  return plainPage(view, words.request[language], body, `request/${form.documentId}`)
}

export const requestedPage = (view: View): string =>
  messagePage(
    view,
    both(view.language, 'Your request has arrived', '申請を受け付けました'),
    both(
      view.language,
      'Somebody will look at it and answer by e-mail. If it is approved, you will receive a link that works once.',
      '担当者が確認し、メールでお返事します。承認された場合は、一度だけ使えるリンクをお送りします。',
    ),
  )

/** Behind a link: nothing happens until the button is pressed, because mail scanners open links too. */
export function linkPage(view: View, token: string, title: string, size: number): string {
  const { language } = view
  return plainPage(
    view,
    title,
    html`<p>${both(
      language,
      'The link works once. The file is downloaded when you press the button, and the download is recorded.',
      'このリンクは一度だけ使えます。ボタンを押すとファイルがダウンロードされ、その記録が残ります。',
    )}</p>
<form method="post" action="/${language}/link/${token}"><button>${words.download[language]} (${sizeInWords(size)})</button></form>`,
    null,
  )
}

export const deadLinkPage = (view: View): string =>
  messagePage(
    view,
    both(view.language, 'This link does not work', 'このリンクは使えません'),
    both(
      view.language,
      'It may have been used already, run out, or been copied incompletely. Ask for a new one where you got it.',
      '既に使用されたか、期限が切れたか、アドレスが不完全です。発行元に新しいリンクをご依頼ください。',
    ),
  )
