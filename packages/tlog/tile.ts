import { concatBytes } from './bytes.ts'
import { malformed, TlogError } from './error.ts'
import { checkSize, foldRight, type HashReader } from './merkle.ts'
import { HASH_BYTES } from './sha256.ts'

/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256

/** Tree levels in a tile. */
export const TILE_HEIGHT = 8

/** Tile number `index` of tile level `level`, holding `width` hashes, 1 to 256; 256 is a full tile. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number }

/** A bundle of `width` log entries that starts at entry `index` * 256. */
export type Bundle = { readonly level: 'entries'; readonly index: number; readonly width: number }

/** What the recursive structure of a tree implies for its top: 2^53 leaves fit below tile level 7. */
const MAX_TILE_LEVEL = 63

function indexPath(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

function checkTile(tile: Tile | Bundle): void {
  checkSize(tile.index)
  const { level, width } = tile
  const levelFits = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= MAX_TILE_LEVEL)
  if (!levelFits || !Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new TlogError('range', `no tile has level ${level} and width ${width}`)
  }
}

/** Path below the log's prefix: `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`; throws `range`. */
export function tilePath(tile: Tile | Bundle): string {
  checkTile(tile)
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`
  return `tile/${tile.level}/${indexPath(tile.index)}${partial}`
}

const PATH = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The tile or bundle of a path; throws `malformed` unless it is exactly what `tilePath` writes for it. */
export function parseTilePath(path: string): Tile | Bundle {
  const [, level = '', index = '', width] = PATH.exec(path) ?? []
  const common = { index: Number(index.replace(/[x/]/g, '')), width: width ? Number(width) : TILE_WIDTH }
  const tile: Tile | Bundle = level === 'entries' ? { level, ...common } : { level: Number(level), ...common }
  // Writing it again also refuses needless x000 groups, a width of 256 or more and an unsafe index.
  if (
    level === '' ||
    !Number.isSafeInteger(tile.index) ||
    tile.width > TILE_WIDTH ||
    tilePath(tile) !== path
  ) {
    throw malformed('not a tile path')
  }
  return tile
}

/** Hashes that the whole tree of `size` leaves has at tile level `level`. */
const levelWidth = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level)

function* newTiles(from: number, to: number): Generator<{ index: number; width: number }> {
  if (from === to) return
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index++) {
    yield { index, width: Math.min(TILE_WIDTH, to - index * TILE_WIDTH) }
  }
}

/**
 * The hash tiles to publish when a log grows from `from` to `to` leaves: every tile of the new tree whose
 * content or width is new, level by level. From 0 it is all tiles of the tree. Throws `range`.
 */
export function tilesBetween(from: number, to: number): Tile[] {
  checkSize(from)
  checkSize(to)
  if (from > to) throw new TlogError('range', 'a log never shrinks')
  const tiles: Tile[] = []
  for (let level = 0; levelWidth(to, level) > 0; level++) {
    for (const tile of newTiles(levelWidth(from, level), levelWidth(to, level)))
      tiles.push({ level, ...tile })
  }
  return tiles
}

/** The entry bundles to publish when a log grows from `from` to `to` entries; throws `range`. */
export function bundlesBetween(from: number, to: number): Bundle[] {
  checkSize(from)
  checkSize(to)
  if (from > to) throw new TlogError('range', 'a log never shrinks')
  return [...newTiles(from, to)].map((tile) => ({ level: 'entries', ...tile }))
}

/** Content of a tile: its hashes one after another. `read` is asked for levels that are multiples of 8. */
export function tileBytes(tile: Tile, read: HashReader): Uint8Array {
  checkTile(tile)
  const first = tile.index * TILE_WIDTH
  return concatBytes(
    ...Array.from({ length: tile.width }, (_, i) => read(tile.level * TILE_HEIGHT, first + i)),
  )
}

/** The hashes in a tile's content; throws `malformed` unless there are exactly `tile.width`. */
export function tileHashes(tile: Tile, content: Uint8Array): Uint8Array[] {
  checkTile(tile)
  if (content.length !== tile.width * HASH_BYTES) {
    throw malformed(`${tilePath(tile)} has ${content.length} bytes`)
  }
  return Array.from({ length: tile.width }, (_, i) => content.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** Root of a full tile, which the tile level above must hold at the tile's index. */
export function fullTileRoot(content: Uint8Array): Uint8Array {
  return foldPerfect(tileHashes({ level: 0, index: 0, width: TILE_WIDTH }, content))
}

/** Root of a perfect subtree with a power of two of hashes at its foot. */
export function foldPerfect(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) => foldRight(row.slice(2 * i, 2 * i + 2)))
  }
  return foldRight(row)
}
