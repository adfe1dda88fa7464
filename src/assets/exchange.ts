import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Asset } from './asset.ts'
import { properties } from './property.ts'

/** Assets as rows of a spreadsheet, and back without loss. Other records are named by what people call them. */
export const assetColumns = [
  'key',
  'name.en',
  'name.ja',
  'description.en',
  'description.ja',
  'kind',
  'entity',
  'services',
  'owner',
  'classification',
  'confidentiality',
  'integrity',
  'availability',
  'override.confidentiality',
  'override.confidentiality.reason',
  'override.integrity',
  'override.integrity.reason',
  'override.availability',
  'override.availability.reason',
  'personalData',
  'cardData',
  'location.en',
  'location.ja',
  'retention.months',
  'retention.basis.en',
  'retention.basis.ja',
  'dependsOn',
  'identifiers',
  'inUseFrom',
  'inUseTo',
] as const

export type AssetColumn = (typeof assetColumns)[number]

/** How a row names other records. */
export type Names = {
  people: ReadonlyMap<Id, string>
  entities: ReadonlyMap<Id, string>
  services: ReadonlyMap<Id, string>
  assets: ReadonlyMap<Id, string>
}

const local = (column: string, text: LocalText | null): [string, string][] => [
  [`${column}.en`, text?.en ?? ''],
  [`${column}.ja`, text?.ja ?? ''],
]

const yesNo = (is: boolean) => (is ? 'yes' : 'no')

/** The cells of an asset by column; a column without a value has the empty text. */
export function assetCells(one: Asset, names: Names): ReadonlyMap<AssetColumn, string> {
  const named = (of: ReadonlyMap<Id, string>, ids: readonly Id[]) => ids.map((id) => of.get(id) ?? id)
  const cells = new Map<string, string>([
    ['key', one.key],
    ...local('name', one.name),
    ...local('description', one.description),
    ['kind', one.kind],
    ['entity', named(names.entities, [one.entityId]).join()],
    ['services', named(names.services, one.serviceIds).join(', ')],
    ['owner', one.ownerId === null ? '' : named(names.people, [one.ownerId]).join()],
    ['classification', one.classification ?? ''],
    ...properties.flatMap((property): [string, string][] => [
      [property, String(one.value[property] ?? '')],
      [`override.${property}`, String(one.override[property]?.level ?? '')],
      [`override.${property}.reason`, one.override[property]?.reason ?? ''],
    ]),
    ['personalData', yesNo(one.personalData)],
    ['cardData', yesNo(one.cardData)],
    ...local('location', one.location),
    ['retention.months', String(one.retention?.months ?? '')],
    ...local('retention.basis', one.retention?.basis ?? null),
    ['dependsOn', named(names.assets, one.dependsOn).join(', ')],
    ['identifiers', one.identifiers.join('\n')],
    ['inUseFrom', one.inUseFrom ?? ''],
    ['inUseTo', one.inUseTo ?? ''],
  ])
  return new Map(assetColumns.map((column) => [column, cells.get(column) ?? '']))
}
