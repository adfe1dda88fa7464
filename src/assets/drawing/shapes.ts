import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { AssetKind } from '../asset.ts'
import type { PerProperty } from '../property.ts'
import type { Counted } from './cut.ts'

/** An asset, a group of assets, or the rest of a group that is too large to be drawn one by one. */
export type Box = {
  id: string
  type: 'asset' | 'group' | 'rest'
  /** The open group in which it stands. */
  parent: string | null
  /** Of the asset or the entity: the same wherever the same register is kept, and so is the drawing. */
  key: string
  /** Null for assets of one kind, which have a word of their own in every language. */
  name: LocalText | null
  kind: AssetKind | null
  entityId: Id | null
  open: boolean
  /** Assets that it stands for, and how many of them hold personal data, hold card data, and are not in use. */
  assets: number
  personal: number
  card: number
  notInUse: number
  effective: PerProperty<number | null>
  /** Neighbours that are not in the drawing. */
  beyond: number
}

export type GraphAnswer = {
  boxes: Box[]
  edges: Counted[]
  /** Assets that the drawing stands for: as many as the register counts with the same filter. */
  total: number
  /** Dependencies between boxes that are left out, the weakest of all. */
  edgesLeft: number
}

/** All that an asset reaches in the drawing, in either direction, as boxes, and how many assets that is in truth. */
export type Reach = {
  needs: { assets: number; boxes: string[] }
  neededBy: { assets: number; boxes: string[] }
}
