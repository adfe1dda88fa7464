import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type RawRow, tableOf } from '../assemble.ts'
import { type ReadTable, refuseFile, refuseWhole, rowProblem, tableLimits } from '../table.ts'

type Decoded = { text: string; notes: FieldProblem[] }

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** UTF-8, else what Japanese Windows writes; Excel's "Unicode text" announces itself by its first two bytes. */
function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    const text = decoded(bytes, 'utf-16le')
    return text === null ? refuseWhole('tabular.encoding') : { text, notes: [] }
  }
  const utf8 = decoded(bytes, 'utf-8')
  if (utf8 !== null) return { text: utf8, notes: [] }
  const japanese = decoded(bytes, 'shift_jis')
  return japanese === null
    ? refuseWhole('tabular.encoding')
    : { text: japanese, notes: [fieldProblem('', 'tabular.note_shift_jis')] }
}

const delimiters = [',', ';', '\t'] as const

/** The delimiter that stands most often in the first line outside quotes. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>(delimiters.map((one) => [one, 0]))
  let quoted = false
  for (const sign of text.slice(0, 100_000)) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r')) break
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

type Parsed = { record: string[]; info: { lines: number } }

// Bytes that are parsed at once: a large file must not keep everyone else waiting.
const slice = 64 * 1024

async function* slices(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text, 'utf8')
  for (let at = 0; at < bytes.length; at += slice) {
    yield bytes.subarray(at, at + slice)
    await setImmediate()
  }
}

/** Takes records one by one and refuses the file at the first that is beyond its bounds. */
function collector() {
  const rows: RawRow[] = []
  let previous = 0
  const add = ({ record, info }: Parsed): void => {
    // csv-parse counts to the end of a record; a person looks for its beginning.
    const row = previous + 1
    previous = info.lines
    if (record.length > tableLimits.columns)
      refuseFile([rowProblem(row, null, 'tabular.too_many_columns', { limit: tableLimits.columns })])
    if (rows.length > tableLimits.rows) refuseWhole('tabular.too_many_rows', { limit: tableLimits.rows })
    if (record.some((cell) => cell.length > tableLimits.cell))
      refuseFile([rowProblem(row, null, 'tabular.cell_too_long', { limit: tableLimits.cell })])
    if (record.some((cell) => cell !== '')) rows.push({ row, cells: record })
  }
  return { rows, add }
}

async function records(text: string): Promise<RawRow[]> {
  const { rows, add } = collector()
  const parser = parse({
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: tableLimits.cell * 2,
  })
  await pipeline(Readable.from(slices(text)), parser, async (parsed: AsyncIterable<Parsed>) => {
    for await (const one of parsed) add(one)
  })
  return rows
}

/**
 * Reads a CSV file of at most 20 MiB: delimiter comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Shift_JIS.
 * Throws `invalid` `tabular.file` naming each faulty row; nothing is guessed, cut or skipped but empty rows.
 */
export async function readCsv(bytes: Uint8Array): Promise<ReadTable> {
  if (bytes.byteLength > tableLimits.bytes) refuseWhole('input.too_large', { limit: tableLimits.bytes })
  const { text, notes } = decode(bytes)
  const nul = text.indexOf('\0')
  if (nul >= 0) refuseFile([rowProblem(text.slice(0, nul).split('\n').length, null, 'tabular.nul')])
  try {
    return tableOf(await records(text), { notes, strict: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = typeof error.lines === 'number' ? error.lines : 1
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return refuseFile([rowProblem(row, null, 'tabular.cell_too_long', { limit: tableLimits.cell })])
    return refuseFile([rowProblem(row, null, 'tabular.syntax', { reason: error.message.slice(0, 200) })])
  }
}
