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

function startThread({ memory }: Limits): Worker {
  const worker = new Worker(new URL('./evaluate-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    // Nothing of the process is in reach, not even by a fault of the language's implementation.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  // A thread that falls while nobody waits for it must not take the process with it.
  return worker.on('error', () => undefined)
}

/** How a thread left a job: with all items decided, or so that it cannot go on, with the reason if it gave one. */
type End = { isFinished: boolean; reason: string | null }

/** Has a thread work until all items are decided, or the one in hand takes too long. */
function work(worker: Worker, job: Job, limits: Limits, until: number, decided: Verdict[]): Promise<End> {
  return new Promise((resolve) => {
    worker.postMessage(job)
    let timer: NodeJS.Timeout
    const end = (reason: string | null, isFinished = false) => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve({ isFinished, reason })
    }
    // When this thread itself was busy, verdicts may have come in before the timer is looked at: they are read first.
    const giveUp = (before: number) => {
      timer = setTimeout(() => {
        if (decided.length === before) end('took too long')
      }, 20)
    }
    const wait = (most: number) => {
      clearTimeout(timer)
      const before = decided.length
      timer = setTimeout(() => giveUp(before), Math.max(1, Math.min(most, until - performance.now())))
    }
    // The first message of a job says that its expression was read, the last that there are no more verdicts.
    const onMessage = (message: unknown) => {
      if (message === 'finished') return end(null, true)
      if (isVerdict(message)) decided.push(message)
      wait(limits.each)
    }
    const onError = (error: Error & { code?: string }) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'needed too much memory' : error.message.slice(0, 300))
    const onExit = () => end(null)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    wait(limits.start)
  })
}

/** Decides expressions one after the other. */
export type Evaluator = {
  evaluate(expression: string, items: readonly Item[], tool: ExpressionInput['tool']): Promise<Verdict[]>
}

/**
 * Lends an evaluator, which decides expressions outside the thread that serves requests: an item that takes longer than
 * `each`, or more memory than there is, is an error by itself, and the next one begins in a new thread; a thread that
 * got through all it was given takes the next expression, within the same limits. What is left when `total` is used up
 * is an error too: nothing becomes a pass by being too slow to fail. Expressions must be such that can be read. Answers
 * in the order of the items.
 */
export async function withEvaluator<T>(
  use: (evaluator: Evaluator) => Promise<T>,
  limits: Limits = usualLimits,
): Promise<T> {
  let thread: Worker | null = null
  const drop = async () => {
    const last = thread
    thread = null
    await last?.terminate()
  }
  const evaluate: Evaluator['evaluate'] = async (expression, items, tool) => {
    const until = performance.now() + limits.total
    const decided: Verdict[] = []
    while (decided.length < items.length && performance.now() < until) {
      thread ??= startThread(limits)
      const job = { expression, items, tool, skip: decided.length }
      const end = await work(thread, job, limits, until, decided)
      if (end.isFinished) break
      await drop()
      if (decided.length < items.length)
        decided.push({ outcome: 'error', detail: `the evaluation ${end.reason ?? 'ended early'}` })
    }
    while (decided.length < items.length)
      decided.push({ outcome: 'error', detail: 'not evaluated: the time for all items was used up' })
    return decided
  }
  try {
    return await use({ evaluate })
  } finally {
    await drop()
  }
}
