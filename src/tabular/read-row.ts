import type { z } from 'zod'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { fieldsOf } from '../kernel/issues.ts'

/** What a row makes of a record, and what is wrong with it at which column; with problems there is no record. */
export type ReadRecord<Record> = { one: Record | null; problems: FieldProblem[] }

/** Names the columns of a row instead of the places in its record. */
export const byColumn = (
  problems: readonly FieldProblem[],
  columnOf: (pointer: string) => string,
): FieldProblem[] => problems.map((problem) => ({ ...problem, pointer: `/${columnOf(problem.pointer)}` }))

/** Each problem once: a schema may say the same of a value for several reasons. */
export const distinct = (problems: readonly FieldProblem[]): FieldProblem[] => [
  ...new Map(problems.map((one) => [`${one.pointer} ${one.code}`, one])).values(),
]

/** A row's name of something else; what nobody has is a problem at its column. Names are matched without regard to case. */
export function found(
  problems: FieldProblem[],
  column: string,
  name: string,
  ids: ReadonlyMap<string, Id>,
  code: string,
): Id | null {
  if (name === '') return null
  const id = ids.get(name.toLowerCase())
  if (id === undefined) problems.push(fieldProblem(`/${column}`, code, { name: name.slice(0, 80) }))
  return id ?? null
}

/** The record of a row, held against its schema, when nothing was wrong with its names. */
export function settled<Type extends z.ZodType>(
  schema: Type,
  draft: unknown,
  problems: FieldProblem[],
  columnOf: (pointer: string) => string,
): ReadRecord<z.output<Type>> {
  const parsed = schema.safeParse(draft)
  if (parsed.success && problems.length === 0) return { one: parsed.data, problems: [] }
  // A name that nobody has leaves a hole: that hole is no problem of its own.
  const told = new Set(problems.map((one) => one.pointer))
  const shape = parsed.success ? [] : byColumn(parsed.error.issues.flatMap(fieldsOf), columnOf)
  return { one: null, problems: distinct([...problems, ...shape.filter((one) => !told.has(one.pointer))]) }
}
