import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type BatchAnswer, type BatchTask, batchExaminer } from './fsck-batch.ts'

export type Examiner = {
  /** The answer about a batch; its bytes must stay as they are until it is there. */
  examine(task: BatchTask): Promise<BatchAnswer>
  /** How many batches are worth asking about at once. */
  lanes: number
  close(): Promise<unknown>
}

/** Examines batches in this thread: for logs that are done before another thread has begun. */
export function examinerHere(): Examiner {
  const examine = batchExaminer()
  return { examine: async (task) => examine(task), lanes: 1, close: async () => undefined }
}

type Lane = { examine(task: BatchTask): Promise<BatchAnswer>; close(): Promise<unknown> }

function openLane(): Lane {
  const worker = new Worker(new URL('./fsck-thread.ts', import.meta.url))
  const waiting: ((answer: BatchAnswer) => void)[] = []
  worker.on('message', (answer: BatchAnswer) => waiting.shift()?.(answer))
  const failed = new Promise<never>((_, reject) => worker.once('error', reject))
  // It can fail while nobody waits; whoever waits next is told.
  failed.catch(() => undefined)
  return {
    examine(task) {
      const { promise, resolve } = Promise.withResolvers<BatchAnswer>()
      waiting.push(resolve)
      worker.postMessage(task)
      return Promise.race([promise, failed])
    },
    close: () => worker.terminate(),
  }
}

// The database and this thread work too: more lanes than that only wait.
const mostLanes = 4

/** Examines batches in threads of their own, in turn, while this one reads further and grows the tree. */
export function examinerBeside(): Examiner {
  const lanes = Array.from({ length: Math.min(mostLanes, availableParallelism()) }, openLane)
  let turn = 0
  return {
    examine: (task) => (lanes[turn++ % lanes.length] as Lane).examine(task),
    lanes: lanes.length,
    close: () => Promise.all(lanes.map((lane) => lane.close())),
  }
}
