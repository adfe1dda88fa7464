import type { Counted } from './cut.ts'
import type { Laid, Placed } from './layout.ts'
import type { Box } from './shapes.ts'

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const middle = (place: Placed) => place.y + place.height / 2

/** Where the arrow keys lead: left and right along lines, up and down among what stands in the same group. */
export function movesOf(boxes: readonly Box[], edges: readonly Counted[], laid: Laid) {
  const byId = new Map(boxes.map((one) => [one.id, one]))
  const out = Map.groupBy(edges, ([from]) => from)
  const into = Map.groupBy(edges, ([, to]) => to)
  const inside = Map.groupBy(boxes, (one) => one.parent)
  const needs = (id: string) => (out.get(id) ?? []).map(([, to]) => to)
  const neededBy = (id: string) => (into.get(id) ?? []).map(([from]) => from)
  const place = (id: string) => laid.places.get(id)

  const nearest = (from: Placed, ids: readonly string[]): string | null =>
    ids
      .flatMap((id) => place(id) ?? [])
      .sort(
        (a, b) =>
          Math.abs(middle(a) - middle(from)) +
            Math.abs(a.x - from.x) / 4 -
            Math.abs(middle(b) - middle(from)) -
            Math.abs(b.x - from.x) / 4 || (a.id < b.id ? -1 : 1),
      )[0]?.id ?? null

  /** Down the columns from left to right, as they are read. */
  const siblings = (id: string): string[] =>
    (inside.get(byId.get(id)?.parent ?? null) ?? [])
      .flatMap((one) => place(one.id) ?? [])
      .sort((a, b) => a.x - b.x || a.y - b.y || (a.id < b.id ? -1 : 1))
      .map((one) => one.id)

  return {
    byId,
    needs,
    neededBy,
    /** How many dependencies each line that leaves a box or leads to it stands for. */
    counts: (id: string) => ({
      out: (out.get(id) ?? []).map(([, , count]) => count),
      into: (into.get(id) ?? []).map(([, , count]) => count),
    }),
    /** The first of what stands in an open group, or at the top. */
    first(parent: string | null): string | null {
      const [some] = inside.get(parent) ?? []
      return some ? (siblings(some.id)[0] ?? null) : null
    },
    /** Where an arrow key leads from a box; null where there is nothing that way. */
    move(id: string, key: Arrow): string | null {
      const from = place(id)
      if (!from) return null
      if (key === 'ArrowLeft' || key === 'ArrowRight') {
        const open = byId.get(id)?.open && inside.has(id)
        // Lines end at what an open group holds, so the way on from the group is into it.
        if (open) return key === 'ArrowRight' ? this.first(id) : null
        return nearest(from, key === 'ArrowLeft' ? neededBy(id) : needs(id))
      }
      const row = siblings(id)
      return row[row.indexOf(id) + (key === 'ArrowUp' ? -1 : 1)] ?? null
    },
  }
}

export type Moves = ReturnType<typeof movesOf>

/**
 * What a box reaches along the lines that are drawn, in both directions, itself included. Through a group nothing goes
 * on: what leads into it and what leads out of it need not be the same assets.
 */
export function alongLines({ byId, needs, neededBy }: Moves, start: string) {
  const along = (next: (id: string) => string[]) => {
    const found = new Set([start])
    for (const id of found)
      if (id === start || byId.get(id)?.type === 'asset') for (const other of next(id)) found.add(other)
    return found
  }
  return { needs: along(needs), neededBy: along(neededBy) }
}
