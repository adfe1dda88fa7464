import type { Counted } from './cut.ts'
import { inLayers } from './layers.ts'
import type { Box } from './shapes.ts'
import { arranged, type Room } from './shelf.ts'

/** In units of the drawing: pixels at a scale of 1. */
export type Rect = { x: number; y: number; width: number; height: number }

/** `depth` counts the open groups around a box. */
export type Placed = Rect & { id: string; depth: number }

export type Laid = { places: ReadonlyMap<string, Placed>; width: number; height: number }

/** Dependencies between two things in the same open group, or at the top. */
export type Bundle = { from: string; to: string; count: number }

/** What can be seen at once, and whether the width is not to be passed. */
export type Whole = Omit<Room, 'gap'>

export type Drawn = Pick<Box, 'id' | 'type' | 'parent' | 'key' | 'open'>

export const sizes = {
  asset: { width: 184, height: 40 },
  rest: { width: 184, height: 40 },
  group: { width: 204, height: 56 },
} as const

/** Around what stands in an open group; its title stands in the room above. */
export const padding = { x: 12, top: 34, bottom: 12 } as const

/** The part of what can be seen at once that a group within may take, in either direction. */
const share = 0.62

/** In a narrow drawing everything is as wide as fits into two open groups. */
const sizeIn = (room: Whole, type: Drawn['type']) =>
  room.narrow ? { width: Math.max(180, room.width - 4 * padding.x), height: sizes[type].height } : sizes[type]

const innerOf = (room: Whole): Whole =>
  room.narrow
    ? { ...room, width: room.width - 2 * padding.x }
    : { ...room, width: room.width * share, height: room.height * share }

const gaps = { groups: { x: 34, y: 14 }, assets: { x: 34, y: 8 } } as const

/** All boxes that a box stands in, itself first. */
export function lineage(boxes: ReadonlyMap<string, Pick<Box, 'parent'>>, id: string): string[] {
  const found = [id]
  for (let at = boxes.get(id)?.parent ?? null; at !== null; at = boxes.get(at)?.parent ?? null) found.push(at)
  return found
}

/**
 * Lines put together where they run the same way: between the two things, in the innermost group that holds both ends,
 * in which the ends stand.
 */
export function bundlesOf(boxes: readonly Drawn[], edges: readonly Counted[]): Bundle[] {
  const byId = new Map(boxes.map((one) => [one.id, one]))
  const found = new Map<string, Bundle>()
  for (const [from, to, count] of edges) {
    if (!byId.has(from) || !byId.has(to)) continue
    const [a, b] = [lineage(byId, from).reverse(), lineage(byId, to).reverse()]
    const depth = a.findIndex((one, at) => one !== b[at])
    const [start, end] = [a[depth], b[depth]]
    if (start === undefined || end === undefined) continue
    const key = `${start} ${end}`
    found.set(key, { from: start, to: end, count: (found.get(key)?.count ?? 0) + count })
  }
  return [...found.values()]
}

type Placing = {
  inside: ReadonlyMap<string | null, readonly Drawn[]>
  lines: ReadonlyMap<string | null, readonly Bundle[]>
  sizeOf: (type: Drawn['type']) => { width: number; height: number }
  places: Map<string, Placed>
}

/** Places all that stands in a group, seen from its corner, and says how much room it takes. */
function placedIn(placing: Placing, parent: string | null, room: Whole): { width: number; height: number } {
  const { inside, lines, sizeOf, places } = placing
  const here = inside.get(parent) ?? []
  const sized = here.map((one) => {
    if (!one.open || !inside.has(one.id)) return { id: one.id, ...sizeOf(one.type), open: false }
    const { width, height } = placedIn(placing, one.id, innerOf(room))
    return {
      ...{ id: one.id, open: true, height: height + padding.top + padding.bottom },
      width: Math.max(sizeOf(one.type).width, width + 2 * padding.x),
    }
  })
  const number = new Map(here.map((one, at) => [one.id, at]))
  const layers = inLayers({
    count: here.length,
    lines: (lines.get(parent) ?? [])
      .map(({ from, to, count }) => [number.get(from) ?? 0, number.get(to) ?? 0, count] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
  })
  const joined = new Set(layers.flat())
  const pick = (row: readonly number[]) => row.flatMap((at) => sized[at] ?? [])
  const loose = pick(here.map((_, at) => at).filter((at) => !joined.has(at)))
  const gap = here.every((one) => one.type !== 'group') ? gaps.assets : gaps.groups
  const { spots, width, height } = arranged(layers.map(pick), loose, { ...room, gap })
  const byId = new Map(sized.map((one) => [one.id, one]))
  for (const { id, x, y } of spots) {
    const { width = 0, height = 0 } = byId.get(id) ?? {}
    places.set(id, { id, x, y, width, height, depth: 0 })
  }
  return { width, height }
}

/** Moves everything from where its group sees it to where it stands in the whole. */
function settle(placing: Placing, parent: string | null, corner: { x: number; y: number }, depth = 0) {
  const { inside, places } = placing
  for (const { id } of inside.get(parent) ?? []) {
    const place = places.get(id)
    if (!place) continue
    const moved = { ...place, x: place.x + corner.x, y: place.y + corner.y, depth }
    places.set(id, moved)
    settle(placing, id, { x: moved.x + padding.x, y: moved.y + padding.top }, depth + 1)
  }
}

/**
 * Where everything stands: what depends left of what it depends on, open groups as frames around what is in them. The
 * same boxes and lines give the same drawing, in whatever order they are given.
 */
export function laidOut(boxes: readonly Drawn[], edges: readonly Counted[], room: Whole): Laid {
  const rank = (one: Drawn) => `${one.type === 'rest' ? 1 : 0} ${one.key} ${one.id}`
  const parents = new Map(boxes.map((one) => [one.id, one.parent]))
  const placing: Placing = {
    inside: Map.groupBy(
      boxes.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)),
      (one) => one.parent,
    ),
    lines: Map.groupBy(bundlesOf(boxes, edges), (one) => parents.get(one.from) ?? null),
    sizeOf: (type) => sizeIn(room, type),
    places: new Map(),
  }
  const { width, height } = placedIn(placing, null, room)
  settle(placing, null, { x: 0, y: 0 })
  return { places: placing.places, width, height }
}
