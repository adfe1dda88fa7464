import type { z } from 'zod'
import { Problem } from '../kernel/error.ts'
import { fieldsOf } from '../kernel/issues.ts'

export { fieldsOf }

/** Validates input against its schema and refuses it with every problem named, at most 100. */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const fields = result.error.issues.flatMap(fieldsOf)
  throw new Problem('invalid', 'input.invalid', { count: fields.length }, fields.slice(0, 100))
}
