import { stringify } from 'yaml'
import { type Certificate, certificate } from '../../certificates/certificate.ts'
import { type Document, document } from '../../certificates/document.ts'
import { predecessorsFirst } from '../../certificates/succession-order.ts'
import { type Term, termStart } from '../../certificates/term.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { entity } from '../../organisation/entity.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { service } from '../../organisation/service.ts'
import { erasedPerson, type Person, person } from '../../people/person.ts'
import { isInForce, roleGrant } from '../../people/role-grant.ts'
import { isReviewed, pageText } from '../../trust/page-text.ts'
import { publication } from '../../trust/publication.ts'
import { everyRecord } from './run.ts'
import { assetParts, assetScalePart } from './write-assets.ts'
import { arrangedEvidence, calendarParts } from './write-calendar.ts'
import { checkParts } from './write-checks.ts'
import { contextParts } from './write-context.ts'
import { controlParts } from './write-controls.ts'
import { evidenceParts } from './write-evidence.ts'
import { objectiveParts } from './write-objectives.ts'
import { type Names, programmeParts } from './write-programmes.ts'
import { riskMethodParts, riskParts } from './write-risks.ts'
import { namedDocumentParts, statementParts } from './write-statements.ts'

type Keys = ReadonlyMap<Id, string>

const byKey = <T extends { key: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => (a.key < b.key ? -1 : 1))

const keysOf = (records: readonly { id: Id; key: string }[]): Map<Id, string> =>
  new Map(records.map((one) => [one.id, one.key]))

/** Leaves out what the form takes for granted: nulls everywhere, and lists that may be absent when they are empty. */
function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(brief)
  if (typeof value !== 'object' || value === null) return value
  const optional = new Set([
    'predecessors',
    'holders',
    'services',
    'scopes',
    'terms',
    'events',
    'documents',
    'roles',
    'dependsOn',
    'identifiers',
    'categories',
    'audiences',
    'entities',
    'applicability',
    'assets',
    'programmes',
    'riskMethods',
    'controls',
    'checks',
    'kinds',
    'requirements',
    'together',
    'implementations',
    'occurrences',
    'attempts',
    'evidence',
    'statements',
    'reasons',
    'owners',
    'risks',
    'obligations',
    'context',
    'objectives',
    'needs',
    'reviews',
    'interfaces',
    'exclusions',
    'clauses',
    'readings',
    'files',
    'for',
    'reminders',
    'arrangements',
  ])
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, brief(inner)] as const)
    .filter(
      ([name, inner]) =>
        inner !== null &&
        inner !== undefined &&
        !(optional.has(name) && Array.isArray(inner) && inner.length === 0),
    )
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** A key for each person from the address, which is what a person is known by. */
function personKeys(people: readonly Person[]): Map<Id, string> {
  const keys = new Map<Id, string>()
  const taken = new Set<string>()
  for (const { id, email } of people) {
    const local = email
      .slice(0, email.indexOf('@'))
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
    const base = local.replace(/^-+|-+$/g, '').slice(0, 70) || 'person'
    let key = base
    for (let next = 2; taken.has(key); next++) key = `${base}-${next}`
    taken.add(key)
    keys.set(id, key)
  }
  return keys
}

// A term is known by the day from which it counts, so its key says that day.
const termKey = (term: Term) => `term-${termStart(term) ?? 'planned'}`

function certificatePart(one: Certificate, documents: readonly Document[], names: Omit<Names, 'people'>) {
  const { id: _, version: __, kind: ___, predecessors, holders, services, terms, events, ...rest } = one
  const keys = new Map(terms.map((term) => [term.id, termKey(term)]))
  return {
    ...rest,
    predecessors: predecessors.map((id) => names.certificates.get(id)),
    holders: holders.map(({ entityId, ...days }) => ({ entity: names.entities.get(entityId), ...days })),
    services: services.map(({ serviceId, ...days }) => ({ service: names.services.get(serviceId), ...days })),
    terms: terms.map(({ id, ...term }) => ({ key: keys.get(id), ...term })),
    events: events.map(({ id: _, ...event }) => event),
    documents: documents
      .filter((paper) => paper.certificateId === one.id && paper.withdrawnOn === null)
      .map(({ digest, fileName, termId, kind, title, language, distribution }) => ({
        ...{ file: `objects/${digest}`, name: fileName, term: termId && keys.get(termId) },
        ...{ kind, title, language, distribution },
      })),
  }
}

/** Somebody who left goes along, because things may be theirs still; not who was erased, nor whose address is another's now. */
const isKnownBy = (one: Person, here: readonly Person[]): boolean =>
  one.email !== erasedPerson(one).email && !here.some((other) => other.email === one.email)

