import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64, encodeUtf8 } from './bytes.ts'
import { formatNote, MAX_NOTE_SIGNATURES, type Note, parseNote, signNote, verifyNote } from './note.ts'
import { SIGNATURE_COSIGNATURE, verifierKey } from './note-key.ts'
import { flipBit, refusal, sampleKey } from './testing.ts'

const LOG = await sampleKey('example.org/log', 1)
const OTHER = await sampleKey('example.org/other', 2)
const TEXT = 'A line.\n\nAfter an empty line.\n'
const SIGNED = await signNote(TEXT, [LOG, OTHER])
const SIG = encodeBase64(new Uint8Array(68))

test('a note comes back with the keys that signed it', async () => {
  const note = parseNote(SIGNED)
  expect(note.text).toBe(TEXT)
  expect(formatNote(note)).toBe(SIGNED)
  expect(parseNote(encodeUtf8(SIGNED))).toEqual(note)
  expect((await verifyNote(note, [OTHER, LOG])).map((key) => key.name)).toEqual([OTHER.name, LOG.name])
})

test('signing is deterministic, as RFC 8032 has it', async () => {
  expect(await signNote(TEXT, [LOG, OTHER])).toBe(SIGNED)
})

test('a signature by an unknown key is ignored, even under a known name or id', async () => {
  const impostor = await sampleKey(LOG.name, 3)
  const note = parseNote(await signNote(TEXT, [impostor, LOG]))
  expect(await verifyNote(note, [LOG])).toEqual([LOG])
  expect(await refusal(() => verifyNote(parseNote(SIGNED), [impostor]))).toBe('untrusted')
  expect(await refusal(() => verifyNote(parseNote(SIGNED), []))).toBe('untrusted')
})

test('one bad signature by a known key condemns the note, a good one beside it or not', async () => {
  const note = parseNote(SIGNED)
  for (const bit of [0, 255, 511]) {
    const signatures = note.signatures.map((s, i) =>
      i === 1 ? { ...s, signature: flipBit(s.signature, bit) } : s,
    )
    expect(await refusal(() => verifyNote({ ...note, signatures }, [LOG, OTHER]))).toBe('bad_signature')
    expect(await verifyNote({ ...note, signatures }, [LOG])).toEqual([LOG])
  }
  const doubled: Note = {
    ...note,
    signatures: [
      ...note.signatures,
      ...note.signatures.map((s) => ({ ...s, signature: flipBit(s.signature, 9) })),
    ],
  }
  expect(await refusal(() => verifyNote(doubled, [LOG]))).toBe('bad_signature')
})

test('a changed text verifies with no key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (at) => {
      const note = parseNote(SIGNED)
      const i = at % (TEXT.length - 1)
      const text = `${TEXT.slice(0, i)}~${TEXT.slice(i + 1)}`
      expect(await refusal(() => verifyNote({ ...note, text }, [LOG]))).toBe('bad_signature')
    }),
  )
})

describe('malformed notes are refused', () => {
  const line = `\u2014 name ${SIG}\n`
  test.each<[string, string]>([
    ['nothing at all', ''],
    ['no signature', 'text\n\n'],
    ['no blank line', `text\n${line}`],
    ['no text', `\n${line}`],
    ['a text without its newline', `text${line}`],
    ['no newline at the end', `text\n\n${line.slice(0, -1)}`],
    ['a carriage return', `text\r\n\n${line}`],
    ['a tab', `te\txt\n\n${line}`],
    ['a NUL', `te\0xt\n\n${line}`],
    ['a lone surrogate', `te\ud800xt\n\n${line}`],
    ['a hyphen for the dash', `text\n\n- name ${SIG}\n`],
    ['an empty name', `text\n\n\u2014  ${SIG}\n`],
    ['a plus in the name', `text\n\n\u2014 na+me ${SIG}\n`],
    ['a no-break space in the name', `text\n\n\u2014 na\u00a0me ${SIG}\n`],
    ['an ideographic space in the name', `text\n\n\u2014 na\u3000me ${SIG}\n`],
    ['a third part', `text\n\n\u2014 name ${SIG} more\n`],
    ['a space at the end', `text\n\n\u2014 name ${SIG} \n`],
    ['base64 without padding', `text\n\n\u2014 name ${SIG.replace(/=+$/, '')}\n`],
    ['base64 with stray bits', `text\n\n\u2014 name ${SIG.replace(/A=$/, 'B=')}\n`],
    ['a signature with nothing behind the key id', `text\n\n\u2014 name AAAAAA==\n`],
    ['an empty signature', `text\n\n\u2014 name \n`],
    ['text after the signatures', `text\n\n${line}more\n`],
    ['too many signatures', `text\n\n${line.repeat(MAX_NOTE_SIGNATURES + 1)}`],
    ['too many bytes', `${'x'.repeat(1_000_000)}\n\n${line}`],
  ])('%s', async (_, note) => {
    expect(await refusal(() => parseNote(note))).toBe('malformed')
  })

  test('invalid UTF-8', async () => {
    const bytes = encodeUtf8(`text\n\n${line}`)
    expect(parseNote(bytes).text).toBe('text\n')
    expect(await refusal(() => parseNote(bytes.with(0, 0xff)))).toBe('malformed')
  })
})

test('the last empty line divides text from signatures', () => {
  const inner = `text\n\n\u2014 name ${SIG}\n`
  const note = parseNote(`${inner}\n\u2014 outer ${SIG}\n`)
  expect(note.text).toBe(inner)
  expect(note.signatures.map(({ name }) => name)).toEqual(['outer'])
})

test('sixteen signatures are read, as the specification demands', () => {
  expect(parseNote(`text\n\n${`\u2014 name ${SIG}\n`.repeat(16)}`).signatures).toHaveLength(16)
})

test('what no reader would accept is not written', async () => {
  expect(await refusal(() => signNote('no newline', [LOG]))).toBe('malformed')
  expect(await refusal(() => signNote('text\n', []))).toBe('malformed')
  expect(await refusal(() => signNote('te\rxt\n', [LOG]))).toBe('malformed')
  const witness = await sampleKey('w', 4, SIGNATURE_COSIGNATURE)
  expect(await refusal(() => signNote('text\n', [witness]))).toBe('unsupported')
})

test('a witness key does not verify a bare note', async () => {
  const note = parseNote(await signNote('text\n', [LOG]))
  const asWitness = verifierKey(LOG.name, LOG.publicKey, SIGNATURE_COSIGNATURE)
  expect(await refusal(() => verifyNote(note, [asWitness]))).toBe('untrusted')
})
