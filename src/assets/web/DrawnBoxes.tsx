import { memo } from 'react'
import { curveOf, pathOf } from '../drawing/curve.ts'
import type { Label } from '../drawing/labels.ts'
import type { Bundle, Laid } from '../drawing/layout.ts'
import type { Box } from '../drawing/shapes.ts'
import { properties } from '../property.ts'
import css from './graph.module.css'

export function DrawnBox({ box, laid, current }: { box: Box; laid: Laid; current?: boolean }) {
  const place = laid.places.get(box.id)
  if (!place) return null
  const { x, y, width, height, depth } = place
  const level = Math.max(0, ...properties.map((each) => box.effective[each] ?? 0))
  return (
    <g
      data-box={box.id}
      className={css.box}
      data-type={box.open ? 'frame' : box.type}
      data-depth={depth}
      data-ended={(box.type === 'asset' && box.notInUse > 0) || undefined}
      data-current={current || undefined}
      transform={`translate(${x} ${y})`}
    >
      {box.type === 'group' && !box.open ? (
        // A second edge behind: there is more than one.
        <rect x={3} y={3} width={width} height={height} rx={5} />
      ) : null}
      <rect width={width} height={height} rx={5} />
      {box.open ? null : <rect className={css.worth} width={4} height={height} rx={2} data-level={level} />}
    </g>
  )
}

export function DrawnLabel({ label }: { label: Label }) {
  return (
    <g className={css.label} data-label={label.id}>
      {label.plate ? <rect className={css.plate} {...label.rect} rx={label.rect.height / 5} /> : null}
      {label.lines.map((line) => (
        <text
          key={`${line.anchor} ${line.y}`}
          x={line.x}
          y={line.y}
          fontSize={line.size}
          textAnchor={line.anchor}
          data-strong={line.strong || undefined}
        >
          {line.text}
        </text>
      ))}
    </g>
  )
}

export function DrawnLine({ from, to, count, laid }: Bundle & { laid: Laid }) {
  const [a, b] = [laid.places.get(from), laid.places.get(to)]
  if (!a || !b) return null
  return (
    <path
      d={pathOf(curveOf(a, b))}
      // Ten times as many are about twice as thick.
      strokeWidth={1.1 + Math.log10(count)}
      markerEnd="url(#asset-arrow)"
    />
  )
}

/** An open group that is looked at, with the lines that lead to it and away from it. */
export function DrawnRing({ id, bundles, laid }: { id: string; bundles: readonly Bundle[]; laid: Laid }) {
  const place = laid.places.get(id)
  if (!place) return null
  const { x, y, width, height } = place
  return (
    <g className={css.lit}>
      <rect className={css.ring} {...{ x, y, width, height }} rx={5} />
      <g className={css.lines}>
        {bundles
          .filter(({ from, to }) => from === id || to === id)
          .map((one) => (
            <DrawnLine key={`${one.from} ${one.to}`} {...one} laid={laid} />
          ))}
      </g>
    </g>
  )
}

type BaseProps = {
  boxes: readonly Box[]
  bundles: readonly Bundle[]
  laid: Laid
  labels: readonly Label[]
  counts: readonly Label[]
}

/** Everything as it is when nothing is looked at. Lines run below all that stands in the same group. */
export const DrawnBase = memo(function DrawnBase({ boxes, bundles, laid, labels, counts }: BaseProps) {
  const depthOf = (id: string) => laid.places.get(id)?.depth ?? 0
  const byDepth = Map.groupBy(boxes, (one) => depthOf(one.id))
  const linesByDepth = Map.groupBy(bundles, (one) => depthOf(one.from))
  return (
    <>
      {[...byDepth.keys()]
        .sort((a, b) => a - b)
        .map((depth) => (
          <g key={depth}>
            <g className={css.lines}>
              {linesByDepth.get(depth)?.map((one) => (
                <DrawnLine key={`${one.from} ${one.to}`} {...one} laid={laid} />
              ))}
            </g>
            {byDepth.get(depth)?.map((one) => (
              <DrawnBox key={one.id} box={one} laid={laid} />
            ))}
          </g>
        ))}
      {[...labels, ...counts].map((one) => (
        <DrawnLabel key={`${one.plate} ${one.id}`} label={one} />
      ))}
    </>
  )
})
