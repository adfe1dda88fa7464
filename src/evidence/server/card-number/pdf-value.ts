/** A value of PDF (ISO 32000-1 7.3). Strings stay bytes: what they mean depends on the font. */
export type PdfValue =
  | { kind: 'number'; number: number }
  | { kind: 'name'; name: string }
  | { kind: 'string'; bytes: Buffer }
  | { kind: 'array'; items: readonly PdfValue[] }
  | { kind: 'dictionary'; entries: ReadonlyMap<string, PdfValue> }
  | { kind: 'reference'; object: number }
  | { kind: 'word'; word: string }

// Deeper nesting and longer collections are an attack and not a document.
const deepest = 40
const mostItems = 100_000

const blanks = new Set([0, 9, 10, 12, 13, 32])
const delimiters = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)))
const isRegular = (byte: number) => !blanks.has(byte) && !delimiters.has(byte)

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

/**
 * Reads values one after another. At the end of its bytes it answers null; a value that is cut off there counts as
 * none, and `at` stays before it, so that the caller can go on with more bytes.
 */
export class PdfReader {
  readonly bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  next(): PdfValue | null {
    while (blanks.has(this.bytes[this.at] ?? -1)) this.at += 1
    const begin = this.at
    const value = this.#value(0)
    if (value === null) this.at = begin
    return value
  }

  #blank(): void {
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at] ?? 0
      if (byte === 0x25) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13)
          this.at += 1
      } else if (!blanks.has(byte)) return
    }
  }

  #regular(): string {
    const begin = this.at
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at] ?? 0)) this.at += 1
    return this.bytes.toString('latin1', begin, this.at)
  }

  #value(depth: number): PdfValue | null {
    this.#blank()
    if (this.at >= this.bytes.length) return null
    const sign = String.fromCharCode(this.bytes[this.at] ?? 0)
    if (sign === '(') return this.#literal()
    if (sign === '/') {
      this.at += 1
      const name = this.#regular().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      return this.at < this.bytes.length ? { kind: 'name', name } : null
    }
    if (sign === '<') return this.bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex()
    if (sign === '[') return this.#array(depth)
    if (!isRegular(this.bytes[this.at] ?? 0)) {
      this.at += 1
      return { kind: 'word', word: sign }
    }
    const word = this.#regular()
    if (this.at >= this.bytes.length) return null
    return /^[+-]*\d*\.?\d*$/.test(word) && /\d/.test(word)
      ? { kind: 'number', number: Number(word.replace(/^[+-]*(?=[+-])/, '')) || 0 }
      : { kind: 'word', word }
  }

  #literal(): PdfValue | null {
    const out: number[] = []
    let open = 0
    for (this.at += 1; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at] ?? 0
      if (byte === 0x5c) this.#escape(out)
      else if (byte === 0x29 && open === 0) {
        this.at += 1
        return { kind: 'string', bytes: Buffer.from(out) }
      } else {
        if (byte === 0x28) open += 1
        if (byte === 0x29) open -= 1
        out.push(byte)
      }
    }
    return null
  }

  #escape(out: number[]): void {
    this.at += 1
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString('latin1', this.at, this.at + 3))?.[0]
    if (octal) {
      out.push(Number.parseInt(octal, 8) & 0xff)
      this.at += octal.length - 1
      return
    }
    const byte = this.bytes[this.at] ?? 0
    // A line's end after a backslash is none.
    if (byte === 13 && this.bytes[this.at + 1] === 10) this.at += 1
    else if (byte !== 10 && byte !== 13) out.push(escapes[String.fromCharCode(byte)] ?? byte)
  }

  #hex(): PdfValue | null {
    const end = this.bytes.indexOf(0x3e, this.at)
    if (end < 0) return null
    const digits = this.bytes.toString('latin1', this.at + 1, end).replace(/[^0-9A-Fa-f]/g, '')
    this.at = end + 1
    return { kind: 'string', bytes: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex') }
  }

  #array(depth: number): PdfValue | null {
    this.at += 1
    const items: PdfValue[] = []
    for (;;) {
      const value = depth < deepest && items.length < mostItems ? this.#value(depth + 1) : null
      if (value === null) return null
      if (value.kind === 'word' && value.word === ']') return { kind: 'array', items }
      items.push(value)
      referTo(items)
    }
  }

  #dictionary(depth: number): PdfValue | null {
    this.at += 2
    const items: PdfValue[] = []
    for (;;) {
      this.#blank()
      if (this.bytes[this.at] === 0x3e) {
        this.at += 2
        return { kind: 'dictionary', entries: entriesOf(items) }
      }
      const value = depth < deepest && items.length < mostItems ? this.#value(depth + 1) : null
      if (value === null) return null
      items.push(value)
      referTo(items)
    }
  }
}

/** Two numbers and `R` are a reference. */
function referTo(items: PdfValue[]): void {
  const [object, generation, last] = items.slice(-3)
  if (
    last?.kind !== 'word' ||
    last.word !== 'R' ||
    object?.kind !== 'number' ||
    generation?.kind !== 'number'
  )
    return
  items.splice(-3, 3, { kind: 'reference', object: object.number })
}

function entriesOf(items: readonly PdfValue[]): ReadonlyMap<string, PdfValue> {
  const entries = new Map<string, PdfValue>()
  for (let at = 0; at + 1 < items.length; at += 1) {
    const [key, value] = [items[at], items[at + 1]]
    if (key?.kind !== 'name' || !value) continue
    entries.set(key.name, value)
    at += 1
  }
  return entries
}

export const nameOf = (value: PdfValue | null | undefined): string =>
  value?.kind === 'name' ? value.name : ''

export const numberOf = (value: PdfValue | null | undefined): number | null =>
  value?.kind === 'number' ? value.number : null

/** A text outside content: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, whose digits are those of ASCII. */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return bytes[0] === 0xef && bytes[1] === 0xbb ? bytes.toString('utf8') : bytes.toString('latin1')
}

/** All texts within a value. */
export function* textsOf(value: PdfValue): Generator<string> {
  if (value.kind === 'string') yield textOf(value.bytes)
  else if (value.kind === 'array') for (const item of value.items) yield* textsOf(item)
  else if (value.kind === 'dictionary') for (const item of value.entries.values()) yield* textsOf(item)
}
