import type { KeyboardEvent } from 'react'
import type { Arrow, Moves } from '../drawing/moves.ts'
import type { Box } from '../drawing/shapes.ts'

/** How far Shift with an arrow key moves the drawing, in pixels. */
const pace = 80

const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [pace, 0],
  ArrowRight: [-pace, 0],
  ArrowUp: [0, pace],
  ArrowDown: [0, -pace],
}

const isArrow = (key: string): key is Arrow => key in ways

type Hands = {
  moves: Moves
  current: Box | null
  /** Where to begin while nothing is looked at. */
  first: string | null
  show: (id: string) => void
  pan: (x: number, y: number) => void
  zoom: (factor: number) => void
  showAll: () => void
  enter: (box: Box) => void
  open: (id: string) => void
  /** Closes or leaves something; false where there is nothing to be closed or left. */
  back: () => boolean
}

/** What a key does; false where it is none of the drawing's. */
function done(key: string, shift: boolean, hands: Hands): boolean {
  const { current, moves } = hands
  const way = ways[key]
  if (way && shift) hands.pan(...way)
  else if (isArrow(key)) {
    const next = current === null ? hands.first : moves.move(current.id, key)
    if (next !== null) hands.show(next)
  } else if (key === '+' || key === '=') hands.zoom(1.25)
  else if (key === '-') hands.zoom(0.8)
  else if (key === '0') hands.showAll()
  else if (key === 'Enter' && current) hands.enter(current)
  else if (key === 'o' && current?.type === 'asset') hands.open(current.id)
  else return key === 'Escape' && hands.back()
  return true
}

/** The keys of the drawing. */
export const keysOf = (hands: Hands) => (event: KeyboardEvent) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !done(event.key, event.shiftKey, hands)) return
  event.preventDefault()
  event.stopPropagation()
}
