import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistencyProof, verifyConsistency } from './consistency.ts'
import { flipBit, refusal, sampleTree } from './testing.ts'

const SIZE = 600
const { roots, read, leaves } = sampleTree(SIZE)

type Case = {
  first: number
  second: number
  proof: Uint8Array[]
  firstRoot: Uint8Array
  secondRoot: Uint8Array
}

const proofOf = (first: number, second: number): Case => ({
  first,
  second,
  proof: consistencyProof(first, second, read),
  firstRoot: roots[first] as Uint8Array,
  secondRoot: roots[second] as Uint8Array,
})

const verify = ({ first, second, proof, firstRoot, secondRoot }: Case): void =>
  verifyConsistency(first, second, proof, firstRoot, secondRoot)

const sizes = fc
  .tuple(fc.integer({ min: 1, max: SIZE }), fc.integer({ min: 1, max: SIZE }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

test('every pair of small trees is proved', () => {
  for (let second = 1; second <= 40; second++) {
    for (let first = 1; first <= second; first++) verify(proofOf(first, second))
  }
})

test('any pair of trees is proved, and any one flipped bit is refused', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), async ([first, second], bit) => {
      const good = proofOf(first, second)
      verify(good)
      const { firstRoot, secondRoot } = good
      expect(await refusal(() => verify({ ...good, firstRoot: flipBit(firstRoot, bit) }))).toBe('mismatch')
      expect(await refusal(() => verify({ ...good, secondRoot: flipBit(secondRoot, bit) }))).toBe('mismatch')
      for (const [at, hash] of good.proof.entries()) {
        const proof = good.proof.with(at, flipBit(hash, bit))
        expect(await refusal(() => verify({ ...good, proof }))).toBe('mismatch')
      }
    }),
  )
})

test('swapped roots are refused', async () => {
  for (const [first, second] of [
    [3, 7],
    [4, 8],
    [6, 8],
    [1, 2],
  ] as const) {
    const { firstRoot, secondRoot, ...good } = proofOf(first, second)
    expect(await refusal(() => verify({ ...good, firstRoot: secondRoot, secondRoot: firstRoot }))).toBe(
      'mismatch',
    )
  }
})

test('a truncated proof is refused', async () => {
  for (const [first, second] of [
    [3, 7],
    [4, 8],
    [6, 8],
    [1, 2],
  ] as const) {
    const good = proofOf(first, second)
    expect(await refusal(() => verify({ ...good, proof: good.proof.slice(0, -1) }))).toBe('malformed')
    expect(await refusal(() => verify({ ...good, proof: [] }))).toBe('malformed')
  }
})

test('trailing garbage is refused', async () => {
  for (const [first, second] of [
    [3, 7],
    [4, 8],
    [7, 7],
  ] as const) {
    const good = proofOf(first, second)
    const proof = [...good.proof, leaves[0] as Uint8Array]
    expect(await refusal(() => verify({ ...good, proof }))).toBe('malformed')
  }
})

test('a first size of 0 proves nothing and is refused', async () => {
  const empty = roots[0] as Uint8Array
  expect(await refusal(() => verifyConsistency(0, 5, [], empty, roots[5] as Uint8Array))).toBe('range')
  expect(await refusal(() => verifyConsistency(0, 0, [], empty, empty))).toBe('range')
  expect(await refusal(() => consistencyProof(0, 5, read))).toBe('range')
})

test('a log that shrank or forked is refused', async () => {
  const good = proofOf(3, 7)
  expect(await refusal(() => verify({ ...good, first: 7, second: 3 }))).toBe('range')
  expect(
    await refusal(() => verifyConsistency(7, 7, [], roots[7] as Uint8Array, roots[6] as Uint8Array)),
  ).toBe('mismatch')
})

test('a proof between other sizes is refused', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, sizes, async ([first, second], [a, b]) => {
      fc.pre(first !== a || second !== b)
      const other = { ...proofOf(first, second), proof: proofOf(a, b).proof }
      // Equal sizes have the empty proof whatever they are.
      fc.pre(!(first === second && a === b))
      expect(await refusal(() => verify(other))).toBeDefined()
    }),
  )
})
