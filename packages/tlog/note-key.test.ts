import { createPrivateKey, createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes, decodeHex } from './bytes.ts'
import { ed25519Signer, verifyEd25519 } from './ed25519.ts'
import {
  formatSignerKey,
  formatVerifierKey,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  SIGNATURE_COSIGNATURE,
} from './note-key.ts'
import { flipBit, refusal, sampleKey } from './testing.ts'

test('the public key is the one that OpenSSL derives, and signatures verify', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array(),
      fc.nat(),
      async (seed, message, bit) => {
        const signer = await ed25519Signer(seed)
        const der = concatBytes(decodeHex('302e020100300506032b657004220420'), seed)
        const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
        expect(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)).toEqual(
          Buffer.from(signer.publicKey),
        )
        const signature = await signer.sign(message)
        expect(await verifyEd25519(signer.publicKey, message, signature)).toBe(true)
        expect(await verifyEd25519(signer.publicKey, message, flipBit(signature, bit))).toBe(false)
        expect(
          await verifyEd25519(signer.publicKey, concatBytes(message, message, Uint8Array.of(0)), signature),
        ).toBe(false)
      },
    ),
    { numRuns: 20 },
  )
})

test('a key or signature of the wrong length is refused', async () => {
  expect(await refusal(() => ed25519Signer(new Uint8Array(31)))).toBe('malformed')
  expect(await refusal(() => verifyEd25519(new Uint8Array(33), new Uint8Array(0), new Uint8Array(64)))).toBe(
    'malformed',
  )
  const { publicKey } = await sampleKey('a', 1)
  expect(await verifyEd25519(publicKey, new Uint8Array(0), new Uint8Array(63))).toBe(false)
})

test('verifier and signing keys come back, of both types', async () => {
  for (const type of [1, SIGNATURE_COSIGNATURE] as const) {
    const key = await sampleKey('example.org/log', 7, type)
    const { sign: _, ...verifier } = key
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(verifier)
    const secret = await formatSignerKey(key.name, new Uint8Array(32).fill(7), type)
    expect(secret.startsWith('PRIVATE+KEY+example.org/log+')).toBe(true)
    const parsed = await parseSignerKey(secret)
    expect(parsed.publicKey).toEqual(key.publicKey)
    expect(await verifyEd25519(key.publicKey, Uint8Array.of(1), await parsed.sign(Uint8Array.of(1)))).toBe(
      true,
    )
  }
})

test('one name and key have different ids for different types', async () => {
  expect((await sampleKey('a', 1)).id).not.toBe((await sampleKey('a', 1, SIGNATURE_COSIGNATURE)).id)
})

test('a damaged key is refused with the reason', async () => {
  const good = formatVerifierKey(await sampleKey('example.org/log', 7))
  const [name = '', id = '', key = ''] = [good.slice(0, 15), good.slice(16, 24), good.slice(25)]
  expect(`${name}+${id}+${key}`).toBe(good)
  expect(await refusal(() => parseVerifierKey(`example.org/log2+${id}+${key}`))).toBe('mismatch')
  expect(await refusal(() => parseVerifierKey(`${name}+00000000+${key}`))).toBe('mismatch')
  expect(await refusal(() => parseVerifierKey(`${name}+${id}+CQ==`))).toBe('unsupported')
  for (const bad of [
    '',
    name,
    `${name}+${id}`,
    `+${id}+${key}`,
    `${name}+${id}+`,
    `${name}+${id}+AQ==`,
    `${good} `,
    `${good}\n`,
    `${name}+${id.toUpperCase()}Z+${key}`,
    `a b+${id}+${key}`,
  ]) {
    expect(await refusal(() => parseVerifierKey(bad))).toMatch(/malformed|unsupported/)
  }
  expect(await refusal(() => parseSignerKey(good))).toBe('malformed')
})

test('key names have no space, plus or control character', () => {
  expect(['a', 'example.org/log', '日本', 'a-b_c.d/e'].every(isKeyName)).toBe(true)
  expect(['', ' ', 'a b', 'a+b', 'a\u2003b', 'a\u0085b', 'a\u0001', '\ud800'].some(isKeyName)).toBe(false)
})
