import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { properties } from '../property.ts'
import css from './graph.module.css'
import { movesOf } from './graph-moves.ts'
import { useView } from './graph-view.ts'
import { assetMessages } from './messages.ts'
import type { GraphAnswer, GraphNode } from './shapes.ts'

const box = { width: 148, height: 32 } as const

/** Below this a name cannot be read: only the shape of the whole is shown. */
const legible = 0.45

/** From the bottom of what depends to the top of what it depends on. */
function curve(from: GraphNode, to: GraphNode): string {
  const [a, b] = [from.y + box.height / 2, to.y - box.height / 2]
  const bend = Math.max(24, Math.abs(b - a) / 2)
  return `M${from.x} ${a}C${from.x} ${a + bend} ${to.x} ${b - bend} ${to.x} ${b}`
}

type GraphDrawingProps = {
  graph: GraphAnswer
  nameOf: (node: GraphNode) => string
  /** The node to begin at, such as the one that was searched for. */
  start: string | null
  onCentre: (id: string) => void
  onOpen: (id: string) => void
}

/** The layered drawing: pan by dragging, zoom by buttons or with Ctrl and the wheel, walk with the arrow keys. */
export function GraphDrawing({ graph, nameOf, start, onCentre, onOpen }: GraphDrawingProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const moves = useMemo(() => movesOf(graph), [graph])
  const [at, setAt] = useState<string | null>(start)
  const { frame, view, showAll, zoom, reveal, pan } = useView(graph)
  const current = at !== null && moves.byId.has(at) ? at : null
  useEffect(() => {
    const node = moves.byId.get(start ?? '')
    setAt(start)
    if (node) reveal(node.x, node.y)
  }, [start, moves, reveal])
  const near = new Set(
    current === null ? [] : [...moves.above(current), ...moves.below(current)].map((one) => one.id),
  )
  const go = (id: string | null) => {
    const node = moves.byId.get(id ?? '')
    if (!node) return
    setAt(node.id)
    reveal(node.x, node.y)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (key === '+' || key === '=') zoom(1.25)
    else if (key === '-') zoom(0.8)
    else if (key === '0') showAll()
    else if (key.startsWith('Arrow'))
      go(current === null ? (graph.nodes[0]?.id ?? null) : moves.move(current, key))
    else if (key === 'Enter' && current !== null) onCentre(current)
    else if (key === 'o' && current !== null) onOpen(current)
    else return
    done()
  }
  const shown = moves.byId.get(current ?? '')
  const detailed = view.scale >= legible
  return (
    <div className={css.stage}>
      <div
        ref={frame}
        className={css.frame}
        role="application"
        aria-label={t.graph.described(format.number(graph.nodes.length), format.number(graph.edges.length))}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is walked with the arrow keys
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...pan}
      >
        <svg className={css.drawing} data-detailed={detailed || undefined} aria-hidden="true">
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            {graph.edges.map(([from, to]) => {
              const [a, b] = [moves.byId.get(from), moves.byId.get(to)]
              if (!a || !b) return null
              const touched = current === from || current === to
              return (
                <path
                  key={`${from} ${to}`}
                  className={css.edge}
                  data-touched={touched || undefined}
                  d={curve(a, b)}
                />
              )
            })}
            {graph.nodes.map((node) => (
              <Node
                key={node.id}
                node={node}
                name={nameOf(node)}
                detailed={detailed}
                scale={view.scale}
                state={
                  node.id === current ? 'current' : near.has(node.id) ? 'near' : current ? 'far' : 'plain'
                }
                onPick={() => setAt(node.id)}
                onCentre={() => onCentre(node.id)}
              />
            ))}
          </g>
        </svg>
      </div>
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
      <p className={css.shown} role="status">
        {shown ? (
          <>
            <strong>{nameOf(shown)}</strong>{' '}
            <span className="quiet">
              {shown.assets > 1 ? t.graph.assets(format.number(shown.assets)) : <code>{shown.key}</code>} ·{' '}
              {properties.map((each) => `${t.letters[each]} ${shown.effective[each] ?? '–'}`).join(' ')} ·{' '}
              {t.graph.neededBy(format.number(moves.above(shown.id).length))} ·{' '}
              {t.graph.needs(format.number(moves.below(shown.id).length))}
            </span>{' '}
            <button type="button" className={css.act} onClick={() => onCentre(shown.id)}>
              {t.graph.centre}
            </button>{' '}
            <button type="button" className={css.act} onClick={() => onOpen(shown.id)}>
              {t.graph.open}
            </button>
          </>
        ) : null}
      </p>
    </div>
  )
}

type NodeProps = {
  node: GraphNode
  name: string
  detailed: boolean
  /** Pixels for a unit of the drawing. */
  scale: number
  state: 'current' | 'near' | 'far' | 'plain'
  onPick: () => void
  onCentre: () => void
}

/** What fits in a node, in halves of a full-width character. */
const most = 21

/** Cuts a name to what fits; kana and kanji are twice as wide as letters. */
function cut(text: string): string {
  let width = 0
  const signs = [...text]
  for (const [index, sign] of signs.entries()) {
    width += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
    if (width > most) return `${signs.slice(0, index - 1).join('')}…`
  }
  return text
}

function Node({ node, name, detailed, scale, state, onPick, onCentre }: NodeProps) {
  const level = Math.max(0, ...properties.map((each) => node.effective[each] ?? 0))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are handled by the drawing as a whole
    <g
      data-node={node.id}
      className={css.node}
      data-state={state}
      data-kind={node.kind ?? 'group'}
      transform={`translate(${node.x - box.width / 2} ${node.y - box.height / 2})`}
      onClick={onPick}
      onDoubleClick={onCentre}
    >
      <title>{name}</title>
      <rect width={box.width} height={box.height} rx={node.assets > 1 ? 2 : 5} />
      <rect className={css.worth} width={4} height={box.height} data-level={level} />
      {detailed ? (
        <text x={12} y={box.height / 2 + 4} fontSize={12}>
          {cut(name)}
          {node.assets > 1 ? ` · ${node.assets}` : ''}
        </text>
      ) : state === 'current' || state === 'near' ? (
        // From afar only what is looked at has its name, in letters of the usual size.
        <text className={css.afar} x={box.width / 2} y={-6} fontSize={11 / scale} textAnchor="middle">
          {cut(name)}
        </text>
      ) : null}
    </g>
  )
}
