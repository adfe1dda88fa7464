import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
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
import { cellText, columnName, placeOf, type RawCell } from './xlsx-cell.ts'
import { readWorkbook, type SheetPart, stringReader, type Workbook } from './xlsx-parts.ts'
import { readXml } from './xlsx-xml.ts'
import { type Archive, openArchive } from './zip.ts'

type Found = { problems: FieldProblem[]; merged: string[] }

// Merged cells that are worth a note; a sheet may have any number.
const mostMerged = 100

/**
 * Collects the cells of a sheet as they stream past. Rows and cells may leave out their place: they follow the one
 * before. What a sheet says about its own size is not believed.
 */
function sheetReader(book: Workbook, limits: TableLimits) {
  const table = assembler(false)
  const found: Found = { problems: [], merged: [] }
  let row = 0
  let column = -1
  let cells: string[] = []
  let cell: RawCell | null = null
  let reading = false
  const inline = stringReader(
    (text) => {
      if (cell) cell.value = text
    },
    ['is'],
  )

  function beginCell(attributes: ReadonlyMap<string, string>): void {
    const reference = attributes.get('r')
    const place = reference === undefined ? null : placeOf(reference)
    if (reference !== undefined && place?.row !== row)
      refuseFile([
        rowProblem(row, null, 'tabular.cell', {
          cell: reference.slice(0, 20),
          reason: 'it is not in its row',
        }),
      ])
    column = place ? place.column : column + 1
    if (column >= limits.columns)
      refuseFile([rowProblem(row, null, 'tabular.too_many_columns', { limit: limits.columns })])
    const format = Number(attributes.get('s') ?? '0')
    cell = { type: attributes.get('t') ?? 'n', value: null, format, formula: false }
  }

  function endCell(done: RawCell): void {
    const result = cellText(done, book)
    const name = `${columnName(column)}${row}`
    if ('reason' in result)
      found.problems.push(rowProblem(row, null, 'tabular.cell', { cell: name, reason: result.reason }))
    else if (result.text.length > limits.cell)
      found.problems.push(rowProblem(row, null, 'tabular.cell_too_long', { limit: limits.cell }))
    else if (result.text !== '') {
      while (cells.length < column) cells.push('')
      cells[column] = result.text
    }
  }

  function beginRow(attributes: ReadonlyMap<string, string>): void {
    const said = attributes.get('r')
    const next = said === undefined ? row + 1 : Number(said)
    if (!Number.isInteger(next) || next <= row)
      refuseFile([
        rowProblem(row, null, 'tabular.cell', {
          cell: `row ${String(said).slice(0, 20)}`,
          reason: 'rows are out of order',
        }),
      ])
    row = next
    column = -1
    cells = []
  }

  function endRow(): void {
    if (cells.length > 0) table.add({ row, cells })
    if (table.count() > limits.rows) refuseWhole('tabular.too_many_rows', { limit: limits.rows })
  }

  return {
    found,
    table,
    open(name: string, attributes: ReadonlyMap<string, string>) {
      if (name === 'row') beginRow(attributes)
      else if (name === 'c') beginCell(attributes)
      else if (name === 'v') reading = cell !== null
      else if (name === 'f' && cell) cell.formula = true
      else if (name === 'mergeCell' && found.merged.length < mostMerged)
        found.merged.push((attributes.get('ref') ?? '').slice(0, 40))
      inline.open(name)
    },
    text(part: string) {
      if (reading && cell) cell.value = (cell.value ?? '') + part
      else inline.text(part)
    },
    close(name: string) {
      inline.close(name)
      if (name === 'v') reading = false
      else if (name === 'row') endRow()
      else if (name === 'c' && cell) {
        endCell(cell)
        cell = null
      }
    },
  }
}

const mostNotes = 20

function notesOf(book: Workbook, chosen: SheetPart, merged: readonly string[]): FieldProblem[] {
  const others = book.sheets.filter((sheet) => sheet !== chosen)
  return [
    ...others.map((sheet) =>
      fieldProblem('', sheet.hidden ? 'tabular.note_hidden_sheet' : 'tabular.note_other_sheet', {
        sheet: sheet.name.slice(0, 100),
      }),
    ),
    ...merged.map((range) => fieldProblem('', 'tabular.note_merged', { range })),
  ].slice(0, mostNotes)
}

async function read(archive: Archive, { limits = tableLimits, reached }: Reading): Promise<ReadTable> {
  const book = await readWorkbook(archive)
  const chosen = book.sheets.find((sheet) => !sheet.hidden)
  if (!chosen) return refuseWhole('tabular.no_sheet')
  const reader = sheetReader(book, limits)
  const sheet = await archive.stream(chosen.member)
  await readXml(chosen.member, sheet, reader, reached && ((share) => reached(reader.table.count(), share)))
  const { problems, merged } = reader.found
  return reader.table.done(notesOf(book, chosen, merged), problems)
}

/**
 * Reads the first visible sheet of a workbook (XLSX, ISO/IEC 29500) of at most 40 MiB: texts, numbers, days by their
 * format, saved values of formulas. Throws `invalid` `tabular.file` with every faulty cell, or with the member that
 * makes the archive unsafe. Nothing is computed, fetched or guessed.
 */
export async function readXlsx(bytes: Uint8Array, reading: Reading = {}): Promise<ReadTable> {
  const { bytes: limit } = reading.limits ?? tableLimits
  if (bytes.byteLength > limit) refuseWhole('input.too_large', { limit })
  try {
    return await read(await openArchive(bytes), reading)
  } catch (error) {
    // The archive reader and the inflater throw plain errors about the file; their words are safe to repeat.
    if (error instanceof Problem || !(error instanceof Error)) throw error
    return refuseWhole('tabular.not_a_workbook', { reason: error.message.slice(0, 200) })
  }
}
