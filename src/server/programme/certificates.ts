import { createHash } from 'node:crypto'
import { canonicalize } from '#tlog'
import { type Certificate, certificate } from '../../certificates/certificate.ts'
import { registerCertificate, updateCertificate } from '../../certificates/server/commands.ts'
import { predecessorsFirst } from '../../certificates/succession-order.ts'
import { type Term, termStart } from '../../certificates/term.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { bring, everyRecord, idOf, laidOver, noteLeft, type Run, within } from './run.ts'
import type { CertificatePart, TermPart } from './schema.ts'

/** The id of a term that a file made: the same at every application, so that its dates can be corrected later. */
const termId = (run: Run, certificateKey: string, termKey: string): Id =>
  newId(() =>
    new Uint8Array(
      createHash('sha256')
        .update(JSON.stringify([run.ctx.organisationId, certificateKey, termKey]))
        .digest(),
    ).slice(0, 16),
  )

const same = (a: unknown, b: unknown) => canonicalize(a) === canonicalize(b)

function termOf(
  run: Run,
  part: CertificatePart,
  { key, ...fields }: TermPart,
  present: readonly Term[],
): Term {
  const made = termId(run, part.key, key)
  // A term that was entered by hand is known by the day from which it counts: no two may share one.
  const known =
    present.find((one) => one.id === made) ??
    present.find((one) => termStart(one) === termStart({ ...fields, id: made }))
  const id = known?.id ?? made
  run.termIds.set(`${part.key}/${key}`, id)
  return { ...fields, id }
}

/** The terms in the order in which they begin, unless nothing changed: an order made by hand is no difference. */
function termsOf(run: Run, part: CertificatePart, present: readonly Term[]): Term[] {
  const wanted = part.terms.map((one) => termOf(run, part, one, present))
  const terms = laidOver(present, wanted, (a, b) => a.id === b.id)
  if (same(terms, present)) return terms
  return terms.sort((a, b) => ((termStart(a) ?? '') < (termStart(b) ?? '') ? -1 : 1))
}

function eventsOf(run: Run, part: CertificatePart, present: Certificate['events']): Certificate['events'] {
  const events = part.events.map((event) => ({ ...event, id: '' }))
  const all = laidOver(present, events, (a, b) => a.kind === b.kind && a.on === b.on)
  // What lay over a present event takes its id; the rest is new.
  return all.map((event, at) =>
    event.id === '' ? { ...event, id: present[at]?.id ?? newId(run.ctx.random) } : event,
  )
}

type Wanted = Omit<Certificate, 'id' | 'version'>

async function wantedOf(
  run: Run,
  part: CertificatePart,
  path: PropertyKey[],
  before?: Certificate,
): Promise<Wanted> {
  const predecessors: Id[] = []
  for (const [at, key] of part.predecessors.entries())
    predecessors.push(await idOf(run, 'certificate', key, [...path, 'predecessors', at]))
  const holders: Certificate['holders'] = []
  for (const [at, { entity, from, to }] of part.holders.entries()) {
    holders.push({
      entityId: await idOf(run, 'entity', entity, [...path, 'holders', at, 'entity']),
      from,
      to,
    })
  }
  const services: Certificate['services'] = []
  for (const [at, { service, from, to }] of part.services.entries()) {
    services.push({
      serviceId: await idOf(run, 'service', service, [...path, 'services', at, 'service']),
      from,
      to,
    })
  }
  const scheme = run.ctx.catalogue.schemes.get(part.scheme)
  return {
    key: part.key,
    kind: scheme?.kind ?? before?.kind ?? 'certificate',
    scheme: part.scheme,
    number: part.number === undefined ? (before?.number ?? null) : part.number,
    initialDate: part.initialDate === undefined ? (before?.initialDate ?? null) : part.initialDate,
    predecessors: laidOver(before?.predecessors ?? [], predecessors, (a, b) => a === b),
    holders: laidOver(
      before?.holders ?? [],
      holders,
      (a, b) => a.entityId === b.entityId && a.from === b.from,
    ),
    services: laidOver(
      before?.services ?? [],
      services,
      (a, b) => a.serviceId === b.serviceId && a.from === b.from,
    ),
    scopes: laidOver(before?.scopes ?? [], part.scopes, (a, b) => a.from === b.from),
    terms: termsOf(run, part, before?.terms ?? []),
    events: eventsOf(run, part, before?.events ?? []),
    verificationUrl:
      part.verificationUrl === undefined ? (before?.verificationUrl ?? null) : part.verificationUrl,
    verificationCheckedOn:
      part.verificationCheckedOn === undefined
        ? (before?.verificationCheckedOn ?? null)
        : part.verificationCheckedOn,
  }
}

/** The certificates as the file says; gives each with its part, for its documents. */
export async function bringCertificates(
  run: Run,
): Promise<{ part: CertificatePart; saved: Certificate; at: number }[]> {
  const { ctx, programme } = run
  const present = new Map((await everyRecord(ctx, certificate)).map((one) => [one.key, one]))
  for (const one of present.values()) run.ids.certificate.set(one.key, one.id)
  const results = []
  const places = new Map(programme.certificates.map((part, at) => [part, at]))
  for (const part of predecessorsFirst(programme.certificates, (one) => one.predecessors)) {
    const at = places.get(part) ?? 0
    const path = ['certificates', at]
    const before = present.get(part.key)
    const after = await wantedOf(run, part, path, before)
    const saved = await bring(run, {
      ...{ noun: 'certificate', key: part.key, path, before, after },
      create: () => within(ctx, registerCertificate, after),
      update: (old) => within(ctx, updateCertificate, { ...old, ...after }),
    })
    run.ids.certificate.set(saved.key, saved.id)
    results.push({ part, saved, at })
  }
  const named = programme.certificates.map((part) => part.key)
  noteLeft(run, 'certificate', present.keys(), named)
  return results
}
