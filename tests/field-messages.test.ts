import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Problem } from '../src/kernel/error.ts'
import { parseInput } from '../src/server/input.ts'
import { problemTexts, routes } from '../src/server/nouns.ts'
import { problemText } from '../src/server/problem-details.ts'

// Whatever is wrong with an input, it is said in words of ours: what is wrong, where the limit is, what to do.

type Definition = {
  shape?: Record<string, z.core.$ZodType>
  element?: z.core.$ZodType
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
  options?: z.core.$ZodType[]
  valueType?: z.core.$ZodType
  getter?: () => z.core.$ZodType
}

const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  'x',
  'X'.repeat(20_001),
  '2023-02-30',
  [],
  [null],
  [[]],
  Array.from({ length: 10_001 }, () => 'x'),
  {},
  { nonsense: 1 },
]

/** Inputs that are wrong at every place that a schema has, one place at a time, down to a depth. */
function* wrongInputs(schema: z.core.$ZodType, depth = 0): Generator<unknown> {
  yield* odd
  if (depth > 6) return
  const def = schema._zod.def as unknown as Definition
  for (const [name, inner] of Object.entries(def.shape ?? {}))
    for (const value of wrongInputs(inner, depth + 1)) yield { [name]: value }
  if (def.element) for (const value of wrongInputs(def.element, depth + 1)) yield [value]
  if (def.valueType) for (const value of wrongInputs(def.valueType, depth + 1)) yield { x: value }
  for (const inner of [def.innerType, def.in, def.getter?.(), ...(def.options ?? [])])
    if (inner) yield* wrongInputs(inner, depth + 1)
}

function refusal(schema: z.ZodType, input: unknown): Problem | null {
  try {
    parseInput(schema, input)
    return null
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const rawZod = /Invalid|[Ee]xpected \w+, received|Too (big|small)|無効な|期待|大きすぎる値|小さすぎる値/
const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/

/** What is wrong with the words of a problem; nothing, as a rule. */
function faultsOf(code: string, params: Record<string, string | number> = {}): string[] {
  if (!Object.hasOwn(problemTexts, code)) return [`${code} has no words of its own`]
  const [en, ja] = [problemText(code, params, 'en'), problemText(code, params, 'ja')]
  return [
    ...([en, ja].some((text) => /\{\w+\}/.test(text)) ? [`${code} lacks a parameter: ${en}`] : []),
    ...([en, ja].some((text) => rawZod.test(text)) ? [`${code} is in zod's words: ${en}`] : []),
    ...(japanese.test(ja) && !japanese.test(en) ? [] : [`${code} is in one language: ${en} ${ja}`]),
  ]
}

const schemas = new Map(
  routes.map(({ method, path, operation }) => [`${method} ${path}`, operation.input as z.ZodType]),
)

describe.each([...schemas])('%s', (_, schema) => {
  it('refuses every wrong input in words of ours', () => {
    const faults = new Set<string>()
    let refused = 0
    for (const input of wrongInputs(schema)) {
      const problem = refusal(schema, input)
      if (!problem) continue
      refused++
      expect(problem.fields.length).toBeGreaterThan(0)
      for (const { code, params } of problem.fields)
        for (const fault of faultsOf(code, params)) faults.add(fault)
    }
    expect([...faults]).toEqual([])
    expect(refused).toBeGreaterThan(5)
  })
})

const said = (schema: z.ZodType, input: unknown) => {
  const problem = refusal(schema, input)
  return problem?.fields.map(({ pointer, code, params }) => [
    pointer,
    problemText(code, params ?? {}, 'en'),
    problemText(code, params ?? {}, 'ja'),
  ])
}

it.each<[string, z.ZodType, unknown, string, string]>([
  [
    'a field that was not given',
    z.strictObject({ a: z.string() }),
    {},
    'This is missing: fill it in.',
    '入力されていません。入力してください。',
  ],
  [
    'null for a text',
    z.strictObject({ a: z.string() }),
    { a: null },
    'Give a text here.',
    '文字列を入力してください。',
  ],
  [
    'a fraction',
    z.strictObject({ a: z.int() }),
    { a: 1.5 },
    'Give a whole number here, without a fraction.',
    '小数のない整数を入力してください。',
  ],
  [
    'a long text',
    z.strictObject({ a: z.string().max(3) }),
    { a: 'abcd' },
    'This is too long: use at most 3 characters.',
    '長すぎます。3 文字以内で入力してください。',
  ],
  [
    'a short text',
    z.strictObject({ a: z.string().min(3) }),
    { a: 'ab' },
    'This is too short: use at least 3 characters.',
    '短すぎます。3 文字以上で入力してください。',
  ],
  [
    'a large number',
    z.strictObject({ a: z.number().max(3) }),
    { a: 4 },
    'This is too large: use 3 or less.',
    '大きすぎます。3 以下の値にしてください。',
  ],
  [
    'the limit itself',
    z.strictObject({ a: z.number().gt(3) }),
    { a: 3 },
    'This is too small: use more than 3.',
    '小さすぎます。3 より大きい値にしてください。',
  ],
  [
    'a long list',
    z.strictObject({ a: z.array(z.string()).max(1) }),
    { a: ['x', 'y'] },
    'There are too many: give at most 1.',
    '多すぎます。1 件以内にしてください。',
  ],
  [
    'an empty list',
    z.strictObject({ a: z.array(z.string()).min(1) }),
    { a: [] },
    'Choose or give at least one.',
    '1つ以上指定してください。',
  ],
  [
    'a step',
    z.strictObject({ a: z.number().multipleOf(5) }),
    { a: 4 },
    'Use a multiple of 5.',
    '5 の倍数にしてください。',
  ],
  [
    'a choice',
    z.strictObject({ a: z.enum(['x', 'y']) }),
    { a: 'z' },
    'Use one of: x, y.',
    '次のいずれかを指定してください: x, y',
  ],
  [
    'one of several values',
    z.strictObject({ a: z.union([z.literal(1), z.literal(2)]) }),
    { a: 3 },
    'Use one of: 1, 2.',
    '次のいずれかを指定してください: 1, 2',
  ],
  [
    'the nearest of several forms',
    z.strictObject({ a: z.union([z.string().max(1), z.int()]) }),
    { a: 'xy' },
    'This is too long: use at most 1 characters.',
    '長すぎます。1 文字以内で入力してください。',
  ],
  [
    'none of several forms',
    z.strictObject({ a: z.union([z.string(), z.int()]) }),
    { a: [] },
    'This has none of the forms that are possible here: compare it with the description of the field.',
    '指定できるどの形式にも当てはまりません。項目の説明と見比べてください。',
  ],
  [
    'a rule without a name',
    z.strictObject({ a: z.string().refine(() => false) }),
    { a: 'x' },
    'This is not accepted here: compare it with the description of the field.',
    'この値は使えません。項目の説明と見比べてください。',
  ],
  [
    'a key of a table',
    z.strictObject({ a: z.record(z.string().max(1), z.int()) }),
    { a: { xy: 1 } },
    'This is too long: use at most 1 characters.',
    '長すぎます。1 文字以内で入力してください。',
  ],
])('%s is said in words of ours', (_, schema, input, en, ja) => {
  expect(said(schema, input)).toEqual([[expect.stringMatching(/^\/a/), en, ja]])
})

it('a field that nobody knows is named', () => {
  expect(said(z.strictObject({}), { b: 1 })).toEqual([
    [
      '/b',
      'There is no field "b" here: correct its name, or leave it out.',
      expect.stringContaining('「b」'),
    ],
  ])
})
