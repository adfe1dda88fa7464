import type { Id } from '../kernel/id.ts'
import type { Asset } from './asset.ts'
import type { Inheritance } from './inheritance.ts'

/** The fields of an asset that are kept in memory: what its values, its place and its groups depend on. */
export type KeptAsset = Pick<
  Asset,
  | 'id'
  | 'key'
  | 'kind'
  | 'entityId'
  | 'serviceIds'
  | 'ownerId'
  | 'classification'
  | 'value'
  | 'override'
  | 'dependsOn'
  | 'inUseFrom'
  | 'inUseTo'
  | 'former'
> & {
  /** All that a search looks at, in small letters. */
  text: string
}

type Row = Omit<KeptAsset, 'text'> & Pick<Asset, 'name' | 'identifiers'>

/** The columns that these are made of. */
export const keptColumns =
  'id, key, name, identifiers, kind, entity_id, service_ids, owner_id, classification, value, override, depends_on, in_use_from, in_use_to, former'

export const keptOf = (one: Row): KeptAsset => ({
  ...{ id: one.id, key: one.key, kind: one.kind, entityId: one.entityId, serviceIds: one.serviceIds },
  ...{ ownerId: one.ownerId, classification: one.classification, value: one.value, override: one.override },
  ...{ dependsOn: one.dependsOn, inUseFrom: one.inUseFrom, inUseTo: one.inUseTo },
  // A statement from before owners were dated has none.
  former: one.former ?? null,
  text: [one.key, one.name.en, one.name.ja, ...one.identifiers].join('\n').toLowerCase(),
})

/** An organisation's assets as they are kept between requests, with the number of log entries that they have taken in. */
export type HeldAssets = { size: number; inheritance: Inheritance<KeptAsset> }

/** Assets of the organisations asked about last. Losing one costs time and nothing else. */
export type HeldAssetGraphs = Map<Id, HeldAssets>
