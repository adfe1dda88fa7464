/** Markup that is safe to send: made only by `html`, which escapes every value put into it. */
export type Html = { readonly markup: string }

export type HtmlValue = string | number | Html | null | undefined | false | readonly HtmlValue[]

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or a quoted attribute. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => replacements[sign] ?? '')

const isHtml = (value: HtmlValue): value is Html =>
  typeof value === 'object' && value !== null && 'markup' in value

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (isHtml(value)) return value.markup
  if (typeof value === 'object') return value.map(markupOf).join('')
  return escapeText(String(value))
}

/**
 * A template whose values are escaped where they land; lists are joined, nothing is written for null and false.
 * Attributes must be quoted in the template: the escaping is for quoted ones.
 */
export const html = (parts: TemplateStringsArray, ...values: HtmlValue[]): Html => ({
  markup: parts.reduce((text, part, at) => text + markupOf(values[at - 1]) + part),
})

/**
 * A JSON data block. A browser never runs it; `<` is written as an escape so that no value can end the element.
 */
export const jsonBlock = (type: string, value: unknown): Html => ({
  markup: `<script type="${escapeText(type)}">${JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}</script>`,
})

/** An address only when it leads to a web page over TLS; anything else is shown as text by the caller. */
export function safeUrl(address: string | null): string | null {
  return address !== null && /^https:\/\/[^\s"'<>\\]+$/.test(address) ? address : null
}
