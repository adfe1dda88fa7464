import { Problem, type ProblemKind, type ProblemParams } from '../kernel/error.ts'
import type { Language } from '../kernel/language.ts'
import { problemTexts } from './nouns.ts'

/** The one table from kinds of problems to HTTP status (RFC 9110). */
export const statusOf: Readonly<Record<ProblemKind, number>> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  invalid: 400,
  conflict: 409,
  precondition: 412,
  limited: 429,
  unavailable: 503,
  internal: 500,
}

/** Problem details (RFC 9457), with the pointers of RFC 6901 into the request. */
export type ProblemDetails = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  /** `line`, `column` and `file` say where in an uploaded text. */
  errors?: {
    pointer: string
    code: string
    detail: string
    line?: number
    column?: number
    file?: string
  }[]
}

function fill(text: string, params: ProblemParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** The text of a problem code. A code without one is a mistake of ours, and never shown as it is. */
export function problemText(code: string, params: ProblemParams, language: Language): string {
  const text = problemTexts[code] ?? problemTexts.not_accepted
  return text ? fill(text[language], params) : code
}

function placeIn({ line, column, file }: ProblemParams): { line?: number; column?: number; file?: string } {
  if (typeof line !== 'number' || typeof column !== 'number') return {}
  return { line, column, ...(typeof file === 'string' ? { file } : {}) }
}

export function problemDetails(problem: Problem, language: Language): ProblemDetails {
  const detail = problemText(problem.code, problem.params, language)
  return {
    type: `https://assay.example/problems/${problem.code}`,
    title: problem.kind,
    status: statusOf[problem.kind],
    code: problem.code,
    detail,
    ...(problem.fields.length > 0
      ? {
          errors: problem.fields.map((field) => ({
            pointer: field.pointer,
            code: field.code,
            detail: problemText(field.code, field.params ?? {}, language),
            ...placeIn(field.params ?? {}),
          })),
        }
      : {}),
  }
}

const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** What an unexpected error means to the caller. Its own text never leaves: it may hold data or secrets. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error
  const state = sqlState(error)
  if (state === '53100' || state === 'ENOSPC' || state === 'EDQUOT')
    return new Problem('unavailable', 'server.disk_full')
  if (state === '23505' || state === '40001' || state === '40P01')
    return new Problem('conflict', 'record.changed_meanwhile', { noun: '' })
  // A number or text that passed its schema and has no place in its column.
  if (state === '22003' || state === '22021' || state === '22P05')
    return new Problem('invalid', 'input.invalid', { count: 1 })
  if (state === '23503') return new Problem('invalid', 'record.reference_unknown')
  // Class 08 and 57P0x: the server went away. Node's own names for a socket that is gone or was never there.
  if (
    state &&
    (/^(08|57P0|53300)/.test(state) ||
      ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(state))
  ) {
    return new Problem('unavailable', 'server.unavailable')
  }
  if (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return new Problem('unavailable', 'server.unavailable')
  }
  return new Problem('internal', 'server.internal', { request: requestId })
}
