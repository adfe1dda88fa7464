import { Worker } from 'node:worker_threads'
import type { Verdict } from '../card-number/finding.ts'
import { type Look, lookAt } from './look.ts'
import type { SniffedType } from './sniff.ts'

export type LookTask =
  | { kind: 'open'; name: string; type: string }
  | { kind: 'part'; part: Uint8Array }
  | { kind: 'end' }
  | { kind: 'abandon' }

export type LookAnswer = { kind: 'taken' } | { kind: 'done'; content: SniffedType; verdict: Verdict }

// A thread has some tens of megabytes of its own; more large files than this at once are looked at here.
const mostThreads = 2
let threads = 0

/** What a thread can read: shared memory as it is, a copy of anything else. */
const readable = (part: Uint8Array): Uint8Array =>
  part.buffer instanceof SharedArrayBuffer ? part : Uint8Array.prototype.slice.call(part)

/**
 * A look in a thread of its own, so that a large file is hashed and stored while it is looked at, and nobody else waits.
 * Where all threads are busy it is a usual look.
 */
export function lookAside(name: string, type: string): Look {
  if (threads >= mostThreads) return lookAt(name, type)
  threads += 1
  const worker = new Worker(new URL('./look-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  worker.unref()
  const done = Promise.withResolvers<Extract<LookAnswer, { kind: 'done' }>>()
  // Its failure is told to whoever pushes or ends next.
  done.promise.catch(() => undefined)
  const waiting: PromiseWithResolvers<void>[] = []
  let closed = false

  const close = (): void => {
    if (closed) return
    closed = true
    threads -= 1
    const abandoned = new Error('the look was abandoned')
    done.reject(abandoned)
    // Only after its end the thread reads nothing more, and the bytes may be others.
    void worker.terminate().then(() => {
      for (const one of waiting.splice(0)) one.resolve()
    })
  }
  worker.once('error', (error) => {
    done.reject(error)
    close()
  })
  worker.on('message', (answer: LookAnswer) => {
    if (answer.kind === 'done') done.resolve(answer)
    else waiting.shift()?.resolve()
  })
  const send = (task: LookTask, transfer: ArrayBuffer[] = []) => worker.postMessage(task, transfer)
  send({ kind: 'open', name, type })

  return {
    async push(part) {
      if (closed) await done.promise
      const bytes = readable(part)
      const looked = Promise.withResolvers<void>()
      waiting.push(looked)
      send({ kind: 'part', part: bytes }, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [])
      await looked.promise
      // A thread that failed says so here.
      if (closed) await done.promise
    },
    async end() {
      send({ kind: 'end' })
      try {
        const { content, verdict } = await done.promise
        return { content, verdict }
      } finally {
        close()
      }
    },
    abandon: close,
  }
}
