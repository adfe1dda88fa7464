import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import type { Day } from '../../kernel/day.ts'
import { type Asset, asset, isInUse } from '../asset.ts'
import type { PerProperty } from '../property.ts'
import { isVisible } from './answers.ts'
import { assetsInMemory } from './current.ts'

/** Every asset in use on a day with what it is worth then, in the order of their keys: for reports about all of them. */
export async function assetsOn(
  ctx: Context,
  day: Day,
): Promise<{ asset: Asset; effective: PerProperty<number | null> }[]> {
  const held = await assetsInMemory(ctx)
  return [...(await everyOf(ctx, asset)).values()]
    .filter((one) => isInUse(one, day))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((one) => ({ asset: one, effective: held.effective(one.id, day) }))
}

/** All assets of the organisation with what they are worth, as they are kept in memory. */
export const assetsHeld = (ctx: Context) => assetsInMemory(ctx)

/** Whether the reader's grants reach an asset. */
export const assetIsVisible = isVisible
