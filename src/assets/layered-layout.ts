/** Edges as pairs of ids, each from what depends to what it depends on. */
export type Drawing = { ids: readonly string[]; edges: readonly (readonly [from: string, to: string])[] }

export type Placed = { id: string; layer: number; x: number; y: number }

export type Laid = { nodes: Placed[]; width: number; height: number }

const step = { x: 168, row: 44, layer: 96 } as const

/** How often the order of the layers is improved, down and up again: more moves hardly anything. */
const sweeps = 6

type Graph = { count: number; out: number[][]; into: number[][] }

function graphOf({ edges }: Drawing, ids: readonly string[]): Graph {
  const index = new Map(ids.map((id, at) => [id, at]))
  const out: number[][] = ids.map(() => [])
  const into: number[][] = ids.map(() => [])
  const seen = new Set<string>()
  for (const [from, to] of edges) {
    const [a, b] = [index.get(from), index.get(to)]
    if (a === undefined || b === undefined || a === b || seen.has(`${a} ${b}`)) continue
    seen.add(`${a} ${b}`)
    out[a]?.push(b)
    into[b]?.push(a)
  }
  for (const list of [...out, ...into]) list.sort((a, b) => a - b)
  return { count: ids.length, out, into }
}

/**
 * The layer of each node: one below the lowest of those that depend on it. Groups of assets may depend on each other in a
 * circle, though assets do not: an edge back to a node on its own way down counts for nothing here.
 */
function layersOf({ count, out, into }: Graph): number[] {
  const layer = new Array<number>(count).fill(0)
  const state = new Uint8Array(count)
  const order: number[] = []
  const back = new Set<string>()
  for (let start = 0; start < count; start++) {
    if (state[start]) continue
    const path = [{ at: start, next: 0 }]
    state[start] = 1
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = out[top.at]?.[top.next++]
      if (to === undefined) {
        state[top.at] = 2
        order.push(top.at)
        path.pop()
      } else if (state[to] === 1) back.add(`${top.at} ${to}`)
      else if (state[to] === 0) {
        state[to] = 1
        path.push({ at: to, next: 0 })
      }
    }
  }
  for (const at of order.toReversed())
    for (const to of out[at] ?? [])
      if (!back.has(`${at} ${to}`)) layer[to] = Math.max(layer[to] ?? 0, (layer[at] ?? 0) + 1)
  // What nothing depends on stands right above what it needs, not far up.
  for (const at of order) {
    const needs = (out[at] ?? []).filter((to) => !back.has(`${at} ${to}`))
    if ((into[at] ?? []).length === 0 && needs.length > 0)
      layer[at] = Math.min(...needs.map((to) => layer[to] ?? 0)) - 1
  }
  return layer
}

/** Orders each layer by where its neighbours stand (barycentre heuristic, Sugiyama et al. 1981). */
function ordered({ count, out, into }: Graph, layer: readonly number[]): number[][] {
  const depth = count === 0 ? 0 : Math.max(...layer) + 1
  const rows: number[][] = Array.from({ length: depth }, () => [])
  for (let at = 0; at < count; at++) rows[layer[at] ?? 0]?.push(at)
  const place = new Float64Array(count)
  const note = (row: readonly number[]) =>
    row.forEach((at, index) => {
      place[at] = (index + 0.5) / row.length
    })
  rows.forEach(note)
  const arrange = (row: number[], neighbours: readonly (readonly number[])[]) => {
    const wanted = new Map(
      row.map((at) => {
        const near = neighbours[at] ?? []
        const sum = near.reduce((total, other) => total + (place[other] ?? 0), 0)
        return [at, near.length === 0 ? (place[at] ?? 0) : sum / near.length]
      }),
    )
    row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b)
    note(row)
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of rows) arrange(row, into)
    for (const row of rows.toReversed()) arrange(row, out)
  }
  return rows
}

/**
 * Places nodes in layers, what depends above what it depends on. A layer that is too wide is stacked in several rows, so
 * that a thousand nodes fill a page and no ribbon; nodes without any edge stand below all. The order of what is given
 * decides nothing: the same graph is always drawn the same way.
 */
export function layered(drawing: Drawing): Laid {
  const ends = new Set(drawing.edges.flatMap(([from, to]) => (from === to ? [] : [from, to])))
  const all = [...new Set(drawing.ids)].sort()
  const joined = all.filter((id) => ends.has(id))
  const alone = all.filter((id) => !ends.has(id))
  const graph = graphOf(drawing, joined)
  const widest = Math.max(6, Math.ceil(Math.sqrt(all.length) * 1.1))
  const layers = ordered(graph, layersOf(graph)).filter((row) => row.length > 0)
  const rows = [
    ...layers.map((row) => row.map((at) => joined[at] ?? '')),
    ...(alone.length > 0 ? [alone] : []),
  ]
  const nodes: Placed[] = []
  const columns = rows.map((row) => Math.ceil(row.length / Math.ceil(row.length / widest)))
  const width = Math.max(0, ...columns) * step.x
  let y = 0
  rows.forEach((row, layer) => {
    const stacked = Math.ceil(row.length / widest)
    const left = (width - (columns[layer] ?? 0) * step.x) / 2
    row.forEach((id, index) => {
      nodes.push({
        ...{ id, layer },
        x: left + (Math.floor(index / stacked) + 0.5) * step.x,
        y: y + (index % stacked) * step.row,
      })
    })
    y += (stacked - 1) * step.row + step.layer
  })
  return { nodes, width, height: Math.max(0, y - step.layer) }
}
