import { namesOf } from '../../db/citing.ts'
import type { Context } from '../../db/context.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { Asset } from '../asset.ts'
import { dependentsOf } from '../asset-graph.ts'
import type { KeptAsset } from '../held.ts'
import { assetsInMemory } from './current.ts'

/** Keys named in the refusal; the rest is counted. */
const mostNamed = 10

const endsLater = (one: Pick<Asset, 'inUseTo'>, day: string) => one.inUseTo === null || one.inUseTo > day

/**
 * Assets that would go on after the end of one that they depend on. Only an end that is new, or earlier than it was, is
 * looked at; what ends by the same change is no obstacle.
 */
async function needing(ctx: Context, ending: readonly Asset[]): Promise<KeptAsset[]> {
  const { graph } = await assetsInMemory(ctx)
  const after = new Map(ending.map((one) => [one.id, one]))
  const found = new Map<string, KeptAsset>()
  for (const one of ending) {
    const at = graph.index.get(one.id)
    const before = at === undefined ? null : graph.facts[at]
    const { inUseTo } = one
    if (at === undefined || !before || inUseTo === null || !endsLater(before, inUseTo)) continue
    for (const number of dependentsOf(graph, at)) {
      const other = graph.facts[number]
      if (other && endsLater(after.get(other.id) ?? other, inUseTo)) found.set(other.id, other)
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Ids of what gets an end that is new, or earlier than it was. */
async function endingAnew(ctx: Context, ending: readonly Asset[]): Promise<Id[]> {
  const { graph } = await assetsInMemory(ctx)
  return ending.flatMap((one) => {
    const at = graph.index.get(one.id)
    const before = at === undefined ? null : graph.facts[at]
    return before && one.inUseTo !== null && endsLater(before, one.inUseTo) ? [one.id] : []
  })
}

/**
 * Refuses to end what other assets need or where open risks lie, and names them; with a reason it may be ended all the
 * same.
 */
export async function refuseNeeded(ctx: Context, ending: readonly Asset[]): Promise<void> {
  if (ending.every((one) => one.inUseTo === null)) return
  const citing = await ctx.citing(ctx, 'asset', await endingAnew(ctx, ending))
  const others = await needing(ctx, ending)
  if (others.length === 0) {
    if (citing.length === 0) return
    throw new Problem('precondition', 'asset.cited', { count: citing.length, records: namesOf(citing) })
  }
  const assets = others.slice(0, mostNamed).map((one) => one.key)
  if (others.length > mostNamed) assets.push('…')
  throw new Problem('precondition', 'asset.needed', { count: others.length, assets: assets.join(', ') })
}
