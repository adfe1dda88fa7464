import type { Id } from '../../kernel/id.ts'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'

export type Belongings = { count: number; byNoun: Readonly<Record<string, number>> }

/** What belongs to somebody and would have to be handed over, counted by kind; null where nothing does. */
export function useBelongings(person: Id): Belongings | null {
  const may = useMay()
  const read = useRead<{ people: Belongings[] }>('/api/handovers', { person }, may('handover.read'))
  const found = read.data?.people[0]
  return found !== undefined && found.count > 0 ? found : null
}
