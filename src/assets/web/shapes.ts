import type { LocalText } from '../../kernel/language.ts'
import type { Asset, AssetKind } from '../asset.ts'
import type { PerProperty } from '../property.ts'
import type { ScaleFacts } from '../scale.ts'

export type AssetAnswer = Asset & {
  owner: { id: string; name: LocalText; left: boolean } | null
  effective: PerProperty<number | null>
  inUse: boolean
  abilities: string[]
}

/** Another asset; null is one that the reader may not see. */
export type NearAsset = {
  id: string
  key: string
  name: LocalText
  kind: AssetKind
  effective: PerProperty<number | null>
  inUse: boolean
} | null

export type AssetRecord = AssetAnswer & {
  explained: PerProperty<{
    level: number | null
    by: 'nothing' | 'itself' | 'override' | 'inheritance'
    path: NearAsset[]
  }>
  needs: NearAsset[]
  neededBy: { items: NearAsset[]; total: number }
}

export type ScaleAnswer = ScaleFacts & { version: number; abilities: string[] }
