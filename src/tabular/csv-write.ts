import { ownHeader, ownRow } from './own.ts'
import type { Cell, TableStream } from './table.ts'

// What spreadsheet programs take for a formula or a command, also behind spaces and in full width, and what hides one.
const dangerous = /^'*[\s\u3000]*[=+\-@|%＝＋－＠｜％]|^'*[ \u3000]*[\t\r\n]/

/** Disarms a text: an apostrophe before anything that a spreadsheet program could take for a formula. */
export const escapeFormula = (text: string): string => (dangerous.test(text) ? `'${text}` : text)

/** Takes off what {@link escapeFormula} added: its exact inverse, because a text that began with an apostrophe got one more. */
export const unescapeFormula = (text: string): string =>
  text.startsWith("'") && dangerous.test(text.slice(1)) ? text.slice(1) : text

const quoted = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

// Numbers stay numbers: a minus sign before digits that we wrote ourselves is no formula.
function field(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return quoted(escapeFormula(cell))
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell)
}

/** The lines of a CSV file (RFC 4180) one by one, each with its end; the first carries the mark that says UTF-8. */
export async function* csvLines(table: TableStream): AsyncGenerator<string> {
  yield `\uFEFF${ownHeader(table, 'escaped').map(field).join(',')}\r\n`
  for await (const row of table.rows) yield `${ownRow(row, table.widths).map(field).join(',')}\r\n`
}
