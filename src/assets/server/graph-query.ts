import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { assetKinds } from '../asset.ts'
import { type AssetGraph, dependenciesOf, dependentsOf } from '../asset-graph.ts'
import { joined } from '../drawing/cut.ts'
import type { GraphAnswer } from '../drawing/shapes.ts'
import type { KeptAsset } from '../held.ts'
import { levelNumber, perProperty } from '../property.ts'
import { isVisible } from './answers.ts'
import { assetsInMemory } from './current.ts'
import { allBoxes, assetBoxes } from './graph-boxes.ts'
import { drawnAssets, type GraphInput, graphInput, seenFirst } from './graph-input.ts'

/** Assets around one that are drawn at most, the nearest first. */
const mostAround = 300

/** Lines that a drawing has at most. */
const mostEdges = 6_000

const input = z.strictObject({
  ...graphInput,
  /** An asset in the middle, with what is at most so many dependencies away; without one, all assets. */
  focus: idSchema.optional(),
  hops: z.coerce.number().int().min(1).max(3).default(2),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  boxes: z.array(
    z.strictObject({
      id: z.string(),
      type: z.enum(['asset', 'group', 'rest']),
      parent: z.string().nullable(),
      key: z.string(),
      name: localText(200).nullable(),
      kind: z.enum(assetKinds).nullable(),
      entityId: idSchema.nullable(),
      open: z.boolean(),
      ...{ assets: z.int(), personal: z.int(), card: z.int(), notInUse: z.int() },
      effective: perProperty(levelNumber.nullable()),
      beyond: z.int(),
    }),
  ),
  edges: z.array(z.tuple([z.string(), z.string(), z.int()])),
  total: z.int(),
  edgesLeft: z.int(),
})

/** The numbers of assets at most so many dependencies away, in either direction, the nearest first. */
function near(start: number, hops: number, next: (at: number) => number[]): number[] {
  const found = new Map([[start, 0]])
  for (const [at, distance] of found) {
    if (distance === hops) continue
    for (const other of next(at)) {
      if (found.size >= mostAround) return [...found.keys()]
      if (!found.has(other)) found.set(other, distance + 1)
    }
  }
  return [...found.keys()]
}

const neighboursOf = (graph: AssetGraph<KeptAsset>, at: number): number[] => [
  ...new Set([...dependenciesOf(graph, at), ...dependentsOf(graph, at)]),
]

/** One asset with what is around it, each by itself; of the others those that pass the filter, if there is one. */
async function around(ctx: Context, focus: Id, hops: number, whole: GraphInput): Promise<GraphAnswer> {
  const { by: _by, open: _open, room: _room, show: _show, ...filter } = whole
  const isFiltered = Object.values(filter).some((one) => one !== undefined)
  const within = isFiltered ? new Set((await drawnAssets(ctx, whole)).cut.boxOf.keys()) : null
  const { graph, on } = await assetsInMemory(ctx)
  const day = on(ctx.asOf)
  const start = graph.index.get(focus)
  const isSeen = (at: number) => {
    const fact = graph.facts[at]
    return fact !== null && fact !== undefined && isVisible(ctx, fact.entityId)
  }
  if (start === undefined || !isSeen(start)) return { boxes: [], edges: [], total: 0, edgesLeft: 0 }
  const first = seenFirst(graph, day)
  const passes = (at: number) => isSeen(at) && (at === start || (within?.has(at) ?? true))
  const chosen = near(start, hops, (at) => first(neighboursOf(graph, at).filter(passes), mostAround))
  const inside = new Set(chosen)
  const places = chosen.flatMap((at) => {
    const fact = graph.facts[at]
    const beyond = neighboursOf(graph, at).filter((other) => isSeen(other) && !inside.has(other)).length
    return fact ? [{ at, fact, parent: null, beyond }] : []
  })
  const { edges, left } = joined(graph, new Map(chosen.map((at) => [at, null])), mostEdges)
  return { boxes: await assetBoxes(ctx, day, places), edges, total: chosen.length, edgesLeft: left }
}

/** What depends on what: all assets of the register under a filter, put together in groups, or those around one. */
export const assetGraph: Query<Context, Input, GraphAnswer> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input,
  output,
  scope: () => 'filtered',
  async run(ctx, { focus, hops, ...whole }) {
    if (focus !== undefined) return around(ctx, focus, hops, whole)
    const drawn = await drawnAssets(ctx, whole)
    const { edges, left } = joined(drawn.graph, drawn.cut.boxOf, mostEdges)
    return {
      boxes: await allBoxes(ctx, drawn, whole),
      edges,
      total: drawn.cut.boxOf.size,
      edgesLeft: left,
    }
  },
}
