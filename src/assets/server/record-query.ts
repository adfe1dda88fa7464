import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { keySchema } from '../../organisation/entity.ts'
import { assetKinds } from '../asset.ts'
import { dependenciesOf, dependentsOf } from '../asset-graph.ts'
import { forEach, levelNumber, perProperty } from '../property.ts'
import { answersOf, assetAnswerSchema, isVisible } from './answers.ts'
import { assetsInMemory } from './current.ts'
import { assetsById, findAsset } from './queries.ts'

/** Dependents shown with an asset; the register shows all of them. */
const mostShown = 100

/** Another asset by what people call it; null is one that the reader may not see. */
const nearSchema = z
  .strictObject({
    id: idSchema,
    key: keySchema,
    name: localText(200),
    kind: z.enum(assetKinds),
    effective: perProperty(levelNumber.nullable()),
    inUse: z.boolean(),
  })
  .nullable()

const recordSchema = assetAnswerSchema.extend({
  /** Where each value comes from: the path leads from the asset that has it by itself to this one. */
  explained: perProperty(
    z.strictObject({
      level: levelNumber.nullable(),
      by: z.enum(['nothing', 'itself', 'override', 'inheritance']),
      path: z.array(nearSchema),
    }),
  ),
  needs: z.array(nearSchema),
  neededBy: z.strictObject({ items: z.array(nearSchema), total: z.int() }),
})

/** One asset with what it is worth and why, what it depends on and what depends on it. */
export const getAsset: Query<Context, { id: Id }, z.output<typeof recordSchema>> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: recordSchema,
  scope: async (ctx, { id }) => ({ entities: [(await findAsset(ctx, id)).entityId] }),
  async run(ctx, { id }) {
    const { graph, explain, effective, on } = await assetsInMemory(ctx)
    const [one] = await answersOf(ctx, [await findAsset(ctx, id)])
    if (!one) throw new Error('an asset was found and lost')
    const at = graph.index.get(id) ?? -1
    const idsOf = (numbers: readonly number[]) => numbers.map((each) => graph.ids[each] ?? '')
    const keyOf = (each: Id) => graph.facts[graph.index.get(each) ?? -1]?.key ?? ''
    const inOrder = (ids: Id[]) => ids.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    const needs = inOrder(idsOf(dependenciesOf(graph, at)))
    const neededBy = inOrder(idsOf(dependentsOf(graph, at)))
    const shown = neededBy.slice(0, mostShown)
    const explained = forEach((property) => explain(id, property, ctx.asOf))
    const paths = Object.values(explained).flatMap(({ path }) => path)
    const rows = await assetsById(ctx, [...new Set([...needs, ...shown, ...paths])])
    const byId = new Map(rows.map((row) => [row.id, row]))
    const { inUse } = on(ctx.asOf)
    const near = (each: Id): z.output<typeof nearSchema> => {
      const row = byId.get(each)
      if (!row || !isVisible(ctx, row.entityId)) return null
      const isUsed = inUse[graph.index.get(each) ?? -1] === 1
      return {
        ...{ id: row.id, key: row.key, name: row.name, kind: row.kind },
        ...{ effective: effective(each, ctx.asOf), inUse: isUsed },
      }
    }
    return {
      ...one,
      explained: forEach((property) => ({
        ...explained[property],
        path: explained[property].path.map(near),
      })),
      needs: needs.map(near),
      neededBy: { items: shown.map(near), total: neededBy.length },
    }
  },
}
