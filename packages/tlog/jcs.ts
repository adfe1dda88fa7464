import { encodeUtf8 } from './bytes.ts'
import { malformed } from './error.ts'
import { MAX_JSON_DEPTH } from './json.ts'

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw malformed('a string has a lone surrogate')
  return JSON.stringify(value)
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_JSON_DEPTH) throw malformed(`a value is nested deeper than ${MAX_JSON_DEPTH}`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`
  if (typeof value === 'object' && isPlain(value) && Object.getOwnPropertySymbols(value).length === 0) {
    // The default order of sort() is by UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
    const members = Object.keys(value)
      .sort()
      .map((key) => `${writeString(key)}:${write(value[key], depth + 1)}`)
    return `{${members.join(',')}}`
  }
  throw malformed(`JSON cannot carry this ${typeof value}`)
}

/**
 * Canonical JSON (RFC 8785). ECMAScript's own number and string forms are the ones that the RFC adopts, so
 * only order and refusal are added. Throws `malformed` for what JSON cannot carry faithfully: undefined,
 * NaN, infinities, bigint, functions, dates and other classes, lone surrogates, nesting deeper than 64.
 */
export const canonicalize = (value: unknown): string => write(value, 0)

/** UTF-8 of the canonical form: the bytes to hash or sign. */
export const canonicalBytes = (value: unknown): Uint8Array => encodeUtf8(canonicalize(value))
