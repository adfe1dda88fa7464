import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import { assetKinds } from '../asset.ts'
import { dependenciesOf, dependentsOf } from '../asset-graph.ts'
import type { KeptAsset } from '../held.ts'
import { layered } from '../layered-layout.ts'
import { forEach, levelNumber, perProperty, properties } from '../property.ts'
import { isVisible } from './answers.ts'
import { assetsInMemory } from './current.ts'
import { assetsById } from './queries.ts'

/** Nodes that a drawing has at most: beyond that nobody reads it. */
const mostNodes = 1_000

const input = z.strictObject({
  /** An asset in the middle, with what is at most so many dependencies away; without one, all assets. */
  focus: idSchema.optional(),
  hops: z.coerce.number().int().min(1).max(8).default(2),
  collapse: z.enum(['none', 'entity', 'kind']).default('none'),
  entity: idSchema.optional(),
  kind: z.enum(assetKinds).optional(),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  nodes: z.array(
    z.strictObject({
      /** Of the asset, or of the group: an entity's id, or a kind. */
      id: z.string(),
      key: z.string(),
      /** Null for a group of assets of one kind, which has a word of its own in every language. */
      name: localText(200).nullable(),
      kind: z.enum(assetKinds).nullable(),
      effective: perProperty(levelNumber.nullable()),
      /** Assets in the group; 1 for an asset. */
      assets: z.int(),
      ...{ layer: z.int(), x: z.number(), y: z.number() },
    }),
  ),
  edges: z.array(z.tuple([z.string(), z.string()])),
  ...{ width: z.number(), height: z.number() },
  /** Assets that the drawing stands for, and whether they were too many to be drawn one by one. */
  total: z.int(),
  tooMany: z.boolean(),
})

type Output = z.output<typeof output>

/** The numbers of assets at most so many dependencies away, in either direction. */
function around(start: number, hops: number, near: (at: number) => number[], isIn: (at: number) => boolean) {
  const found = new Map([[start, 0]])
  for (const [at, distance] of found) {
    if (distance === hops) continue
    for (const other of near(at)) if (isIn(other) && !found.has(other)) found.set(other, distance + 1)
  }
  return [...found.keys()]
}

type Node = Omit<Output['nodes'][number], 'layer' | 'x' | 'y'>

const highest = (nodes: readonly Node['effective'][]): Node['effective'] =>
  forEach((property) => Math.max(0, ...nodes.map((one) => one[property] ?? 0)) || null)

/** Assets that stand together as one node each, by entity or by kind. */
async function groups(
  ctx: Context,
  facts: readonly { fact: KeptAsset; effective: Node['effective'] }[],
  keyOf: (fact: KeptAsset) => string,
): Promise<Node[]> {
  const entities = await entitiesById(ctx)
  return [...Map.groupBy(facts, ({ fact }) => keyOf(fact))].map(([id, members]) => ({
    ...{ id, key: entities.get(id)?.key ?? id, name: entities.get(id)?.name ?? null },
    kind: assetKinds.find((one) => one === id) ?? null,
    effective: highest(members.map((one) => one.effective)),
    assets: members.length,
  }))
}

async function single(
  ctx: Context,
  facts: readonly { fact: KeptAsset; effective: Node['effective'] }[],
): Promise<Node[]> {
  const rows = await assetsById(
    ctx,
    facts.map(({ fact }) => fact.id),
  )
  const names = new Map(rows.map((one) => [one.id, one.name]))
  return facts.map(({ fact, effective }) => ({
    ...{
      id: fact.id,
      key: fact.key,
      name: names.get(fact.id) ?? null,
      kind: fact.kind,
      effective,
      assets: 1,
    },
  }))
}

/** What depends on what, laid out: all assets in use that the reader may see, or those around one. */
export const assetGraph: Query<Context, Input, Output> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input,
  output,
  scope: () => 'filtered',
  async run(ctx, { focus, hops, collapse, entity, kind }) {
    const { graph, on } = await assetsInMemory(ctx)
    const { inUse, levels } = on(ctx.asOf)
    const isIn = (at: number): boolean => {
      const fact = graph.facts[at]
      if (!fact || !inUse[at] || !isVisible(ctx, fact.entityId)) return false
      return (entity === undefined || fact.entityId === entity) && (kind === undefined || fact.kind === kind)
    }
    const start = focus === undefined ? undefined : graph.index.get(focus)
    const near = (at: number) => [...dependenciesOf(graph, at), ...dependentsOf(graph, at)]
    const all = start === undefined ? [...graph.facts.keys()].filter(isIn) : around(start, hops, near, isIn)
    const chosen = start !== undefined && !isIn(start) ? [] : all
    const tooMany = collapse === 'none' && chosen.length > mostNodes
    const by = tooMany ? 'entity' : collapse
    const facts = chosen.flatMap((at) => {
      const fact = graph.facts[at]
      const effective = forEach((each) => levels[properties.indexOf(each)]?.[at] || null)
      return fact ? [{ fact, effective }] : []
    })
    const keyOf = (fact: KeptAsset): Id =>
      by === 'none' ? fact.id : by === 'kind' ? fact.kind : fact.entityId
    const nodes = by === 'none' ? await single(ctx, facts) : await groups(ctx, facts, keyOf)
    const inside = new Set(chosen)
    const edges = new Map<string, [string, string]>()
    for (const at of chosen) {
      const from = graph.facts[at]
      for (const other of dependenciesOf(graph, at)) {
        const to = graph.facts[other]
        if (!from || !to || !inside.has(other)) continue
        const pair: [string, string] = [keyOf(from), keyOf(to)]
        if (pair[0] !== pair[1]) edges.set(pair.join(' '), pair)
      }
    }
    const keys = new Map(nodes.map((one) => [one.id, one.key]))
    const {
      nodes: placed,
      width,
      height,
    } = layered({
      // By key, which is the same wherever the same register is kept: and so is the drawing.
      ids: nodes.map((one) => one.key),
      edges: [...edges.values()].map(([from, to]) => [keys.get(from) ?? '', keys.get(to) ?? ''] as const),
    })
    const byKey = new Map(nodes.map((one) => [one.key, one]))
    return {
      nodes: placed.flatMap(({ id, ...place }) => {
        const node = byKey.get(id)
        return node ? [{ ...node, ...place }] : []
      }),
      edges: [...edges.values()].sort((a, b) => (a.join() < b.join() ? -1 : 1)),
      ...{ width, height, total: chosen.length, tooMany },
    }
  },
}
