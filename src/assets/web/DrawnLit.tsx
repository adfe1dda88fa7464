import { memo } from 'react'
import type { Counted } from '../drawing/cut.ts'
import type { Label } from '../drawing/labels.ts'
import type { Laid } from '../drawing/layout.ts'
import type { Box } from '../drawing/shapes.ts'
import { DrawnBox, DrawnLabel, DrawnLine } from './DrawnBoxes.tsx'
import css from './graph.module.css'
import type { Lit } from './graph-current.ts'

type DrawnLitProps = {
  lit: Lit
  boxes: readonly Box[]
  edges: readonly Counted[]
  laid: Laid
  labels: readonly Label[]
}

/** What is looked at, with all that it depends on and all that depends on it, drawn once more above the faded rest. */
export const DrawnLit = memo(function DrawnLit({ lit, boxes, edges, laid, labels }: DrawnLitProps) {
  const { current, needs, neededBy } = lit
  const isLit = (id: string) => needs.has(id) || neededBy.has(id)
  const drawn = boxes.filter((one) => isLit(one.id) && (!one.open || one.id === current))
  const frames = new Set(boxes.flatMap((one) => (one.open ? [one.id] : [])))
  const lines = edges.filter(
    ([from, to]) => (needs.has(from) && needs.has(to)) || (neededBy.has(from) && neededBy.has(to)),
  )
  return (
    <g className={css.lit}>
      {drawn
        .filter((one) => one.open)
        .map((one) => (
          <DrawnBox key={one.id} box={one} laid={laid} current />
        ))}
      <g className={css.lines}>
        {lines.map(([from, to, count]) => (
          <DrawnLine key={`${from} ${to}`} from={from} to={to} count={count} laid={laid} />
        ))}
      </g>
      {drawn
        .filter((one) => !one.open)
        .map((one) => (
          <DrawnBox key={one.id} box={one} laid={laid} current={one.id === current} />
        ))}
      {labels
        .filter((one) => isLit(one.id) || frames.has(one.id))
        .map((one) => (
          <DrawnLabel key={one.id} label={one} />
        ))}
    </g>
  )
})
