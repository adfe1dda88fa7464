import { SaxesParser } from 'saxes'
import { UnreadableOutput } from '../collection.ts'

/** An element that was asked for, whole. Names and attributes are without their prefixes. */
export type Element = {
  name: string
  attributes: ReadonlyMap<string, string>
  text: string
  children: Element[]
}

const limits = { depth: 64, attributes: 60, text: 100_000, elements: 2_000_000 } as const

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

const isCut = (message: string): boolean => /unclosed tag|unexpected end|document must contain/i.test(message)

/**
 * Reads XML and hands over each element of the given names with all that is in it. Strict: anything malformed or cut off
 * is an error, since a scan that ends early looks like one that found less. Entities of a document type are not expanded.
 */
export function readXml(
  text: string,
  names: ReadonlySet<string>,
  root: readonly string[],
  take: (one: Element) => void,
): void {
  if (text.trim() === '') throw new UnreadableOutput('empty', 'the tool printed nothing')
  const parser = new SaxesParser({ fragment: false })
  const open: Element[] = []
  let depth = 0
  let count = 0
  parser.on('error', (error) => {
    throw new UnreadableOutput(isCut(error.message) ? 'cut-off' : 'not-it', error.message)
  })
  parser.on('opentag', (tag) => {
    const name = local(tag.name)
    if (depth === 0 && !root.includes(name)) throw new UnreadableOutput('not-it', `it begins with <${name}>`)
    if (++depth > limits.depth) throw new UnreadableOutput('too-large', `nested deeper than ${limits.depth}`)
    if (++count > limits.elements)
      throw new UnreadableOutput('too-large', `more than ${limits.elements} elements`)
    const attributes = Object.entries(tag.attributes)
    if (attributes.length > limits.attributes)
      throw new UnreadableOutput('too-large', `an element with more than ${limits.attributes} attributes`)
    if (open.length === 0 && !names.has(name)) return
    const one: Element = {
      name,
      attributes: new Map(attributes.map(([key, value]) => [local(key), value])),
      text: '',
      children: [],
    }
    open.at(-1)?.children.push(one)
    open.push(one)
  })
  const addText = (more: string) => {
    const inner = open.at(-1)
    if (inner && inner.text.length < limits.text) inner.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    depth--
    const done = open.pop()
    if (done && open.length === 0) take(done)
  })
  parser.write(text).close()
}

export const attribute = (one: Element | undefined, name: string): string => one?.attributes.get(name) ?? ''
export const inside = (one: Element | undefined, name: string): Element[] =>
  one?.children.filter((child) => child.name === name) ?? []
export const firstInside = (one: Element | undefined, name: string): Element | undefined =>
  one?.children.find((child) => child.name === name)

/** A number of at most `digits` digits; null for anything else. */
export const numberOf = (text: string): number | null => {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

/** An instant of seconds since 1970; null when it is none. */
export function instantOf(seconds: string): string | null {
  const value = numberOf(seconds)
  return value === null || value < 0 || value > 32_503_680_000 ? null : new Date(value * 1000).toISOString()
}
