import { isLetter } from './byte-kind.ts'

/** How far before and behind a number words are looked for, in bytes. */
export const contextBefore = 72
export const contextAfter = 48

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes).toLowerCase()

// Text is compared byte by byte, so that no encoding needs to be known: these are the words' bytes as Latin-1.
const utf8 = (word: string): string =>
  encodeURIComponent(word).replace(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

// カード, クレジット, 有効期限 and 銀聯 in Shift_JIS, which Japanese Windows writes into CSV files.
const shiftJis = ['834a815b8368', '834e838c83578362 8367', '974c8cf88afa8cc0', '8be297fc'].map((hex) =>
  hex.replace(/ /g, '').replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
)

const japanese = [
  'カード',
  'クレジット',
  'デビット',
  '有効期限',
  'セキュリティコード',
  '銀聯',
  '银联',
  '信用卡',
  '卡号',
]

const english = [
  '(?:credit|debit|charge|payment|bank|discover|corporate)?[ _-]?cards?[ _-]?(?:no|nr|num|number|numbers|holder)?',
  'pan[ _-]?(?:no|nr|num|number)?',
  // By itself it is hexadecimal as often as a credit card.
  'cc(?:[ _-]?(?:no|nr|num|number)|["\']?[ \t]?[:=#])',
  'primary[ _-]account[ _-]number',
  'cvv2?|cvc2?|cav2',
  '(?:valid|good)[ _-]thru',
  'expiry|exp[ _.-]?date|expiration[ _-]?date',
  'visa|master ?card|amex|american express|jcb|diners|union ?pay|maestro|rupay|troy',
]

const quoted = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

// Lower case as `latin1` makes it, which changes some bytes of other encodings into others of the same range.
const words = new RegExp(
  [
    `(?<![a-z0-9])(?:${english.join('|')})(?![a-z])`,
    ...[...japanese.map(utf8), ...shiftJis].map((word) => quoted(word.toLowerCase())),
  ].join('|'),
)

const union = new RegExp(
  `union ?pay|${[utf8('銀聯'), utf8('银联')].map((word) => word.toLowerCase()).join('|')}`,
)

// An expiry date right behind the number, with the separators of tables: 12/27, 03-2028.
const expiry = /^["']?[ \t,;|]{1,3}["']?(?:0[1-9]|1[0-2])[/-](?:20)?[2-4]\d(?!\d)/

// Words that name numbers which are no cards', right before the number: `order_id=`, `"traceId": "`, `IMEI `. The second
// list holds those that other words end with, so they must stand alone.
const identifiers = new RegExp(
  `(?:${[
    '(?<!\\b(?:pa|sa|val|inval))id|ids|uuid|guid|imei|imsi|iccid|isbn|gtin|timestamp|epoch|nonce|hash|version|reference',
    '(?<![a-z])(?:ean|upc|order|trace|span|session|request|req|ref|serial|phone|tel|fax|iban|account|acct|time|ts|seed)',
    '(?<![a-z])(?:build|commit|ticket|invoice|tracking|sequence|seq|offset|size|bytes|key|token|user|customer|number|no)',
  ].join('|')})["'\\]]{0,2}[ \\t]{0,2}[:=#.]?[ \\t]{0,2}["']?$`,
)

const cardNumberWord = /card|pan|cc/

/** Whether there can be words or a date at all. Among bare numbers, of which a file may have millions, there are none. */
function saysAnything(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x80 || byte === 0x2f || byte === 0x2d || isLetter(byte)) return true
  }
  return false
}

const none: Context = { card: false, unionPay: false, identifier: false }

/** What the surroundings of a number say about it. */
export type Context = { card: boolean; unionPay: boolean; identifier: boolean }

export function contextOf(bytes: Uint8Array, start: number, to: number, end: number): Context {
  const [from, until] = [Math.max(0, start - contextBefore), Math.min(end, to + contextAfter)]
  if (!saysAnything(bytes, from, start) && !saysAnything(bytes, to, until)) return none
  const before = latin1(bytes.subarray(from, start))
  const after = latin1(bytes.subarray(to, until))
  return {
    card: words.test(before) || words.test(after) || expiry.test(after),
    unionPay: union.test(before) || union.test(after),
    identifier: identifiers.test(before) && !cardNumberWord.test(before.slice(-24)),
  }
}

/** Whether a column's head says that cards stand under it, or numbers of another kind. */
export function headOf(head: string): 'card' | 'identifier' | 'unknown' {
  // `cardNumber` and `orderId` are two words each.
  const apart = head.slice(0, 200).replace(/([a-z])([A-Z])/g, '$1 $2')
  const text = utf8(apart.toWellFormed()).toLowerCase()
  if (words.test(text)) return 'card'
  return identifiers.test(text.trimEnd()) ? 'identifier' : 'unknown'
}
