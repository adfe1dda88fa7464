import { parentPort } from 'node:worker_threads'
import { type BatchTask, batchExaminer } from './fsck-batch.ts'

// The other side of `examinerBeside`: a batch comes in, its answer goes out.
const examine = batchExaminer()
parentPort?.on('message', (task: BatchTask) => {
  parentPort?.postMessage(examine(task))
})
