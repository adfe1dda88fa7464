import type { PerProperty, Property } from '../../assets/property.ts'
import type { AssetLevel } from '../../assets/scale.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Balance, Group } from '../balance.ts'
import type { ControlState } from '../state.ts'

export type AssetBalance = {
  day: string
  standing: Balance | null
  neglected: Property[]
  levels: AssetLevel[]
  controls: {
    id: string
    code: string
    name: LocalText
    properties: Property[]
    state: ControlState
    weight: number
  }[]
  offered: { id: string; name: LocalText; properties: Property[] }[]
}

export const groupings = ['entity', 'kind', 'service', 'classification'] as const
export type Grouping = (typeof groupings)[number]

export type GroupedBalance = {
  day: string
  levels: AssetLevel[]
  whole: Group<string> | null
  groups: Group<string>[]
}

export type BalanceReasons = {
  assets: number
  controls: { id: string; code: string; name: LocalText; shown: number; said: number; not: number }[]
  furthest: { id: string; key: string; value: number; protection: number; gap: number }[]
}

/** What a figure needs of a balance: how high value and protection stand, from 0. */
export type Ranks = PerProperty<{ value: number; protection: number }>
