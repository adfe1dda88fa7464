import type { FieldProblem } from '../kernel/error.ts'
import { fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { dayOr } from '../tabular/read-day.ts'
import { type ReadRecord, settled } from '../tabular/read-row.ts'
import { type Reading, reading } from './reading.ts'

/** Readings as rows of a spreadsheet. `replaced` is for readers only: a file corrects nothing. */
export const readingColumns = ['objective', 'on', 'value', 'source', 'note', 'replaced'] as const

export type ReadingColumn = (typeof readingColumns)[number]

/** A reading as the cells of a row, in the order of {@link readingColumns}. */
export const readingCells = (one: Reading, objectiveKey: string, replaced: boolean): string[] => [
  objectiveKey,
  one.on,
  String(one.value),
  one.source,
  one.note ?? '',
  replaced ? 'yes' : '',
]

const columnOf = (pointer: string): string =>
  pointer === '/objectiveId' ? 'objective' : (pointer.slice(1).split('/')[0] ?? '')

/** A number as people write it: grouped by commas, with a percent sign, or in full-width digits. */
export function numberIn(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(/%$/, '').trim()
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(grouped) ? Number(grouped) : null
}

/** Reads a row for an objective that was found by its key. */
export function readReading(
  given: ReadonlyMap<ReadingColumn, string>,
  objectiveId: Id | null,
  id: Id,
  readById: Id | null,
): ReadRecord<Reading> {
  const problems: FieldProblem[] = []
  const name = given.get('objective') ?? ''
  if (objectiveId === null)
    problems.push(fieldProblem('/objective', 'objective.unknown', { name: name.slice(0, 80) }))
  const value = numberIn(given.get('value') ?? '')
  if (value === null) problems.push(fieldProblem('/value', 'reading.not_a_number'))
  const draft = {
    ...{ id, version: 1, objectiveId, readById, replaces: null },
    on: dayOr(given.get('on') ?? ''),
    value,
    source: given.get('source') ?? '',
    note: given.get('note') || null,
  }
  return settled(reading.schema, draft, problems, columnOf)
}
