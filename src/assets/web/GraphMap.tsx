import type { PointerEvent } from 'react'
import type { Laid } from '../drawing/layout.ts'
import css from './graph.module.css'
import { mapHeight, type Size, type View } from './graph-view.ts'

const width = 148

type GraphMapProps = {
  laid: Laid
  view: View
  size: Size
  setView: (change: (before: View) => View) => void
}

/** Where in the whole one is: only drawn where not all can be seen. */
export function GraphMap({ laid, view, size, setView }: GraphMapProps) {
  const scale = Math.min(width / laid.width, mapHeight / laid.height)
  const seen = {
    x: Math.max(0, -view.x / view.scale),
    y: Math.max(0, -view.y / view.scale),
    right: Math.min(laid.width, (size.width - view.x) / view.scale),
    bottom: Math.min(laid.height, (size.height - view.y) / view.scale),
  }
  const part = Math.max(0, seen.right - seen.x) * Math.max(0, seen.bottom - seen.y)
  if (part > 0.92 * laid.width * laid.height || size.width < 600) return null
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0) return
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale]
    setView((before) => ({
      ...before,
      x: size.width / 2 - x * before.scale,
      y: size.height / 2 - y * before.scale,
    }))
  }
  return (
    <svg
      className={css.map}
      aria-hidden="true"
      width={laid.width * scale}
      height={laid.height * scale}
      viewBox={`0 0 ${laid.width} ${laid.height}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      {[...laid.places.values()]
        .filter((one) => one.depth < 2)
        .map(({ id, x, y, width, height, depth }) => (
          <rect key={id} className={css.part} {...{ x, y, width, height }} data-depth={depth} />
        ))}
      <rect
        className={css.seen}
        x={seen.x}
        y={seen.y}
        width={Math.max(0, seen.right - seen.x)}
        height={Math.max(0, seen.bottom - seen.y)}
      />
    </svg>
  )
}
