import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { countsAt, labelsAt } from '../drawing/labels.ts'
import { bundlesOf, laidOut } from '../drawing/layout.ts'
import { type Arrow, alongLines, movesOf } from '../drawing/moves.ts'
import type { Box, GraphAnswer, Reach } from '../drawing/shapes.ts'
import { DrawnBase, DrawnRing } from './DrawnBoxes.tsx'
import { DrawnLit, type Lit } from './DrawnLit.tsx'
import { GraphMap } from './GraphMap.tsx'
import { type GraphActs, GraphStatus } from './GraphStatus.tsx'
import css from './graph.module.css'
import { beginning, centred, fitting, revealing, useSize, useView, zoomed } from './graph-view.ts'
import { wordingOf } from './graph-words.ts'
import { assetMessages } from './messages.ts'

/** A drawing narrower than this goes on downwards only. */
const narrow = 600

const arrows: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
const isArrow = (key: string): key is Arrow => arrows.includes(key)

/** Labels are made anew when the scale has changed by so much, for the smaller of both. */
const step = 1.08

type GraphDrawingProps = GraphActs & {
  graph: GraphAnswer
  query: Readonly<Record<string, string | number | undefined>>
  /** The asset in the middle, where only what is around one is drawn. */
  focus: string | null
  /** What to begin at, such as the asset that was searched for. */
  start: string | null
  /** Closes what the current box stands in, or leaves what is around an asset. */
  onBack: (current: Box | null) => void
}

/** Everything that is drawn of an answer, made once for it and the room there is. */
function useScene(graph: GraphAnswer, size: { width: number; height: number } | null, scale: number) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { boxes, edges } = graph
  // In steps: the drawing does not jump while a window is being made larger.
  const width = Math.round((size?.width ?? 1160) / 40) * 40
  const height = Math.round((size?.height ?? 640) / 40) * 40
  const isNarrow = width < narrow
  const laid = useMemo(() => {
    const room = { width: width - 40, height: height - 40, narrow: isNarrow }
    return laidOut(boxes, edges, room)
  }, [boxes, edges, width, height, isNarrow])
  const bundles = useMemo(() => bundlesOf(boxes, edges), [boxes, edges])
  const moves = useMemo(() => movesOf(boxes, edges, laid), [boxes, edges, laid])
  const at = step ** Math.floor(Math.log(scale) / Math.log(step))
  const { labels, counts } = useMemo(() => {
    const words = new Map(boxes.map((one) => [one.id, wordingOf(one, t, format)]))
    const none = { name: '', short: '', info: '', mark: '' }
    const labels = labelsAt(laid, boxes, (id) => words.get(id) ?? none, at)
    return { labels, counts: countsAt(laid, bundles, format.number, at, labels) }
  }, [laid, boxes, bundles, t, format, at])
  return { laid, bundles, moves, labels, counts }
}

