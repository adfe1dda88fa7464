import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { maxTextBytes, overlayRowsFromJson, parseOverlay, utf8Length } from './overlay.ts'
import { loadCatalogue } from './server/load.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))
const edition = editions.get('iso27001-2022')
if (edition === undefined) throw new Error('no edition')
const about = { language: 'ja', licenceHolder: 'Example Corporation' } as const
const parse = (rows: { row: number; id: string; text: string }[]) => parseOverlay(edition, rows, about)

describe('rows of a licensed text', () => {
  test('known ids are taken, trimmed and in full', () => {
    const result = parse([{ row: 2, id: ' A.5.7 ', text: '本文' }])
    expect(result).toMatchObject({ ok: true, overlay: { editionKey: 'iso27001-2022', ...about } })
    if (result.ok) expect([...result.overlay.texts]).toEqual([['A.5.7', '本文']])
  })

  test('every fault is told with its row, and one fault refuses the whole', () => {
    const result = parse([
      { row: 2, id: 'A.5.7', text: 'one' },
      { row: 3, id: 'A.99.1', text: 'two' },
      { row: 4, id: 'A.5.7', text: 'three' },
      { row: 5, id: 'A.5.8', text: '  ' },
      { row: 6, id: 'A.5.9', text: '字'.repeat(maxTextBytes / 3 + 1) },
    ])
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.errors.map((error) => [error.row, error.code])).toEqual([
      [3, 'unknown_id'],
      [4, 'duplicate_id'],
      [5, 'empty_text'],
      [6, 'text_too_long'],
    ])
  })

  test('a text of exactly the limit is taken', () => {
    expect(parse([{ row: 2, id: 'A.5.7', text: 'x'.repeat(maxTextBytes) }]).ok).toBe(true)
  })

  test('an overlay written out by mistake carries no licensed text', () => {
    const result = parse([{ row: 2, id: 'A.5.7', text: 'licensed words' }])
    expect(result.ok).toBe(true)
    expect(JSON.stringify(result)).not.toContain('licensed words')
  })

  test('no rows are no overlay', () => {
    expect(parse([]).ok).toBe(false)
  })
})

test('length is counted in UTF-8 bytes', () => {
  for (const text of ['', 'ascii', 'é', '字', '😀', 'a字😀é'])
    expect(utf8Length(text)).toBe(Buffer.byteLength(text))
})

test('both JSON shapes give the same rows; anything else is refused by position', () => {
  const expected = { ok: true, rows: [{ row: 1, id: 'A.5.7', text: 't' }] }
  expect(overlayRowsFromJson({ 'A.5.7': 't' })).toEqual(expected)
  expect(overlayRowsFromJson([{ id: 'A.5.7', text: 't' }])).toEqual(expected)
  expect(overlayRowsFromJson([{ id: 'A.5.7', text: 't' }, { id: 7 }, null])).toMatchObject({
    ok: false,
    errors: [{ row: 2 }, { row: 3 }],
  })
  expect(overlayRowsFromJson('text').ok).toBe(false)
})
