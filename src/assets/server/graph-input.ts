import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { idSchema } from '../../kernel/id.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import type { AssetGraph } from '../asset-graph.ts'
import { dependentsOf } from '../asset-graph.ts'
import { type Cut, cutOf, type Opened } from '../drawing/cut.ts'
import type { KeptAsset } from '../held.ts'
import type { OnDay } from '../inheritance.ts'
import { assetsInMemory } from './current.ts'
import { assetFilter } from './filter.ts'
import { type CountedPart, groupings, partsOf } from './graph-parts.ts'

/** Boxes of single assets that a drawing has at most: beyond that nobody reads it. */
export const mostAssets = 1_000

/** What every question about the drawing says of it, so that the answers speak of the same boxes. */
export const graphInput = {
  ...assetFilter,
  /** What assets are put together by first; by the other next. */
  by: z.enum(groupings).default('entity'),
  /** Groups that are open, by their ids with commas between; `*` is all of them, `-` none. */
  open: z
    .string()
    .max(8_000)
    .regex(/^([*-]|[a-z0-9-]+(\/[a-z0-9-]+)?(,[a-z0-9-]+(\/[a-z0-9-]+)?)*)$/)
    .optional(),
  /** An asset that is to be seen, with the groups that it is in open. */
  show: idSchema.optional(),
  /** Boxes that the reader has room for, where nothing is said of what is open. */
  room: z.coerce.number().int().min(1).max(200).default(60),
}

export type GraphInput = z.output<z.ZodObject<typeof graphInput>>

export type DrawnAssets = {
  graph: AssetGraph<KeptAsset>
  day: OnDay
  parts: CountedPart[]
  cut: Cut
}

function openedOf({ open, room }: GraphInput): Opened {
  if (open === undefined) return { room }
  if (open === '*') return 'all'
  return new Set(open === '-' ? [] : open.split(','))
}

/** The most that an asset is worth in any property. */
export const worthOf = ({ levels }: OnDay, at: number): number =>
  Math.max(0, ...levels.map((each) => each[at] ?? 0))

/** More than an asset has dependents. */
const beyondAll = 1e7

/** Of some assets so many: those worth most, and of the same worth those on which most depend. */
export function seenFirst(graph: AssetGraph<KeptAsset>, day: OnDay) {
  const weigh = (at: number) => worthOf(day, at) * beyondAll + dependentsOf(graph, at).length
  const keyOf = (at: number) => graph.facts[at]?.key ?? ''
  return (numbers: readonly number[], count: number): number[] => {
    if (count === 0) return []
    // Numbers are sorted fast; keys only where it matters which comes first.
    const weights = Float64Array.from(numbers, weigh)
    const least = weights.toSorted()[Math.max(0, numbers.length - count)] ?? 0
    return numbers
      .flatMap((at, index) => {
        const weight = weights[index] ?? 0
        return weight < least ? [] : [{ at, weight, key: keyOf(at) }]
      })
      .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
      .slice(0, count)
      .map(({ at }) => at)
  }
}

/** The assets of the register under a filter, and the boxes that stand for them. */
export async function drawnAssets(ctx: Context, input: GraphInput): Promise<DrawnAssets> {
  const { by, open: _open, room: _room, show, ...filter } = input
  const { graph, on } = await assetsInMemory(ctx)
  const day = on(ctx.asOf)
  const entities = await entitiesById(ctx)
  const parts = await partsOf(ctx, graph, { filter, by }, (id) => entities.get(id)?.key ?? id)
  const shown = show === undefined ? undefined : graph.index.get(show)
  const first = seenFirst(graph, day)
  const cut = cutOf(parts, openedOf(input), mostAssets, {
    shown: shown ?? null,
    chosen: (numbers, count) =>
      shown === undefined || !numbers.includes(shown)
        ? first(numbers, count)
        : [
            shown,
            ...first(
              numbers.filter((at) => at !== shown),
              count - 1,
            ),
          ],
  })
  return { graph, day, parts, cut }
}
