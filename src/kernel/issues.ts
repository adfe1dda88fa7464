import type { z } from 'zod'
import { type FieldProblem, fieldProblem, type ProblemParams } from './error.ts'

const escapePointer = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** The JSON pointer (RFC 6901) of a path. */
export const pointerTo = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${escapePointer(part)}`).join('')

function paramsOf(issue: z.core.$ZodIssue): ProblemParams {
  const params: Record<string, string | number> = {}
  for (const name of ['maximum', 'minimum', 'expected', 'format', 'origin'] as const) {
    const value = (issue as unknown as Record<string, unknown>)[name]
    if (typeof value === 'string' || typeof value === 'number') params[name] = value
  }
  if (issue.code === 'invalid_value') params.values = issue.values.map(String).join(', ')
  return params
}

// Codes of ours have no spaces and no capitals; zod's own messages are sentences.
const ownCode = /^[a-z_]+(\.[a-z_]+)*$/

/** A rule or pattern of ours names its problem code as message; every other issue keeps zod's own code. */
export function fieldsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      fieldProblem(pointerTo([...issue.path, key]), 'unrecognized_key', { key: key.slice(0, 80) }),
    )
  }
  if (ownCode.test(issue.message)) return [fieldProblem(pointerTo(issue.path), issue.message)]
  return [fieldProblem(pointerTo(issue.path), issue.code, paramsOf(issue))]
}
