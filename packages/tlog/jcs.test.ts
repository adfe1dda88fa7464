import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalize } from './jcs.ts'
import { MAX_JSON_DEPTH, parseStrict } from './json.ts'
import { refusal } from './testing.ts'

test('members are sorted by UTF-16 code units, at every depth', () => {
  const value = { '\ufb33': 1, '\ud83d\ude02': 2, b: { z: [], a: {} }, a: [3, { d: 1, c: 2 }], '': 0 }
  expect(canonicalize(value)).toBe(
    '{"":0,"a":[3,{"c":2,"d":1}],"b":{"a":{},"z":[]},"\ud83d\ude02":2,"\ufb33":1}',
  )
})

test.each([
  [0, '0'],
  [-0, '0'],
  [1e21, '1e+21'],
  [1e-7, '1e-7'],
  [1 / 3, '0.3333333333333333'],
  [5e-324, '5e-324'],
  [9007199254740994, '9007199254740994'],
  [295147905179352830000, '295147905179352830000'],
])('number %d is written as %s', (value, text) => {
  expect(canonicalize(value)).toBe(text)
})

test('strings escape what RFC 8785 says and nothing else', () => {
  expect(canonicalize('\u20ac$\u000f\nA\'B"\\/\u007f\u2028')).toBe(
    '"\u20ac$\\u000f\\nA\'B\\"\\\\/\u007f\u2028"',
  )
})

test('the canonical form is stable, and parses to the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const once = canonicalize(value)
      expect(canonicalize(parseStrict(once))).toBe(once)
      expect(JSON.parse(once)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('the strict parser reads any JSON as the platform does', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(3), (text, indent) => {
      const spaced = JSON.stringify(JSON.parse(text), null, indent)
      expect(parseStrict(spaced)).toEqual(JSON.parse(text))
    }),
  )
})

describe('what JSON cannot carry is refused', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole', new Array(1)],
    ['NaN', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a symbol member', { [Symbol('x')]: 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a boxed number', Object(1)],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a cycle', cycle],
  ])('%s', async (_, value) => {
    expect(await refusal(() => canonicalize(value))).toBe('malformed')
  })
})

describe('the strict parser refuses', () => {
  test.each<[string, string]>([
    ['a duplicate name', '{"a":1,"a":1}'],
    ['a duplicate name spelt with an escape', '{"a":1,"\\u0061":2}'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}'],
    ['a duplicate name at depth', '[{"x":{"b":1,"c":2,"b":3}}]'],
    ['a lone high surrogate', '"\\ud83d"'],
    ['a lone low surrogate', '"\\ude02"'],
    ['surrogates in the wrong order', '"\\ude02\\ud83d"'],
    ['a raw lone surrogate', '"\ud800"'],
    ['a surrogate name', '{"\\ud800":1}'],
    ['nothing', ''],
    ['trailing text', '1 2'],
    ['a trailing comma', '[1,]'],
    ['a trailing comma in an object', '{"a":1,}'],
    ['a missing comma', '[1 2]'],
    ['a missing colon', '{"a" 1}'],
    ['an open array', '[1'],
    ['an open object', '{"a":1'],
    ['an open string', '"abc'],
    ['a string open behind a backslash', '"abc\\'],
    ['a control character', '"a\nb"'],
    ['an unknown escape', '"\\x41"'],
    ['a short escape', '"\\u12"'],
    ['single quotes', "{'a':1}"],
    ['a bare name', '{a:1}'],
    ['a comment', '1//x'],
    ['a leading zero', '01'],
    ['a plus sign', '+1'],
    ['a bare fraction', '.5'],
    ['an open fraction', '1.'],
    ['an open exponent', '1e'],
    ['a hexadecimal number', '0x10'],
    ['a number beyond a double', '1e400'],
    ['NaN', 'NaN'],
    ['a capital literal', 'True'],
    ['a longer literal', 'nullx'],
    ['a byte order mark', '\ufeff1'],
    ['a no-break space', '\u00a01'],
  ])('%s', async (_, text) => {
    expect(await refusal(() => parseStrict(text))).toBe('malformed')
  })

  test('any duplicated name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.array(fc.string()), async (name, others) => {
        const members = [name, ...others, name].map((key) => `${JSON.stringify(key)}:0`)
        expect(await refusal(() => parseStrict(`{${members.join(',')}}`))).toBe('malformed')
      }),
    )
  })

  test('nesting deeper than 64, and an attack of a million brackets', async () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(canonicalize(parseStrict(nested(MAX_JSON_DEPTH)))).toBe(nested(MAX_JSON_DEPTH))
    expect(await refusal(() => parseStrict(nested(MAX_JSON_DEPTH + 2)))).toBe('malformed')
    expect(await refusal(() => parseStrict('['.repeat(1_000_000)))).toBe('malformed')
    expect(await refusal(() => parseStrict('{"a":'.repeat(1_000_000)))).toBe('malformed')
  })
})

test('a member called __proto__ is a member and changes no prototype', () => {
  const value = parseStrict('{"__proto__":{"admin":true}}') as Record<string, unknown>
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(value.admin).toBeUndefined()
  expect(canonicalize(value)).toBe('{"__proto__":{"admin":true}}')
})

test('a very long string is read', () => {
  expect(parseStrict(`"${'\\n'.repeat(1_000_000)}"`)).toHaveLength(1_000_000)
})
