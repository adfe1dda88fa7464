import { parentPort, workerData } from 'node:worker_threads'
import { batchExaminer } from './fsck-entry.ts'

// The other side of `examinerBeside`: a batch comes in, its findings go out.
const examine = batchExaminer(new Set(workerData as number[]))
parentPort?.on('message', (bytes: Uint8Array) => {
  parentPort?.postMessage(examine(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
})
