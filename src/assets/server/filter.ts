import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import { dataKey } from '../../kernel/data-key.ts'
import { recordOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { asset, assetKinds } from '../asset.ts'
import { dependenciesOf, dependentsOf } from '../asset-graph.ts'
import type { KeptAsset } from '../held.ts'
import { assetsInMemory } from './current.ts'

const yesNo = z.enum(['yes', 'no'])

/** What a list of assets may ask for. */
export const assetFilter = {
  text: z.string().max(200).optional(),
  kind: z.enum(assetKinds).optional(),
  entity: idSchema.optional(),
  service: idSchema.optional(),
  /** A person, or `none` for assets that nobody owns. */
  owner: z.union([idSchema, z.literal('none')]).optional(),
  /** One of the scale, or `none`. */
  classification: z.union([dataKey.max(40), z.literal('none')]).optional(),
  personal: yesNo.optional(),
  card: yesNo.optional(),
  use: z.enum(['in-use', 'not-in-use']).optional(),
  /** Assets that say what they are worth in each property, or do not. */
  valued: yesNo.optional(),
  /** Assets that this one needs, or that need it, directly. */
  neededBy: idSchema.optional(),
  needs: idSchema.optional(),
}

export const assetFilterSchema = z.strictObject(assetFilter)

export type AssetFilter = z.output<typeof assetFilterSchema>

const visibleAssets = (ctx: Context): RawBuilder<boolean> =>
  ctx.visible === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${ctx.visible.entities}::uuid[])`

const isValued = sql<boolean>`(value ->> 'confidentiality' is not null and value ->> 'integrity' is not null and value ->> 'availability' is not null)`

const isUsed = ({ asOf }: Context) =>
  sql<boolean>`(coalesce(in_use_from, '-infinity') <= ${asOf}::date and ${asOf}::date <= coalesce(in_use_to, 'infinity'))`

const either = (is: RawBuilder<boolean>, wanted: boolean) => (wanted ? is : sql<boolean>`not ${is}`)

/**
 * A search without the planner's guess that next to nothing passes it: where that is so the candidates are looked up, and
 * what is left is walked in the order of the page instead of read whole and sorted.
 */
const searched = (condition: RawBuilder<boolean>) =>
  sql<boolean>`case when ${condition} then true else false end`

/** Rows that the actor may see and that pass the filter. */
export function assetRows(ctx: Context, filter: AssetFilter): RawBuilder<boolean> {
  const parts = [visibleAssets(ctx)]
  if (filter.text) {
    const like = containing(filter.text)
    parts.push(
      searched(
        sql<boolean>`key ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like} or identifiers::text ilike ${like}`,
      ),
    )
  }
  if (filter.kind) parts.push(sql<boolean>`kind = ${filter.kind}`)
  if (filter.entity) parts.push(sql<boolean>`entity_id = ${filter.entity}::uuid`)
  if (filter.service)
    parts.push(searched(sql<boolean>`service_ids @> ${JSON.stringify([filter.service])}::jsonb`))
  if (filter.owner === 'none') parts.push(sql<boolean>`owner_id is null`)
  else if (filter.owner) parts.push(sql<boolean>`owner_id = ${filter.owner}::uuid`)
  if (filter.classification === 'none') parts.push(sql<boolean>`classification is null`)
  else if (filter.classification) parts.push(sql<boolean>`classification = ${filter.classification}`)
  if (filter.personal) parts.push(sql<boolean>`personal_data = ${filter.personal === 'yes'}`)
  if (filter.card) parts.push(sql<boolean>`card_data = ${filter.card === 'yes'}`)
  if (filter.use) parts.push(either(isUsed(ctx), filter.use === 'in-use'))
  if (filter.valued) parts.push(either(isValued, filter.valued === 'yes'))
  if (filter.needs) parts.push(sql<boolean>`depends_on @> ${JSON.stringify([filter.needs])}::jsonb`)
  if (filter.neededBy)
    parts.push(
      sql<boolean>`id::text in (select jsonb_array_elements_text(n.depends_on) from ${rowsOf(ctx, asset, 'n')} where n.id = ${filter.neededBy}::uuid)`,
    )
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** Ids that are looked up one by one at most; more are walked in their order. */
const mostCandidates = 5_000

type Test = (one: KeptAsset) => boolean

/** Tests of what is kept in memory: each is as wide as its condition or wider. */
function testsOf(filter: AssetFilter, day: Day): Test[] {
  const { kind, entity, service, owner, classification } = filter
  const text = filter.text?.toLowerCase()
  return [
    ...(text ? [(one: KeptAsset) => one.text.includes(text)] : []),
    ...(kind ? [(one: KeptAsset) => one.kind === kind] : []),
    ...(entity ? [(one: KeptAsset) => one.entityId === entity] : []),
    ...(service ? [(one: KeptAsset) => one.serviceIds.includes(service)] : []),
    ...(owner ? [(one: KeptAsset) => recordOn(one, day).ownerId === (owner === 'none' ? null : owner)] : []),
    ...(classification
      ? [(one: KeptAsset) => one.classification === (classification === 'none' ? null : classification)]
      : []),
  ]
}

/**
 * Ids among which the rows of a filter are, from the assets in memory, where they are few: to look for a handful in a
 * hundred thousand would otherwise mean to walk past all of them, for row-level security lets no index serve a search.
 */
export async function assetCandidates(ctx: Context, filter: AssetFilter): Promise<readonly Id[] | null> {
  if (ctx.knownAt !== null) return null
  const tests = testsOf(filter, ctx.asOf)
  const { graph } = await assetsInMemory(ctx)
  const { needs, neededBy } = filter
  if (needs === undefined && neededBy === undefined && tests.length === 0) return null
  const near = (id: Id | undefined, numbers: (at: number) => number[]) =>
    id === undefined ? null : new Set(numbers(graph.index.get(id) ?? -1))
  const around = [
    near(needs, (at) => dependentsOf(graph, at)),
    near(neededBy, (at) => dependenciesOf(graph, at)),
  ].filter((each) => each !== null)
  const found: Id[] = []
  for (const [at, one] of graph.facts.entries()) {
    if (one === null || !around.every((each) => each.has(at)) || !tests.every((test) => test(one))) continue
    found.push(one.id)
    if (found.length > mostCandidates) return null
  }
  return found
}
