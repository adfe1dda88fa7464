import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { pageOfRows } from '../../db/list.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { type Asset, asset, assetKinds, identifierForm } from '../asset.ts'

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

const visibleAssets = (ctx: Context): RawBuilder<boolean> =>
  ctx.visible === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${ctx.visible.entities}::uuid[])`

const sorts: Readonly<Record<string, RawBuilder<string>>> = {
  key: sql<string>`key`,
  kind: sql<string>`kind`,
}

export const assetFilter = {
  text: z.string().max(200).optional(),
  kind: z.enum(assetKinds).optional(),
  entity: idSchema.optional(),
  service: idSchema.optional(),
}

const listInput = z.strictObject({
  ...pageInput,
  ...assetFilter,
  sort: z.enum(['key', 'kind']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

const answerSchema = asset.schema.extend({ abilities: z.array(z.string()) })
type AssetAnswer = z.output<typeof answerSchema>

const answerOf = (ctx: Context, one: Asset): AssetAnswer => ({
  ...one,
  abilities: ctx.can('asset.update', { entities: [one.entityId] }) ? ['update'] : [],
})

const filterSchema = z.strictObject(assetFilter)

/** Rows that the actor may see and that pass the filter. */
export function assetRows(ctx: Context, input: z.output<typeof filterSchema>): RawBuilder<boolean> {
  const parts = [visibleAssets(ctx)]
  if (input.text) {
    const like = containing(input.text)
    parts.push(
      sql<boolean>`(key ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like} or identifiers::text ilike ${like})`,
    )
  }
  if (input.kind) parts.push(sql<boolean>`kind = ${input.kind}`)
  if (input.entity) parts.push(sql<boolean>`entity_id = ${input.entity}::uuid`)
  if (input.service) parts.push(sql<boolean>`service_ids @> ${JSON.stringify([input.service])}::jsonb`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A page of the register of assets, filtered, sorted and cut by PostgreSQL. */
export const listAssets: Query<Context, z.output<typeof listInput>, Page<AssetAnswer>> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: listInput,
  output: pageOf(answerSchema),
  scope: () => 'filtered',
  async run(ctx, { cursor, limit, sort, order, ...filter }) {
    const by = sorts[sort] ?? sql<string>`key`
    const wanted = { name: sort, by, down: order === 'desc' }
    const page = await pageOfRows(ctx, asset, assetRows(ctx, filter), wanted, { cursor, limit })
    return { ...page, items: page.items.map((one) => answerOf(ctx, one)) }
  },
}

export const getAsset: Query<Context, { id: Id }, AssetAnswer> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: answerSchema,
  scope: async (ctx, { id }) => ({ entities: [(await findAsset(ctx, id)).entityId] }),
  run: async (ctx, { id }) => answerOf(ctx, await findAsset(ctx, id)),
}
