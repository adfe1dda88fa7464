import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { inTreeOrder } from '../../web/frame/tree.ts'

type Node = { id: string; parentId: string | null }

/** Whether an entity is the one in view or below it; every entity is while none is chosen. */
export function useWithinScope(): (entityId: string) => boolean {
  const scope = useEntityScope()
  const { data } = useRead<{ items: Node[] }>('/api/entities', {}, scope !== undefined)
  if (scope === undefined) return () => true
  const inside = new Set(inTreeOrder(data?.items ?? [], scope).map(({ node }) => node.id))
  return (entityId) => inside.has(entityId)
}
