/** Nodes by number with the weight of each line from one to another. */
export type Weighted = {
  count: number
  lines: readonly (readonly [from: number, to: number, weight: number])[]
}

type Side = Map<number, number>[]

/** How often the order of the layers is improved, there and back: more moves hardly anything. */
const sweeps = 6

function sidesOf({ count, lines }: Weighted): { out: Side; into: Side } {
  const out: Side = Array.from({ length: count }, () => new Map())
  const into: Side = Array.from({ length: count }, () => new Map())
  for (const [from, to, weight] of lines) {
    if (from === to) continue
    out[from]?.set(to, (out[from]?.get(to) ?? 0) + weight)
    into[to]?.set(from, (into[to]?.get(from) ?? 0) + weight)
  }
  return { out, into }
}

const total = (side: ReadonlyMap<number, number> | undefined) =>
  [...(side?.values() ?? [])].reduce((sum, weight) => sum + weight, 0)

/**
 * An order in which as little weight as possible leads backwards (Eades, Lin and Smyth 1993): without circles nothing
 * does. Assets depend on each other in no circle; groups of them do.
 */
function sequence({ count }: Weighted, out: Side, into: Side): number[] {
  const [gives, takes] = [out.map(total), into.map(total)]
  const [head, tail]: [number[], number[]] = [[], []]
  const left = new Set(Array.from({ length: count }, (_, at) => at))
  const take = (at: number) => {
    left.delete(at)
    for (const [to, weight] of out[at] ?? []) takes[to] = (takes[to] ?? 0) - weight
    for (const [from, weight] of into[at] ?? []) gives[from] = (gives[from] ?? 0) - weight
  }
  while (left.size > 0) {
    const before = left.size
    for (const at of left)
      if ((gives[at] ?? 0) === 0) {
        tail.push(at)
        take(at)
      }
    for (const at of left)
      if ((takes[at] ?? 0) === 0) {
        head.push(at)
        take(at)
      }
    if (left.size < before || left.size === 0) continue
    const surplus = (at: number) => (gives[at] ?? 0) - (takes[at] ?? 0)
    const [first = 0, ...others] = left
    const most = others.reduce((best, at) => (surplus(at) > surplus(best) ? at : best), first)
    head.push(most)
    take(most)
  }
  return [...head, ...tail.reverse()]
}

/** The layer of each node: one after the last of those that lead to it. */
function layersOf(weighted: Weighted, out: Side, into: Side): number[] {
  const order = sequence(weighted, out, into)
  const place = new Array<number>(weighted.count).fill(0)
  for (const [index, at] of order.entries()) place[at] = index
  const layer = new Array<number>(weighted.count).fill(0)
  const isOn = (from: number, to: number) => (place[from] ?? 0) < (place[to] ?? 0)
  for (const at of order)
    for (const to of out[at]?.keys() ?? [])
      if (isOn(at, to)) layer[to] = Math.max(layer[to] ?? 0, (layer[at] ?? 0) + 1)
  // What nothing leads to stands right before what it leads to, not far off.
  for (const at of order) {
    const next = [...(out[at]?.keys() ?? [])].filter((to) => isOn(at, to))
    const isFirst = ![...(into[at]?.keys() ?? [])].some((from) => isOn(from, at))
    if (isFirst && next.length > 0) layer[at] = Math.min(...next.map((to) => layer[to] ?? 0)) - 1
  }
  return layer
}

/**
 * Nodes in layers, each before all that it leads to as far as circles let it, ordered within each layer by where its
 * neighbours stand (barycentre heuristic, Sugiyama et al. 1981). Nodes without any line are left out.
 */
export function inLayers(weighted: Weighted): number[][] {
  const { out, into } = sidesOf(weighted)
  const layer = layersOf(weighted, out, into)
  const rows: number[][] = []
  for (let at = 0; at < weighted.count; at++) {
    if ((out[at]?.size ?? 0) + (into[at]?.size ?? 0) === 0) continue
    const row = rows[layer[at] ?? 0] ?? []
    row.push(at)
    rows[layer[at] ?? 0] = row
  }
  const layers = rows.filter((row) => row.length > 0)
  const place = new Float64Array(weighted.count)
  const note = (row: readonly number[]) => {
    for (const [index, at] of row.entries()) place[at] = (index + 0.5) / row.length
  }
  layers.forEach(note)
  const arrange = (row: number[], side: Side) => {
    const wanted = new Map(
      row.map((at) => {
        const near = [...(side[at]?.keys() ?? [])]
        const sum = near.reduce((all, other) => all + (place[other] ?? 0), 0)
        return [at, near.length === 0 ? (place[at] ?? 0) : sum / near.length]
      }),
    )
    row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b)
    note(row)
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of layers) arrange(row, into)
    for (const row of layers.toReversed()) arrange(row, out)
  }
  return layers
}
