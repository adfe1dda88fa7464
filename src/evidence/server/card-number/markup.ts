import type { Bytes, Part, Run, View } from './run.ts'
import { type TextDetector, textDetector } from './text.ts'

/** What is told about markup: names without their prefix are not enough to tell `w:p` from `a:p`, so they keep it. */
export type MarkupReader = {
  text(text: string): void
  /** `attributes` is what stands behind the name, as it is written. */
  open(name: string, attributes: string): void
  close(name: string): void
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', '\u2009'],
  ['ndash', '\u2013'],
  ['shy', ''],
  ['zwnj', ''],
])

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** References to characters in XML and those of HTML that can stand in a number. */
export const unescapedMarkup = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
        if (decimal) return character(Number(decimal))
        return hex ? character(Number.parseInt(hex, 16)) : (named.get(name) ?? whole)
      })
    : text

// A tag is not longer; what begins like one and goes on is text.
const longestTag = 64 * 1024

/** An unfinished reference such as `&#16` waits for its end. */
function endOfText(text: string, from: number): number {
  const reference = text.lastIndexOf('&')
  const unfinished = reference >= from && text.length - reference < 12 && !text.includes(';', reference)
  return unfinished ? reference : text.length
}

/**
 * Reads tags and text of XML or HTML as they stream past. It refuses nothing: a guard that stopped at the first fault
 * would not see what stands behind it. No entity is declared and nothing is fetched.
 */
export async function readMarkup(bytes: Bytes, reader: MarkupReader): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''

  function tag(content: string): void {
    if (content.startsWith('![CDATA[')) reader.text(content.slice(8).replace(/\]\]$/, ''))
    else if (content.startsWith('/')) reader.close(content.slice(1).trim())
    else if (!/^[!?]/.test(content)) {
      const name = /^[^\s/]*/.exec(content)?.[0] ?? ''
      reader.open(name, content.slice(name.length))
      if (content.endsWith('/')) reader.close(name)
    }
  }

  function read(last: boolean): void {
    let at = 0
    // Where the next tag ends is looked up once, however many begin before it.
    let end = -2
    const endOfTag = (open: number): number => {
      if (end !== -1 && end < open) end = rest.indexOf('>', open)
      return end
    }
    while (at < rest.length) {
      const open = rest.indexOf('<', at)
      const until = open >= 0 ? open : last ? rest.length : endOfText(rest, at)
      if (until > at) reader.text(unescapedMarkup(rest.slice(at, until)))
      at = until
      if (open < 0) break
      const cdata = rest.startsWith('<![CDATA[', open)
      const close = cdata ? rest.indexOf(']]>', open) : endOfTag(open)
      if (close < 0 && !last && rest.length - open < longestTag) break
      if (close < 0 || close - open > (cdata ? Number.POSITIVE_INFINITY : longestTag)) {
        reader.text(' ')
        at = open + 1
        continue
      }
      tag(rest.slice(open + 1, cdata ? close + 2 : close))
      at = close + (cdata ? 3 : 1)
    }
    rest = rest.slice(at)
  }

  for await (const part of bytes) {
    rest += decoder.decode(part, { stream: true })
    read(false)
  }
  rest += decoder.decode()
  read(true)
}

// Tags of a document format that end a line or stand for a sign; every other tag of it may stand within a word.
const inOffice: ReadonlyMap<string, string> = new Map([
  ['w:p', '\n'],
  ['w:tc', '\n'],
  ['w:tr', '\n'],
  ['w:br', '\n'],
  ['w:cr', '\n'],
  ['w:tab', ' '],
  ['w:noBreakHyphen', '-'],
  ['a:p', '\n'],
  ['a:br', '\n'],
  ['a:tc', '\n'],
  ['text:p', '\n'],
  ['text:h', '\n'],
  ['text:line-break', '\n'],
  ['text:s', ' '],
  ['text:tab', ' '],
])

const inline = new Set(
  'a abbr b bdi bdo big code del em font i ins kbd label mark nobr q s samp small span strong strike sub sup tt u var wbr r t rPr rPh'.split(
    ' ',
  ),
)

function signOf(name: string): string {
  const office = inOffice.get(name)
  if (office !== undefined) return office
  if (/^(?:w|w14|w15|a|text|mc):/.test(name)) return ''
  return inline.has(name.toLowerCase()) || inline.has(name) ? '' : '\n'
}

/** Hands the text of markup to a detector, so that a number in several runs of a paragraph is one. */
export const textOfMarkup = (found: TextDetector): MarkupReader => ({
  text: (text) => found.push(text),
  open(name) {
    const sign = signOf(name)
    if (sign !== '') found.push(sign)
  },
  close(name) {
    if (signOf(name) === '\n') found.push('\n')
  },
})

/** The text of XML and HTML: documents of office programs, pages, pictures in SVG. */
export const markup: View = async (run: Run, part: Part, bytes: Bytes) => {
  const found = textDetector()
  await readMarkup(bytes, textOfMarkup(found))
  found.report(run, part)
}
