import { equalBytes } from './bytes.ts'
import { mismatch, TlogError } from './error.ts'
import type { ProofPlan } from './inclusion.ts'
import { checkSize, coverRange, type HashReader, type NodeId, treeRoot } from './merkle.ts'
import {
  foldPerfect,
  fullTileRoot,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
  tileHashes,
  tilePath,
  tilesBetween,
} from './tile.ts'

/** Gives a tile's content; the widths asked for are those that the tree of the reader's size has. */
export type TileSource = (tile: Tile) => Uint8Array

/** The tile of a tree of `size` leaves that holds, or is the foot of, a perfect subtree; throws `range`. */
export function tileOf(node: NodeId, size: number): Tile {
  checkSize(size)
  const level = Math.floor(node.level / TILE_HEIGHT)
  const firstHash = node.index * 2 ** (node.level % TILE_HEIGHT)
  const index = Math.floor(firstHash / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH)
  if ((node.index + 1) * 2 ** node.level > size) {
    throw new TlogError('range', `a tree of ${size} has no subtree ${node.index} at level ${node.level}`)
  }
  return { level, index, width }
}

/** The tiles to fetch, each once, before a proof of the plan can be read in a tree of `size` leaves. */
export function tilesFor(plan: ProofPlan, size: number): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const node of plan.flat()) {
    const tile = tileOf(node, size)
    tiles.set(tilePath(tile), tile)
  }
  return [...tiles.values()]
}

/** The tiles to fetch before `treeRoot` can be read from them. */
export const tilesForRoot = (size: number): Tile[] => tilesFor([coverRange(0, size)], size)

/**
 * Reads any perfect subtree of a tree of `size` leaves from its tiles; each tile is asked for once. Throws
 * `range` for a subtree outside the tree and `malformed` for a tile of the wrong length.
 */
export function tileReader(size: number, source: TileSource): HashReader {
  const loaded = new Map<string, Uint8Array[]>()
  return (level, index) => {
    const tile = tileOf({ level, index }, size)
    const path = tilePath(tile)
    const hashes = loaded.get(path) ?? tileHashes(tile, source(tile))
    loaded.set(path, hashes)
    const width = 2 ** (level % TILE_HEIGHT)
    const first = index * width - tile.index * TILE_WIDTH
    return foldPerfect(hashes.slice(first, first + width))
  }
}

/** Root of the tree of `size` leaves from the tiles that cover it; upper tiles are taken at their word. */
export const rootFromTiles = (size: number, source: TileSource): Uint8Array =>
  treeRoot(size, tileReader(size, source))

/**
 * Recomputes every tile of a tree from the one below and compares the root: throws `mismatch` naming the
 * first tile or the root that differs. What remains to check is that entries hash to level 0.
 */
export function verifyTiles(size: number, root: Uint8Array, source: TileSource): void {
  for (const tile of tilesBetween(0, size)) {
    if (tile.level === 0) continue
    const hashes = tileHashes(tile, source(tile))
    for (const [i, hash] of hashes.entries()) {
      const below: Tile = { level: tile.level - 1, index: tile.index * TILE_WIDTH + i, width: TILE_WIDTH }
      if (!equalBytes(fullTileRoot(source(below)), hash))
        throw mismatch(`${tilePath(tile)} hash ${i} differs`)
    }
  }
  if (!equalBytes(rootFromTiles(size, source), root)) throw mismatch('the tiles lead to another root')
}
