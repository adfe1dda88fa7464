import { malformed } from './error.ts'

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Nesting above which a text is refused, so that no input can exhaust the stack. */
export const MAX_JSON_DEPTH = 64

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERAL = /true|false|null/y

function unquote(token: string): string | undefined {
  try {
    return JSON.parse(token) as string
  } catch {
    return undefined
  }
}

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Json {
    const value = this.#value(0)
    if (this.#at !== this.#text.length) throw malformed(`JSON has trailing text at ${this.#at}`)
    return value
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  /** The next character that is not white space, without passing it. */
  #peek(): string {
    this.#match(SPACE)
    return this.#text.charAt(this.#at)
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at += 1
    return true
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw malformed(`JSON lacks ${character} at ${this.#at}`)
  }

  #value(depth: number): Json {
    const first = this.#peek()
    if (depth > MAX_JSON_DEPTH) throw malformed(`JSON is nested deeper than ${MAX_JSON_DEPTH}`)
    const value =
      first === '{' ? this.#object(depth) : first === '[' ? this.#array(depth) : this.#scalar(first)
    this.#match(SPACE)
    return value
  }

  #scalar(first: string): Json {
    if (first === '"') return this.#string()
    const literal = this.#match(LITERAL)
    if (literal !== undefined) return literal === 'null' ? null : literal === 'true'
    const digits = this.#match(NUMBER)
    if (digits === undefined) throw malformed(`JSON has no value at ${this.#at}`)
    const value = Number(digits)
    if (!Number.isFinite(value)) throw malformed('a JSON number is too large')
    return value
  }

  /** A string is cut out by its quotes and its inside left to JSON.parse, which refuses the same as RFC 8259. */
  #string(): string {
    let end = this.#at + 1
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1
    const value = unquote(this.#text.slice(this.#at, end + 1))
    if (value === undefined) throw malformed(`JSON has a malformed string at ${this.#at}`)
    if (!value.isWellFormed()) throw malformed('a JSON string has a lone surrogate')
    this.#at = end + 1
    return value
  }

  #array(depth: number): Json {
    this.#expect('[')
    const items: Json[] = []
    if (this.#take(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#take(','))
    this.#expect(']')
    return items
  }

  #object(depth: number): Json {
    this.#expect('{')
    const members = new Map<string, Json>()
    if (this.#take('}')) return {}
    do {
      if (this.#peek() !== '"') throw malformed(`JSON lacks a name at ${this.#at}`)
      const key = this.#string()
      if (members.has(key)) throw malformed('a JSON object has a duplicate name')
      this.#expect(':')
      members.set(key, this.#value(depth + 1))
    } while (this.#take(','))
    this.#expect('}')
    // fromEntries defines properties, so a member called __proto__ stays a member.
    return Object.fromEntries(members)
  }
}

/**
 * Parses JSON (RFC 8259) and refuses what two readers may understand differently: duplicate names, lone
 * surrogates, numbers beyond a double, and nesting deeper than 64. Throws `malformed`.
 */
export const parseStrict = (text: string): Json => new Parser(text).document()
