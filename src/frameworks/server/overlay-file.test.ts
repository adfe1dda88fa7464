import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { maxOverlayBytes } from '../overlay.ts'
import { loadCatalogue } from './load.ts'
import { readOverlayFile } from './overlay-file.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../../frameworks', import.meta.url)))
const edition = editions.get('iso27001-2022')
if (edition === undefined) throw new Error('no edition')

const read = (content: string | Uint8Array, format: 'csv' | 'json' = 'csv') =>
  readOverlayFile(edition, typeof content === 'string' ? new TextEncoder().encode(content) : content, {
    format,
    language: 'en',
    licenceHolder: 'Example Corporation',
  })
const faults = (content: string | Uint8Array, format: 'csv' | 'json' = 'csv') => {
  const result = read(content, format)
  return result.ok ? [] : result.errors.map((error) => [error.row, error.code])
}

describe('CSV', () => {
  test('quoted texts may span lines; a byte order mark and CRLF do not matter', () => {
    const result = read('\uFEFFid,text\r\nA.5.7,"first, line\r\nsecond ""line"""\r\nA.5.8,plain\r\n')
    expect(result.ok).toBe(true)
    if (!result.ok) return
    expect(result.overlay.texts.get('A.5.7')).toBe('first, line\r\nsecond "line"')
    expect(result.overlay.texts.size).toBe(2)
  })

  test('an unknown id is reported with the line on which its record starts', () => {
    expect(faults('id,text\nA.5.7,"one\ntwo"\nA.77,x\n')).toEqual([[4, 'unknown_id']])
  })

  test('a wrong header, a wrong number of fields and a broken quote are told by line', () => {
    expect(faults('A.5.7,text\n')).toEqual([[1, 'bad_row']])
    expect(faults('id,text\nA.5.7\nA.5.8,a,b\n')).toEqual([
      [2, 'bad_row'],
      [3, 'bad_row'],
    ])
    expect(faults('id,text\nA.5.7,"open\n')[0]?.[1]).toBe('bad_row')
    expect(faults('')).toEqual([[1, 'bad_row']])
  })
})

test('JSON is read too, and broken JSON is refused', () => {
  expect(read('{"A.5.7": "text"}', 'json').ok).toBe(true)
  expect(faults('{"A.5.7": ', 'json')).toEqual([[1, 'bad_row']])
})

test('a file beyond the limit or in another encoding is refused', () => {
  expect(faults(new Uint8Array(maxOverlayBytes + 1))).toEqual([[1, 'bad_row']])
  expect(faults(new Uint8Array([0x69, 0x64, 0xff, 0xfe]))).toEqual([[1, 'bad_row']])
})
