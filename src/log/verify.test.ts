import { beforeAll, describe, expect, it } from 'vitest'
import {
  CompactRange,
  canonicalBytes,
  canonicalize,
  commit,
  consistencyProof,
  cosign,
  decodeUtf8,
  ed25519Signer,
  encodeBase64,
  encodeEnvelope,
  encodeLeaf,
  encodeStatement,
  encodeUtf8,
  formatNote,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  parseNote,
  SIGNATURE_COSIGNATURE,
  type SignerKey,
  STATEMENT_PAYLOAD_TYPE,
  STATEMENT_TYPE,
  sha256,
  signCheckpoint,
  signEnvelope,
  signerKey,
} from '#tlog'
import { type Bundle, buildBundle, digestOf, readBundle } from './bundle.ts'
import { verifyBundle } from './verify.ts'
import { verdictLines } from './verify-text.ts'
import { readZip, writeZip } from './zip.ts'

const origin = 'assay.log/example'
const seed = (byte: number) => new Uint8Array(32).fill(byte)
const page = encodeUtf8('<!doctype html><p>Certificates</p>')
const salt = seed(7)

let key: SignerKey
let witness: SignerKey
let vkey: string
let bundle: Bundle

const statementAt = (index: number) => ({
  v: 1,
  type: 'publication.published',
  noun: 'publication',
  id: `00000000-0000-4000-8000-00000000000${index}`,
  n: 1,
  recordedAt: '2023-07-31T03:00:00.000Z',
  actor: { kind: 'person', id: null, name: 'Publisher \u001b[31m' },
  command: 'publication.publish',
  reason: null,
  record: { pages: { en: digestOf(page) } },
})

const leafAt = (index: number) => {
  const statement = statementAt(index)
  const id = Uint8Array.from({ length: 16 }, (_, i) =>
    i === 6 ? 0x40 : i === 8 ? 0x80 : i === 15 ? index : 0,
  )
  return decodeUtf8(
    encodeLeaf({
      v: 1,
      t: statement.type,
      s: encodeBase64(id),
      n: '1',
      c: encodeBase64(commit(salt, canonicalBytes(statement))),
      b: '',
      e: `01890000-0000-7000-8000-00000000000${index}`,
    }),
  )
}

/** A log of `size` entries; `fork` changes one leaf. */
async function makeBundle(size: number, index: number, signer = key, fork = -1): Promise<Bundle> {
  const nodes = new Map<string, Uint8Array>()
  const range = new CompactRange()
  for (let i = 0; i < size; i++)
    range.append(leafHash(encodeUtf8(i === fork ? `forked ${i}` : leafAt(i))), (level, at, hash) =>
      nodes.set(`${level}/${at}`, hash),
    )
  const read = (level: number, at: number) => nodes.get(`${level}/${at}`) ?? new Uint8Array(32)
  const checkpoint = await signCheckpoint(signer, size, range.root())
  const statement = encodeStatement({
    _type: STATEMENT_TYPE,
    subject: [{ name: 'page.html', digest: { sha256: digestOf(page) } }],
    predicateType: 'https://assay.example/publication/v1',
    predicate: {},
  })
  const envelope = await signEnvelope(STATEMENT_PAYLOAD_TYPE, statement, [{ ...signer, keyid: 'log' }])
  return {
    origin,
    checkpoint,
    entries: [
      {
        index,
        leaf: leafAt(index),
        salt,
        statement: encodeUtf8(canonicalize(statementAt(index))),
        proof: { index, hashes: inclusionProof(index, size, read), checkpoint },
      },
    ],
    files: [
      {
        name: 'page.html',
        mediaType: 'text/html',
        sha256: digestOf(page),
        entry: index,
        pointer: '/record/pages/en',
        bytes: page,
      },
    ],
    keys: [formatVerifierKey(signer)],
    policy: `log ${formatVerifierKey(signer)}\nquorum none\n`,
    consistency: [1, 2, 3]
      .filter((from) => from < size)
      .map((from) => ({ from, hashes: consistencyProof(from, size, read) })),
    envelope: encodeEnvelope(envelope),
  }
}

