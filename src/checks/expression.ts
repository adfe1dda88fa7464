import { Environment } from '@marcbachmann/cel-js'

/** Longest expression in UTF-16 units; what is inside is bounded by {@link structure}. */
export const expressionLength = 4000

const structure = {
  maxAstNodes: 1500,
  maxDepth: 40,
  maxListElements: 300,
  maxMapEntries: 100,
  maxCallArguments: 16,
} as const

// CEL (https://cel.dev): no loops but those over what is there, no assignment, nothing of the machine in reach. It can
// still be slow and hungry (nested comprehensions, backtracking patterns), so it is evaluated only by the worker.
const environment = new Environment({
  unlistedVariablesAreDyn: false,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: structure,
})
  .registerVariable('resource', 'string')
  .registerVariable('facts', 'map<string, dyn>')
  .registerVariable('tool', 'map<string, dyn>')

/** What an expression may name: one item of a collection, and the tool that saw it. */
export type ExpressionInput = {
  resource: string
  facts: Readonly<Record<string, unknown>>
  tool: Readonly<Record<string, unknown>>
}

export const expressionFaults = ['syntax', 'unknown-name', 'type', 'not-boolean', 'too-large'] as const

/** Why an expression cannot be used. `from` and `to` are offsets into it in UTF-16 units; `detail` is the parser's own. */
export type ExpressionProblem = {
  fault: (typeof expressionFaults)[number]
  from: number
  to: number
  detail: string
}

type CelFailure = Error & { code?: unknown; summary?: unknown; range?: { start: number; end: number } }

const summaryOf = (error: CelFailure): string =>
  (typeof error.summary === 'string' ? error.summary : error.message).slice(0, 300)

function faultOf(error: CelFailure): ExpressionProblem['fault'] {
  const code = String(error.code ?? '')
  if (/limit|exceed/i.test(code) || /limit|exceeds|maximum/i.test(summaryOf(error))) return 'too-large'
  if (error.name === 'ParseError') return 'syntax'
  return /^unknown variable/i.test(summaryOf(error)) ? 'unknown-name' : 'type'
}

function problemOf(error: CelFailure, length: number): ExpressionProblem {
  const { start, end } = error.range ?? { start: 0, end: length }
  return {
    fault: error instanceof RangeError ? 'too-large' : faultOf(error),
    from: Math.min(start, length),
    to: Math.min(Math.max(start, end), length),
    detail: summaryOf(error),
  }
}

/** Reads an expression without evaluating it: null, or what is wrong with it. Costs time linear in its length. */
export function expressionProblem(expression: string): ExpressionProblem | null {
  const whole = { from: 0, to: expression.length }
  if (expression.length > expressionLength)
    return { fault: 'too-large', ...whole, detail: `longer than ${expressionLength} characters` }
  try {
    const { valid, type, error } = environment.check(expression)
    if (!valid) return problemOf(error ?? new Error('unreadable'), expression.length)
    // `dyn` is decided only by the data: an answer that is not a boolean is an error of that result.
    return type === 'bool' || type === 'dyn'
      ? null
      : { fault: 'not-boolean', ...whole, detail: `gives ${type}` }
  } catch (error) {
    return problemOf(error instanceof Error ? error : new Error(String(error)), expression.length)
  }
}

/** JSON knows one kind of number, CEL two: whole numbers become `int`, so that `facts.port % 2` and `== 22` are what they say. */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(celValue)
  if (typeof value !== 'object' || value === null) return value
  // A map and not an object: names such as `__proto__` are keys like any other.
  return new Map(Object.entries(value).map(([key, inner]) => [key, celValue(inner)]))
}

export type Verdict = { outcome: 'pass' | 'fail' | 'error'; detail: string | null }

/** An expression that is ready for many inputs. Throws for one that {@link expressionProblem} refuses. */
export function compile(expression: string): (input: ExpressionInput) => Verdict {
  const parsed = environment.parse(expression)
  return ({ resource, facts, tool }) => {
    try {
      const answer: unknown = parsed({ resource, facts: celValue(facts), tool: celValue(tool) })
      if (answer === true) return { outcome: 'pass', detail: null }
      if (answer === false) return { outcome: 'fail', detail: null }
      return { outcome: 'error', detail: `the expression gives ${typeof answer}, not true or false` }
    } catch (error) {
      return {
        outcome: 'error',
        detail: summaryOf(error instanceof Error ? error : new Error(String(error))),
      }
    }
  }
}
