import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { usualLimits, withEvaluator } from './evaluate.ts'

const tool = { name: 'scanner', version: '1' }
const items = (...values: number[]) => values.map((n) => ({ resource: `host-${n}`, facts: { n } }))
const outcomes = (verdicts: readonly { outcome: string }[]) => verdicts.map(({ outcome }) => outcome)

// Squares of squares over a list that is there: minutes of work for one item.
const slow = (n: number) => {
  const list = `[${Array.from({ length: 300 }, (_, index) => index).join(',')}]`
  return `facts.n != ${n} || ${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`
}

describe('an evaluator', () => {
  it('decides one expression after the other, each from what it was given alone', async () => {
    const all = await withEvaluator(async ({ evaluate }) => [
      await evaluate('facts.n > 1', items(1, 2), tool),
      await evaluate('facts.n < 2', items(1, 2, 3), tool),
      await evaluate('facts.m == 1', items(1), tool),
      await evaluate('tool.name == "scanner"', items(), tool),
      await evaluate('resource == "host-2"', items(2), tool),
    ])
    expect(all.map(outcomes)).toEqual([['fail', 'pass'], ['pass', 'fail', 'fail'], ['error'], [], ['pass']])
  })

  it('bounds each expression, and goes on in a new thread after one that took too long', async () => {
    const limits = { ...usualLimits, each: 200 }
    const [first, second, third] = await withEvaluator(
      async ({ evaluate }) => [
        await evaluate('facts.n > 0', items(1), tool),
        await evaluate(slow(2), items(1, 2, 3), tool),
        await evaluate('facts.n > 0', items(1), tool),
      ],
      limits,
    )
    expect(outcomes(first ?? [])).toEqual(['pass'])
    expect(second?.[1]).toEqual({ outcome: 'error', detail: 'the evaluation took too long' })
    expect(outcomes(second ?? [])).toEqual(['pass', 'error', 'pass'])
    expect(outcomes(third ?? [])).toEqual(['pass'])
  })

  it('gives each expression the whole time, and no more than that', async () => {
    const limits = { ...usualLimits, each: 5_000, total: 1_500 }
    const [late, next] = await withEvaluator(
      async ({ evaluate }) => [
        await evaluate(slow(1), items(1, 2), tool),
        await evaluate('facts.n > 0', items(1, 2), tool),
      ],
      limits,
    )
    expect(late?.[1]).toEqual({
      outcome: 'error',
      detail: 'not evaluated: the time for all items was used up',
    })
    expect(outcomes(next ?? [])).toEqual(['pass', 'pass'])
  })

  it('starts one thread for all, and ends it even when whoever used it fails', async () => {
    const threads: Worker[] = []
    const note = (worker: Worker) => threads.push(worker)
    process.on('worker', note)
    try {
      const use = withEvaluator(async ({ evaluate }) => {
        for (const n of [1, 2, 3]) await evaluate(`facts.n == ${n}`, items(1, 2), tool)
        throw new Error('no more')
      })
      await expect(use).rejects.toThrow('no more')
    } finally {
      process.off('worker', note)
    }
    // What has ended is known by this number.
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1])
  })
})
