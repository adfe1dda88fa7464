import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import { type RawRow, tableOf } from '../assemble.ts'
import { type ReadTable, refuseFile, refuseWhole, rowProblem, tableLimits } from '../table.ts'
import { cellText, columnName, placeOf, type RawCell } from './xlsx-cell.ts'
import { readWorkbook, type SheetPart, stringReader, type Workbook } from './xlsx-parts.ts'
import { readXml } from './xlsx-xml.ts'
import { type Archive, openArchive } from './zip.ts'

type SheetRows = { rows: RawRow[]; problems: FieldProblem[]; merged: string[] }

/**
 * Collects the cells of a sheet as they stream past. Rows and cells may leave out their place: they follow the one
 * before. What a sheet says about its own size is not believed.
 */
function sheetReader(book: Workbook) {
  const found: SheetRows = { rows: [], problems: [], merged: [] }
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
    if (column >= tableLimits.columns)
      refuseFile([rowProblem(row, null, 'tabular.too_many_columns', { limit: tableLimits.columns })])
    const format = Number(attributes.get('s') ?? '0')
    cell = { type: attributes.get('t') ?? 'n', value: null, format, formula: false }
  }

  function endCell(done: RawCell): void {
    const result = cellText(done, book)
    const name = `${columnName(column)}${row}`
    if ('reason' in result)
      found.problems.push(rowProblem(row, null, 'tabular.cell', { cell: name, reason: result.reason }))
    else if (result.text.length > tableLimits.cell)
      found.problems.push(rowProblem(row, null, 'tabular.cell_too_long', { limit: tableLimits.cell }))
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
    if (cells.length > 0) found.rows.push({ row, cells })
    if (found.rows.length > tableLimits.rows + 1)
      refuseWhole('tabular.too_many_rows', { limit: tableLimits.rows })
  }

  return {
    found,
    open(name: string, attributes: ReadonlyMap<string, string>) {
      if (name === 'row') beginRow(attributes)
      else if (name === 'c') beginCell(attributes)
      else if (name === 'v') reading = cell !== null
      else if (name === 'f' && cell) cell.formula = true
      else if (name === 'mergeCell') found.merged.push((attributes.get('ref') ?? '').slice(0, 40))
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

async function read(archive: Archive): Promise<ReadTable> {
  const book = await readWorkbook(archive)
  const chosen = book.sheets.find((sheet) => !sheet.hidden)
  if (!chosen) return refuseWhole('tabular.no_sheet')
  const reader = sheetReader(book)
  await readXml(chosen.member, await archive.read(chosen.member), reader)
  const { rows, problems, merged } = reader.found
  return tableOf(rows, { notes: notesOf(book, chosen, merged), strict: false, problems })
}

/**
 * Reads the first visible sheet of a workbook (XLSX, ISO/IEC 29500) of at most 20 MiB: texts, numbers, days by their
 * format, saved values of formulas. Throws `invalid` `tabular.file` with every faulty cell, or with the member that
 * makes the archive unsafe. Nothing is computed, fetched or guessed.
 */
export async function readXlsx(bytes: Uint8Array): Promise<ReadTable> {
  if (bytes.byteLength > tableLimits.bytes) refuseWhole('input.too_large', { limit: tableLimits.bytes })
  try {
    return await read(await openArchive(bytes))
  } catch (error) {
    // The archive reader and the inflater throw plain errors about the file; their words are safe to repeat.
    if (error instanceof Problem || !(error instanceof Error)) throw error
    return refuseWhole('tabular.not_a_workbook', { reason: error.message.slice(0, 200) })
  }
}
