import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { pageOfRows } from '../../db/list.ts'
import type { Query } from '../../kernel/command.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { asset } from '../asset.ts'
import { type AssetAnswer, answersOf, assetAnswerSchema } from './answers.ts'
import { assetCandidates, assetFilter, assetRows } from './filter.ts'

/** Orders of the register, each with an index written the same way. */
const sorts: Readonly<Record<string, RawBuilder<string>>> = {
  key: sql<string>`key`,
  kind: sql<string>`kind`,
  name: sql<string>`coalesce(name ->> 'en', name ->> 'ja')`,
  classification: sql<string>`coalesce(classification, '')`,
}

const listInput = z.strictObject({
  ...pageInput,
  ...assetFilter,
  sort: z.enum(['key', 'kind', 'name', 'classification']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

/** A page of the register of assets, filtered, sorted and cut by PostgreSQL. */
export const listAssets: Query<Context, z.output<typeof listInput>, Page<AssetAnswer>> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: listInput,
  output: pageOf(assetAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, { cursor, limit, sort, order, ...filter }) {
    const by = sorts[sort] ?? sql<string>`key`
    const wanted = { name: sort, by, down: order === 'desc' }
    const page = await pageOfRows(ctx, asset, assetRows(ctx, filter), wanted, { cursor, limit }, () =>
      assetCandidates(ctx, filter),
    )
    return { ...page, items: await answersOf(ctx, page.items) }
  },
}
