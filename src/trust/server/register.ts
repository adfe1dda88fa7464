import { type PublicCertificate, publicCertificates } from '../../certificates/server/public.ts'
import type { Context } from '../../db/context.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { holdsOn } from '../../kernel/interval.ts'
import type { LocalText } from '../../kernel/language.ts'
import { ancestorsOf, type Entity, isMember } from '../../organisation/entity.ts'
import type { Organisation } from '../../organisation/organisation.ts'
import { allEntities, allServices, theOrganisation } from '../../organisation/server/queries.ts'
import type { Service } from '../../organisation/service.ts'
import {
  type ClaimFacts,
  currentClaims,
  type DocumentFacts,
  type HolderFacts,
  type ServiceFacts,
  type Standing,
  type TrustFacts,
} from '../facts.ts'
import type { ReservedName } from '../wording.ts'

/** What other nouns say about a day: all that a page is made from. */
type Register = {
  organisation: Organisation
  entities: readonly Entity[]
  services: readonly Service[]
  certificates: readonly PublicCertificate[]
}

async function readRegister(ctx: Context, day: Day): Promise<Register> {
  return {
    organisation: await theOrganisation(ctx),
    entities: await allEntities(ctx),
    services: await allServices(ctx),
    certificates: await publicCertificates(ctx, day),
  }
}

const standingOf = ({ state }: PublicCertificate): Standing => {
  if (state === 'active') return 'current'
  if (state === 'suspended' || state === 'withdrawn' || state === 'superseded') return state
  return state === 'expired' || state === 'lapsed-restorable' ? 'expired' : 'planned'
}

function holdersOf(one: PublicCertificate, { entities }: Register, day: Day): HolderFacts[] {
  return entities
    .filter((entity) => one.holderIds.includes(entity.id))
    .sort((a, b) => one.holderIds.indexOf(a.id) - one.holderIds.indexOf(b.id))
    .map((entity) => ({ id: entity.id, name: entity.name, member: isMember(entity, day) }))
}

function servicesOf(one: PublicCertificate, { entities, services }: Register, day: Day): ServiceFacts[] {
  const parents = new Map<Id, Id | null>(entities.map((entity) => [entity.id, entity.parentId]))
  return services
    .filter((service) => one.serviceIds.includes(service.id))
    .sort((a, b) => one.serviceIds.indexOf(a.id) - one.serviceIds.indexOf(b.id))
    .map((service) => ({
      id: service.id,
      name: service.name,
      offered: holdsOn({ from: service.offeredFrom, to: service.offeredTo }, day),
      answering: ancestorsOf(parents, service.entityId),
    }))
}

const documentsOf = ({ documents }: PublicCertificate): DocumentFacts[] =>
  documents
    .map(({ id, kind, title, fileName, mediaType, size, digest, language, distribution }) => ({
      id,
      kind,
      title,
      fileName,
      mediaType,
      size,
      digest,
      language,
      access: distribution,
    }))
    .sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1))

function claimOf(one: PublicCertificate, register: Register, day: Day): ClaimFacts {
  const { term, report, pci } = one
  const qualified = report?.opinion === 'qualified'
  return {
    certificateId: one.id,
    key: one.key,
    scheme: one.scheme,
    standing: standingOf(one),
    endedOn: one.endedOn,
    number: one.number,
    initialDate: one.initialDate,
    holders: holdersOf(one, register, day),
    services: servicesOf(one, register, day),
    scope: one.scope,
    standards: one.standards,
    edition: one.edition,
    categories: report?.categories ?? [],
    countMode: report?.countMode ?? null,
    level: pci ? String(pci.level) : null,
    reportType: report?.type ?? null,
    periodFrom: report?.periodFrom ?? null,
    periodTo: report?.periodTo ?? report?.asOfDate ?? null,
    issuedOn: pci?.aocDate ?? term?.issueDate ?? term?.decisionDate ?? term?.effectiveDate ?? null,
    expiresOn: one.validUntil,
    body: pci?.assessor ?? one.issuer,
    bridged: one.bridged,
    denial: one.denial,
    qualification: qualified ? report.qualification : null,
    qualified,
    verificationUrl: one.verificationUrl,
    documents: documentsOf(one),
  }
}

/** What the register says about the organisation on a day; a handful of queries, however large it is. */
export async function factsOn(ctx: Context, day: Day): Promise<TrustFacts> {
  const register = await readRegister(ctx, day)
  const { id, name } = register.organisation
  return {
    organisation: { id, name },
    day,
    claims: register.certificates.map((one) => claimOf(one, register, day)),
    reference: ctx.catalogue,
  }
}

/** A document that today's claims give on request, or null: absent, replaced, withdrawn and open ones look alike. */
export async function requestableDocument(ctx: Context, id: Id): Promise<DocumentFacts | null> {
  const facts = await factsOn(ctx, ctx.today)
  const documents = currentClaims(facts).flatMap((claim) => claim.documents)
  return documents.find((one) => one.id === id && one.access === 'on-request') ?? null
}

const inEvery = (name: LocalText | null | undefined, instead: string): ReservedName[] =>
  Object.values(name ?? {}).flatMap((one) => (one ? [{ name: one, instead }] : []))

/** Every name that the register knows, with the placeholder to write instead: for the check of a new text. */
export async function registeredNames(ctx: Context): Promise<ReservedName[]> {
  const { organisation, entities, services, certificates } = await readRegister(ctx, ctx.today)
  return [
    ...inEvery(organisation.name, '{organisation}'),
    ...entities.flatMap((entity) => inEvery(entity.name, '{holders:…}')),
    ...services.flatMap((service) => inEvery(service.name, '{services:…}')),
    ...certificates.flatMap((one) => [
      ...(one.number ? [{ name: one.number, instead: '{number:…}' }] : []),
      ...inEvery(one.issuer, '{body:…}'),
      ...inEvery(one.pci?.assessor, '{body:…}'),
    ]),
  ]
}
