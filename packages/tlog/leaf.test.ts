import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, encodeBase64, encodeUtf8 } from './bytes.ts'
import { commit, openCommitment } from './commitment.ts'
import { beaconOf, decodeLeaf, encodeLeaf, type LeafV1 } from './leaf.ts'
import { sha256 } from './sha256.ts'
import { flipBit, refusal } from './testing.ts'

const SALT = new Uint8Array(32).fill(3)
const STATEMENT = encodeUtf8('{"a":1}')

describe('commitment', () => {
  test('is the hash of domain, salt and hash of the statement', () => {
    const domain = Uint8Array.of(...encodeUtf8('assay-commit/v1'), 0)
    expect(commit(SALT, STATEMENT)).toEqual(sha256(concatBytes(domain, SALT, sha256(STATEMENT))))
  })

  test('opens with its salt and statement, and with no other', async () => {
    const salts = fc.uint8Array({ minLength: 32, maxLength: 32 })
    await fc.assert(
      fc.asyncProperty(salts, fc.uint8Array({ minLength: 1 }), fc.nat(), async (salt, statement, bit) => {
        const made = commit(salt, statement)
        openCommitment(made, salt, statement)
        expect(await refusal(() => openCommitment(flipBit(made, bit), salt, statement))).toBe('mismatch')
        expect(await refusal(() => openCommitment(made, flipBit(salt, bit), statement))).toBe('mismatch')
        expect(await refusal(() => openCommitment(made, salt, flipBit(statement, bit)))).toBe('mismatch')
      }),
    )
  })

  test('salt and commitment have 32 bytes', async () => {
    expect(await refusal(() => commit(SALT.subarray(1), STATEMENT))).toBe('malformed')
    expect(await refusal(() => openCommitment(new Uint8Array(0), SALT, STATEMENT))).toBe('malformed')
  })
})

const LEAF: LeafV1 = {
  v: 1,
  t: 'evidence.added',
  s: encodeBase64(new Uint8Array(16).fill(1)),
  n: '17',
  c: encodeBase64(commit(SALT, STATEMENT)),
  b: beaconOf(17, new Uint8Array(32).fill(0xab)),
  e: '0190f5fe-7c00-7a00-8000-0123456789ab',
}

describe('leaf', () => {
  test('is canonical JSON and comes back', () => {
    const bytes = encodeLeaf(LEAF)
    expect(new TextDecoder().decode(bytes)).toBe(
      `{"b":"17:abababababababab","c":"${LEAF.c}","e":"${LEAF.e}","n":"17","s":"${LEAF.s}","t":"evidence.added","v":1}`,
    )
    expect(decodeLeaf(bytes)).toEqual(LEAF)
    expect(decodeLeaf(encodeLeaf({ ...LEAF, b: '', n: '0', t: 'erased' })).b).toBe('')
  })

  test.each<[string, object]>([
    ['another version', { v: 2 }],
    ['a version in text', { v: '1' }],
    ['an empty type', { t: '' }],
    ['a type with a space', { t: 'evidence added' }],
    ['a type that is too long', { t: 'a'.repeat(65) }],
    ['a stream id of 15 bytes', { s: encodeBase64(new Uint8Array(15)) }],
    ['a counter that is a number', { n: 17 }],
    ['a counter with a leading zero', { n: '017' }],
    ['a negative counter', { n: '-1' }],
    ['an empty counter', { n: '' }],
    ['a commitment of 31 bytes', { c: encodeBase64(new Uint8Array(31)) }],
    ['a beacon without a root', { b: '17:' }],
    ['a beacon with a leading zero', { b: '017:abababababababab' }],
    ['a beacon in capitals', { b: '17:ABABABABABABABAB' }],
    ['a UUID of version 4', { e: '0190f5fe-7c00-4a00-8000-0123456789ab' }],
    ['a UUID in capitals', { e: '0190F5FE-7C00-7A00-8000-0123456789AB' }],
    ['a further member', { x: 1 }],
    ['a missing member', { b: undefined }],
  ])('with %s is neither written nor read', async (_, change) => {
    const changed = Object.fromEntries(
      Object.entries({ ...LEAF, ...change }).filter(([, value]) => value !== undefined),
    )
    expect(await refusal(() => encodeLeaf(changed as LeafV1))).toBe('malformed')
    const sorted = JSON.stringify(
      Object.fromEntries(Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1))),
    )
    expect(await refusal(() => decodeLeaf(encodeUtf8(sorted)))).toBe('malformed')
  })

  test('in any other spelling is refused', async () => {
    const text = new TextDecoder().decode(encodeLeaf(LEAF))
    for (const other of [
      ` ${text}`,
      `${text}\n`,
      text.replace(':', ': '),
      JSON.stringify(LEAF),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1,"v":1'),
      text.replace('evidence', '\\u0065vidence'),
      '[]',
      'null',
      '',
    ]) {
      expect(await refusal(() => decodeLeaf(encodeUtf8(other)))).toBe('malformed')
    }
    expect(await refusal(() => decodeLeaf(new Uint8Array(1024).fill(0x20)))).toBe('malformed')
  })

  test('no single flipped bit goes unseen or gives the same entry', () => {
    const bytes = encodeLeaf(LEAF)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      let read: LeafV1 | undefined
      try {
        read = decodeLeaf(flipBit(bytes, bit))
      } catch {
        continue
      }
      expect(read).not.toEqual(LEAF)
    }
  })
})
