import type { Table } from '../tabular/table.ts'
import type { Report } from './report.ts'
import { tablesOf } from './report.ts'

/** One table of a report, named by its key, or the first one; null where there is none. */
export function csvTable(report: Report, key: string | undefined): Table | null {
  const tables = tablesOf(report)
  const found = key === undefined ? tables[0] : tables.find((table) => table.key === key)
  return found ? { header: found.columns.map((column) => column.label), rows: found.rows } : null
}
