import { type MouseEvent, useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Box, GraphAnswer } from '../drawing/shapes.ts'
import { DrawnScene } from './DrawnScene.tsx'
import { GraphMap } from './GraphMap.tsx'
import { type GraphActs, GraphStatus } from './GraphStatus.tsx'
import { GraphZoom } from './GraphZoom.tsx'
import css from './graph.module.css'
import { useCurrent, useLit, useReach } from './graph-current.ts'
import { keysOf } from './graph-keys.ts'
import { useScene } from './graph-scene.ts'
import { fitting, useSize, useView, zoomed } from './graph-view.ts'
import { assetMessages } from './messages.ts'

type GraphDrawingProps = GraphActs & {
  graph: GraphAnswer
  query: Readonly<Record<string, string | number | undefined>>
  /** The asset in the middle, where only what is around one is drawn. */
  focus: string | null
  /** What to begin at, such as the asset that was searched for. */
  start: string | null
  /** Closes the group that is looked at or that the current box stands in, or leaves what is around an asset. */
  onBack: (current: Box | null) => void
}

/** The drawing: moved by dragging, walked with the arrow keys, its groups opened where they stand. */
export function GraphDrawing({ graph, query, focus, start, onBack, ...acts }: GraphDrawingProps) {
  const { frame, size } = useSize()
  const { view, setView, hand, wasMoved } = useView(frame)
  const scene = useScene(graph, size, view.scale)
  const { laid, moves } = scene
  const { at, setAt, show } = useCurrent(start, scene, size, setView)
  const [hovered, setHovered] = useState<string | null>(null)
  const current = moves.byId.get(at ?? '') ?? null
  const reach = useReach(current, query)
  const lit = useLit(moves, { current, hovered, reach: focus === null ? (reach ?? null) : null })
  const zoom = (factor: number) => {
    const middle = { x: (size?.width ?? 0) / 2, y: (size?.height ?? 0) / 2 }
    setView((before) => zoomed(before, factor, middle))
  }
  const showAll = () => size && setView(fitting(laid, size))
  const back = (): boolean => {
    if (current === null && focus === null) return false
    setAt(current && (current.open ? current.id : current.parent))
    onBack(current)
    return true
  }
  const onKeyDown = keysOf({
    ...{ moves, current, show, zoom, showAll, back, open: acts.onOpen },
    first: focus ?? moves.first(null),
    pan: (x, y) => setView((before) => ({ ...before, x: before.x + x, y: before.y + y })),
    enter: (box) => {
      if (box.type === 'group') acts.onToggle(box)
      else if (box.type === 'rest') acts.onRegister(box)
      else if (box.id === focus) acts.onOpen(box.id)
      else acts.onAround(box.id)
    },
  })
  const boxAt = (event: MouseEvent): Box | null => {
    const id = (event.target as Element).closest('[data-box]')?.getAttribute('data-box')
    return moves.byId.get(id ?? '') ?? null
  }
  const pointer = {
    onClick(event: MouseEvent) {
      const box = boxAt(event)
      if (!box || wasMoved()) return
      setAt(box.id)
      if (box.type === 'group') acts.onToggle(box)
    },
    onDoubleClick(event: MouseEvent) {
      const box = boxAt(event)
      if (box?.type === 'asset') acts.onAround(box.id)
    },
    onMouseMove(event: MouseEvent) {
      const box = event.buttons > 0 ? null : boxAt(event)
      setHovered(box && !box.open ? box.id : null)
    },
    onMouseLeave: () => setHovered(null),
  }
  return (
    <div>
      <div className={css.stage}>
        <div
          ref={frame}
          className={css.frame}
          role="application"
          aria-label={useDescription(graph)}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is walked with the arrow keys
          tabIndex={0}
          onKeyDown={onKeyDown}
          {...pointer}
          {...hand}
        >
          {size ? <DrawnScene {...{ graph, scene, view, lit, current }} /> : null}
        </div>
        {size ? <GraphMap {...{ laid, view, size, setView }} /> : null}
      </div>
      <div className={css.foot}>
        <GraphStatus box={current} moves={moves} reach={reach} focus={focus} {...acts} />
        <GraphZoom zoom={zoom} showAll={showAll} />
      </div>
    </div>
  )
}

/** The drawing in words, with the keys that it is walked with. */
function useDescription({ total, boxes, edges }: GraphAnswer): string {
  const t = useWords(assetMessages)
  const { number } = useFormat()
  const dependencies = edges.reduce((sum, [, , count]) => sum + count, 0)
  return t.graph.described(number(total), number(boxes.length), number(dependencies))
}
