import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { assembler } from '../assemble.ts'
import {
  type Reading,
  type ReadTable,
  refuseFile,
  refuseWhole,
  rowProblem,
  type TableLimits,
  tableLimits,
} from '../table.ts'

/** A file as text in slices that end between characters; `bytes` counts those of the file that have been read. */
type Source = { encoding: 'utf-8' | 'utf-16le' | 'shift_jis'; notes: FieldProblem[] }

// Bytes that are decoded and parsed at once: a large file must not keep everyone else waiting.
const slice = 64 * 1024

async function* decoded(bytes: Uint8Array, encoding: Source['encoding']) {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let at = 0; at < bytes.length; at += slice) {
    const part = bytes.subarray(at, at + slice)
    yield { text: decoder.decode(part, { stream: true }), bytes: at + part.length }
    await setImmediate()
  }
  yield { text: decoder.decode(), bytes: bytes.length }
}

async function decodes(bytes: Uint8Array, encoding: Source['encoding']): Promise<boolean> {
  try {
    for await (const _ of decoded(bytes, encoding));
    return true
  } catch {
    return false
  }
}

/**
 * UTF-8, else what Japanese Windows writes; Excel's "Unicode text" announces itself by its first two bytes. A file is
 * gone through before its first row is read: where it is neither, no row of it is a row.
 */
async function sourceOf(bytes: Uint8Array): Promise<Source> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    if (await decodes(bytes, 'utf-16le')) return { encoding: 'utf-16le', notes: [] }
    return refuseWhole('tabular.encoding')
  }
  if (isUtf8(bytes)) return { encoding: 'utf-8', notes: [] }
  if (!(await decodes(bytes, 'shift_jis'))) return refuseWhole('tabular.encoding')
  return { encoding: 'shift_jis', notes: [fieldProblem('', 'tabular.note_shift_jis')] }
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

/** Takes records one by one and refuses the file at the first that is beyond its bounds. */
function collector(limits: TableLimits) {
  const table = assembler(true)
  let previous = 0
  const add = ({ record, info }: Parsed): void => {
    // csv-parse counts to the end of a record; a person looks for its beginning.
    const row = previous + 1
    previous = info.lines
    if (record.length > limits.columns)
      refuseFile([rowProblem(row, null, 'tabular.too_many_columns', { limit: limits.columns })])
    if (record.some((cell) => cell.length > limits.cell))
      refuseFile([rowProblem(row, null, 'tabular.cell_too_long', { limit: limits.cell })])
    if (record.some((cell) => cell !== '')) table.add({ row, cells: record })
    if (table.count() > limits.rows) refuseWhole('tabular.too_many_rows', { limit: limits.rows })
  }
  return { table, add }
}

/** The text as the parser takes it; refused at a NUL, which is no part of a text file and ends texts in other programs. */
async function* parts(bytes: Uint8Array, { encoding }: Source, reached: (bytes: number) => Promise<void>) {
  let lines = 0
  for await (const { text, bytes: by } of decoded(bytes, encoding)) {
    const nul = text.indexOf('\0')
    if (nul >= 0) refuseFile([rowProblem(lines + text.slice(0, nul).split('\n').length, null, 'tabular.nul')])
    lines += text.split('\n').length - 1
    if (text !== '') yield Buffer.from(text, 'utf8')
    await reached(by)
  }
}

async function beginning(bytes: Uint8Array, { encoding }: Source): Promise<string> {
  for await (const { text } of decoded(bytes, encoding)) return text
  return ''
}

async function read(bytes: Uint8Array, { limits = tableLimits, reached }: Reading): Promise<ReadTable> {
  const source = await sourceOf(bytes)
  const { table, add } = collector(limits)
  const parser = parse({
    info: true,
    // A mark that says UTF-8 has been taken for what it is by the decoder.
    delimiter: delimiterOf(await beginning(bytes, source)),
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: limits.cell * 2,
  })
  const tell = async (by: number) => {
    await reached?.(table.count(), by / bytes.length)
  }
  const text = Readable.from(parts(bytes, source, tell), { objectMode: false })
  await pipeline(text, parser, async (parsed: AsyncIterable<Parsed>) => {
    for await (const one of parsed) add(one)
  })
  return table.done(source.notes)
}

/**
 * Reads a CSV file of at most 40 MiB: delimiter comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Shift_JIS.
 * Throws `invalid` `tabular.file` naming each faulty row; nothing is guessed, cut or skipped but empty rows.
 */
export async function readCsv(bytes: Uint8Array, reading: Reading = {}): Promise<ReadTable> {
  const { bytes: limit, cell } = reading.limits ?? tableLimits
  if (bytes.byteLength > limit) refuseWhole('input.too_large', { limit })
  try {
    return await read(bytes, reading)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = typeof error.lines === 'number' ? error.lines : 1
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return refuseFile([rowProblem(row, null, 'tabular.cell_too_long', { limit: cell })])
    return refuseFile([rowProblem(row, null, 'tabular.syntax', { reason: error.message.slice(0, 200) })])
  }
}
