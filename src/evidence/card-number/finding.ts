import type { Brand } from './brand.ts'

/** `high`: hold the file. `low`: a person should look. `test`: a number that a payment processor publishes for tests. */
export type Tier = 'high' | 'low' | 'test'

/**
 * Where a number stands, as a person would look for it. `members` are the parts of containers from the outermost in;
 * `line` and `row` count from 1, `offset` counts bytes from 0.
 */
export type Place = {
  members: readonly string[]
  sheet?: string
  column?: string
  row?: number
  page?: number
  line?: number
  offset?: number
  /** In the name of the file or member, not in its content. */
  name?: true
}

/** A number that was found, and never the number itself. */
export type Finding = {
  tier: Tier
  brand: Brand
  masked: string
  /** It stands in magnetic-stripe data, which nobody may keep after authorisation (PCI DSS 3.3.1). */
  track: boolean
  place: Place
}

/** Why something could not be looked into. */
export type NotInspectedReason =
  | 'encrypted'
  | 'damaged'
  | 'unknown format'
  | 'picture'
  | 'unreadable text'
  | 'compressed beyond reason'
  | 'overlapping members'
  | 'hidden archive'
  | 'too deep'
  | 'too large'
  | 'too many parts'
  | 'too slow'

export type NotInspected = { reason: NotInspectedReason; members: readonly string[]; page?: number }

/**
 * `found` says that a number of tier high was found. `not inspected` says that none was, and that something could not
 * be looked into. Pictures within a document that has text are listed without changing `clean`.
 */
export type Verdict = {
  verdict: 'clean' | 'found' | 'not inspected'
  /** The first of each tier, high ones first; `counts` has them all. */
  findings: readonly Finding[]
  counts: Readonly<Record<Tier, number>>
  notInspected: readonly NotInspected[]
}

/**
 * The most of a number that may be shown (PCI DSS 3.4.1): the first six and last four digits. A number of fewer than 15
 * digits shows its last four alone, because the rest would be few enough to guess.
 */
export function maskedNumber(digits: Uint8Array): string {
  const shown = digits.length >= 15 ? 6 : 0
  let text = ''
  for (let at = 0; at < shown; at += 1) text += digits[at]
  text += '…'
  for (let at = digits.length - 4; at < digits.length; at += 1) text += digits[at]
  return text
}

/**
 * A file's or sheet's name with anything in it masked that is as long as a card number, check digit or not: a place
 * must not give away what the finding hides.
 */
export const maskedName = (name: string): string =>
  name.slice(0, 400).replace(/\d(?:[ \u00a0._-]?\d){11,}/g, (number) => {
    const digits = number.replace(/\D/g, '')
    return digits.length >= 15 ? `${digits.slice(0, 6)}…${digits.slice(-4)}` : `…${digits.slice(-4)}`
  })