/** The drawing: moved by dragging, walked with the arrow keys, its groups opened where they stand. */
export function GraphDrawing({ graph, query, focus, start, onBack, ...acts }: GraphDrawingProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { frame, size } = useSize()
  const { view, setView, hand, wasMoved } = useView(frame)
  const { laid, bundles, moves, labels, counts } = useScene(graph, size, view.scale)
  const [at, setAt] = useState<string | null>(start)
  const [hovered, setHovered] = useState<string | null>(null)
  const current = at === null ? null : (moves.byId.get(at) ?? null)
  const isAsset = current?.type === 'asset'
  const { data: reach } = useRead<Reach>(`/api/assets/${current?.id}/reach`, query, isAsset)

  const show = (id: string) => {
    const place = laid.places.get(id)
    setAt(id)
    if (place && size) setView((before) => revealing(before, place, size))
  }
  const begun = useRef(false)
  const followed = useRef<unknown>(null)
  useEffect(() => {
    if (!size) return
    const place = laid.places.get(at ?? '')
    if (!begun.current) {
      const all = beginning(laid, size)
      setView(place && fitting(laid, size).scale < all.scale ? centred(place, size) : all)
    }
    // What was opened or closed has moved with everything else: it stays in view.
    else if (place && followed.current !== laid) setView((before) => revealing(before, place, size))
    begun.current = true
    followed.current = laid
  }, [laid, size, at, setView])
  useEffect(() => {
    setAt(start)
    begun.current = false
  }, [start])

  const lit = useMemo((): Lit | null => {
    const id = hovered ?? current?.id
    const box = moves.byId.get(id ?? '')
    if (!box || box.open) return null
    const { needs, neededBy } = alongLines(moves, box.id)
    if (hovered || !reach || focus !== null) return { current: box.id, needs, neededBy }
    return {
      current: box.id,
      needs: new Set([...reach.needs.boxes, box.id]),
      neededBy: new Set([...reach.neededBy.boxes, box.id]),
    }
  }, [hovered, current, moves, reach, focus])

  const middle = { x: (size?.width ?? 0) / 2, y: (size?.height ?? 0) / 2 }
  const zoom = (factor: number) => setView((before) => zoomed(before, factor, middle))
  const showAll = () => size && setView(fitting(laid, size))
  const enter = (box: Box) => {
    if (box.type === 'group') acts.onToggle(box)
    else if (box.type === 'rest') acts.onRegister(box)
    else if (box.id === focus) acts.onOpen(box.id)
    else acts.onAround(box.id)
  }
  const back = () => {
    const closing = current && (current.open ? current.id : current.parent)
    if (closing) setAt(closing)
    onBack(current)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isArrow(key) && event.shiftKey) {
      const [dx, dy] = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[
        key
      ]
      setView((before) => ({ ...before, x: before.x + (dx ?? 0), y: before.y + (dy ?? 0) }))
    } else if (isArrow(key)) {
      const next = current === null ? (focus ?? moves.first(null)) : moves.move(current.id, key)
      if (next !== null) show(next)
    } else if (key === '+' || key === '=') zoom(1.25)
    else if (key === '-') zoom(0.8)
    else if (key === '0') showAll()
    else if (key === 'Enter' && current) enter(current)
    else if (key === 'o' && isAsset) acts.onOpen(current.id)
    else if (key === 'Escape' && (current || focus)) back()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const boxAt = (event: MouseEvent): Box | null => {
    const id = (event.target as Element).closest('[data-box]')?.getAttribute('data-box')
    return moves.byId.get(id ?? '') ?? null
  }
  const onClick = (event: MouseEvent) => {
    const box = boxAt(event)
    if (!box || wasMoved()) return
    setAt(box.id)
    if (box.type === 'group') acts.onToggle(box)
  }
  const onHover = (event: MouseEvent) => {
    const box = wasMoved() && event.buttons > 0 ? null : boxAt(event)
    setHovered(box && !box.open ? box.id : null)
  }
  const dependencies = graph.edges.reduce((sum, [, , count]) => sum + count, 0)
  return (
    <div>
      <div className={css.stage}>
        <div
          ref={frame}
          className={css.frame}
          role="application"
          aria-label={t.graph.described(
            format.number(graph.total),
            format.number(graph.boxes.length),
            format.number(dependencies),
          )}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is walked with the arrow keys
          tabIndex={0}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={(event) => {
            const box = boxAt(event)
            if (box?.type === 'asset') acts.onAround(box.id)
          }}
          onMouseMove={onHover}
          onMouseLeave={() => setHovered(null)}
          {...hand}
        >
          <svg className={css.drawing} aria-hidden="true" data-scale={view.scale}>
            <defs>
              <marker
                id="asset-arrow"
                className={css.arrow}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                markerUnits="userSpaceOnUse"
                orient="auto"
              >
                <path d="M0 0.500 8 4 0 7.500Z" />
              </marker>
            </defs>
            {size ? (
              <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
                <g className={css.base} data-base data-faded={lit !== null || undefined}>
                  <DrawnBase {...{ boxes: graph.boxes, bundles, laid, labels, counts }} />
                </g>
                {lit ? <DrawnLit {...{ lit, boxes: graph.boxes, edges: graph.edges, laid, labels }} /> : null}
                {current?.open ? <DrawnRing id={current.id} bundles={bundles} laid={laid} /> : null}
              </g>
            ) : null}
          </svg>
        </div>
        {size ? (
          <GraphMap
            laid={laid}
            view={view}
            size={size}
            onMove={(x, y) =>
              setView((before) => ({
                ...before,
                x: size.width / 2 - x * before.scale,
                y: size.height / 2 - y * before.scale,
              }))
            }
          />
        ) : null}
      </div>
      <div className={css.foot}>
        <GraphStatus
          box={current}
          moves={moves}
          reach={isAsset ? reach : undefined}
          focus={focus}
          {...acts}
        />
        <div className={css.zoom}>
          <ActionIcon variant="default" aria-label={t.graph.zoomIn} onClick={() => zoom(1.25)}>
            +
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t.graph.zoomOut} onClick={() => zoom(0.8)}>
            −
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t.graph.fit} onClick={showAll}>
            ⤢
          </ActionIcon>
        </div>
      </div>
    </div>
  )
}
