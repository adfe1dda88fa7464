import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type Asset, asset, identifierForm } from '../asset.ts'

export async function findAsset(ctx: Context, id: Id): Promise<Asset> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('asset')
  return found
}

/** Assets by id; unknown ones are left out. */
export const assetsById = (ctx: Context, ids: readonly Id[]): Promise<Asset[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, asset, 'a'))
        .selectAll()
        .where('id', 'in', [...ids])
        .orderBy('key')
        .execute()

/** Identifiers of every asset in use, as tools write them, each with what it names. */
export async function assetsByIdentifier(
  ctx: Context,
  names: readonly string[],
): Promise<ReadonlyMap<string, Asset>> {
  const wanted = [...new Set(names.map(identifierForm))]
  if (wanted.length === 0) return new Map()
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .selectAll()
    .where(sql<boolean>`identifier_forms(identifiers) && ${wanted}::text[]`)
    .execute()
  return new Map(found.flatMap((one) => one.identifiers.map((name) => [identifierForm(name), one] as const)))
}
