import writeXlsxFile from 'write-excel-file/node'
import { ownTable } from '../own.ts'
import type { Cell, Table } from '../table.ts'

/**
 * Characters that XML cannot hold or turns into others, those that the writer below drops (U+FFFD among them), and texts
 * that look like their escapes, as _xHHHH_ (ISO/IEC 29500-1 22.9.2.19): else `_x0041_` would come back as `A`.
 */
const escaped = (text: string): string =>
  text.replace(/(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]|_(?=x[0-9A-Fa-f]{4}_)/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
      .join(''),
  )

// A workbook types its cells: a text is never a formula there, so it needs no apostrophe and stays as it is.
const typed = (cell: Cell) => {
  if (cell === null || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  return typeof cell === 'boolean' ? { value: cell, type: Boolean } : { value: escaped(cell), type: String }
}

const width = (heading: string) => ({ width: Math.min(48, Math.max(12, heading.length + 2)) })

/** A workbook (XLSX) with one sheet whose header stays in view, read back without loss by `readXlsx()`. */
export function writeXlsx(sheet: string, table: Table): Promise<Uint8Array> {
  const { header, rows } = ownTable(table, 'plain')
  const data = [
    header.map((heading) => ({ value: escaped(heading), type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(typed)),
  ]
  return writeXlsxFile(data, { sheet, stickyRowsCount: 1, columns: header.map(width) }).toBuffer()
}
