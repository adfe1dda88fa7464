import { type RefObject, useRef, useState } from 'react'
import { useRowKeys } from './useRowKeys.ts'

export type Picked = {
  ids: ReadonlySet<string>
  /** Picks the row at an index or drops it; a range picks all from the one picked last. */
  pick: (index: number, range: boolean) => void
  /** Whether every row that can be picked is. */
  isAll: boolean
  toggleAll: () => void
  clear: () => void
}

/**
 * Rows that are picked by click and by key, those of a table that shows all of its rows at once. `rows` are the ids in
 * the order shown, null for a row that cannot be picked; `enabled` says whether this reader picks at all.
 */
export function usePicked(
  body: RefObject<HTMLTableSectionElement | null>,
  rows: readonly (string | null)[],
  enabled: boolean,
): Picked {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const anchor = useRef(-1)
  const pick = (index: number, range: boolean) => {
    const own = rows[index] ?? null
    if (own === null) return
    const next = new Set(ids)
    if (range && anchor.current >= 0) {
      const [low, high] = [Math.min(anchor.current, index), Math.max(anchor.current, index)]
      for (const id of rows.slice(low, high + 1)) if (id !== null) next.add(id)
    } else if (!next.delete(own)) next.add(own)
    anchor.current = index
    setIds(next)
  }
  useRowKeys(body, rows.length, () => {}, { select: (index, range) => enabled && pick(index, range) })
  const pickable = rows.filter((id) => id !== null)
  const isAll = pickable.length > 0 && pickable.every((id) => ids.has(id))
  return {
    ...{ ids, pick, isAll },
    toggleAll: () => setIds(new Set(isAll ? [] : pickable)),
    clear: () => setIds(new Set()),
  }
}
