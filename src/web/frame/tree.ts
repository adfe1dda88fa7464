type TreeNode = { id: string; parentId: string | null }

export type Placed<T> = { node: T; depth: number }

/** A tree as a list, parents before their children; below `top` only, when one is named. */
export function inTreeOrder<T extends TreeNode>(nodes: readonly T[], top?: string): Placed<T>[] {
  const known = new Set(nodes.map((node) => node.id))
  const children = Map.groupBy(nodes, (node) =>
    node.parentId !== null && known.has(node.parentId) ? node.parentId : '',
  )
  const below = (parent: string, depth: number): Placed<T>[] =>
    (children.get(parent) ?? []).flatMap((node) => [{ node, depth }, ...below(node.id, depth + 1)])
  const start = nodes.find((node) => node.id === top)
  return start ? [{ node: start, depth: 0 }, ...below(start.id, 1)] : below('', 0)
}
