import type { Id } from '../kernel/id.ts'
import type { Evidence } from './evidence.ts'

/**
 * Items of evidence as rows of a spreadsheet: what an item says of itself, what it is for, and where its content is. Other
 * records are named by what people call them. A control where it is carried out is `ACC-06` for the item's own entity, else
 * `ACC-06@entity` or `ACC-06@entity/service`; a task is that with a day of its period behind it.
 */
export const evidenceColumns = [
  'id',
  'title',
  'description',
  'entity',
  'source',
  'location',
  'collector',
  'collectedBy',
  'aboutFrom',
  'aboutTo',
  'collectedOn',
  'validUntil',
  'toleranceDays',
  'controls',
  'tasks',
  'requirements',
  'assets',
  'retainUntil',
  'files',
  // For readers only: a file accepts nothing, and says nothing about how an item stands.
  'state',
  'speaksUntil',
  'verdict',
  'judgedBy',
  'judgedOn',
  'addedBy',
  'dataKind',
  'heldSince',
] as const

export type EvidenceColumn = (typeof evidenceColumns)[number]

export type EvidenceCells = ReadonlyMap<EvidenceColumn, string>

/** Where an implementation stands, by what people call it. */
export type PlaceName = { control: string; entity: string; service: string | null }

/** How a row names other records; what is not there is named by its id. */
export type EvidenceNames = {
  people: ReadonlyMap<Id, string>
  entities: ReadonlyMap<Id, string>
  assets: ReadonlyMap<Id, string>
  places: ReadonlyMap<Id, PlaceName>
  occurrences: ReadonlyMap<Id, { implementationId: Id; periodFrom: string }>
}

/** `ACC-06` at the entity of the item, `ACC-06@pay/wallet` elsewhere. */
function placeText(names: EvidenceNames, id: Id, home: Id): string {
  const place = names.places.get(id)
  if (!place) return id
  const { control, entity, service } = place
  if (service === null && entity === names.entities.get(home)) return control
  return `${control}@${entity}${service === null ? '' : `/${service}`}`
}

/** What an item is for, each link with the text by which a row names it. */
export const linkTexts = (one: Evidence, names: EvidenceNames) => ({
  controls: one.implementationIds.map((id) => [placeText(names, id, one.entityId), id] as const),
  tasks: one.occurrenceIds.map((id) => {
    const found = names.occurrences.get(id)
    const text = found ? `${placeText(names, found.implementationId, one.entityId)} ${found.periodFrom}` : id
    return [text, id] as const
  }),
  assets: one.assetIds.map((id) => [names.assets.get(id) ?? id, id] as const),
})

const listed = (pairs: readonly (readonly [string, Id])[]) => pairs.map(([text]) => text).join('; ')

const person = (names: EvidenceNames, id: Id | null | undefined) => (id ? (names.people.get(id) ?? id) : '')

/** The cells of an item on a day, by column; a column without a value has the empty text. */
export function evidenceCells(one: Evidence, names: EvidenceNames, state: string): EvidenceCells {
  const links = linkTexts(one, names)
  const cells: Record<EvidenceColumn, string> = {
    id: one.id,
    title: one.title,
    description: one.description ?? '',
    entity: names.entities.get(one.entityId) ?? one.entityId,
    source: one.source,
    location: one.location ?? '',
    collector: one.collector ?? '',
    collectedBy: person(names, one.collectorId),
    aboutFrom: one.aboutFrom,
    aboutTo: one.aboutTo,
    collectedOn: one.collectedOn,
    validUntil: one.validityStated ? one.validUntil : '',
    toleranceDays: String(one.toleranceDays),
    controls: listed(links.controls),
    tasks: listed(links.tasks),
    requirements: one.requirements.map(({ edition, requirement }) => `${edition} ${requirement}`).join('; '),
    assets: listed(links.assets),
    retainUntil: one.retainUntil ?? '',
    files: one.files.map(({ digest, name }) => `${digest}  ${name.replaceAll(/[\r\n]+/g, ' ')}`).join('\n'),
    state,
    speaksUntil: one.validUntil,
    verdict: one.review?.verdict ?? '',
    judgedBy: person(names, one.review?.personId),
    judgedOn: one.review?.on ?? '',
    addedBy: person(names, one.addedById),
    dataKind: one.data?.kind ?? '',
    heldSince: one.hold?.since ?? '',
  }
  return new Map(evidenceColumns.map((column) => [column, cells[column]]))
}
