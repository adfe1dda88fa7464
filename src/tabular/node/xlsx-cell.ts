import { unescaped, type Workbook } from './xlsx-parts.ts'

/** A cell as the sheet has it: its type, its value, its format, and whether a formula stands behind it. */
export type RawCell = { type: string; value: string | null; format: number; formula: boolean }

const millisecondsPerDay = 86_400_000

/**
 * A serial number as a day, with its time where it has one. Day 1 of the 1900 system is 1 January 1900, and the system
 * has a 29 February 1900 that never was: serials from 61 on are one too high (ISO/IEC 29500-1 18.17.4.1).
 */
export function dayOfSerial(serial: number, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null
  const whole = Math.floor(serial)
  if (!from1904 && whole === 60) return null
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole > 60 ? 30 : 31)
  const at = new Date(origin + Math.round(serial * 86_400) * 1000)
  const text = at.toISOString()
  return Math.abs(serial - whole) * millisecondsPerDay < 500 ? text.slice(0, 10) : text.slice(0, 19)
}

/** A number as it was typed: whole numbers keep all their digits, which a double would lose. */
const numberText = (value: string): string | null => {
  if (/^-?\d+$/.test(value)) return value
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? String(number) : null
}

/** The text of a cell, or why it has none. A formula counts by the value that was saved with it. */
export function cellText(cell: RawCell, book: Workbook): { text: string } | { reason: string } {
  const { type, value } = cell
  if (value === null) return cell.formula ? { reason: 'its formula was saved without a value' } : { text: '' }
  if (type === 's') {
    const text = /^\d+$/.test(value) ? book.strings[Number(value)] : undefined
    return text === undefined ? { reason: 'it refers to a text that is not there' } : { text }
  }
  if (type === 'inlineStr' || type === 'str') return { text: unescaped(value) }
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'e') return { reason: `it shows an error (${value.slice(0, 20)})` }
  if (type === 'd') return { text: value.replace(/T00:00:00(\.0+)?Z?$/, '') }
  const text = book.dated[cell.format] ? dayOfSerial(Number(value), book.from1904) : numberText(value)
  return text === null ? { reason: 'its number is not one' } : { text }
}

/** Column and row of a reference such as `AB12`, the column counted from 0; null for anything else. */
export function placeOf(reference: string): { column: number; row: number } | null {
  const match = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference)
  if (!match) return null
  let column = 0
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column > 16_384 ? null : { column: column - 1, row: Number(match[2]) }
}

/** The letters of a column counted from 0. */
export function columnName(column: number): string {
  let rest = column + 1
  let name = ''
  while (rest > 0) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
    rest = Math.floor((rest - 1) / 26)
  }
  return name
}
