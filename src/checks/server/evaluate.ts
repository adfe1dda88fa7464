import { Worker } from 'node:worker_threads'
import type { ExpressionInput, Verdict } from '../expression.ts'

/** What evaluating may cost. Times in milliseconds, memory in mebibytes. */
export type Limits = { each: number; start: number; total: number; memory: number }

/** `start` is for the thread to come up on a busy machine; `each` for one item. */
export const usualLimits: Limits = { each: 500, start: 5_000, total: 6_000, memory: 96 }

type Item = Pick<ExpressionInput, 'resource' | 'facts'>

/** `skip`: items, from the first, that are decided already. */
export type Job = {
  expression: string
  items: readonly Item[]
  tool: ExpressionInput['tool']
  skip: number
}

const isVerdict = (message: unknown): message is Verdict =>
  typeof message === 'object' && message !== null && 'outcome' in message

/** Works in a thread of its own until all items are decided, or the one in hand takes too long; null is the end of all. */
function work(job: Job, limits: Limits, until: number, decided: Verdict[]): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./evaluate-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      // Nothing of the process is in reach, not even by a fault of the language's implementation.
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    let timer: NodeJS.Timeout
    const done = (reason: string | null) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      worker.on('error', () => undefined)
      void worker.terminate().then(() => resolve(reason))
    }
    // When this thread itself was busy, verdicts may have come in before the timer is looked at: they are read first.
    const giveUp = (before: number) => {
      timer = setTimeout(() => {
        if (decided.length === before) done('took too long')
      }, 20)
    }
    const wait = (most: number) => {
      clearTimeout(timer)
      const before = decided.length
      timer = setTimeout(() => giveUp(before), Math.max(1, Math.min(most, until - performance.now())))
    }
    wait(limits.start)
    // The first message says that the thread is ready; every other one is a verdict.
    worker.on('message', (message: unknown) => {
      if (isVerdict(message)) decided.push(message)
      wait(limits.each)
    })
    worker.on('error', (error: Error & { code?: string }) =>
      done(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'needed too much memory' : error.message.slice(0, 300),
      ),
    )
    worker.on('exit', () => done(null))
  })
}

/**
 * Decides an expression on every item, outside the thread that serves requests: an item that takes longer than `each`,
 * or more memory than there is, is an error by itself, and the next one begins in a new thread. What is left when
 * `total` is used up is an error too: nothing becomes a pass by being too slow to fail. The expression must be one that
 * can be read. Answers in the order of the items.
 */
export async function evaluate(
  expression: string,
  items: readonly Item[],
  tool: ExpressionInput['tool'],
  limits: Limits = usualLimits,
): Promise<Verdict[]> {
  const until = performance.now() + limits.total
  const decided: Verdict[] = []
  while (decided.length < items.length && performance.now() < until) {
    const reason = await work({ expression, items, tool, skip: decided.length }, limits, until, decided)
    if (decided.length < items.length)
      decided.push({ outcome: 'error', detail: `the evaluation ${reason ?? 'ended early'}` })
  }
  while (decided.length < items.length)
    decided.push({ outcome: 'error', detail: 'not evaluated: the time for all items was used up' })
  return decided
}
