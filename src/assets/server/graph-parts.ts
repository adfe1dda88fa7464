import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { type AssetKind, asset } from '../asset.ts'
import type { AssetGraph } from '../asset-graph.ts'
import type { Part } from '../drawing/cut.ts'
import type { KeptAsset } from '../held.ts'
import { type AssetFilter, assetCandidates, assetRows } from './filter.ts'

export const groupings = ['entity', 'kind'] as const

export type Grouping = (typeof groupings)[number]

export type CountedPart = Part & { entityId: Id; kind: AssetKind; personal: number; card: number }

const placeOf = (one: Pick<KeptAsset, 'entityId' | 'kind'> | null) => one && `${one.entityId} ${one.kind}`

type Row = { entityId: Id; kind: AssetKind; personal: number; card: number; ids: Id[] }

/**
 * The assets of the register under a filter, by entity and kind, counted by PostgreSQL: one query, whose rows are as many
 * as there are groups. `keyOf` names an entity.
 */
export async function partsOf(
  ctx: Context,
  graph: AssetGraph<KeptAsset>,
  { filter, by }: { filter: AssetFilter; by: Grouping },
  keyOf: (entityId: Id) => string,
): Promise<CountedPart[]> {
  const candidates = await assetCandidates(ctx, filter)
  const among = candidates === null ? sql<boolean>`true` : sql<boolean>`id = any(${candidates}::uuid[])`
  // Without a filter all that are known are meant: to read a hundred thousand ids would take most of the time.
  const isWhole = Object.values(filter).every((one) => one === undefined)
  const known = isWhole ? Map.groupBy(graph.facts.keys(), (at) => placeOf(graph.facts[at] ?? null)) : null
  const { rows } = await sql<Row>`
    select entity_id, kind, count(*) filter (where personal_data)::int as personal,
      count(*) filter (where card_data)::int as card, ${isWhole ? sql`'{}'::uuid[]` : sql`array_agg(id)`} as ids
    from ${rowsOf(ctx, asset, 'r')} where ${among} and ${assetRows(ctx, filter)}
    group by entity_id, kind`.execute(ctx.tx)
  const named = rows.map(({ ids, ...row }) => {
    const key = keyOf(row.entityId)
    const [top, second] = by === 'entity' ? [key, row.kind] : [row.kind, key]
    return {
      ...row,
      top,
      second,
      numbers: known?.get(placeOf(row)) ?? ids.flatMap((id) => graph.index.get(id) ?? []),
    }
  })
  return named.sort((a, b) => (`${a.top}/${a.second}` < `${b.top}/${b.second}` ? -1 : 1))
}
