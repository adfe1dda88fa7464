import { z } from 'zod'
import { schemeKinds } from '../frameworks/scheme.ts'
import { type Day, daySchema } from '../kernel/day.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { holdsOn, intervalShape } from '../kernel/interval.ts'
import { type LocalText, localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'
import { eventSchema } from './event.ts'
import { type Term, termSchema, termStart } from './term.ts'

const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500)

/**
 * An entry of the register: one certification for as long as it lives. Its cycles, reports or assessments are
 * terms; who holds it, what it covers and in which words each have their days, so that any day has an answer.
 */
export const certificate = recordType('certificate', 'certificate', {
  key: keySchema,
  kind: z.enum(schemeKinds),
  /** Key of the scheme in the catalogue. */
  scheme: z.string().max(80),
  number: lineText(120).nullable(),
  /** When the organisation was first certified under the scheme. */
  initialDate: daySchema.nullable(),
  /** The certificates that this one follows, where it is an entry of its own: after a merger, a split, a new body. */
  predecessors: z.array(idSchema).max(50).default([]),
  holders: z.array(z.strictObject({ entityId: idSchema, ...intervalShape })).max(500),
  services: z.array(z.strictObject({ serviceId: idSchema, ...intervalShape })).max(500),
  scopes: z.array(z.strictObject({ text: localText(4000), ...intervalShape })).max(50),
  terms: z.array(termSchema).max(100),
  events: z.array(eventSchema).max(500),
  /** Where the issuer confirms it, and when somebody last looked. */
  verificationUrl: webAddress.nullable(),
  verificationCheckedOn: daySchema.nullable(),
})

export type Certificate = RecordOf<typeof certificate>

export const holdersOn = (one: Certificate, day: Day): Id[] =>
  one.holders.filter((holder) => holdsOn(holder, day)).map((holder) => holder.entityId)

export const servicesOn = (one: Certificate, day: Day): Id[] =>
  one.services.filter((service) => holdsOn(service, day)).map((service) => service.serviceId)

export const scopeOn = (one: Certificate, day: Day): LocalText | null =>
  one.scopes.find((scope) => holdsOn(scope, day))?.text ?? null

/** Terms in the order in which they begin. */
export const termsInOrder = (one: Certificate): Term[] =>
  [...one.terms].sort((a, b) => {
    const [from, to] = [termStart(a) ?? '', termStart(b) ?? '']
    return from < to ? -1 : from > to ? 1 : 0
  })

/** An assessment that ended non-compliant certifies nothing; the one before it runs out by itself. */
const certifies = (term: Term): boolean => term.pci?.result !== 'non-compliant'

/** The term that counts on a day: the one that began last, whether or not it has expired since. */
export const termOn = (one: Certificate, day: Day): Term | null =>
  termsInOrder(one)
    .filter((term) => certifies(term) && (termStart(term) ?? '9999') <= day)
    .at(-1) ?? null

/** The terms that a later one has followed by a day: history, though nothing ended. */
export function supersededTerms(one: Certificate, day: Day): Id[] {
  const current = termOn(one, day)
  if (!current) return []
  const start = termStart(current) ?? ''
  return termsInOrder(one)
    .filter((term) => term !== current && certifies(term) && (termStart(term) ?? '9999') <= start)
    .map((term) => term.id)
}

/** Certificates by the day from which a successor counts in their place: the first day of its first term. */
export type Successions = ReadonlyMap<Id, Day>

/** Reads from records that name predecessors since when each of those has a successor. */
export function successionsOf(all: readonly Pick<Certificate, 'predecessors' | 'terms'>[]): Successions {
  const found = new Map<Id, Day>()
  for (const one of all) {
    const [first] = one.terms
      .filter(certifies)
      .flatMap((term) => termStart(term) ?? [])
      .sort()
    if (first === undefined) continue
    for (const id of one.predecessors) {
      const known = found.get(id)
      if (known === undefined || first < known) found.set(id, first)
    }
  }
  return found
}

/** Why nothing may be claimed with a result: an opinion that denies it (AT-C 205), or an assessment that was not met. */
export type Denial = 'adverse' | 'disclaimer' | 'non-compliant'

/**
 * What denies the claim of a certificate on a day. A non-compliant assessment counts from its own day, although the
 * one before it has not run out yet.
 */
export function denialOn(one: Certificate, day: Day): Denial | null {
  const newest = termsInOrder(one)
    .filter((term) => (termStart(term) ?? '9999') <= day)
    .at(-1)
  if (newest && !certifies(newest)) return 'non-compliant'
  const opinion = newest?.report?.opinion
  return opinion === 'adverse' || opinion === 'disclaimer' ? opinion : null
}

/** The standards as a paper under this term cites them, the leading one first: JIS Q 27001:2014, ISO/IEC 27001:2013. */
export const standardsOf = (term: Term, editionName: string | null): string[] =>
  [term.localEquivalent, term.standard ?? editionName].filter((name): name is string => name !== null)
