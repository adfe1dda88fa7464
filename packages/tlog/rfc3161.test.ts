import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { concatBytes, decodeHex, encodeUtf8 } from './bytes.ts'
import { readPem } from './certificate.ts'
import { TAG, writeDer } from './der.ts'
import { checkAnswers, decodeQuery, encodeQuery, verifyTimestamp } from './rfc3161.ts'
import { sha256 } from './sha256.ts'
import { flipBit, refusal } from './testing.ts'

// A small authority, in the same DER that RFC 3161 and RFC 5652 print, so that each part can be made wrong.
const seq = (...parts: Uint8Array[]): Uint8Array => writeDer(TAG.sequence, ...parts)
const set = (...parts: Uint8Array[]): Uint8Array => writeDer(TAG.set, ...parts)
const octets = (bytes: Uint8Array): Uint8Array => writeDer(TAG.octetString, bytes)
const int = (...bytes: number[]): Uint8Array => writeDer(TAG.integer, Uint8Array.from(bytes))
const oid = (hex: string): Uint8Array => writeDer(TAG.oid, decodeHex(hex))
const time = (text: string): Uint8Array => writeDer(TAG.generalizedTime, encodeUtf8(text))
const name = (text: string): Uint8Array => seq(set(seq(oid('550403'), writeDer(0x0c, encodeUtf8(text)))))
const TRUE = writeDer(TAG.boolean, Uint8Array.of(0xff))
const SHA256 = seq(oid('608648016503040201'), writeDer(TAG.null))
const TST_INFO = oid('2a864886f70d0109100104')

type Algorithm = { readonly der: Uint8Array; readonly digest: string | null }
const ALGORITHMS = {
  ed25519: { der: seq(oid('2b6570')), digest: null },
  ecdsa: { der: seq(oid('2a8648ce3d040302')), digest: 'sha256' },
  rsa: { der: seq(oid('2a864886f70d01010b'), writeDer(TAG.null)), digest: 'sha256' },
  rsaPlain: { der: seq(oid('2a864886f70d010101'), writeDer(TAG.null)), digest: 'sha256' },
  sha1: { der: seq(oid('2a864886f70d010105'), writeDer(TAG.null)), digest: 'sha1' },
} as const satisfies Record<string, Algorithm>

const seeded = (octet: number): KeyObject =>
  createPrivateKey({
    key: Buffer.from(
      concatBytes(decodeHex('302e020100300506032b657004220420'), new Uint8Array(32).fill(octet)),
    ),
    format: 'der',
    type: 'pkcs8',
  })

const CA = { key: seeded(1), algorithm: ALGORITHMS.ed25519 }
const extension = (hex: string, critical: boolean, value: Uint8Array): Uint8Array =>
  seq(oid(hex), ...(critical ? [TRUE] : []), octets(value))
const CA_EXTENSIONS = [extension('551d13', true, seq(TRUE))]
const timeStamping = (critical = true, ...more: Uint8Array[]): Uint8Array =>
  extension('551d25', critical, seq(oid('2b06010505070308'), ...more))

type CertificateParts = {
  subject: string
  issuer: string
  key: KeyObject
  extensions: readonly Uint8Array[]
  notAfter?: string
  serial?: number
  signer?: KeyObject
}

function certificate({
  subject,
  issuer,
  key,
  extensions,
  notAfter,
  serial,
  signer,
}: CertificateParts): Uint8Array {
  const tbs = seq(
    writeDer(0xa0, int(2)),
    int(serial ?? 7),
    CA.algorithm.der,
    name(issuer),
    seq(time('20200101000000Z'), time(notAfter ?? '20400101000000Z')),
    name(subject),
    new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    writeDer(0xa3, seq(...extensions)),
  )
  const signature = new Uint8Array(sign(null, tbs, signer ?? CA.key))
  return seq(tbs, CA.algorithm.der, writeDer(TAG.bitString, Uint8Array.of(0), signature))
}

const ROOT = certificate({ subject: 'ca', issuer: 'ca', key: CA.key, extensions: CA_EXTENSIONS, serial: 1 })
const CONTENT = encodeUtf8('the signed note of a checkpoint')
const NONCE = Uint8Array.of(5, 6, 7)
const QUERY = encodeQuery(sha256(CONTENT), NONCE)

type ResponseParts = {
  key: KeyObject
  algorithm: Algorithm
  extensions: readonly Uint8Array[]
  content: Uint8Array
  messageDigest: Uint8Array | undefined
  named: Uint8Array | undefined
  time: string
  notAfter: string
  status: number
  signer: KeyObject
}

const TSA_KEY = seeded(2)
const GOOD: ResponseParts = {
  key: TSA_KEY,
  algorithm: ALGORITHMS.ed25519,
  extensions: [timeStamping()],
  content: CONTENT,
  messageDigest: undefined,
  named: undefined,
  time: '20260601120000.5Z',
  notAfter: '20400101000000Z',
  status: 0,
  signer: CA.key,
}

