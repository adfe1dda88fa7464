import fc from 'fast-check'
import { expect, test } from 'vitest'
import './testing.ts'
import {
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodeUtf8,
  parseDecimal,
} from './bytes.ts'

test('base64 agrees with the platform and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
    }),
  )
})

test.each([
  'A',
  'AA',
  'AAA',
  'AB==',
  'AAB=',
  'AA=A',
  '=AAA',
  '====',
  'AA A',
  'AAA\n',
  'AA-_',
  'AAA\u00e9',
  'QQ==QQ==',
])('base64 %j has no canonical reading and is refused', (text) => {
  expect(() => decodeBase64(text)).toThrow()
})

test('hexadecimal comes back and has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeHex(encodeHex(bytes))).toEqual(bytes)
    }),
  )
  for (const text of ['0', 'AB', '0x', 'g0', ' 00']) expect(() => decodeHex(text)).toThrow()
})

test('UTF-8 keeps a byte order mark and refuses what is not text', () => {
  expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA')
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
    expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow()
  }
  expect(() => encodeUtf8('\ud800')).toThrow()
})

test('a decimal has no sign, no leading zero and no digit that a number would lose', () => {
  expect(parseDecimal('0')).toBe(0)
  expect(parseDecimal('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  for (const text of ['', '00', '01', '+1', '-1', '1.0', '1e3', ' 1', '9007199254740992', '٣']) {
    expect(() => parseDecimal(text)).toThrow()
  }
})
