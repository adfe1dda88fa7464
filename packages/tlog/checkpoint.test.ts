import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from './bytes.ts'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosign, verifyCosignatures } from './cosignature.ts'
import { formatNote, parseNote, signNote } from './note.ts'
import { SIGNATURE_COSIGNATURE } from './note-key.ts'
import { flipBit, refusal, sampleKey } from './testing.ts'

const LOG = await sampleKey('example.org/log', 1)
const ROOT = new Uint8Array(32).fill(9)
const B64 = encodeBase64(ROOT)

test('a checkpoint is three lines and comes back', () => {
  expect(formatCheckpoint('example.org/log', 17, ROOT)).toBe(`example.org/log\n17\n${B64}\n`)
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
      const parsed = parseCheckpoint(formatCheckpoint('o', size, root))
      expect(parsed).toEqual({ origin: 'o', size, root, extensions: [] })
    }),
  )
})

test('extension lines and odd origins of other software are read', () => {
  expect(parseCheckpoint(`an origin +\n0\n${B64}\nextra 1\nextra 2\n`)).toEqual({
    origin: 'an origin +',
    size: 0,
    root: ROOT,
    extensions: ['extra 1', 'extra 2'],
  })
})

describe('malformed checkpoints are refused', () => {
  test.each([
    '',
    '\n',
    `o\n1\n${B64}`,
    `o\n1\n`,
    `\n1\n${B64}\n`,
    `o\n01\n${B64}\n`,
    `o\n00\n${B64}\n`,
    `o\n-1\n${B64}\n`,
    `o\n+1\n${B64}\n`,
    `o\n1.0\n${B64}\n`,
    `o\n 1\n${B64}\n`,
    `o\n\n${B64}\n`,
    `o\n1\n\n`,
    `o\n9007199254740992\n${B64}\n`,
    `o\n1\n${B64} \n`,
    `o\n1\nAAAA\n`,
    `o\n1\n${B64}\n\n`,
    `o\n1\n${B64}\n\nx\n`,
    `o\n1\n${B64.replace('=', '')}\n`,
  ])('%j', async (text) => {
    expect(await refusal(() => parseCheckpoint(text))).toBe('malformed')
  })

  test('and not written either', async () => {
    expect(await refusal(() => formatCheckpoint('a b', 1, ROOT))).toBe('malformed')
    expect(await refusal(() => formatCheckpoint('a\nb', 1, ROOT))).toBe('malformed')
    expect(await refusal(() => formatCheckpoint('a', -1, ROOT))).toBe('range')
    expect(await refusal(() => formatCheckpoint('a', 1, ROOT.subarray(1)))).toBe('malformed')
  })
})

test('a signed checkpoint opens with the log key and no other', async () => {
  const signed = await signCheckpoint(LOG, 17, ROOT)
  const { checkpoint, signers } = await openCheckpoint(signed, [LOG])
  expect([checkpoint.size, checkpoint.root, signers]).toEqual([17, ROOT, [LOG]])
  expect(await refusal(async () => openCheckpoint(signed, [await sampleKey('example.org/log', 2)]))).toBe(
    'untrusted',
  )
})

test('a key trusted for one log does not speak for another', async () => {
  const other = await sampleKey('example.org/other', 2)
  const signed = await signNote(formatCheckpoint(LOG.name, 17, ROOT), [other])
  expect(await refusal(() => openCheckpoint(signed, [LOG, other]))).toBe('mismatch')
})

describe('cosignature', async () => {
  const witness = await sampleKey('witness.example', 5, SIGNATURE_COSIGNATURE)
  const bare = parseNote(await signCheckpoint(LOG, 17, ROOT))
  const TIME = 1_790_000_000
  const cosigned = { ...bare, signatures: [...bare.signatures, await cosign(bare.text, witness, TIME)] }

  test('says when, and survives the note form', async () => {
    const note = parseNote(formatNote(cosigned))
    expect(await verifyCosignatures(note, [witness, LOG])).toEqual([{ key: witness, time: TIME }])
    expect((await openCheckpoint(formatNote(cosigned), [LOG])).signers).toEqual([LOG])
  })

  test('its signed message is the one that the specification shows', async () => {
    const { verifyEd25519 } = await import('./ed25519.ts')
    const message = new TextEncoder().encode(`cosignature/v1\ntime ${TIME}\n${bare.text}`)
    const last = cosigned.signatures[1]?.signature as Uint8Array
    expect(last).toHaveLength(72)
    expect(await verifyEd25519(witness.publicKey, message, last.subarray(8))).toBe(true)
  })

  test('any flipped bit, of the time or of the signature, is refused', async () => {
    const [log, good] = cosigned.signatures
    if (!log || !good) throw new Error('two signatures are expected')
    for (let bit = 0; bit < 72 * 8; bit += 5) {
      const note = { ...bare, signatures: [log, { ...good, signature: flipBit(good.signature, bit) }] }
      expect(await refusal(() => verifyCosignatures(note, [witness]))).toMatch(/bad_signature|malformed/)
    }
    const short = { ...bare, signatures: [log, { ...good, signature: good.signature.subarray(1) }] }
    expect(await refusal(() => verifyCosignatures(short, [witness]))).toBe('malformed')
  })

  test('counts once for a key, at its earliest time', async () => {
    const later = await cosign(bare.text, witness, TIME + 60)
    const note = { ...cosigned, signatures: [...bare.signatures, later, ...cosigned.signatures] }
    expect(await verifyCosignatures(note, [witness])).toEqual([{ key: witness, time: TIME }])
  })

  test('is made with a witness key, over a checkpoint, at a possible time', async () => {
    expect(await refusal(() => cosign(bare.text, LOG, TIME))).toBe('unsupported')
    expect(await refusal(() => cosign('not a checkpoint\n', witness, TIME))).toBe('malformed')
    expect(await refusal(() => cosign(bare.text, witness, 0.5))).toBe('range')
  })
})
