import type { KeptAsset } from '../../assets/held.ts'
import { forEach, type PerProperty, properties } from '../../assets/property.ts'
import type { AssetLevel } from '../../assets/scale.ts'
import { scaleInForce } from '../../assets/server/scale-queries.ts'
import { assetsHeld } from '../../assets/server/values-queries.ts'
import type { Control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { allServices } from '../../organisation/server/queries.ts'
import { type Balance, halvesAt, type Place, rankOf, standingOf } from '../balance.ts'
import type { Unit } from '../facts.ts'
import type { Posture } from '../posture.ts'
import { unitKey } from '../scope.ts'
import { currentHeld } from './current.ts'

/** An asset in use, with where controls count for it and how its value and its protection stand. */
export type Balanced = { asset: KeptAsset; place: Place; balance: Balance }

export type Balances = {
  levels: readonly AssetLevel[]
  /** Controls that protect anything by themselves. */
  controls: readonly Control[]
  units: readonly Unit[]
  /** The states of each control at all units, as codes. */
  codes: readonly Uint8Array[]
  all: readonly Balanced[]
}

/** Gives each place where assets are the numbers of its units. */
function placing(operators: ReadonlyMap<Id, Id>) {
  const units: Unit[] = []
  const numbers = new Map<string, number>()
  const places = new Map<string, Place>()
  const numberOf = (unit: Unit): number => {
    const key = unitKey(unit)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, units.length)
    return units.push(unit) - 1
  }
  const placeOf = ({ entityId, serviceIds }: KeptAsset): Place => {
    const key = `${entityId} ${serviceIds.join(' ')}`
    const known = places.get(key)
    if (known !== undefined) return known
    const at = serviceIds.flatMap((serviceId): Unit[] => {
      const operator = operators.get(serviceId)
      return operator === undefined ? [] : [{ entityId: operator, serviceId }]
    })
    const home = at.filter((unit) => unit.entityId === entityId)
    const place = {
      home: (home.length > 0 ? home : [{ entityId, serviceId: null }]).map(numberOf),
      elsewhere: at.filter((unit) => unit.entityId !== entityId).map(numberOf),
    }
    places.set(key, place)
    return place
  }
  return { units, placeOf }
}

type Placed = Omit<Balances, 'all'> & {
  assets: readonly { asset: KeptAsset; place: Place; ranks: PerProperty<number> }[]
}

/** Many assets share a place and a kind, and so what protects them. */
function standings({ levels, controls, codes, assets }: Placed): Balanced[] {
  const known = new Map<Place, Map<string, PerProperty<number>>>()
  return assets.map(({ asset, place, ranks }) => {
    const byKind = known.get(place) ?? new Map<string, PerProperty<number>>()
    if (byKind.size === 0) known.set(place, byKind)
    const halves = byKind.get(asset.kind) ?? halvesAt(controls, codes, asset.kind, place)
    byKind.set(asset.kind, halves)
    return { asset, place, balance: forEach((each) => standingOf(ranks[each], halves[each], levels)) }
  })
}

async function compute(ctx: Context, posture: Posture, held: Iterable<Control>): Promise<Balances> {
  const { levels } = await scaleInForce(ctx)
  const controls = [...held]
    .filter((one) => one.protects.kinds.length > 0 && one.protects.properties.length > 0)
    .filter((one) => one.retiredOn === null || ctx.asOf < one.retiredOn)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  const operators = new Map((await allServices(ctx)).map((one) => [one.id, one.entityId]))
  const { units, placeOf } = placing(operators)
  const { graph, on } = await assetsHeld(ctx)
  const { inUse, levels: worth } = on(ctx.asOf)
  const assets = graph.facts.flatMap((asset, at) => {
    if (asset === null || !inUse[at]) return []
    const ranks = forEach((each) => rankOf(worth[properties.indexOf(each)]?.[at] || null, levels))
    return [{ asset, place: placeOf(asset), ranks }]
  })
  const codes = posture.standing(
    controls.map((one) => one.id),
    units,
    ctx.asOf,
  )
  const placed = { levels, controls, units, codes, assets }
  return { levels, controls, units, codes, all: standings(placed) }
}

type Kept = { key: string; balances: Balances }

/** The balances asked for last, by posture; losing one costs time and nothing else. */
const kept = new WeakMap<Posture, Kept>()

/** How the value and the protection of every asset in use stand on the day asked about. */
export async function balancesOf(ctx: Context): Promise<Balances> {
  const { posture, controls, size } = await currentHeld(ctx)
  // A posture that several requests share may run ahead of what one of them reads: only its own size names its state.
  const key = ctx.logSize === size && ctx.knownAt === null ? `${size} ${ctx.asOf}` : null
  const before = kept.get(posture)
  if (key !== null && before?.key === key) return before.balances
  const balances = await compute(ctx, posture, controls.values())
  if (key !== null) kept.set(posture, { key, balances })
  return balances
}
