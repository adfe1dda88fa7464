import writeXlsxFile from 'write-excel-file/node'
import { ownTable } from '../own.ts'
import type { Cell, Table } from '../table.ts'

// A workbook types its cells: a text is never a formula there, so it needs no apostrophe and stays as it is.
const typed = (cell: Cell) => {
  if (cell === null || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  return typeof cell === 'boolean' ? { value: cell, type: Boolean } : { value: cell, type: String }
}

const width = (heading: string) => ({ width: Math.min(48, Math.max(12, heading.length + 2)) })

/** A workbook (XLSX) with one sheet whose header stays in view, read back without loss by `readXlsx()`. */
export function writeXlsx(sheet: string, table: Table): Promise<Uint8Array> {
  const { header, rows } = ownTable(table, 'plain')
  const data = [
    header.map((heading) => ({ value: heading, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(typed)),
  ]
  return writeXlsxFile(data, { sheet, stickyRowsCount: 1, columns: header.map(width) }).toBuffer()
}
