/** Every way in which Assay says no; one table in the shell maps them to HTTP status and exit code. */
export const problemKinds = [
  'not_found',
  'forbidden',
  'unauthenticated',
  'invalid',
  'conflict',
  'precondition',
  'limited',
  'unavailable',
  'internal',
] as const

export type ProblemKind = (typeof problemKinds)[number]

/** Values shown inside a message: never secrets, never another organisation's data. */
export type ProblemParams = Readonly<Record<string, string | number>>

/** One thing wrong with one field. `pointer` is a JSON pointer (RFC 6901) into the input, '' for the whole. */
export type FieldProblem = { pointer: string; code: string; params?: ProblemParams }

/** A refusal with its reasons. `code` has a text in every language in some noun's table of problems. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly params: ProblemParams
  readonly fields: readonly FieldProblem[]

  constructor(
    kind: ProblemKind,
    code: string,
    params: ProblemParams = {},
    fields: readonly FieldProblem[] = [],
  ) {
    super(`${kind}: ${code}`)
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.params = params
    this.fields = fields
  }
}

/** A broken rule about one field, as a rule returns it. */
export const fieldProblem = (pointer: string, code: string, params?: ProblemParams): FieldProblem =>
  params ? { pointer, code, params } : { pointer, code }

/** Refuses input that breaks at least one rule, naming all of them. */
export function refuseInvalid(fields: readonly FieldProblem[]): void {
  if (fields.length > 0) throw new Problem('invalid', 'input.invalid', { count: fields.length }, fields)
}

export const notFound = (noun: string): Problem => new Problem('not_found', 'record.not_found', { noun })

/** Texts of problem codes, per noun: `{name}` is replaced by the parameter of that name. */
export type ProblemTexts = Readonly<Record<string, { en: string; ja: string }>>
