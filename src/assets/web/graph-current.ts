import { useEffect, useMemo, useRef, useState } from 'react'
import { useRead } from '../../web/data.ts'
import { alongLines, type Moves } from '../drawing/moves.ts'
import type { Box, Reach } from '../drawing/shapes.ts'
import type { Scene } from './graph-scene.ts'
import { beginning, centred, fitting, revealing, type Size, type View } from './graph-view.ts'

type SetView = (change: (before: View) => View) => void

/** What is looked at, by its id; kept in view when it moves with everything else that is opened or closed. */
export function useCurrent(start: string | null, { laid }: Scene, size: Size | null, setView: SetView) {
  const [at, setAt] = useState<string | null>(start)
  const begun = useRef(false)
  const followed = useRef<unknown>(null)
  useEffect(() => {
    if (start === null) return
    setAt(start)
    begun.current = false
  }, [start])
  useEffect(() => {
    if (!size) return
    const place = laid.places.get(at ?? '')
    if (!begun.current) {
      const all = beginning(laid, size)
      const isLarger = fitting(laid, size).scale < all.scale
      setView(() => (place && isLarger ? centred(place, size) : all))
    } else if (place && followed.current !== laid) setView((before) => revealing(before, place, size))
    begun.current = true
    followed.current = laid
  }, [laid, size, at, setView])
  return {
    at,
    setAt,
    /** Looks at a box and brings it into view. */
    show(id: string) {
      const place = laid.places.get(id)
      setAt(id)
      if (place && size) setView((before) => revealing(before, place, size))
    },
  }
}

export type Lit = {
  current: string
  /** What it depends on and what depends on it, itself in both. */
  needs: ReadonlySet<string>
  neededBy: ReadonlySet<string>
}

type Looked = {
  current: Box | null
  /** What lies under the pointer goes before what is looked at. */
  hovered: string | null
  /** What the current asset reaches, once that is known; null where only the lines that are drawn count. */
  reach: Reach | null
}

/** What stands out: a box with all that it reaches. Of a hovered box that is what the drawn lines tell. */
export function useLit(moves: Moves, { current, hovered, reach }: Looked): Lit | null {
  return useMemo(() => {
    const box = moves.byId.get(hovered ?? current?.id ?? '')
    if (!box || box.open) return null
    if (hovered || !reach) return { current: box.id, ...alongLines(moves, box.id) }
    return {
      current: box.id,
      needs: new Set([...reach.needs.boxes, box.id]),
      neededBy: new Set([...reach.neededBy.boxes, box.id]),
    }
  }, [hovered, current, moves, reach])
}

/** All that an asset reaches, which only the server knows: lines lead through closed groups. */
export const useReach = (
  box: Box | null,
  query: Readonly<Record<string, string | number | undefined>>,
): Reach | undefined => {
  const isAsset = box?.type === 'asset'
  const { data } = useRead<Reach>(`/api/assets/${box?.id}/reach`, query, isAsset)
  return isAsset ? data : undefined
}
