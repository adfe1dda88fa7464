import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { parseStrict, TlogError } from '#tlog'
import type { Edition, Language } from '../edition.ts'
import {
  maxOverlayBytes,
  maxTextBytes,
  type OverlayError,
  type OverlayResult,
  type OverlayRows,
  overlayRowsFromJson,
  parseOverlay,
} from '../overlay.ts'

const bad = (row: number, message: string): OverlayError => ({ row, id: '', code: 'bad_row', message })
const refuse = (row: number, message: string) => ({ ok: false as const, errors: [bad(row, message)] })

const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number(), records: z.number() }) }),
)

/** The first line of each record: csv-parse reports the last one, and a quoted text may span many. */
function withFirstLines(records: z.output<typeof recordsSchema>) {
  let previous = 0
  return records.map(({ record, info }) => {
    const row = previous + 1
    previous = info.lines
    return { record, row }
  })
}

function rowsFromCsv(text: string): OverlayRows {
  let parsed: unknown
  try {
    // The decoded text may hold four bytes per character; the exact limit per text is checked on the rows.
    parsed = parse(text, { info: true, relax_column_count: true, max_record_size: 4 * maxTextBytes })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refuse(typeof error.lines === 'number' ? error.lines : 1, error.message)
  }
  const lines = withFirstLines(recordsSchema.parse(parsed)).filter(
    ({ record }) => !(record.length === 1 && record[0] === ''),
  )
  const [head, ...body] = lines
  if (head === undefined || head.record.map((name) => name.trim().toLowerCase()).join() !== 'id,text') {
    return refuse(1, 'the first line must be: id,text')
  }
  const wrong = body.filter(({ record }) => record.length !== 2)
  if (wrong.length > 0) {
    return {
      ok: false,
      errors: wrong.map(({ row, record }) => bad(row, `has ${record.length} fields, not 2`)),
    }
  }
  return {
    ok: true,
    rows: body.map(({ row, record }) => ({ row, id: record[0] ?? '', text: record[1] ?? '' })),
  }
}

function rowsFromJson(text: string): OverlayRows {
  try {
    return overlayRowsFromJson(parseStrict(text))
  } catch (error) {
    return refuse(1, error instanceof TlogError ? error.message : 'is not JSON')
  }
}

/** Reads an uploaded CSV (`id,text`) or JSON overlay file; UTF-8 only, at most 20 MiB. Never throws on content. */
export function readOverlayFile(
  edition: Edition,
  bytes: Uint8Array,
  about: { format: 'csv' | 'json'; language: Language; licenceHolder: string },
): OverlayResult {
  if (bytes.byteLength > maxOverlayBytes) return refuse(1, `the file exceeds ${maxOverlayBytes} bytes`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(1, 'the file is not UTF-8')
  }
  const { format, ...rest } = about
  const rows = format === 'csv' ? rowsFromCsv(text) : rowsFromJson(text)
  return rows.ok ? parseOverlay(edition, rows.rows, rest) : rows
}
