import type { AssetKind } from '../assets/asset.ts'
import { forEach, type PerProperty, type Property, properties } from '../assets/property.ts'
import type { Protects } from '../assets/protects.ts'
import type { AssetLevel } from '../assets/scale.ts'
import { absent, effective, notAssessed } from './state.ts'

/**
 * What a control adds to the protection of an asset, in halves: a whole where evidence shows that it works, a half where
 * it is said to work and nothing shows it, and nothing where it fails, is planned or is not there. So what is not known
 * never counts as protection.
 */
export const halvesOf = (code: number): number => (code === effective ? 2 : code === notAssessed ? 1 : 0)

export type ProtectingControl = { id: string; protects: Protects }

/** Where a control counts for an asset, as numbers of units. */
export type Place = {
  /** The services that its own entity operates, or the entity where there is none: the weakest of them counts. */
  home: readonly number[]
  /** Services of other entities that it takes part in. What protects it in all of those protects it too. */
  elsewhere: readonly number[]
}

const weakest = (codes: Uint8Array, units: readonly number[]): number => {
  let least = units.length === 0 ? absent : effective
  for (const unit of units) least = Math.min(least, codes[unit] ?? absent)
  return least
}

/** The state in which a control stands for an asset: `codes` are its states at all units. */
export const stateAt = (codes: Uint8Array, { home, elsewhere }: Place): number =>
  Math.max(weakest(codes, home), weakest(codes, elsewhere))

type Levels = readonly Pick<AssetLevel, 'number' | 'needs'>[]

/** How high a level stands on the scale, from 1; 0 for none, or one that the scale has no longer. */
export const rankOf = (level: number | null, levels: Levels): number =>
  level === null ? 0 : levels.filter((one) => one.number <= level).length

/** The highest level that asks for no more than this, as its rank; 0 where even the lowest asks for more. */
export function rankReached(halves: number, levels: Levels): number {
  let reached = 0
  // A scale never asks for less on the way up, so the first that is out of reach ends it.
  for (const { needs } of levels) {
    if (needs * 2 > halves) break
    reached++
  }
  return reached
}

/** One property of an asset: what it is worth, and how far that is protected, as ranks on the scale. */
export type Standing = {
  /** 0: nobody has said what it is worth. */
  value: number
  protection: number
  /** The sum of what protects it, in controls; one that nothing shows counts half. */
  strength: number
  /** How many levels protection stays behind the value; negative where there is more than its value asks for. */
  gap: number | null
}

export const standingOf = (value: number, halves: number, levels: Levels): Standing => {
  const protection = rankReached(halves, levels)
  return { value, protection, strength: halves / 2, gap: value === 0 ? null : value - protection }
}

/** The halves that protect a kind of asset at a place. `codes` are the states of each control at all units. */
export function halvesAt(
  controls: readonly ProtectingControl[],
  codes: readonly Uint8Array[],
  kind: AssetKind,
  place: Place,
): PerProperty<number> {
  const sum = forEach(() => 0)
  controls.forEach((control, at) => {
    if (!control.protects.kinds.includes(kind)) return
    const halves = halvesOf(stateAt(codes[at] ?? new Uint8Array(), place))
    if (halves > 0) for (const property of control.protects.properties) sum[property] += halves
  })
  return sum
}

export type Balance = PerProperty<Standing>

/**
 * The properties in which protection stays further behind than in others; none where it stays behind in nothing, or in
 * all of them alike: that is too little protection, and no lack of balance.
 */
export function neglected(behind: PerProperty<number>): Property[] {
  const all = properties.map((property) => behind[property])
  const most = Math.max(...all)
  return most > 0 && most > Math.min(...all) ? properties.filter((property) => behind[property] === most) : []
}

/** One property over a group of assets. */
export type GroupStanding = {
  /** Assets of which somebody has said what they are worth in it. */
  valued: number
  /** Means over those, as ranks. */
  value: number
  protection: number
  /** Assets whose protection stays behind, and the mean of how far, over all that are valued. */
  behind: number
  shortfall: number
}

export type Group<Key> = PerProperty<GroupStanding> & { key: Key; assets: number; neglected: Property[] }

type Sums = { valued: number; value: number; protection: number; behind: number; short: number }

/** Adds up one property over a group: a group may have a hundred thousand assets, so each is looked at once. */
function take(sums: Sums, { value, protection, gap }: Standing): void {
  if (gap === null) return
  sums.valued++
  sums.value += value
  sums.protection += protection
  if (gap <= 0) return
  sums.behind++
  sums.short += gap
}

function groupStanding({ valued, value, protection, behind, short }: Sums): GroupStanding {
  const mean = (sum: number) => (valued === 0 ? 0 : sum / valued)
  return { valued, value: mean(value), protection: mean(protection), behind, shortfall: mean(short) }
}

/** Balances by group, the most neglected first; an asset may belong to several groups. */
export function groupsOf<Key extends string>(
  balances: Iterable<{ groups: readonly Key[]; balance: Balance }>,
): Group<Key>[] {
  const byKey = new Map<Key, { assets: number; sums: PerProperty<Sums> }>()
  for (const { groups, balance } of balances)
    for (const key of groups) {
      let group = byKey.get(key)
      if (group === undefined) {
        group = {
          assets: 0,
          sums: forEach(() => ({ valued: 0, value: 0, protection: 0, behind: 0, short: 0 })),
        }
        byKey.set(key, group)
      }
      group.assets++
      for (const property of properties) take(group.sums[property], balance[property])
    }
  const groups = [...byKey].map(([key, { assets, sums }]): Group<Key> => {
    const standings = forEach((property) => groupStanding(sums[property]))
    const behind = forEach((each) => standings[each].shortfall)
    return { key, assets, ...standings, neglected: neglected(behind) }
  })
  const worst = (group: Group<Key>) => Math.max(...properties.map((property) => group[property].shortfall))
  return groups.sort((a, b) => worst(b) - worst(a) || b.assets - a.assets || (a.key < b.key ? -1 : 1))
}
