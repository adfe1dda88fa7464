import type { GraphAnswer, GraphNode } from './shapes.ts'

/** What is above, below and beside each node, in the order in which arrow keys visit them. */
export function movesOf({ nodes, edges }: Pick<GraphAnswer, 'nodes' | 'edges'>) {
  const byId = new Map(nodes.map((one) => [one.id, one]))
  const above = new Map<string, GraphNode[]>()
  const below = new Map<string, GraphNode[]>()
  for (const [from, to] of edges) {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (!a || !b) continue
    below.set(from, [...(below.get(from) ?? []), b])
    above.set(to, [...(above.get(to) ?? []), a])
  }
  const nearest = (from: GraphNode, others: readonly GraphNode[] = []): string | null =>
    others.toSorted((a, b) => Math.abs(a.x - from.x) - Math.abs(b.x - from.x) || (a.id < b.id ? -1 : 1))[0]
      ?.id ?? null
  const beside = (from: GraphNode, step: 1 | -1): string | null => {
    const row = nodes
      .filter((one) => one.layer === from.layer)
      .sort((a, b) => a.x - b.x || a.y - b.y || (a.id < b.id ? -1 : 1))
    return row[row.findIndex((one) => one.id === from.id) + step]?.id ?? null
  }
  return {
    byId,
    above: (id: string) => above.get(id) ?? [],
    below: (id: string) => below.get(id) ?? [],
    /** Where an arrow key leads from a node; null where there is nothing that way. */
    move(id: string, key: string): string | null {
      const from = byId.get(id)
      if (!from) return null
      if (key === 'ArrowUp') return nearest(from, above.get(id))
      if (key === 'ArrowDown') return nearest(from, below.get(id))
      if (key === 'ArrowLeft') return beside(from, -1)
      return key === 'ArrowRight' ? beside(from, 1) : null
    },
  }
}

export type Moves = ReturnType<typeof movesOf>
