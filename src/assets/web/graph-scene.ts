import { useMemo } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { countsAt, labelsAt } from '../drawing/labels.ts'
import { bundlesOf, laidOut } from '../drawing/layout.ts'
import { movesOf } from '../drawing/moves.ts'
import type { GraphAnswer } from '../drawing/shapes.ts'
import type { Size } from './graph-view.ts'
import { wordingOf } from './graph-words.ts'
import { assetMessages } from './messages.ts'

/** A drawing narrower than this goes on downwards only. */
const narrow = 600

/** Labels are made anew when the scale has changed by so much, for the smaller of both. */
const step = 1.08

/** Everything that is drawn of an answer, made once for it and the room there is. */
export function useScene(graph: GraphAnswer, size: Size | null, scale: number) {
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

export type Scene = ReturnType<typeof useScene>
