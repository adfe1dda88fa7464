import { shortestNumber } from '../../card-number/brand.ts'
import { digit, kinds, other } from '../../card-number/byte-kind.ts'
import { contentOf } from '../../card-number/cell.ts'
import { type CardTable, cardTable } from '../../card-number/table.ts'
import type { View } from './run.ts'

// A cell that is longer is no cell: a quote is open that nobody closes.
const longestCell = 64 * 1024
const newline = 0x0a
const quote = 0x22

/** The delimiter that stands most often in the first line. */
function delimiterOf(head: Uint8Array): number {
  const end = head.indexOf(newline)
  const line = head.subarray(0, end < 0 ? head.length : end)
  const count = (sign: number) => line.filter((byte) => byte === sign).length
  return [0x2c, 0x3b, 0x09, 0x7c].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const shiftJis = new TextDecoder('shift_jis')

const decoded = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return shiftJis.decode(bytes)
  }
}

/** Divides bytes into cells, and decodes those alone that may be a head or hold a number. */
function cells(table: CardTable, delimiter: number) {
  const cell = new Uint8Array(longestCell)
  const headed = new Set<number>()
  let [length, digits, most, column, row, line] = [0, 0, 0, 0, 1, 1]
  let [quoted, wide] = [false, false]

  function endCell(): void {
    if (length > 0 && (most >= shortestNumber || wide || !headed.has(column))) {
      headed.add(column)
      table.cell(row, column, contentOf(decoded(cell.subarray(0, length))))
    }
    length = 0
    digits = 0
    most = 0
    wide = false
  }

  /** Counts the digits that nothing but separators divides. Digits of full width begin with this byte. */
  function count(byte: number): void {
    const kind = kinds[byte]
    if (kind === digit) {
      digits += 1
      if (digits > most) most = digits
    } else if (kind === other) digits = 0
    if (byte === 0xef) wide = true
  }

  return {
    push(bytes: Uint8Array): void {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte === newline) line += 1
        if (byte === quote) quoted = !quoted
        else if (!quoted && byte === delimiter) {
          endCell()
          column += 1
        } else if (!quoted && byte === newline) {
          endCell()
          column = 0
          row = line
        } else {
          count(byte)
          cell[length] = byte
          length += 1
          if (length === longestCell) {
            quoted = false
            endCell()
          }
        }
      }
    },
    end(): void {
      endCell()
      cell.fill(0)
    },
  }
}

/** A table in text. Its numbers are judged by their columns, so the plain view of its bytes is not asked. */
export const csv: View = async (run, part, bytes) => {
  const table = cardTable((column, head) => head || String(column + 1))
  let reader: ReturnType<typeof cells> | null = null
  for await (const piece of bytes) {
    reader ??= cells(table, delimiterOf(piece))
    reader.push(piece)
  }
  reader?.end()
  run.detectedTable(part, table.end())
}
