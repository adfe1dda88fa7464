import type { FieldProblem } from '../kernel/error.ts'
import { unescapeFormula } from './csv-write.ts'
import { joinedColumns, type OwnForm, ownForm } from './own.ts'
import { type ReadRow, type ReadTable, refuseFile, refuseWhole, rowProblem } from './table.ts'

/** A row as a file has it, before its cells have names. */
export type RawRow = { row: number; cells: readonly string[] }

type Head = { names: readonly string[]; columns: readonly (string | null)[]; form: OwnForm | null }

const lastFilled = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell !== '') + 1

function headerProblems(names: readonly string[], row: number): FieldProblem[] {
  const seen = new Set<string>()
  return names.flatMap((name) => {
    const twice = name !== '' && seen.has(name)
    seen.add(name)
    return twice ? [rowProblem(row, name, 'tabular.header_twice')] : []
  })
}

// Texts kept for those that are the same: most columns of a register have few values.
const mostShared = 10_000
// From this length on, a part of a text may be a view of the whole of it.
const shortestView = 13

/**
 * Texts that hold no more memory than they need: the same text once, and each apart from the piece of the file from which
 * it was cut, which would stay in memory with it.
 */
function keeper(): (text: string) => string {
  const shared = new Map<string, string>()
  return (text) => {
    const known = shared.get(text)
    if (known !== undefined) return known
    const own = text.length < shortestView ? text : ` ${text}`.slice(1)
    if (shared.size < mostShared) shared.set(own, own)
    return own
  }
}

/** Gives the cells of a row their names, and says what is wrong with its form. */
function named(
  { row, cells }: RawRow,
  { names, columns, form }: Head,
  strict: boolean,
  keep: (text: string) => string,
) {
  const faults: FieldProblem[] = []
  const width = lastFilled(cells)
  if (strict && (width > names.length || cells.length < names.length))
    faults.push(rowProblem(row, null, 'tabular.ragged', { found: cells.length, expected: names.length }))
  const found = new Map<string, string>()
  for (const [at, cell] of cells.entries()) {
    const name = columns[at]
    if (cell === '' || name === null) continue
    if (!name) {
      if (!strict || at < names.length) faults.push(rowProblem(row, null, 'tabular.header_missing'))
      continue
    }
    found.set(name, keep((found.get(name) ?? '') + (form === 'escaped' ? unescapeFormula(cell) : cell)))
  }
  return { cells: Object.fromEntries(found), faults }
}

/**
 * Makes a table of raw rows as they come; the first is the header. `strict` takes a row that is not as wide as the header
 * for a fault, because it is a sign of lost quotes in CSV.
 */
export function assembler(strict: boolean) {
  const rows: ReadRow[] = []
  const faults: FieldProblem[] = []
  let head: Head | null = null
  const keep = keeper()
  return {
    /** Rows below the header by now. */
    count: () => rows.length,
    add(raw: RawRow): void {
      if (head === null) {
        const names = raw.cells.slice(0, lastFilled(raw.cells)).map((name) => name.trim())
        const form = ownForm(names)
        head = { names, form, columns: form ? joinedColumns(names) : names }
        faults.push(...headerProblems(names, raw.row))
        return
      }
      const one = named(raw, head, strict, keep)
      for (const fault of one.faults) faults.push(fault)
      rows.push({ row: raw.row, cells: one.cells })
    },
    /** The table; throws `invalid` with every fault of its form, those that its reader found first. */
    done(notes: readonly FieldProblem[], problems: readonly FieldProblem[] = []): ReadTable {
      if (head === null) return refuseWhole('tabular.empty')
      if (problems.length + faults.length > 0) refuseFile([...problems, ...faults])
      const columns = head.columns.filter((name): name is string => name !== null && name !== '')
      return { columns: [...new Set(columns)], rows, notes, own: head.form !== null }
    },
  }
}
