import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Rect } from '../drawing/layout.ts'

/** How a drawing is seen: so many pixels for a unit of it, and where its origin lies. */
export type View = { scale: number; x: number; y: number }

export type Size = { width: number; height: number }

const most = 2.5
const least = 0.05
const margin = 20

/** The most that the small map is high. */
export const mapHeight = 110

/** The scale at which names are drawn in full: whoever goes to something wants to read it. */
const readable = 0.92

/** The scale from which on a drawing that is seen as a whole can be read. */
const enough = 0.8

const bounded = (scale: number) => Math.min(most, Math.max(least, scale))

/** A view in which the whole drawing can be seen. */
export function fitting(drawing: Size, frame: Size): View {
  const scale = bounded(
    Math.min(1.1, (frame.width - 2 * margin) / drawing.width, (frame.height - 2 * margin) / drawing.height),
  )
  return {
    scale,
    x: (frame.width - drawing.width * scale) / 2,
    y: (frame.height - drawing.height * scale) / 2,
  }
}

/** The first view: all of it where names can be read so, otherwise its beginning. */
export function beginning(drawing: Size, frame: Size): View {
  const all = fitting(drawing, frame)
  if (all.scale >= enough) return all
  const scale = Math.max(enough, Math.min(1, (frame.width - 2 * margin) / drawing.width))
  const x = drawing.width * scale < frame.width ? (frame.width - drawing.width * scale) / 2 : margin
  return { scale, x, y: margin }
}

/** The same view closer or further away; the point stays where it is on the screen. */
export function zoomed(view: View, factor: number, point: { x: number; y: number }): View {
  const scale = bounded(view.scale * factor)
  const by = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }
}

/** How far something has to move to stand between two edges, or at the first where it is too long. */
function shift(from: number, length: number, [first, last]: readonly [number, number]): number {
  if (length > last - first || from < first) return first - from
  return Math.min(0, last - length - from)
}

/** The view moved as little as it takes to see a part of the drawing, close enough to read it. */
export function revealing(view: View, part: Rect, frame: Size): View {
  const scale = Math.max(view.scale, readable)
  const near = scale === view.scale ? view : zoomed(view, scale / view.scale, { x: 0, y: 0 })
  // The small map lies over the lower corner of a wide drawing.
  const below = frame.width < 600 ? margin : mapHeight + 2 * margin
  const dx = shift(near.x + part.x * scale, part.width * scale, [margin, frame.width - margin])
  const dy = shift(near.y + part.y * scale, part.height * scale, [margin, frame.height - below])
  return { scale, x: near.x + dx, y: near.y + dy }
}

/** A part of the drawing in the middle, close enough to read it. */
export function centred(part: Rect, frame: Size): View {
  const scale = 1
  return {
    scale,
    x: frame.width / 2 - (part.x + part.width / 2) * scale,
    y: frame.height / 2 - (part.y + part.height / 2) * scale,
  }
}

/** The size of an element, null until it is there. */
export function useSize() {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { frame, size }
}

type Point = { x: number; y: number }

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/** A finger or hand that moves less than this meant to press. */
const steady = 4

/** Moves a view by dragging, the wheel and two fingers. */
export function useView(frame: React.RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 })
  const pointers = useRef(new Map<number, Point>())
  const moved = useRef(false)
  const at = useCallback(
    (event: { clientX: number; clientY: number }): Point => {
      const box = frame.current?.getBoundingClientRect()
      return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
    },
    [frame],
  )
  useEffect(() => {
    const element = frame.current
    if (!element) return
    // Not through React, which listens passively: the page must not scroll under the drawing.
    const onWheel = (event: WheelEvent) => {
      const zooms = event.ctrlKey || event.metaKey
      // Unless the reader is in the drawing, the wheel scrolls the page.
      if (!zooms && !element.contains(document.activeElement)) return
      event.preventDefault()
      const point = at(event)
      setView((before) =>
        zooms
          ? zoomed(before, Math.exp(-event.deltaY / 300), point)
          : { ...before, x: before.x - event.deltaX, y: before.y - event.deltaY },
      )
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [frame, at])
  const hand = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return
      if (pointers.current.size === 0) moved.current = false
      pointers.current.set(event.pointerId, at(event))
    },
    onPointerMove(event: PointerEvent) {
      const from = pointers.current.get(event.pointerId)
      if (!from) return
      const to = at(event)
      if (!moved.current && distance(from, to) < steady) return
      // Only now: a press that is captured reaches no box.
      if (!moved.current) event.currentTarget.setPointerCapture(event.pointerId)
      moved.current = true
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
      pointers.current.set(event.pointerId, to)
      setView((before) => {
        if (!other) return { ...before, x: before.x + to.x - from.x, y: before.y + to.y - from.y }
        return zoomed(before, distance(to, other) / Math.max(1, distance(from, other)), other)
      })
    },
    onPointerUp: (event: PointerEvent) => {
      pointers.current.delete(event.pointerId)
    },
    onPointerCancel: (event: PointerEvent) => {
      pointers.current.delete(event.pointerId)
    },
    onPointerLeave: (event: PointerEvent) => {
      if (!moved.current) pointers.current.delete(event.pointerId)
    },
  }
  /** Whether what just ended was a movement and no press. */
  const wasMoved = useCallback(() => moved.current, [])
  return { view, setView, hand, wasMoved }
}
