import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** A small object: written to `temporary`, made durable, and renamed to `path` in the last of `directories`. */
export type DiskTask = {
  id: number
  bytes: Uint8Array
  temporary: string
  /** Each is in the one before; the first is there. */
  directories: readonly string[]
  path: string
}

export type DiskAnswer = { id: number; failed: { code: string; message: string } | null }

// Half of their time they wait for the disk, which can make several files durable at once; with more of them than cores
// they take turns with the thread that serves everybody.
const mostThreads = Math.min(4, Math.max(2, availableParallelism()))

type Thread = { worker: Worker; waiting: Map<number, PromiseWithResolvers<void>> }

function failureOf({ code, message }: NonNullable<DiskAnswer['failed']>): Error {
  return Object.assign(new Error(message), { code })
}

/** Starts a thread; whatever it was asked fails with it. */
function start(gone: (thread: Thread) => void): Thread {
  const worker = new Worker(new URL('./disk-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  const waiting: Thread['waiting'] = new Map()
  const thread = { worker, waiting }
  worker.unref()
  worker.on('message', ({ id, failed }: DiskAnswer) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    if (failed) one?.reject(failureOf(failed))
    else one?.resolve()
  })
  const fail = (error: Error) => {
    gone(thread)
    for (const one of waiting.values()) one.reject(error)
    waiting.clear()
  }
  worker.once('error', fail)
  worker.once('exit', (code) => fail(new Error(`a thread of the object store ended with ${code}`)))
  return thread
}

const threads: Thread[] = []
let last = 0

/** The thread with the least to do; another one where all have something to do and there may be more. */
function leastBusy(): Thread {
  const [first] = [...threads].sort((a, b) => a.waiting.size - b.waiting.size)
  if (first && (first.waiting.size === 0 || threads.length === mostThreads)) return first
  const fresh = start((thread) => {
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
  })
  threads.push(fresh)
  return fresh
}

/**
 * Makes a small object durable in a thread beside this one. Its bytes are given away. Rejects with the `code` of the
 * system call that failed; then nothing of it is left.
 */
export function placeBeside(task: Omit<DiskTask, 'id'>): Promise<void> {
  const { worker, waiting } = leastBusy()
  const id = ++last
  const placed = Promise.withResolvers<void>()
  waiting.set(id, placed)
  // A process that waits for its disk does not end.
  worker.ref()
  const { buffer } = task.bytes
  worker.postMessage({ ...task, id }, buffer instanceof ArrayBuffer ? [buffer] : [])
  return placed.promise
}
