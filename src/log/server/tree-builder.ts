import {
  type Bundle,
  CompactRange,
  concatBytes,
  coverRange,
  decodeBundle,
  encodeBundle,
  leafHash,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
  tileHashes,
  tileOf,
  tilePath,
  tileReader,
} from '#tlog'
import type { TileStore } from './store.ts'

export type Piece = { tile: Tile | Bundle; content: Uint8Array }

/** What a tree of `size` leaves has only in part: at each tile level, the hashes of its last, partial tile. */
type Edge = { index: number; hashes: Uint8Array[] }

/**
 * Grows a tree leaf by leaf and hands over each tile and entry bundle once it is full. Holds O(log size) hashes
 * and one partial tile per level, whatever the size.
 */
export class TreeBuilder {
  readonly #range: CompactRange
  readonly #edges: Edge[]
  readonly #entries: { index: number; leaves: Uint8Array[] }
  readonly #full: Piece[] = []
  readonly #sink = (level: number, _index: number, hash: Uint8Array): void => {
    if (level % TILE_HEIGHT === 0) this.#hash(level / TILE_HEIGHT, hash)
  }

  constructor(range: CompactRange, edges: Edge[], entries: Uint8Array[]) {
    this.#range = range
    this.#edges = edges
    this.#entries = { index: Math.floor(range.end / TILE_WIDTH), leaves: entries }
  }

  get size(): number {
    return this.#range.end
  }

  root(): Uint8Array {
    return this.#range.root()
  }

  /** Grows the tree by a leaf that is hashed already, and keeps no entry bundles: use this or `append`, not both. */
  appendHash(leafHash: Uint8Array): void {
    this.#range.append(leafHash, this.#sink)
  }

  append(leaf: Uint8Array): void {
    this.#range.append(leafHash(leaf), this.#sink)
    const { leaves, index } = this.#entries
    leaves.push(leaf)
    if (leaves.length < TILE_WIDTH) return
    this.#full.push({ tile: { level: 'entries', index, width: TILE_WIDTH }, content: encodeBundle(leaves) })
    this.#entries.index += 1
    this.#entries.leaves = []
  }

  #hash(level: number, hash: Uint8Array): void {
    this.#edges[level] ??= { index: 0, hashes: [] }
    const edge = this.#edges[level]
    edge.hashes.push(hash)
    if (edge.hashes.length < TILE_WIDTH) return
    this.#full.push({
      tile: { level, index: edge.index, width: TILE_WIDTH },
      content: concatBytes(...edge.hashes),
    })
    edge.index += 1
    edge.hashes = []
  }

  /** The full pieces since the last call. */
  takeFull(): Piece[] {
    return this.#full.splice(0)
  }

  /** The partial tiles and the partial bundle at the tree's right edge. */
  partials(): Piece[] {
    const tiles: Piece[] = this.#edges.flatMap(({ index, hashes }, level) =>
      hashes.length > 0
        ? [{ tile: { level, index, width: hashes.length }, content: concatBytes(...hashes) }]
        : [],
    )
    const { index, leaves } = this.#entries
    if (leaves.length > 0)
      tiles.push({
        tile: { level: 'entries', index, width: leaves.length },
        content: encodeBundle(leaves),
      })
    return tiles
  }
}

async function need(store: TileStore, tile: Tile | Bundle): Promise<Uint8Array> {
  const content = await store.read(tile)
  if (!content) throw new Error(`the published ${tilePath(tile)} is missing`)
  return content
}

/** Goes on from a published tree of `size` leaves, reading O(log size) tiles and not one entry before its edge. */
export async function openTree(store: TileStore, size: number): Promise<TreeBuilder> {
  if (size === 0) return new TreeBuilder(new CompactRange(), [], [])
  const cover = coverRange(0, size)
  const contents = new Map<string, Uint8Array>()
  for (const node of cover) {
    const tile = tileOf(node, size)
    const path = tilePath(tile)
    if (!contents.has(path)) contents.set(path, await need(store, tile))
  }
  const read = tileReader(size, (tile) => contents.get(tilePath(tile)) ?? new Uint8Array(0))
  const range = new CompactRange(
    0,
    size,
    cover.map((node) => read(node.level, node.index)),
  )
  const edges: Edge[] = []
  for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level++) {
    const hashes = Math.floor(size / TILE_WIDTH ** level)
    const tile = { level, index: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH }
    edges.push({
      index: tile.index,
      hashes: tile.width === 0 ? [] : tileHashes(tile, await need(store, tile)),
    })
  }
  const width = size % TILE_WIDTH
  const index = Math.floor(size / TILE_WIDTH)
  const entries =
    width === 0 ? [] : decodeBundle(await need(store, { level: 'entries', index, width }), width)
  return new TreeBuilder(range, edges, entries)
}
