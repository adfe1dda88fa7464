import { useState } from 'react'
import type { QueryValue } from '../client.ts'

export type Sort = { key: string; descending: boolean }

/** How a reader looks at a register: can be saved under a name. */
export type View = {
  sort: Sort | null
  filters: Readonly<Record<string, string>>
  hidden: readonly string[]
  compact: boolean
}

export type SavedView = { name: string; view: View }

export type ViewState = {
  id: string
  view: View
  set: (change: Partial<View>) => void
  saved: readonly SavedView[]
  save: (name: string) => void
  remove: (name: string) => void
  /** As the API's lists take it. */
  query: Readonly<Record<string, QueryValue>>
}

const plain: View = { sort: null, filters: {}, hidden: [], compact: true }

function stored<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key)
    return text === null ? otherwise : (JSON.parse(text) as T)
  } catch {
    return otherwise
  }
}

/** The view of one register, with the views that this browser keeps for it. */
export function useView(id: string, initial: Partial<View> = {}): ViewState {
  const savedKey = `assay-views-${id}`
  const layoutKey = `assay-layout-${id}`
  const [view, setView] = useState<View>(() => ({
    ...plain,
    ...initial,
    ...stored<Partial<View>>(layoutKey, {}),
  }))
  const [saved, setSaved] = useState<readonly SavedView[]>(() => stored(savedKey, []))
  const keep = (next: readonly SavedView[]) => {
    localStorage.setItem(savedKey, JSON.stringify(next))
    setSaved(next)
  }
  const set = (change: Partial<View>) => {
    const next = { ...view, ...change }
    localStorage.setItem(layoutKey, JSON.stringify({ hidden: next.hidden, compact: next.compact }))
    setView(next)
  }
  return {
    id,
    view,
    set,
    saved,
    save: (name) => keep([...saved.filter((one) => one.name !== name), { name, view }]),
    remove: (name) => keep(saved.filter((one) => one.name !== name)),
    query: {
      ...view.filters,
      ...(view.sort ? { sort: view.sort.key, order: view.sort.descending ? 'desc' : 'asc' } : {}),
    },
  }
}