beforeAll(async () => {
  key = signerKey(origin, await ed25519Signer(seed(1)))
  witness = signerKey('witness.example', await ed25519Signer(seed(2)), SIGNATURE_COSIGNATURE)
  vkey = formatVerifierKey(key)
  bundle = await makeBundle(5, 2)
})

const statusOf = async (one: Bundle, options = {}) => {
  const verdict = await verifyBundle(one, options)
  return Object.fromEntries(verdict.claims.map((claim) => [`${claim.rule} ${claim.code}`, claim.status]))
}

describe('a bundle', () => {
  it('comes back from its file as it was', () => {
    expect(readBundle(buildBundle(bundle))).toMatchObject({
      origin,
      keys: [vkey],
      checkpoint: bundle.checkpoint,
    })
  })

  it('is sound, and says which claims nothing was there to check with', async () => {
    expect(await statusOf(readBundle(buildBundle(bundle)))).toEqual({
      'R1 file_logged': 'holds',
      'R2 opens': 'holds',
      'R3 included': 'holds',
      'R4 signed_by_unknown': 'holds',
      'R4 envelope': 'holds',
      'R5 witnessed': 'open',
      'R6 time_stamp': 'open',
      'R9 first_seen': 'open',
      'R11 domain': 'open',
      'R12 current': 'open',
    })
  })

  it('is never called verified below level 2, in either language, and cannot paint the terminal', async () => {
    const verdict = await verifyBundle(bundle, { keys: [vkey] })
    expect(verdict).toMatchObject({ sound: true, level: 1 })
    const english = verdictLines(verdict, 'en').join('\n')
    const japanese = verdictLines(verdict, 'ja').join('\n')
    expect(english).toContain('Integrity level 1')
    expect(english).not.toMatch(/verified/i)
    expect(japanese).not.toMatch(/検証済/)
    expect(english + japanese).not.toContain('\u001b')
  })

  it('reaches level 3 only by a quorum of the reader’s own witnesses', async () => {
    const note = parseNote(bundle.checkpoint)
    const cosignature = await cosign(note.text, witness, 1_690_000_000)
    const checkpoint = formatNote({ text: note.text, signatures: [...note.signatures, cosignature] })
    const entries = bundle.entries.map((entry) => ({ ...entry, proof: { ...entry.proof, checkpoint } }))
    const cosigned = { ...bundle, checkpoint, entries }
    const lines = `log ${vkey}\nwitness w ${formatVerifierKey(witness)}\n`
    expect(await verifyBundle(cosigned, { policy: `${lines}quorum w\n` })).toMatchObject({
      sound: true,
      level: 3,
    })
    expect(await verifyBundle(cosigned, { policy: `${lines}quorum none\n` })).toMatchObject({ level: 2 })
    expect(await verifyBundle(bundle, { policy: `${lines}quorum w\n` })).toMatchObject({
      sound: false,
      level: 0,
    })
    expect((await verifyBundle(cosigned)).level).toBe(1)
  })

  const changed: [string, (one: Bundle) => Bundle, string][] = [
    [
      'a byte of the file',
      (one) => ({ ...one, files: one.files.map((f) => ({ ...f, bytes: encodeUtf8('<!doctype html>') })) }),
      'R1 file_logged',
    ],
    [
      'a pointer to another field',
      (one) => ({ ...one, files: one.files.map((f) => ({ ...f, pointer: '/record/pages/ja' })) }),
      'R1 file_logged',
    ],
    [
      'a statement',
      (one) => ({
        ...one,
        entries: one.entries.map((e) => ({
          ...e,
          statement: encodeUtf8(canonicalize({ ...statementAt(2), n: 2 })),
        })),
      }),
      'R2 opens',
    ],
    [
      'a statement that is no JSON',
      (one) => ({ ...one, entries: one.entries.map((e) => ({ ...e, statement: encodeUtf8('{') })) }),
      'R2 opens',
    ],
    ['a salt', (one) => ({ ...one, entries: one.entries.map((e) => ({ ...e, salt: seed(8) })) }), 'R2 opens'],
    [
      'another leaf',
      (one) => ({ ...one, entries: one.entries.map((e) => ({ ...e, leaf: leafAt(3) })) }),
      'R3 included',
    ],
    [
      'a hash of the proof',
      (one) => ({
        ...one,
        entries: one.entries.map((e) => ({
          ...e,
          proof: { ...e.proof, hashes: e.proof.hashes.map((h) => sha256(h)) },
        })),
      }),
      'R3 included',
    ],
    [
      'the size in the checkpoint',
      (one) => ({ ...one, checkpoint: one.checkpoint.replace('\n5\n', '\n6\n') }),
      'R4 signed_by_unknown',
    ],
    ['the name of the log', (one) => ({ ...one, origin: 'other.example' }), 'R4 signed_by_unknown'],
  ]
  it.each(changed)('fails by name when someone changes %s', async (_, change, claim) => {
    expect((await statusOf(change(bundle)))[claim]).toBe('fails')
    expect(await verifyBundle(change(bundle))).toMatchObject({ sound: false, level: 0, pin: null })
  })

  it('fails under a key that the reader trusts when another signed, and says so about a pinned key', async () => {
    const stranger = signerKey(origin, await ed25519Signer(seed(9)))
    const forged = await makeBundle(5, 2, stranger)
    expect(await verifyBundle(forged)).toMatchObject({ sound: true, level: 1 })
    expect((await statusOf(forged, { keys: [vkey] }))['R4 signed']).toBe('fails')
    const pinned = await statusOf(forged, { pin: { vkey, note: bundle.checkpoint } })
    expect(pinned['R9 key_changed']).toBe('fails')
  })

  it('continues the checkpoint that was seen before, or says loudly that it does not', async () => {
    const pin = { vkey, note: (await makeBundle(3, 2)).checkpoint }
    const verdict = await verifyBundle(bundle, { pin })
    expect(verdict.claims.find((claim) => claim.rule === 'R9')).toMatchObject({
      code: 'continues',
      status: 'holds',
    })
    expect(verdict.pin).toEqual({ vkey, note: bundle.checkpoint })
    const forked = { vkey, note: (await makeBundle(3, 2, key, 1)).checkpoint }
    const contradiction = await verifyBundle(bundle, { pin: forked })
    expect(contradiction).toMatchObject({ sound: false, pin: null })
    expect(verdictLines(contradiction, 'en').join('\n')).toContain('THE LOG CONTRADICTS ITSELF')
    const sameSize = { vkey, note: (await makeBundle(5, 2, key, 4)).checkpoint }
    expect((await statusOf(bundle, { pin: sameSize }))['R9 continues']).toBe('fails')
  })

  it('leaves open what it cannot compare, and keeps the newer pin', async () => {
    const later = { vkey, note: (await makeBundle(7, 2)).checkpoint }
    const verdict = await verifyBundle(bundle, { pin: later })
    expect(verdict.claims.find((claim) => claim.rule === 'R9')).toMatchObject({ status: 'open' })
    expect(verdict.pin).toEqual(later)
  })

  it('knows a file in the reader’s hands, and refuses one that it does not name', async () => {
    const closed = { ...bundle, files: bundle.files.map((file) => ({ ...file, bytes: null })) }
    expect((await statusOf(closed))['R1 file_logged']).toBe('open')
    expect((await statusOf(closed, { files: [{ name: 'p', bytes: page }] }))['R1 file_logged']).toBe('holds')
    const foreign = await statusOf(closed, { files: [{ name: 'p', bytes: encodeUtf8('x') }] })
    expect(foreign['R1 file_unknown']).toBe('fails')
  })

  it('is refused when its file has more, less or other parts than its manifest says', () => {
    const files = readZip(buildBundle(bundle))
    expect(() => readBundle(writeZip([...files, { name: 'more', bytes: page }]))).toThrow(/does not name/)
    for (const { name } of files)
      expect(() => readBundle(writeZip(files.filter((file) => file.name !== name))), name).toThrow()
    expect(() => readBundle(encodeUtf8('not a bundle, but long enough to be one'))).toThrow(/not a ZIP/)
  })
})
