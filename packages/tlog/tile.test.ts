import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBundle, encodeBundle } from './bundle.ts'
import { planConsistency } from './consistency.ts'
import { inclusionProof, planInclusion } from './inclusion.ts'
import { merkleRoot } from './merkle.ts'
import { flipBit, refusal, sampleTree } from './testing.ts'
import {
  bundlesBetween,
  fullTileRoot,
  parseTilePath,
  type Tile,
  tileBytes,
  tileHashes,
  tilePath,
  tilesBetween,
} from './tile.ts'
import {
  rootFromTiles,
  type TileSource,
  tileReader,
  tilesFor,
  tilesForRoot,
  verifyTiles,
} from './tile-reader.ts'

const BIG = 66_000
const { roots, read, leaves } = sampleTree(BIG)

function publish(size: number, steps: readonly number[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  let from = 0
  for (const to of [...steps, size].sort((a, b) => a - b)) {
    for (const tile of tilesBetween(from, to)) {
      const path = tilePath(tile)
      expect(files.has(path)).toBe(false)
      files.set(path, tileBytes(tile, read))
    }
    from = to
  }
  return files
}

const sourceOf =
  (files: ReadonlyMap<string, Uint8Array>): TileSource =>
  (tile) => {
    const found = files.get(tilePath(tile))
    if (!found) throw new Error(`${tilePath(tile)} was not published`)
    return found
  }

test('paths are written in groups of three digits', () => {
  expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000')
  expect(tilePath({ level: 2, index: 1_234_067, width: 256 })).toBe('tile/2/x001/x234/067')
  expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe('tile/entries/273.p/112')
  expect(tilePath({ level: 1, index: 1000, width: 1 })).toBe('tile/1/x001/000.p/1')
})

test('paths come back', () => {
  const level = fc.oneof(fc.nat(63), fc.constant('entries' as const))
  fc.assert(
    fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
      const tile = { level, index, width } as Tile
      expect(parseTilePath(tilePath(tile))).toEqual(tile)
    }),
  )
})

test.each([
  'tile/64/000',
  'tile/00/000',
  'tile/-1/000',
  'tile/0/0',
  'tile/0/x000/001',
  'tile/0/001/002',
  'tile/0/x001',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/999',
  'tile/0/000.p/01',
  '/tile/0/000',
  'tile/0/000/',
  'tile/0/../000',
  'tile/entry/000',
  'tile/0/x999/x999/x999/x999/x999/999',
  'tile/0/000\n',
])('%j is no tile path', async (path) => {
  expect(await refusal(() => parseTilePath(path))).toBe('malformed')
})

test('the tiles of 70,000 and of 256 leaves are those that the specification counts', () => {
  const tiles = tilesBetween(0, 70_000)
  const count = (level: number, full: boolean): number =>
    tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length
  expect([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)]).toEqual([
    273, 1, 1, 1, 1,
  ])
  expect(tiles.filter((tile) => tile.width < 256).map((tile) => tile.width)).toEqual([112, 17, 1])
  expect(tilesBetween(0, 256)).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ])
})

test('no tile is published twice while a log grows, and the last tiles give the root', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 1500 }),
      (steps, size) => {
        const below = steps.filter((step) => step < size)
        const files = publish(size, below)
        expect(rootFromTiles(size, sourceOf(files))).toEqual(roots[size])
        verifyTiles(size, roots[size] as Uint8Array, sourceOf(files))
      },
    ),
    { numRuns: 30 },
  )
})

test('nothing is published when nothing was added, and a log does not shrink', async () => {
  expect(tilesBetween(300, 300)).toEqual([])
  expect(bundlesBetween(256, 300)).toEqual([{ level: 'entries', index: 1, width: 44 }])
  expect(await refusal(() => tilesBetween(2, 1))).toBe('range')
})

test('proofs read from tiles of three levels equal those from stored nodes, with the tiles that were named', () => {
  const files = publish(BIG, [])
  for (const [index, size] of [
    [0, BIG],
    [65_535, BIG],
    [65_999, BIG],
    [300, 70_0],
    [12_345, 60_000],
  ] as const) {
    const named = new Map(
      tilesFor(planInclusion(index, size), size).map((tile) => [tilePath(tile), tileBytes(tile, read)]),
    )
    expect(inclusionProof(index, size, tileReader(size, sourceOf(named)))).toEqual(
      inclusionProof(index, size, read),
    )
  }
  expect(tilesFor(planConsistency(1000, BIG), BIG).every((tile) => files.has(tilePath(tile)))).toBe(true)
  expect(tilesForRoot(BIG).map(tilePath)).toEqual(['tile/2/000.p/1', 'tile/1/001.p/1', 'tile/0/257.p/208'])
  verifyTiles(BIG, roots[BIG] as Uint8Array, sourceOf(files))
})

test('a changed tile is found at every level', async () => {
  const files = publish(BIG, [])
  for (const path of ['tile/0/000', 'tile/0/257.p/208', 'tile/1/000', 'tile/1/001.p/1', 'tile/2/000.p/1']) {
    const altered = new Map(files).set(path, flipBit(files.get(path) as Uint8Array, 77))
    expect(await refusal(() => verifyTiles(BIG, roots[BIG] as Uint8Array, sourceOf(altered)))).toBe(
      'mismatch',
    )
  }
})

test('a tile of the wrong length is refused, and a subtree outside the tree', async () => {
  const tile: Tile = { level: 0, index: 0, width: 3 }
  const content = tileBytes(tile, read)
  expect(tileHashes(tile, content)).toEqual(leaves.slice(0, 3))
  expect(await refusal(() => tileHashes(tile, content.subarray(1)))).toBe('malformed')
  expect(await refusal(() => tileHashes({ ...tile, width: 4 }, content))).toBe('malformed')
  expect(await refusal(() => tileReader(3, () => content)(1, 1))).toBe('range')
})

test('the root of a full tile is the root of its leaves', () => {
  const content = tileBytes({ level: 0, index: 1, width: 256 }, read)
  expect(fullTileRoot(content)).toEqual(merkleRoot(leaves.slice(256, 512)))
})

test('entry bundles come back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }), (entries) => {
      expect(decodeBundle(encodeBundle(entries), entries.length)).toEqual(entries)
    }),
    { numRuns: 30 },
  )
  const long = [new Uint8Array(65_535).fill(7)]
  expect(decodeBundle(encodeBundle(long), 1)).toEqual(long)
})

test('a bundle that is truncated, too long or of another width is refused', async () => {
  const content = encodeBundle([Uint8Array.of(1, 2), new Uint8Array(0)])
  expect([...content]).toEqual([0, 2, 1, 2, 0, 0])
  for (let end = 0; end < content.length; end++) {
    expect(await refusal(() => decodeBundle(content.subarray(0, end), 2))).toBe('malformed')
  }
  expect(await refusal(() => decodeBundle(Uint8Array.of(...content, 0), 2))).toBe('malformed')
  expect(await refusal(() => decodeBundle(content, 1))).toBe('malformed')
  expect(await refusal(() => decodeBundle(content, 3))).toBe('malformed')
  expect(await refusal(() => encodeBundle([]))).toBe('range')
  expect(await refusal(() => encodeBundle([new Uint8Array(65_536)]))).toBe('range')
})
