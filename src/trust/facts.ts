import type { Denial } from '../certificates/certificate.ts'
import type { Edition } from '../frameworks/edition.ts'
import type { Scheme } from '../frameworks/scheme.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'

/** A legal entity that holds a certificate on the day. */
export type HolderFacts = { id: Id; name: LocalText; member: boolean }

/** A service in scope on the day; `answering` is its entity and all above it, nearest first. */
export type ServiceFacts = { id: Id; name: LocalText; offered: boolean; answering: readonly Id[] }

export type DocumentAccess = 'public' | 'on-request' | 'internal'

export type DocumentFacts = {
  id: Id
  kind: string
  title: LocalText
  fileName: string
  mediaType: string
  size: number
  digest: string
  language: string | null
  access: DocumentAccess
}

/** What a certificate was on the day. Only `current` is ever published. */
export const standings = ['current', 'expired', 'suspended', 'withdrawn', 'planned', 'superseded'] as const

export type Standing = (typeof standings)[number]

/** Everything the register says about one certificate on one day. Days are inclusive; null is unknown or none. */
export type ClaimFacts = {
  certificateId: Id
  key: string
  scheme: string
  standing: Standing
  /** The day since which it is not current any more, for the reason shown. */
  endedOn: Day | null
  number: string | null
  initialDate: Day | null
  holders: readonly HolderFacts[]
  services: readonly ServiceFacts[]
  scope: LocalText | null
  /** Standards as the certificate cites them, the leading one first. */
  standards: readonly string[]
  edition: string | null
  categories: readonly string[]
  /** How the report's readers count its criteria; null leaves it to the edition. */
  countMode: 'criteria' | 'criteria-per-principle' | null
  level: string | null
  reportType: number | null
  periodFrom: Day | null
  periodTo: Day | null
  issuedOn: Day | null
  expiresOn: Day | null
  body: LocalText | null
  /** Whether a bridge letter covers the months after the period. */
  bridged: boolean
  /** How the report or assessment denies what a reader would take the claim to say; null when it does not. */
  denial: Denial | null
  /** What a qualified opinion excepts: words to state beside the claim, or null while nobody has written them. */
  qualification: LocalText | null
  qualified: boolean
  verificationUrl: string | null
  documents: readonly DocumentFacts[]
}

/** The shipped data that numbers and names are derived from. */
export type Reference = {
  editions: ReadonlyMap<string, Edition>
  schemes: ReadonlyMap<string, Scheme>
}

/** What the organisation can state about itself on a day, before any sentence is written. */
export type TrustFacts = {
  organisation: { id: Id; name: LocalText }
  day: Day
  claims: readonly ClaimFacts[]
  reference: Reference
}

export const currentClaims = (facts: TrustFacts, scheme?: string): ClaimFacts[] =>
  facts.claims.filter(
    (claim) => claim.standing === 'current' && (scheme === undefined || claim.scheme === scheme),
  )
