import { useCallback, useEffect, useRef, useState } from 'react'

/** How a drawing is seen: so many pixels for a unit of it, and where its origin lies. */
export type View = { scale: number; x: number; y: number }

const least = 0.05
const most = 2.5

const bounded = (scale: number) => Math.min(most, Math.max(least, scale))

/** A view in which the whole drawing can be seen. */
export function fitting(
  drawing: { width: number; height: number },
  frame: { width: number; height: number },
): View {
  const margin = 60
  const scale = bounded(
    Math.min(1.2, frame.width / (drawing.width + 2 * margin), frame.height / (drawing.height + 2 * margin)),
  )
  return {
    scale,
    x: (frame.width - drawing.width * scale) / 2,
    y: Math.max(margin * scale, (frame.height - drawing.height * scale) / 2),
  }
}

/** The same view closer or further away; the point stays where it is on the screen. */
export function zoomed(view: View, factor: number, point: { x: number; y: number }): View {
  const scale = bounded(view.scale * factor)
  const by = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }
}

/** Pans and zooms with pointer and wheel; `frame` is the element in which the drawing lies. */
export function useView(drawing: { width: number; height: number }) {
  const frame = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 })
  const drag = useRef<{ x: number; y: number } | null>(null)
  const size = useCallback(() => {
    const box = frame.current?.getBoundingClientRect()
    return { width: box?.width ?? 800, height: box?.height ?? 500 }
  }, [])
  const { width, height } = drawing
  const showAll = useCallback(() => setView(fitting({ width, height }, size())), [width, height, size])
  useEffect(() => showAll(), [showAll])
  const zoom = useCallback(
    (factor: number) =>
      setView((before) => {
        const { width, height } = size()
        return zoomed(before, factor, { x: width / 2, y: height / 2 })
      }),
    [size],
  )
  useEffect(() => {
    const element = frame.current
    if (!element) return
    // Not through React, which listens passively: the page must not scroll under the drawing.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const point = { x: event.clientX - box.left, y: event.clientY - box.top }
      setView((before) => zoomed(before, Math.exp(-event.deltaY / 300), point))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [])
  /** Brings a point of the drawing into view. */
  const reveal = useCallback(
    (x: number, y: number) =>
      setView((before) => {
        const { width, height } = size()
        const [left, top] = [before.x + x * before.scale, before.y + y * before.scale]
        const edge = 80
        const dx = left < edge ? edge - left : left > width - edge ? width - edge - left : 0
        const dy = top < edge ? edge - top : top > height - edge ? height - edge - top : 0
        return dx === 0 && dy === 0 ? before : { ...before, x: before.x + dx, y: before.y + dy }
      }),
    [size],
  )
  const pan = {
    onPointerDown(event: React.PointerEvent) {
      if (event.button !== 0 || (event.target as Element).closest('[data-node]')) return
      drag.current = { x: event.clientX, y: event.clientY }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: React.PointerEvent) {
      const from = drag.current
      if (!from) return
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y]
      drag.current = { x: event.clientX, y: event.clientY }
      setView((before) => ({ ...before, x: before.x + dx, y: before.y + dy }))
    },
    onPointerUp() {
      drag.current = null
    },
  }
  return { frame, view, showAll, zoom, reveal, pan }
}