async function peopleParts(ctx: Context, entities: Keys, certificates: Keys) {
  const all = (await everyRecord(ctx, person)).sort((a, b) => (a.email < b.email ? -1 : 1))
  const here = all.filter((one) => one.state !== 'left')
  const people = [...here, ...all.filter((one) => one.state === 'left' && isKnownBy(one, here))]
  const grants = (await everyRecord(ctx, roleGrant)).filter((one) => isInForce(one, ctx.today))
  const keys = personKeys(people)
  const parts = people.map(({ id, name, email, entityId, jobTitle, state, leftOn }) => ({
    key: keys.get(id),
    ...{ name, email, entity: entityId && entities.get(entityId), jobTitle },
    ...(state === 'left' ? { left: leftOn ?? true } : {}),
    roles: grants
      .filter((grant) => grant.personId === id)
      .map(({ role, entityId: where, certificateId }) => ({
        ...{ role, entity: where && entities.get(where) },
        certificate: certificateId && certificates.get(certificateId),
      })),
  }))
  return { keys, parts }
}

async function textParts(ctx: Context, people: Keys) {
  const texts = await everyRecord(ctx, pageText)
  return texts
    .sort((a, b) => (a.section === b.section ? a.place - b.place : a.section < b.section ? -1 : 1))
    .map((text) => ({
      ...{ section: text.section, place: text.place, title: text.title, body: text.body },
      effective: { from: text.effectiveFrom, to: text.effectiveTo },
      reviewedBy: isReviewed(text) && text.review ? people.get(text.review.by) : null,
    }))
}

/**
 * The organisation as a programme file: what applying it again would leave unchanged. Documents are named by their
 * digests, as they lie in an archive. It holds no history and no secret; licensed texts of standards are not in it.
 */
export async function programmeYaml(ctx: Context): Promise<string> {
  const { name, timeZone, host, demoDay } = await theOrganisation(ctx)
  const entities = byKey(await everyRecord(ctx, entity))
  const services = byKey(await everyRecord(ctx, service))
  const certificates = byKey(await everyRecord(ctx, certificate))
  const certificateKeys = keysOf(certificates)
  const inOrder = predecessorsFirst(certificates, (one) =>
    one.predecessors.flatMap((id) => certificateKeys.get(id) ?? []),
  )
  const orderOf = ({ kind, fileName, digest, distribution }: Document) =>
    [kind, fileName, digest, distribution].join(' ')
  const documents = (await everyRecord(ctx, document)).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  const [entityKeys, serviceKeys] = [keysOf(entities), keysOf(services)]
  const people = await peopleParts(ctx, entityKeys, certificateKeys)
  const names = {
    ...{ entities: entityKeys, services: serviceKeys },
    ...{ certificates: certificateKeys, people: people.keys },
  }
  const days = (await everyRecord(ctx, publication)).sort((a, b) => a.number - b.number)
  const evidence = await evidenceParts(ctx, names, await arrangedEvidence(ctx))
  const programme = {
    assay: 1,
    organisation: { name, timeZone, host, demoDay },
    entities: entities.map(({ key, parentId, kind, name, country, memberFrom, memberTo }) => ({
      ...{ key, parent: parentId && entityKeys.get(parentId), kind, name, country },
      member: { from: memberFrom, to: memberTo },
    })),
    services: services.map(({ key, entityId, kind, name, offeredFrom, offeredTo }) => ({
      ...{ key, entity: entityKeys.get(entityId), kind, name },
      offered: { from: offeredFrom, to: offeredTo },
    })),
    people: people.parts,
    certificates: inOrder.map((one) => certificatePart(one, documents, names)),
    assetScale: await assetScalePart(ctx),
    assets: await assetParts(ctx, names),
    programmes: await programmeParts(ctx, names),
    context: await contextParts(ctx, names),
    objectives: await objectiveParts(ctx, names),
    controls: await controlParts(ctx, names),
    checks: await checkParts(ctx, names),
    riskMethods: await riskMethodParts(ctx, names),
    risks: await riskParts(ctx, names),
    evidence: evidence.items,
    statements: await statementParts(ctx, people.keys),
    documents: await namedDocumentParts(ctx, people.keys),
    texts: await textParts(ctx, people.keys),
    calendar: await calendarParts(ctx, names, evidence.keys),
    publications: days.map(({ asOf, note }) => ({ asOf, note })),
  }
  return stringify(brief(programme), { schema: 'core', lineWidth: 110, aliasDuplicateObjects: false })
}
