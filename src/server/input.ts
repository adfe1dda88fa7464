import type { z } from 'zod'
import { type FieldProblem, fieldProblem, Problem } from '../kernel/error.ts'
import { fieldsOf, pointerTo } from '../kernel/issues.ts'
import { isStorable } from '../kernel/text.ts'

export { fieldsOf }

const invalid = (fields: readonly FieldProblem[]): Problem =>
  new Problem('invalid', 'input.invalid', { count: fields.length }, fields.slice(0, 100))

// Deeper than anything that has a meaning here, and far less deep than what overflows the stack of a walker.
const deepest = 64

/** Only these are walked: bytes and streams that handlers pass along are no input of a client's making. */
const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)))

/**
 * Refuses what no schema looks at and no layer below survives: nesting that overflows the stack, and texts that the
 * database cannot store (a NUL, half a surrogate pair) wherever they stand.
 */
export function refuseUnusable(raw: unknown): void {
  const fields: FieldProblem[] = []
  const open: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: raw, path: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next
    if (path.length > deepest)
      throw invalid([fieldProblem(pointerTo(path.slice(0, 3)), 'too_deep', { limit: deepest })])
    if (typeof value === 'string') {
      if (!isStorable(value)) fields.push(fieldProblem(pointerTo(path), 'unstorable_character'))
    } else if (isPlain(value)) {
      for (const [key, inner] of Object.entries(value)) open.push({ value: inner, path: [...path, key] })
    }
  }
  if (fields.length > 0) throw invalid(fields)
}

/** Validates input against its schema and refuses it with every problem named, at most 100. */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  refuseUnusable(raw)
  // With the input, so that a field that was not given can be told from one of a wrong kind.
  const result = schema.safeParse(raw, { reportInput: true })
  if (result.success) return result.data
  throw invalid(result.error.issues.flatMap(fieldsOf))
}
