import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  preAuthEncoding,
  signEnvelope,
  verifyEnvelope,
} from './dsse.ts'
import { ed25519Signer } from './ed25519.ts'
import {
  decodeStatement,
  encodeStatement,
  STATEMENT_PAYLOAD_TYPE,
  STATEMENT_TYPE,
  type Statement,
} from './statement.ts'
import { flipBit, refusal } from './testing.ts'

const signer = async (keyid: string, octet: number) => ({
  keyid,
  ...(await ed25519Signer(new Uint8Array(32).fill(octet))),
})

const A = await signer('a', 1)
const B = await signer('b', 2)
const PAYLOAD = encodeUtf8('hello world')
const SIGNED = await signEnvelope('http://example.com/HelloWorld', PAYLOAD, [A, B])

test('the signed bytes carry both lengths, in octets', () => {
  expect(decodeUtf8(preAuthEncoding('http://example.com/HelloWorld', PAYLOAD))).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  )
  expect(decodeUtf8(preAuthEncoding('é', new Uint8Array(0)))).toBe('DSSEv1 2 é 0 ')
})

test('an envelope comes back and names its signers', async () => {
  expect(decodeEnvelope(encodeEnvelope(SIGNED))).toEqual(SIGNED)
  expect((await verifyEnvelope(SIGNED, [A])).map((key) => key.keyid)).toEqual(['a'])
  expect(await verifyEnvelope(SIGNED, [A, B], 2)).toHaveLength(2)
})

test('the keyid is only a hint', async () => {
  const renamed = { ...A, keyid: 'what the verifier calls it' }
  expect(await verifyEnvelope(SIGNED, [renamed])).toEqual([renamed])
  const impostor = { ...B, keyid: 'a' }
  expect(
    await refusal(() => verifyEnvelope({ ...SIGNED, signatures: SIGNED.signatures.slice(0, 1) }, [impostor])),
  ).toBe('untrusted')
})

test('one key does not count twice, under two names or with two signatures', async () => {
  const twice: Envelope = {
    ...SIGNED,
    signatures: [0, 0].map((i) => ({ keyid: '', sig: SIGNED.signatures[i]?.sig as Uint8Array })),
  }
  expect(await refusal(() => verifyEnvelope(twice, [A, { ...A, keyid: 'z' }], 2))).toBe('untrusted')
  expect(await refusal(() => verifyEnvelope(SIGNED, [A], 2))).toBe('untrusted')
})

test('any flipped bit of the payload, the type or the signature is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (bit) => {
      const keys = [A]
      expect(await refusal(() => verifyEnvelope({ ...SIGNED, payload: flipBit(PAYLOAD, bit) }, keys))).toBe(
        'untrusted',
      )
      expect(await refusal(() => verifyEnvelope({ ...SIGNED, payloadType: 'other' }, keys))).toBe('untrusted')
      const signatures = SIGNED.signatures.map((s) => ({ ...s, sig: flipBit(s.sig, bit) }))
      expect(await refusal(() => verifyEnvelope({ ...SIGNED, signatures }, keys))).toBe('untrusted')
    }),
    { numRuns: 20 },
  )
})

test('base64url of other software is read, unknown members are ignored', () => {
  const bytes = Uint8Array.of(0xfb, 0xff, 0xfe)
  const text = (base64: string): Uint8Array =>
    encodeUtf8(
      JSON.stringify({ payloadType: 't', payload: base64, signatures: [{ sig: base64, x: 1 }], y: 2 }),
    )
  const wanted = { payloadType: 't', payload: bytes, signatures: [{ keyid: '', sig: bytes }] }
  expect(encodeBase64(bytes)).toBe('+//+')
  expect(decodeEnvelope(text('+//+'))).toEqual(wanted)
  expect(decodeEnvelope(text('-__-'))).toEqual(wanted)
})

test.each([
  '{}',
  'null',
  '[]',
  '1',
  '{"payloadType":"t","payload":"","signatures":[]}',
  '{"payloadType":"","payload":"","signatures":[{"sig":"AAAA"}]}',
  '{"payloadType":"t","signatures":[{"sig":"AAAA"}]}',
  '{"payloadType":"t","payload":1,"signatures":[{"sig":"AAAA"}]}',
  '{"payloadType":"t","payload":"","signatures":[null]}',
  '{"payloadType":"t","payload":"","signatures":[{"sig":""}]}',
  '{"payloadType":"t","payload":"A","signatures":[{"sig":"AAAA"}]}',
  '{"payloadType":"t","payload":"","payload":"","signatures":[{"sig":"AAAA"}]}',
])('envelope %s is refused', async (text) => {
  expect(await refusal(() => decodeEnvelope(encodeUtf8(text)))).toBe('malformed')
})

describe('statement', () => {
  const statement: Statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'report.pdf', digest: { sha256: 'ab'.repeat(32) } }],
    predicateType: 'https://example.org/sign-off/v1',
    predicate: { decision: 'approved', at: '2026-01-01' },
  }

  test('is signed as an in-toto payload and comes back', async () => {
    const envelope = await signEnvelope(STATEMENT_PAYLOAD_TYPE, encodeStatement(statement), [A])
    await verifyEnvelope(envelope, [A])
    expect(decodeStatement(envelope.payload)).toEqual(statement)
  })

  test.each<[string, object]>([
    ['another type', { _type: 'https://in-toto.io/Statement/v0.1' }],
    ['no subject', { subject: [] }],
    ['a subject without a digest', { subject: [{ name: 'x' }] }],
    ['a subject with another digest only', { subject: [{ name: 'x', digest: { sha512: 'ab' } }] }],
    ['a short digest', { subject: [{ name: 'x', digest: { sha256: 'ab' } }] }],
    ['a digest in capitals', { subject: [{ name: 'x', digest: { sha256: 'AB'.repeat(32) } }] }],
    ['a nameless subject', { subject: [{ digest: { sha256: 'ab'.repeat(32) } }] }],
    ['no predicate type', { predicateType: '' }],
    ['a list as predicate', { predicate: [] }],
  ])('with %s is neither written nor read', async (_, change) => {
    const changed = { ...statement, ...change }
    expect(await refusal(() => encodeStatement(changed as Statement))).toBe('malformed')
    expect(await refusal(() => decodeStatement(encodeUtf8(JSON.stringify(changed))))).toBe('malformed')
  })
})
