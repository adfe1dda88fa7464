import { describe, expect, test } from 'vitest'
import { decodeHex, encodeUtf8 } from './bytes.ts'
import { children, integerOctets, oidOf, readDer, smallInteger, TAG, timeOf, writeDer } from './der.ts'
import { refusal } from './testing.ts'

describe('DER', () => {
  test('lengths come back', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const body = new Uint8Array(length).fill(3)
      expect(readDer(writeDer(TAG.octetString, body)).body).toEqual(body)
    }
  })

  test.each([
    '',
    '30',
    '3001',
    '3080',
    '308101',
    '30810000',
    '3082007f',
    '3085000000000000',
    '1f0100',
    '300000',
  ])('refuses %j, which only BER would read, or nobody', async (hex) => {
    expect(await refusal(() => readDer(decodeHex(hex)))).toBe('malformed')
  })

  test('reads identifiers and integers in their shortest form only', async () => {
    expect(oidOf(readDer(decodeHex('06082a8648ce3d040302')))).toBe('1.2.840.10045.4.3.2')
    expect(oidOf(readDer(decodeHex('0603883703')))).toBe('2.999.3')
    expect(smallInteger(readDer(decodeHex('020200ff')))).toBe(255)
    for (const hex of ['0600', '06022a80', '06032a8001']) {
      expect(await refusal(() => oidOf(readDer(decodeHex(hex))))).toBe('malformed')
    }
    for (const hex of ['0200', '02020001', '0202ff80']) {
      expect(await refusal(() => integerOctets(readDer(decodeHex(hex))))).toBe('malformed')
    }
    expect(await refusal(() => smallInteger(readDer(decodeHex('0201ff'))))).toBe('malformed')
  })

  test('reads times of both kinds', async () => {
    const utc = (text: string): number => timeOf(readDer(writeDer(TAG.utcTime, encodeUtf8(text))))
    expect(utc('491231235959Z')).toBe(Date.UTC(2049, 11, 31, 23, 59, 59))
    expect(utc('500101000000Z')).toBe(Date.UTC(1950, 0, 1))
    for (const text of [
      '2601010000Z',
      '260101000000',
      '260101000000+0100',
      '261301000000Z',
      '260101240000Z',
      '260101000000.5ZZ',
    ]) {
      expect(await refusal(() => utc(text))).toBe('malformed')
    }
    expect(await refusal(() => children(readDer(decodeHex('3100'))))).toBe('malformed')
  })
})
