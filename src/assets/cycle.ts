import type { AssetFact, AssetGraph } from './asset-graph.ts'

type Wanted = Pick<AssetFact, 'id' | 'dependsOn'>

/**
 * A circle that some assets would close if they depended on what is wanted, as ids from the first back to itself; null
 * where there is none. Each asset is walked once, however many are wanted.
 */
export function circleIn(graph: AssetGraph, wanted: readonly Wanted[]): string[] | null {
  const laid = new Map(wanted.map((one) => [one.id, one.dependsOn]))
  const next = (id: string): readonly string[] => {
    const given = laid.get(id)
    if (given !== undefined) return given
    const at = graph.index.get(id)
    return at === undefined ? [] : (graph.facts[at]?.dependsOn ?? [])
  }
  const done = new Set<string>()
  for (const { id: start } of wanted) {
    if (done.has(start)) continue
    const path = [{ id: start, rest: next(start), at: 0 }]
    const open = new Set([start])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const following = top.rest[top.at++]
      if (following === undefined) {
        open.delete(top.id)
        done.add(top.id)
        path.pop()
      } else if (open.has(following)) {
        const ids = path.map((one) => one.id)
        return [...ids.slice(ids.indexOf(following)), following]
      } else if (!done.has(following)) {
        open.add(following)
        path.push({ id: following, rest: next(following), at: 0 })
      }
    }
  }
  return null
}
