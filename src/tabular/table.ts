import { type FieldProblem, fieldProblem, Problem, type ProblemParams } from '../kernel/error.ts'

export type Cell = string | number | boolean | null

export type Row = readonly Cell[]

/** A table to write: every row is as wide as the header. */
export type Table = { header: readonly string[]; rows: readonly Row[] }

/**
 * A table of any length to write: its rows come one by one. `widths` says over how many columns each column is spread,
 * because the header is written before the rows are known.
 */
export type TableStream = {
  header: readonly string[]
  widths: readonly number[]
  rows: Iterable<Row> | AsyncIterable<Row>
}

/** A row as read: its number in the file, counted from 1, and its cells that are not empty by column name. */
export type ReadRow = { row: number; cells: Readonly<Record<string, string>> }

/** A table as read. `notes` say what the reader should know, such as hidden sheets; `own` is true for our own exports. */
export type ReadTable = {
  columns: readonly string[]
  rows: readonly ReadRow[]
  notes: readonly FieldProblem[]
  own: boolean
}

/** What is read at most: bytes of the file, rows below the header, columns, UTF-16 units of a cell. */
export const tableLimits = {
  bytes: 40 * 1024 * 1024,
  rows: 200_000,
  columns: 1000,
  cell: 1_000_000,
} as const

export type TableLimits = { readonly [Name in keyof typeof tableLimits]: number }

/** How a file is read: within which bounds, and who is told how many rows there are by now and which share of the file. */
export type Reading = {
  limits?: TableLimits
  /** Called after each slice of a file; others have their turn in it. */
  reached?: (rows: number, share: number) => Promise<void>
}

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** A fault in a row of a file, and in one of its columns where that is known. */
export const rowProblem = (
  row: number,
  column: string | null,
  code: string,
  params: ProblemParams = {},
): FieldProblem =>
  fieldProblem(column === null ? `/${row}` : `/${row}/${escaped(column)}`, code, { row, ...params })

const mostNamed = 100

/** Refuses a file and names its faults, at most a hundred. */
export function refuseFile(faults: readonly FieldProblem[]): never {
  throw new Problem('invalid', 'tabular.file', { count: faults.length }, faults.slice(0, mostNamed))
}

/** Refuses a file for a reason that has no row. */
export const refuseWhole = (code: string, params: ProblemParams = {}): never =>
  refuseFile([fieldProblem('', code, params)])
