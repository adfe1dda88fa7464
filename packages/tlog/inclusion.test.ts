import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inclusionProof, verifyInclusion } from './inclusion.ts'
import { flipBit, refusal, sampleTree } from './testing.ts'

const SIZE = 600
const { roots, read, leaves } = sampleTree(SIZE)

const leafAndSize = fc
  .integer({ min: 1, max: SIZE })
  .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)))

type Case = { leaf: Uint8Array; index: number; size: number; proof: Uint8Array[]; root: Uint8Array }

function proofOf(index: number, size: number): Case {
  const proof = inclusionProof(index, size, read)
  return { leaf: leaves[index] as Uint8Array, index, size, proof, root: roots[size] as Uint8Array }
}

const verify = ({ leaf, index, size, proof, root }: Case): void =>
  verifyInclusion(leaf, index, size, proof, root)

test('every leaf of every small tree is proved', () => {
  for (let size = 1; size <= 40; size++) {
    for (let index = 0; index < size; index++) verify(proofOf(index, size))
  }
})

test('any leaf of any tree is proved, and any one flipped bit is refused', async () => {
  await fc.assert(
    fc.asyncProperty(leafAndSize, fc.nat(), async ([index, size], bit) => {
      const good = proofOf(index, size)
      verify(good)
      expect(await refusal(() => verify({ ...good, leaf: flipBit(good.leaf, bit) }))).toBe('mismatch')
      expect(await refusal(() => verify({ ...good, root: flipBit(good.root, bit) }))).toBe('mismatch')
      for (const [at, hash] of good.proof.entries()) {
        const proof = good.proof.with(at, flipBit(hash, bit))
        expect(await refusal(() => verify({ ...good, proof }))).toBe('mismatch')
      }
    }),
  )
})

test('a proof holds at no other index and no other size', async () => {
  await fc.assert(
    fc.asyncProperty(leafAndSize, fc.integer({ min: 1, max: SIZE }), async ([index, size], other) => {
      const good = proofOf(index, size)
      for (const changed of [
        { ...good, index: other },
        { ...good, index: other % size },
      ]) {
        if (changed.index !== index) expect(await refusal(() => verify(changed))).toBeDefined()
      }
      // A tree of another size, with its own root, in which this proof was not made.
      const bigger = { ...good, size: other, root: roots[other] as Uint8Array }
      if (other !== size) expect(await refusal(() => verify(bigger))).toBeDefined()
    }),
  )
})

test('a truncated proof is refused', async () => {
  const good = proofOf(5, 11)
  expect(await refusal(() => verify({ ...good, proof: good.proof.slice(0, -1) }))).toBe('malformed')
  expect(await refusal(() => verify({ ...good, proof: [] }))).toBe('malformed')
})

test('trailing and leading garbage is refused', async () => {
  const good = proofOf(5, 11)
  const extra = leaves[0] as Uint8Array
  expect(await refusal(() => verify({ ...good, proof: [...good.proof, extra] }))).toBe('malformed')
  expect(await refusal(() => verify({ ...good, proof: [extra, ...good.proof] }))).toBeDefined()
  expect(await refusal(() => verify({ ...good, proof: [new Uint8Array(0), ...good.proof] }))).toBe(
    'malformed',
  )
})

test('an index outside the tree is refused, however large', async () => {
  const good = proofOf(0, 1)
  for (const index of [1, -1, 0.5, Number.NaN, 2 ** 53, 2 ** 64]) {
    expect(await refusal(() => verify({ ...good, index }))).toBe('range')
  }
  expect(await refusal(() => verify({ ...good, size: 0 }))).toBe('range')
  expect(await refusal(() => inclusionProof(3, 3, read))).toBe('range')
})

test('hashes that are not 32 bytes are refused', async () => {
  const good = proofOf(2, 3)
  const short = { ...good, proof: good.proof.map((hash) => hash.subarray(1)) }
  expect(await refusal(() => verify(short))).toBe('malformed')
  expect(await refusal(() => verify({ ...proofOf(0, 1), leaf: new Uint8Array(0) }))).toBe('malformed')
})

test('a leaf of an enormous tree is proved with one hash for each level', () => {
  const size = 2 ** 52 + 1
  const hash = leaves[0] as Uint8Array
  expect(inclusionProof(0, size, () => hash)).toHaveLength(53)
  expect(inclusionProof(size - 1, size, () => hash)).toHaveLength(1)
})
