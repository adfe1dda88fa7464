import type { FieldProblem } from '../kernel/error.ts'
import { unescapeFormula } from './csv-write.ts'
import { joinedColumns, ownForm } from './own.ts'
import { type ReadRow, type ReadTable, refuseFile, refuseWhole, rowProblem } from './table.ts'

/** A row as a file has it, before its cells have names. */
export type RawRow = { row: number; cells: readonly string[] }

/** Options: `strict` refuses rows that are not as wide as the header, a sign of lost quotes in CSV. */
type Assembly = { notes: readonly FieldProblem[]; strict: boolean; problems?: readonly FieldProblem[] }

const lastFilled = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell !== '') + 1

function headerProblems(names: readonly string[], row: number): FieldProblem[] {
  return names.flatMap((name, at) =>
    name !== '' && names.indexOf(name) !== at ? [rowProblem(row, name, 'tabular.header_twice')] : [],
  )
}

/** Makes a table of raw rows whose first is the header; throws `invalid` with every fault of its form. */
export function tableOf(raw: readonly RawRow[], { notes, strict, problems = [] }: Assembly): ReadTable {
  const [head, ...body] = raw
  if (!head) return refuseWhole('tabular.empty')
  const names = head.cells.slice(0, lastFilled(head.cells)).map((name) => name.trim())
  const form = ownForm(names)
  const faults = [...problems, ...headerProblems(names, head.row)]
  const columns = form ? joinedColumns(names) : names
  const rows: ReadRow[] = body.map(({ row, cells }) => {
    const width = lastFilled(cells)
    if (strict && (width > names.length || cells.length < names.length)) {
      faults.push(rowProblem(row, null, 'tabular.ragged', { found: cells.length, expected: names.length }))
    }
    const named = new Map<string, string>()
    for (const [at, cell] of cells.entries()) {
      const name = columns[at]
      if (cell === '' || name === null) continue
      if (!name) {
        if (!strict || at < names.length) faults.push(rowProblem(row, null, 'tabular.header_missing'))
        continue
      }
      const before = named.get(name) ?? ''
      named.set(name, before + (form === 'escaped' ? unescapeFormula(cell) : cell))
    }
    return { row, cells: named }
  })
  if (faults.length > 0) refuseFile(faults)
  return {
    columns: [...new Set(columns.filter((name): name is string => name !== null && name !== ''))],
    rows,
    notes,
    own: form !== null,
  }
}
