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

/** Examines entries in a thread of its own, in the order asked, while this one reads further and grows the tree. */
export function examinerBeside(erased: ReadonlySet<number>): Examiner {
  const worker = new Worker(new URL('./fsck-thread.ts', import.meta.url), { workerData: [...erased] })
  const waiting: ((findings: Finding[]) => void)[] = []
  worker.on('message', (findings: Finding[]) => waiting.shift()?.(findings))
  const failed = new Promise<never>((_, reject) => worker.once('error', reject))
  // It can fail while nobody waits; whoever waits next is told.
  failed.catch(() => undefined)
  return {
    examine(bytes) {
      const { promise, resolve } = Promise.withResolvers<Finding[]>()
      waiting.push(resolve)
      worker.postMessage(bytes)
      return Promise.race([promise, failed])
    },
    close: () => worker.terminate(),
  }
}
