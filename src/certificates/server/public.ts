import type { Context } from '../../db/context.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import {
  type Certificate,
  type Denial,
  denialOn,
  holdersOn,
  scopeOn,
  servicesOn,
  standardsOf,
  successionsOf,
  termOn,
} from '../certificate.ts'
import { type CertificateState, endedOn, isBridged, lastDayOf, stateOn } from '../cycle.ts'
import type { Document } from '../document.ts'
import type { Pci, Report, Term } from '../term.ts'
import { schemeOf } from './answers.ts'
import { allCertificates, documentsOf } from './queries.ts'

/** What the register says about one certificate on one day, for the public page and its proofs. */
export type PublicCertificate = {
  id: Id
  key: string
  kind: Certificate['kind']
  scheme: string
  state: CertificateState
  endedOn: Day | null
  number: string | null
  initialDate: Day | null
  holderIds: readonly Id[]
  serviceIds: readonly Id[]
  scope: LocalText | null
  standards: readonly string[]
  term: Term | null
  edition: string | null
  report: Report | null
  pci: Pci | null
  issuer: LocalText | null
  validUntil: Day | null
  bridged: boolean
  /** Why nothing may be claimed with its result; null when it supports the claim. */
  denial: Denial | null
  verificationUrl: string | null
  documents: readonly Document[]
}

// A document belongs to the page while its certificate's term is current: last year's report is history.
const ofTerm = (documents: readonly Document[], one: Certificate, term: Term | null, day: Day): Document[] =>
  documents.filter(
    (document) =>
      document.certificateId === one.id &&
      (document.termId === null || document.termId === term?.id) &&
      (document.withdrawnOn === null || day < document.withdrawnOn),
  )

/** The register on a day, in the order of keys: two queries for all of it. */
export async function publicCertificates(ctx: Context, day: Day): Promise<PublicCertificate[]> {
  const all = await allCertificates(ctx)
  const documents = await documentsOf(
    ctx,
    all.map((one) => one.id),
  )
  const successions = successionsOf(all)
  return all.map((one) => {
    const scheme = schemeOf(ctx, one)
    const term = termOn(one, day)
    const succeededOn = successions.get(one.id) ?? null
    const editionName = term?.edition
      ? ctx.catalogue.editions.get(term.edition)?.framework.name.en
      : undefined
    return {
      id: one.id,
      key: one.key,
      kind: one.kind,
      scheme: one.scheme,
      state: stateOn(one, scheme, day, succeededOn),
      endedOn: endedOn(one, scheme, day, succeededOn),
      number: one.number,
      initialDate: one.initialDate,
      holderIds: holdersOn(one, day),
      serviceIds: servicesOn(one, day),
      scope: scopeOn(one, day),
      standards: term ? standardsOf(term, editionName ?? null) : [],
      term,
      edition: term?.edition ?? null,
      report: term?.report ?? null,
      pci: term?.pci ?? null,
      issuer: term?.issuer.name ?? null,
      validUntil: term ? lastDayOf(term, scheme, isBridged(one, term, day)) : null,
      bridged: term ? isBridged(one, term, day) : false,
      denial: denialOn(one, day),
      verificationUrl: one.verificationUrl,
      documents: ofTerm(documents, one, term, day),
    }
  })
}
