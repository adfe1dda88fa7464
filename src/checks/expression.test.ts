import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, expressionProblem } from './expression.ts'

const facts = {
  port: 22,
  ratio: 1.5,
  ciphers: ['aes256-ctr', 'aes128-cbc'],
  inner: { deep: true },
  nothing: null,
  huge: 2 ** 60,
}
const judge = (expression: string) => compile(expression)({ resource: 'host:22', facts, tool: { name: 'x' } })

describe('an expression', () => {
  it.each([
    ['facts.port == 22 && facts.port % 2 == 0', 'pass'],
    ['facts.port >= 22.0 && facts.ratio > 1', 'pass'],
    ['facts.ciphers.exists(c, c.endsWith("-cbc"))', 'pass'],
    ['facts.ciphers.all(c, c.startsWith("aes256"))', 'fail'],
    ['has(facts.missing)', 'fail'],
    ['facts.?missing.?more.orValue(true)', 'pass'],
    ['facts.inner.deep && facts.nothing == null', 'pass'],
    ['resource == "host:22" && tool.name == "x"', 'pass'],
    ['facts.huge > 5', 'pass'],
  ])('%s is a %s', (expression, outcome) => {
    expect(expressionProblem(expression)).toBeNull()
    expect(judge(expression)).toEqual({ outcome, detail: null })
  })

  it.each([
    ['facts.missing == 1', 'No such key: missing'],
    ['facts.constructor == 1', 'No such key: constructor'],
    ['facts["__proto__"] == 1', 'No such key: __proto__'],
    ['facts.port', 'the expression gives bigint, not true or false'],
    ['facts.ciphers[9] == "a"', 'No such key: index out of bounds, index 9 >= size 2'],
    ['facts.ciphers[0].matches("(")', 'Invalid regular expression: ('],
  ])('%s cannot be answered: an error, neither pass nor fail', (expression, detail) => {
    expect(judge(expression)).toEqual({ outcome: 'error', detail })
  })

  it.each([
    ['facts.port ==', 'syntax', 13],
    ['"open', 'syntax', 0],
    ['fact.port == 1', 'unknown-name', 0],
    ['"a" + 1 == "b"', 'type', 0],
    ['1 + 1', 'not-boolean', 0],
    ['resource', 'not-boolean', 0],
    [`${'('.repeat(900)}true${')'.repeat(900)}`, 'too-large', 40],
    [`${'!'.repeat(3000)}true`, 'too-large', 1500],
    [`[${Array(400).fill('1').join(',')}].size() == 1`, 'too-large', 601],
    [`true${' '.repeat(5000)}`, 'too-large', 0],
    ['', 'syntax', 0],
  ])('%s is refused before it is kept', (expression, fault, from) => {
    expect(expressionProblem(expression)).toMatchObject({ fault, from })
  })

  it('is never a reason to break down, whatever it is', () => {
    const piece = fc.constantFrom(
      'facts',
      '.',
      'a',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '?',
      ':',
      '&&',
      '!',
      '"',
      "'",
      '1',
      'in',
      '\n',
      '.map(x,',
      '\\u',
      '0x',
      '1e999',
      '-',
      'null',
      '💥',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (expression) => {
        if (expressionProblem(expression) !== null) return
        expect(['pass', 'fail', 'error']).toContain(judge(expression).outcome)
      }),
      { numRuns: 2000, seed: 3 },
    )
  })
})
