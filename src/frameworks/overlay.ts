import type { Edition, Language } from './edition.ts'

export const maxTextBytes = 64 * 1024
export const maxOverlayBytes = 20 * 1024 * 1024

declare const neverExported: unique symbol

/**
 * Licensed text of a standard, attached by its licence holder and shown inside the organisation only. The brand
 * keeps it apart from every exportable type: no export, public page or package may take a LicensedOverlay.
 */
export type LicensedOverlay = {
  readonly [neverExported]: true
  readonly editionKey: string
  readonly language: Language
  readonly licenceHolder: string
  readonly texts: ReadonlyMap<string, string>
}

/** `row` is the line of a CSV file or the 1-based position in a JSON list. */
export type OverlayRow = { row: number; id: string; text: string }
export type OverlayErrorCode = 'unknown_id' | 'duplicate_id' | 'empty_text' | 'text_too_long' | 'bad_row'
export type OverlayError = { row: number; id: string; code: OverlayErrorCode; message: string }
export type OverlayResult = { ok: true; overlay: LicensedOverlay } | { ok: false; errors: OverlayError[] }

/** Length in UTF-8 bytes, without needing an encoder from the platform. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function faultOf(row: OverlayRow, known: ReadonlySet<string>, seen: ReadonlyMap<string, number>) {
  if (!known.has(row.id)) return { code: 'unknown_id', message: `${row.id} is not in this edition` } as const
  const first = seen.get(row.id)
  if (first !== undefined)
    return { code: 'duplicate_id', message: `${row.id} is already in row ${first}` } as const
  if (row.text.trim() === '') return { code: 'empty_text', message: `${row.id} has no text` } as const
  const bytes = utf8Length(row.text)
  if (bytes <= maxTextBytes) return null
  return { code: 'text_too_long', message: `${row.id} has ${bytes} bytes, at most ${maxTextBytes}` } as const
}

/** Builds an overlay from decoded rows. All faults are returned with their rows; one fault refuses the whole. */
export function parseOverlay(
  edition: Edition,
  rows: readonly OverlayRow[],
  about: { language: Language; licenceHolder: string },
): OverlayResult {
  const known = new Set(edition.requirements.map((node) => node.id))
  const seen = new Map<string, number>()
  const texts = new Map<string, string>()
  const errors: OverlayError[] = []
  for (const raw of rows) {
    const row = { ...raw, id: raw.id.normalize('NFKC').trim() }
    const fault = faultOf(row, known, seen)
    if (!seen.has(row.id)) seen.set(row.id, row.row)
    if (fault === null) texts.set(row.id, row.text)
    else errors.push({ row: row.row, id: row.id, ...fault })
  }
  if (rows.length === 0) errors.push({ row: 1, id: '', code: 'bad_row', message: 'there are no rows' })
  if (errors.length > 0) return { ok: false, errors }
  const overlay = { editionKey: edition.key, ...about, texts } as unknown as LicensedOverlay
  return { ok: true, overlay }
}

export type OverlayRows = { ok: true; rows: OverlayRow[] } | { ok: false; errors: OverlayError[] }

/** Rows of a parsed JSON file: either `{"A.5.1": "text"}` or `[{"id": "A.5.1", "text": "text"}]`. */
export function overlayRowsFromJson(value: unknown): OverlayRows {
  const bad = (row: number, message: string): OverlayError => ({ row, id: '', code: 'bad_row', message })
  if (typeof value !== 'object' || value === null) {
    return { ok: false, errors: [bad(1, 'expected an object of id to text, or a list of {id, text}')] }
  }
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : Object.entries(value).map(([id, text]) => ({ id, text }))
  const rows: OverlayRow[] = []
  const errors: OverlayError[] = []
  items.forEach((item, index) => {
    const { id, text } = (item ?? {}) as { id?: unknown; text?: unknown }
    if (typeof id === 'string' && typeof text === 'string') rows.push({ row: index + 1, id, text })
    else errors.push(bad(index + 1, 'needs the strings id and text'))
  })
  return errors.length > 0 ? { ok: false, errors } : { ok: true, rows }
}
