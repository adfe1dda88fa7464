import type { AssetGraph } from '../asset-graph.ts'
import { dependenciesOf } from '../asset-graph.ts'

/** Assets of one kind in one entity, by their numbers in the graph. */
export type Part = { top: string; second: string; numbers: readonly number[] }

/** Which groups are open: those named, all of them, or as many as there is room for when nothing was said. */
export type Opened = ReadonlySet<string> | 'all' | { room: number }

/** How a drawing stands for its assets: each by a box of its own, or by the group or the rest of the group it is in. */
export type Cut = {
  open: ReadonlySet<string>
  /** Per open part, the assets that have boxes of their own. */
  shown: ReadonlyMap<string, readonly number[]>
  /** The box that stands for each asset, by the number of the asset; null is one of its own. */
  boxOf: ReadonlyMap<number, string | null>
}

export const partId = ({ top, second }: Pick<Part, 'top' | 'second'>): string => `${top}/${second}`
export const restId = (part: string): string => `${part}/+`

/** Groups that are opened where nothing was said: whole levels, as long as all their boxes find room. */
function openedFor(parts: readonly Part[], room: number): Set<string> {
  const assets = parts.reduce((sum, one) => sum + one.numbers.length, 0)
  if (assets <= room) return everything(parts)
  return new Set(parts.length <= room ? parts.map((one) => one.top) : [])
}

const everything = (parts: readonly Part[]) => new Set(parts.flatMap((one) => [one.top, partId(one)]))

/** How many assets each open part shows: the small ones all, the large ones what the others leave. */
function shares(parts: readonly Part[], most: number): Map<string, number> {
  const found = new Map<string, number>()
  let left = most
  const bySize = parts.toSorted(
    (a, b) => a.numbers.length - b.numbers.length || (partId(a) < partId(b) ? -1 : 1),
  )
  for (const [at, one] of bySize.entries()) {
    const share = Math.min(one.numbers.length, Math.floor(left / (bySize.length - at)))
    found.set(partId(one), share)
    left -= share
  }
  return found
}

function wantedOf(parts: readonly Part[], opened: Opened): ReadonlySet<string> {
  if (opened === 'all') return everything(parts)
  return 'room' in opened ? openedFor(parts, opened.room) : opened
}

type Seen = {
  /** An asset that is to be seen: its groups are open. */
  shown: number | null
  /** Those members of a part that are to be seen, so many of them, what matters most first. */
  chosen: (numbers: readonly number[], count: number) => number[]
}

/** Which box stands for each asset, with at most `most` boxes of single assets. */
export function cutOf(
  parts: readonly Part[],
  opened: Opened,
  most: number,
  { shown: seen, chosen }: Seen,
): Cut {
  const around = parts.filter((one) => seen !== null && one.numbers.includes(seen))
  const wanted = new Set([...wantedOf(parts, opened), ...everything(around)])
  const isOpen = (one: Part) => wanted.has(one.top) && wanted.has(partId(one))
  const open = new Set(
    parts.flatMap((one) => [
      ...(wanted.has(one.top) ? [one.top] : []),
      ...(isOpen(one) ? [partId(one)] : []),
    ]),
  )
  const room = shares(parts.filter(isOpen), most)
  const shown = new Map<string, readonly number[]>()
  const boxOf = new Map<number, string | null>()
  for (const one of parts) {
    const id = partId(one)
    const closed = open.has(one.top) ? id : one.top
    const own = open.has(id) ? chosen(one.numbers, room.get(id) ?? 0) : []
    if (open.has(id)) shown.set(id, own)
    for (const at of one.numbers) boxOf.set(at, open.has(id) ? restId(id) : closed)
    for (const at of own) boxOf.set(at, null)
  }
  return { open, shown, boxOf }
}

export type Counted = [from: string, to: string, count: number]

/**
 * Dependencies between boxes, each with how many it stands for; what a box holds is left out. Beyond `most` the
 * strongest remain.
 */
export function joined(
  graph: AssetGraph,
  boxOf: ReadonlyMap<number, string | null>,
  most: number,
): { edges: Counted[]; left: number } {
  const names: string[] = []
  const numbers = new Map<string, number>()
  // Counted by numbers: a hundred thousand assets have several hundred thousand dependencies.
  const boxes = new Int32Array(graph.ids.length).fill(-1)
  for (const [at, box] of boxOf) {
    const name = box ?? graph.ids[at] ?? ''
    const known = numbers.get(name) ?? names.push(name) - 1
    numbers.set(name, known)
    boxes[at] = known
  }
  const counts = new Map<number, number>()
  for (const at of boxOf.keys()) {
    const from = boxes[at] ?? -1
    for (const other of dependenciesOf(graph, at)) {
      const to = boxes[other] ?? -1
      if (to < 0 || to === from) continue
      const pair = from * names.length + to
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
  }
  const edges = [...counts].map(
    ([pair, count]): Counted => [
      names[Math.floor(pair / names.length)] ?? '',
      names[pair % names.length] ?? '',
      count,
    ],
  )
  const byName = (a: Counted, b: Counted) => (a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] < b[0] ? -1 : 1)
  const strongest = edges.sort((a, b) => b[2] - a[2] || byName(a, b)).slice(0, most)
  return { edges: strongest.sort(byName), left: edges.length - strongest.length }
}
