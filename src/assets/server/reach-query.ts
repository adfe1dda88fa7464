import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { dependenciesOf, dependentsOf } from '../asset-graph.ts'
import type { Reach } from '../drawing/shapes.ts'
import { isVisible } from './answers.ts'
import { drawnAssets, type GraphInput, graphInput } from './graph-input.ts'
import { findAsset } from './queries.ts'

const sideSchema = z.strictObject({ assets: z.int(), boxes: z.array(z.string()) })

/**
 * All that an asset depends on and all that depends on it, however far away, as the boxes of a drawing. The way goes
 * through closed groups and through assets that the filter leaves out, never through what the reader may not see.
 */
export const assetReach: Query<Context, GraphInput & { id: Id }, Reach> = {
  kind: 'query',
  noun: 'asset',
  action: 'read',
  input: z.strictObject({ ...graphInput, id: idSchema }),
  output: z.strictObject({ needs: sideSchema, neededBy: sideSchema }),
  scope: async (ctx, { id }) => ({ entities: [(await findAsset(ctx, id)).entityId] }),
  async run(ctx, { id, ...whole }) {
    const { graph, cut } = await drawnAssets(ctx, whole)
    const start = graph.index.get(id) ?? -1
    const reached = (next: (at: number) => number[]) => {
      const found = new Set([start])
      for (const at of found)
        for (const other of next(at)) {
          const fact = graph.facts[other]
          if (fact && isVisible(ctx, fact.entityId)) found.add(other)
        }
      found.delete(start)
      const boxes = new Set<string>()
      for (const at of found) {
        const box = cut.boxOf.get(at)
        if (box !== undefined) boxes.add(box ?? graph.ids[at] ?? '')
      }
      return { assets: found.size, boxes: [...boxes].sort() }
    }
    return {
      needs: reached((at) => dependenciesOf(graph, at)),
      neededBy: reached((at) => dependentsOf(graph, at)),
    }
  },
}
