import type { Rect } from './layout.ts'

type Point = { x: number; y: number }

export type Curve = { from: Point; to: Point; first: Point; second: Point }

const middle = (box: Rect): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

/**
 * The way of a line from one box to another. It leaves on the side on which the other stands, so that most lines run from
 * left to right and one that runs back can be told from its course.
 */
export function curveOf(a: Rect, b: Rect): Curve {
  const [from, to] = [middle(a), middle(b)]
  if (a.x + a.width < b.x || b.x + b.width < a.x) {
    const side = a.x < b.x ? 1 : -1
    const start = { x: side > 0 ? a.x + a.width : a.x, y: from.y }
    const end = { x: side > 0 ? b.x : b.x + b.width, y: to.y }
    const bend = Math.max(16, Math.abs(end.x - start.x) / 2) * side
    return {
      ...{ from: start, to: end },
      ...{ first: { x: start.x + bend, y: start.y }, second: { x: end.x - bend, y: end.y } },
    }
  }
  const side = from.y < to.y ? 1 : -1
  const start = { x: from.x, y: side > 0 ? a.y + a.height : a.y }
  const end = { x: to.x, y: side > 0 ? b.y : b.y + b.height }
  const bend = Math.max(6, Math.abs(end.y - start.y) / 2) * side
  return {
    ...{ from: start, to: end },
    ...{ first: { x: start.x, y: start.y + bend }, second: { x: end.x, y: end.y - bend } },
  }
}

const round = (value: number) => Math.round(value * 10) / 10

export const pathOf = ({ from, first, second, to }: Curve): string =>
  `M${round(from.x)} ${round(from.y)}C${round(first.x)} ${round(first.y)} ${round(second.x)} ${round(second.y)} ${round(to.x)} ${round(to.y)}`

/** A point of a curve; `t` runs from 0 at its start to 1 at its end. */
export function pointOn({ from, first, second, to }: Curve, t: number): Point {
  const u = 1 - t
  const at = (a: number, b: number, c: number, d: number) =>
    u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d
  return { x: at(from.x, first.x, second.x, to.x), y: at(from.y, first.y, second.y, to.y) }
}
