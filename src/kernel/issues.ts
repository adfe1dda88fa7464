import type { z } from 'zod'
import { type FieldProblem, fieldProblem, type ProblemParams } from './error.ts'

type Issue = z.core.$ZodIssue
type Said = { code: string; params?: ProblemParams }

const escapePointer = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** The JSON pointer (RFC 6901) of a path. */
export const pointerTo = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${escapePointer(part)}`).join('')

const expectedCodes: Readonly<Record<string, string>> = {
  string: 'expected_text',
  number: 'expected_number',
  int: 'expected_whole_number',
  bigint: 'expected_whole_number',
  boolean: 'expected_yes_no',
  array: 'expected_list',
  tuple: 'expected_list',
  set: 'expected_list',
  object: 'expected_fields',
  record: 'expected_fields',
  map: 'expected_fields',
  null: 'expected_nothing',
  undefined: 'expected_nothing',
  void: 'expected_nothing',
  never: 'expected_nothing',
}

const formatCodes: Readonly<Record<string, string>> = {
  date: 'day',
  datetime: 'instant',
  uuid: 'id',
  guid: 'id',
  email: 'email',
  url: 'web_address',
  json_string: 'json',
  base64: 'base64',
}

/** Numbers, texts and lists have limits of different things: each says which. */
function beyond(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Said {
  const big = issue.code === 'too_big'
  const limit = Number(big ? issue.maximum : issue.minimum)
  const params = { limit }
  if (issue.origin === 'string') {
    if (!big && limit === 1) return { code: 'blank' }
    return { code: big ? 'text_too_long' : 'text_too_short', params }
  }
  if (issue.origin === 'number' || issue.origin === 'int' || issue.origin === 'bigint') {
    if (issue.inclusive === false) return { code: big ? 'number_not_below' : 'number_not_above', params }
    return { code: big ? 'number_too_large' : 'number_too_small', params }
  }
  if (!big && limit === 1) return { code: 'list_empty' }
  return { code: big ? 'list_too_long' : 'list_too_short', params }
}

function said(issue: Issue): Said {
  switch (issue.code) {
    case 'invalid_type':
      // Present only where the parser was asked for the input: `undefined` is then a field that was not given.
      return { code: isMissing(issue) ? 'missing' : (expectedCodes[issue.expected] ?? 'not_accepted') }
    case 'too_big':
    case 'too_small':
      return beyond(issue)
    case 'invalid_format':
      return { code: formatCodes[issue.format] ?? 'wrong_form' }
    case 'not_multiple_of':
      return { code: 'not_multiple_of', params: { divisor: Number(issue.divisor) } }
    case 'invalid_value':
      return { code: 'invalid_value', params: { values: issue.values.map(String).join(', ') } }
    default:
      return { code: 'not_accepted' }
  }
}

const isMissing = (issue: Issue): boolean => 'input' in issue && issue.input === undefined

// Codes of ours have no spaces and no capitals; zod's own messages are sentences.
const ownCode = /^[a-z_]+(\.[a-z_]+)*$/

const below = (path: readonly PropertyKey[], issues: readonly Issue[]): FieldProblem[] =>
  issues.flatMap((inner) => fieldsOf({ ...inner, path: [...path, ...inner.path] }))

/**
 * A value that fits none of several forms is explained by the form that it comes nearest to: the only one whose kind
 * (text, list, fields) it has. Where there is none, or several, no form is taken for granted.
 */
function unionFields(issue: Extract<Issue, { code: 'invalid_union' }>): FieldProblem[] {
  const { path, errors } = issue
  const near = errors.filter(
    (branch) => !branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type'),
  )
  const [only, ...others] = near
  if (only && others.length === 0) return below(path, only)
  const values = errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []))
  const simple = near.length > 0 && near.flat().every((inner) => inner.code === 'invalid_value')
  if (simple && values.length > 0)
    return [fieldProblem(pointerTo(path), 'invalid_value', { values: values.map(String).join(', ') })]
  return [fieldProblem(pointerTo(path), isMissing(issue) ? 'missing' : 'no_form_fits')]
}

/** What is wrong, in codes of ours: a rule or pattern names its own as message, every kind of zod's issues has one. */
export function fieldsOf(issue: Issue): FieldProblem[] {
  const pointer = pointerTo(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      fieldProblem(pointerTo([...issue.path, key]), 'unrecognized_key', { key: key.slice(0, 80) }),
    )
  }
  if (ownCode.test(issue.message)) return [fieldProblem(pointer, issue.message)]
  if (issue.code === 'invalid_union') return unionFields(issue)
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const inner = below(issue.path, issue.issues)
    if (inner.length > 0) return inner
  }
  const { code, params } = said(issue)
  return [fieldProblem(pointer, code, params)]
}
