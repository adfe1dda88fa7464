import { beforeAll, describe, expect, test } from 'vitest'
import { encodeBase64, encodeUtf8 } from './bytes.ts'
import { signCheckpoint } from './checkpoint.ts'
import { inclusionProof } from './inclusion.ts'
import { decodeProof, encodeProof, type TlogProof, verifyProof } from './proof.ts'
import { flipBit, refusal, sampleKey, sampleTree } from './testing.ts'

const LOG = await sampleKey('example.org/log', 1)
const SIZE = 11
const INDEX = 5
const { roots, read, leaves } = sampleTree(SIZE)
const LEAF = leaves[INDEX] as Uint8Array

let proof: TlogProof
let text: string
beforeAll(async () => {
  proof = {
    extra: encodeUtf8('opening'),
    index: INDEX,
    hashes: inclusionProof(INDEX, SIZE, read),
    checkpoint: await signCheckpoint(LOG, SIZE, roots[SIZE] as Uint8Array),
  }
  text = encodeProof(proof)
})

test('has the form of the specification and comes back', () => {
  const lines = text.split('\n')
  expect(lines.slice(0, 4)).toEqual([
    'c2sp.org/tlog-proof@v1',
    `extra ${encodeBase64(encodeUtf8('opening'))}`,
    'index 5',
    encodeBase64(proof.hashes[0] as Uint8Array),
  ])
  expect(text.endsWith(`\n\n${proof.checkpoint}`)).toBe(true)
  expect(decodeProof(text)).toEqual(proof)
  expect(decodeProof(encodeUtf8(text))).toEqual(proof)
})

test('without extra data the line is left out, and a tree of one leaf has no hashes', async () => {
  const single = { index: 0, hashes: [], checkpoint: await signCheckpoint(LOG, 1, roots[1] as Uint8Array) }
  expect(encodeProof(single)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${single.checkpoint}`)
  expect(decodeProof(encodeProof(single))).toEqual(single)
  expect((await verifyProof(single, leaves[0] as Uint8Array, [LOG])).checkpoint.size).toBe(1)
})

test('verifies for its leaf, index and log only', async () => {
  expect((await verifyProof(decodeProof(text), LEAF, [LOG])).checkpoint.size).toBe(SIZE)
  expect(await refusal(() => verifyProof(proof, flipBit(LEAF, 3), [LOG]))).toBe('mismatch')
  expect(await refusal(() => verifyProof({ ...proof, index: 4 }, LEAF, [LOG]))).toBe('mismatch')
  expect(await refusal(() => verifyProof({ ...proof, index: SIZE }, LEAF, [LOG]))).toBe('range')
  expect(await refusal(async () => verifyProof(proof, LEAF, [await sampleKey(LOG.name, 2)]))).toBe(
    'untrusted',
  )
})

test('a truncated proof is refused', async () => {
  const hashes = proof.hashes.slice(0, -1)
  expect(await refusal(() => verifyProof({ ...proof, hashes }, LEAF, [LOG]))).toBe('malformed')
  expect(await refusal(() => verifyProof({ ...proof, hashes: [] }, LEAF, [LOG]))).toBe('malformed')
})

test('the checkpoint of another tree is refused', async () => {
  const checkpoint = await signCheckpoint(LOG, SIZE, roots[SIZE - 1] as Uint8Array)
  expect(await refusal(() => verifyProof({ ...proof, checkpoint }, LEAF, [LOG]))).toBe('mismatch')
})

describe('malformed files are refused', () => {
  test.each<[string, (good: string) => string]>([
    ['nothing', () => ''],
    ['another version', (good) => good.replace('@v1', '@v2')],
    ['a carriage return', (good) => good.replaceAll('\n', '\r\n')],
    ['no index', (good) => good.replace(/index 5\n/, '')],
    ['an index with a leading zero', (good) => good.replace('index 5', 'index 05')],
    ['a negative index', (good) => good.replace('index 5', 'index -5')],
    ['an index behind two spaces', (good) => good.replace('index 5', 'index  5')],
    ['an empty extra line', (good) => good.replace(/extra .*/, 'extra ')],
    ['two extra lines', (good) => good.replace(/(extra .*\n)/, '$1$1')],
    ['extra after index', (good) => good.replace(/(extra .*\n)(index 5\n)/, '$2$1')],
    ['extra in other base64', (good) => good.replace(/extra (.*)/, 'extra $1=')],
    ['a short hash', (good) => good.replace(/index 5\n.*/, 'index 5\nAAAA')],
    ['a hash with a space', (good) => good.replace(/index 5\n/, 'index 5\n ')],
    ['no blank line', (good) => good.replace('\n\n', '\n')],
    ['two blank lines', (good) => good.replace('\n\n', '\n\n\n')],
    ['no checkpoint', (good) => good.slice(0, good.indexOf('\n\n') + 2)],
    ['an unsigned checkpoint', (good) => good.slice(0, good.lastIndexOf('\n\n') + 1)],
    ['trailing garbage', (good) => `${good}garbage\n`],
    ['a missing last newline', (good) => good.slice(0, -1)],
    ['something in front', (good) => `\n${good}`],
    [
      'too many hashes',
      (good) => good.replace(/(index 5\n)(.*\n)/, (_, index, hash) => index + hash.repeat(60)),
    ],
  ])('%s', async (_, change) => {
    expect(change(text)).not.toBe(text)
    expect(await refusal(() => decodeProof(change(text)))).toBe('malformed')
  })
})

test('what no reader would accept is not written', async () => {
  expect(await refusal(() => encodeProof({ ...proof, index: -1 }))).toBe('range')
  expect(await refusal(() => encodeProof({ ...proof, hashes: [new Uint8Array(31)] }))).toBe('malformed')
  expect(await refusal(() => encodeProof({ ...proof, checkpoint: 'no note' }))).toBe('malformed')
})
