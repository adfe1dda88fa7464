import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { hasLeft, person } from '../../people/person.ts'
import { namedSchema } from '../../people/server/name-queries.ts'
import { type Asset, asset, isInUse } from '../asset.ts'
import { levelNumber, perProperty } from '../property.ts'
import { assetsInMemory } from './current.ts'

/** Somebody who answers for an asset; one who left has to hand it over. */
const ownerSchema = namedSchema.extend({ left: z.boolean() })

export const assetAnswerSchema = asset.schema.extend({
  owner: ownerSchema.nullable(),
  /** What it is worth on the day asked about, with what it inherits. */
  effective: perProperty(levelNumber.nullable()),
  inUse: z.boolean(),
  abilities: z.array(z.string()),
})

export type AssetAnswer = z.output<typeof assetAnswerSchema>

async function ownersOf(ctx: Context, ids: readonly Id[]) {
  const rows =
    ids.length === 0
      ? []
      : await ctx.tx
          .selectFrom(rowsOf(ctx, person, 'p'))
          .select(['id', 'name', 'state', 'leftOn'])
          .where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`)
          .execute()
  return new Map(rows.map(({ id, name, ...one }) => [id, { id, name, left: hasLeft(one, ctx.asOf) }]))
}

/** Assets with their owners and what they are worth: one query for all, and the assets in memory. */
export async function answersOf(ctx: Context, assets: readonly Asset[]): Promise<AssetAnswer[]> {
  const owners = await ownersOf(
    ctx,
    assets.flatMap((one) => one.ownerId ?? []),
  )
  const { effective } = await assetsInMemory(ctx)
  return assets.map((one) => ({
    ...one,
    owner: one.ownerId === null ? null : (owners.get(one.ownerId) ?? null),
    effective: effective(one.id, ctx.asOf),
    inUse: isInUse(one, ctx.asOf),
    abilities: ctx.can('asset.update', { entities: [one.entityId] }) ? ['update'] : [],
  }))
}

export const isVisible = (ctx: Context, entityId: Id): boolean =>
  ctx.visible === null || ctx.visible.entities.includes(entityId)
