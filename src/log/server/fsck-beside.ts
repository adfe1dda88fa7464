import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { batchExaminer, type Finding } from './fsck-entry.ts'

export type Examiner = {
  /** The findings of a batch; its bytes must stay as they are until they are there. */
  examine(bytes: Buffer): Promise<Finding[]>
  close(): Promise<unknown>
}

/** Examines entries in this thread: for logs that are done before another thread has begun. */
export function examinerHere(erased: ReadonlySet<number>): Examiner {
  const examine = batchExaminer(erased)
  return { examine: async (bytes) => examine(bytes), close: async () => undefined }
}

/** Examines entries in a thread of its own, while this one reads further and grows the tree. */
export function examinerBeside(erased: ReadonlySet<number>): Examiner {
  const worker = new Worker(new URL('./fsck-thread.ts', import.meta.url), { workerData: [...erased] })
  const failed = new Promise<never>((_, reject) => worker.once('error', reject))
  // It can fail while nobody waits; whoever waits next is told.
  failed.catch(() => undefined)
  return {
    async examine(bytes) {
      const answer = once(worker, 'message')
      worker.postMessage(bytes)
      return (await Promise.race([answer, failed]))[0]
    },
    close: () => worker.terminate(),
  }
}
