import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import './testing.ts'
import { encodeHex, encodeUtf8 } from './bytes.ts'
import { sha256, sha256Portable } from './sha256.ts'

describe.each([
  ['as chosen for the platform', sha256],
  ['in portable code', sha256Portable],
])('SHA-256 %s', (_, hash) => {
  test('has the digests that FIPS 180-4 publishes', () => {
    const hex = (text: string): string => encodeHex(hash(encodeUtf8(text)))
    expect(hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
    expect(hex('a'.repeat(1_000_000))).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    )
  })

  test('agrees with OpenSSL at every length around the block boundaries', () => {
    for (let length = 0; length <= 200; length++) {
      const data = Uint8Array.from({ length }, (_, i) => i * 7 + length)
      expect(encodeHex(hash(data))).toBe(createHash('sha256').update(data).digest('hex'))
    }
  })

  test('agrees with OpenSSL on random data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
        expect(encodeHex(hash(data))).toBe(createHash('sha256').update(data).digest('hex'))
      }),
    )
  })
})
