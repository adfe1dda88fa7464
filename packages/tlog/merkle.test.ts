import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeHex, encodeUtf8 } from './bytes.ts'
import { CompactRange } from './compact-range.ts'
import { coverRange, emptyRoot, leafHash, merkleRoot, nodeHash, splitPoint, treeRoot } from './merkle.ts'
import { sha256 } from './sha256.ts'
import { refusal, sampleLeaves, sampleTree } from './testing.ts'

test('the empty root is the hash of nothing, the empty leaf the hash of one zero octet', () => {
  expect(encodeHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(encodeHex(leafHash(new Uint8Array(0)))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
})

test('leaf and node are told apart by their prefix', () => {
  const [a, b] = sampleLeaves(2) as [Uint8Array, Uint8Array]
  expect(nodeHash(a, b)).toEqual(sha256(Uint8Array.of(1, ...a, ...b)))
  expect(leafHash(Uint8Array.of(...a, ...b))).not.toEqual(nodeHash(a, b))
  expect(leafHash(encodeUtf8('x'))).toEqual(sha256(Uint8Array.of(0, 0x78)))
})

test('leaves of any length, one after another, hash as the definition says', () => {
  for (const length of [2000, 0, 1023, 1024, 1022, 5]) {
    const leaf = new Uint8Array(length).fill(length)
    expect(leafHash(leaf)).toEqual(sha256(Uint8Array.of(0, ...leaf)))
  }
})

test('a node of hashes that are not 32 bytes is refused', async () => {
  const [a] = sampleLeaves(1) as [Uint8Array]
  expect(await refusal(() => nodeHash(a, a.subarray(1)))).toBe('malformed')
  expect(await refusal(() => nodeHash(new Uint8Array(33), a))).toBe('malformed')
})

test('a tree splits at the largest power of two below its size', () => {
  expect([2, 3, 4, 5, 8, 9].map(splitPoint)).toEqual([1, 2, 2, 4, 4, 8])
})

test('a range is covered by the fewest perfect subtrees', () => {
  expect(coverRange(0, 7)).toEqual([
    { level: 2, index: 0 },
    { level: 1, index: 2 },
    { level: 0, index: 6 },
  ])
  expect(coverRange(3, 8)).toEqual([
    { level: 0, index: 3 },
    { level: 2, index: 1 },
  ])
  expect(coverRange(5, 5)).toEqual([])
})

describe('compact range', () => {
  const TREE = sampleTree(300)

  test('its root equals the recursive definition at every size', () => {
    for (let size = 0; size <= 130; size++) {
      const root = merkleRoot(TREE.leaves.slice(0, size))
      expect(TREE.roots[size]).toEqual(root)
      expect(treeRoot(size, TREE.read)).toEqual(root)
    }
  })

  test('joins at any point, and goes on from its stored hashes', () => {
    const sizes = fc.array(fc.nat(300), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(sizes, (cuts) => {
        const [begin, middle, end] = cuts.sort((a, b) => a - b) as [number, number, number]
        const left = rangeOf(begin, middle)
        left.merge(rangeOf(middle, end))
        expect(left.hashes()).toEqual(rangeOf(begin, end).hashes())
        const whole = rangeOf(0, begin)
        whole.merge(new CompactRange(begin, end, left.hashes()))
        expect(whole.root()).toEqual(TREE.roots[end])
      }),
    )
  })

  test('reports every perfect subtree once', () => {
    const seen: string[] = []
    const range = new CompactRange()
    for (const leaf of TREE.leaves.slice(0, 100))
      range.append(leaf, (level, index) => seen.push(`${level}/${index}`))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(100 + 50 + 25 + 12 + 6 + 3 + 1)
  })

  test('refuses gaps, wrong numbers of hashes, and a root that it cannot know', async () => {
    expect(await refusal(() => rangeOf(0, 3).merge(rangeOf(4, 5)))).toBe('range')
    expect(await refusal(() => new CompactRange(0, 3, TREE.leaves.slice(0, 3)))).toBe('range')
    expect(await refusal(() => new CompactRange(3, 2))).toBe('range')
    expect(await refusal(() => rangeOf(1, 2).root())).toBe('range')
  })

  function rangeOf(begin: number, end: number): CompactRange {
    const range = new CompactRange(begin)
    for (const leaf of TREE.leaves.slice(begin, end)) range.append(leaf)
    return range
  }
})