function respond(change: Partial<ResponseParts> = {}): Uint8Array {
  const parts = { ...GOOD, ...change }
  const { key, algorithm, extensions, notAfter, signer } = parts
  const own = certificate({ subject: 'tsa', issuer: 'ca', key, extensions, notAfter, signer })
  const info = seq(
    int(1),
    oid('2a0304'),
    seq(SHA256, octets(sha256(parts.content))),
    int(9),
    time(parts.time),
    seq(int(1), writeDer(0x80, Uint8Array.of(0, 250))),
    writeDer(TAG.integer, Uint8Array.of(1), NONCE),
  )
  const attributes = [
    seq(oid('2a864886f70d010903'), set(TST_INFO)),
    seq(oid('2a864886f70d010904'), set(octets(parts.messageDigest ?? sha256(info)))),
    seq(oid('2a864886f70d010910022f'), set(seq(seq(seq(octets(sha256(parts.named ?? own))))))),
  ]
  const message = set(...attributes)
  const signature = sign(algorithm.digest, message, key)
  const signerInfo = seq(
    int(1),
    seq(name('ca'), int(7)),
    SHA256,
    writeDer(0xa0, ...attributes),
    algorithm.der,
    octets(new Uint8Array(signature)),
  )
  const signed = seq(
    int(3),
    set(SHA256),
    seq(TST_INFO, writeDer(0xa0, octets(info))),
    writeDer(0xa0, own),
    set(signerInfo),
  )
  return seq(seq(int(parts.status)), seq(oid('2a864886f70d010702'), writeDer(0xa0, signed)))
}

const verify = (response: Uint8Array, content = CONTENT, anchors = [ROOT]) =>
  verifyTimestamp(response, content, { anchors })

test('a time-stamp says when, how exactly, and to which request', async () => {
  const info = await verify(respond())
  expect(info.time).toBe(Date.UTC(2026, 5, 1, 12, 0, 0, 500))
  expect([info.accuracy, info.policy, info.serial]).toEqual([1250, '1.2.3.4', '09'])
  checkAnswers(info, decodeQuery(QUERY))
  expect(
    await refusal(() => checkAnswers(info, decodeQuery(encodeQuery(sha256(CONTENT), Uint8Array.of(1))))),
  ).toBe('mismatch')
  expect(await refusal(() => checkAnswers(info, decodeQuery(encodeQuery(sha256(NONCE), NONCE))))).toBe(
    'mismatch',
  )
})

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

test.each<[string, Partial<ResponseParts>]>([
  ['ECDSA', { key: P256, algorithm: ALGORITHMS.ecdsa }],
  ['RSA', { key: RSA, algorithm: ALGORITHMS.rsa }],
  ['RSA named without its digest', { key: RSA, algorithm: ALGORITHMS.rsaPlain }],
])('an authority may sign with %s', async (_, change) => {
  const good = respond(change)
  expect((await verify(good)).serial).toBe('09')
  expect(await refusal(() => verify(flipBit(good, (good.length - 1) * 8)))).toBeDefined()
})

test('many ECDSA signatures, short halves among them, are read', async () => {
  for (let i = 0; i < 40; i++) await verify(respond({ key: P256, algorithm: ALGORITHMS.ecdsa }))
})

test.each<[string, string, Partial<ResponseParts>]>([
  ['over other bytes', 'mismatch', { content: NONCE }],
  ['with another message digest', 'mismatch', { messageDigest: sha256(NONCE) }],
  ['naming another certificate', 'mismatch', { named: ROOT }],
  ['from a certificate for everything', 'untrusted', { extensions: [] }],
  ['from a certificate not critically for time-stamping', 'untrusted', { extensions: [timeStamping(false)] }],
  [
    'from a certificate for more than time-stamping',
    'untrusted',
    { extensions: [timeStamping(true, oid('2b06010505070303'))] },
  ],
  [
    'from a certificate with an unknown critical extension',
    'unsupported',
    { extensions: [timeStamping(), extension('551d1e', true, seq())] },
  ],
  ['after the certificate expired', 'untrusted', { notAfter: '20250101000000Z' }],
  ['before the certificate was valid', 'untrusted', { time: '20190101000000Z' }],
  ['from a certificate that the anchor did not sign', 'untrusted', { signer: seeded(3) }],
  ['refused by the authority', 'untrusted', { status: 2 }],
  ['signed with SHA-1', 'unsupported', { key: RSA, algorithm: ALGORITHMS.sha1 }],
  ['at an impossible time', 'malformed', { time: '20260230000000Z' }],
])('a time-stamp %s is %s', async (_, code, change) => {
  expect(await refusal(() => verify(respond(change)))).toBe(code)
})

test('any flipped bit of a response is refused, but for what nobody signs', async () => {
  const good = respond()
  // Granted and granted with modifications differ by one bit of the status, which RFC 3161 leaves unsigned.
  const unsigned = 8
  expect(good[unsigned]).toBe(0)
  const survivors: number[] = []
  for (let at = 0; at < good.length; at++) {
    if ((await refusal(() => verify(flipBit(good, at * 8)))) === undefined) survivors.push(at)
  }
  expect(survivors).toEqual([unsigned])
})

test('a truncated response, trailing garbage and a missing anchor are refused', async () => {
  const good = respond()
  expect(await refusal(() => verify(good.slice(0, -1)))).toBe('malformed')
  expect(await refusal(() => verify(Uint8Array.of(...good, 0)))).toBe('malformed')
  expect(await refusal(() => verify(good, CONTENT, []))).toBe('untrusted')
})

test('an anchor that may not issue certificates is no anchor for others', async () => {
  const plain = certificate({ subject: 'ca', issuer: 'ca', key: CA.key, extensions: [] })
  expect(await refusal(() => verify(respond(), CONTENT, [plain]))).toBe('untrusted')
})

test('PEM text gives its certificates', async () => {
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(ROOT).toString('base64')}\n-----END CERTIFICATE-----\n`
  expect(readPem(`${pem}text\n${pem}`)).toEqual([ROOT, ROOT])
  expect(await refusal(() => readPem('nothing'))).toBe('malformed')
})
