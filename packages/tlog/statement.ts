import { decodeHex, decodeUtf8 } from './bytes.ts'
import { malformed } from './error.ts'
import { canonicalBytes } from './jcs.ts'
import { type Json, parseStrict } from './json.ts'
import { HASH_BYTES } from './sha256.ts'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'

/** DSSE payload type of an in-toto statement. */
export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** A thing that a statement is about, known by its digest alone; `sha256` is lower-case hexadecimal. */
export type Subject = { readonly name: string; readonly digest: { readonly sha256: string } }

/** in-toto Statement v1: a predicate of a declared type about subjects. */
export type Statement = {
  readonly _type: typeof STATEMENT_TYPE
  readonly subject: readonly Subject[]
  readonly predicateType: string
  readonly predicate: { readonly [key: string]: Json }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkSubject(value: unknown): void {
  const digest = isObject(value) ? value.digest : undefined
  if (!isObject(value) || typeof value.name !== 'string' || !isObject(digest))
    throw malformed('not a subject')
  if (typeof digest.sha256 !== 'string' || decodeHex(digest.sha256).length !== HASH_BYTES) {
    throw malformed('a subject has no SHA-256 digest')
  }
}

function checkStatement(value: unknown): asserts value is Statement {
  if (!isObject(value) || value._type !== STATEMENT_TYPE) throw malformed('not an in-toto Statement v1')
  const { subject, predicateType, predicate } = value
  if (!Array.isArray(subject) || subject.length === 0) throw malformed('a statement has no subject')
  subject.forEach(checkSubject)
  if (typeof predicateType !== 'string' || predicateType === '' || !isObject(predicate)) {
    throw malformed('a statement has no predicate')
  }
}

/** Canonical bytes of a statement; throws `malformed` for one that `decodeStatement` would refuse. */
export function encodeStatement(statement: Statement): Uint8Array {
  checkStatement(statement)
  return canonicalBytes(statement)
}

/** Parses a statement; each subject needs a SHA-256 digest and may have others; throws `malformed`. */
export function decodeStatement(bytes: Uint8Array): Statement {
  const value: unknown = parseStrict(decodeUtf8(bytes))
  checkStatement(value)
  return value
}
