import { isMarkedAsUntransferable, Worker } from 'node:worker_threads'
import type { Verdict } from '../card-number/finding.ts'
import { type Look, lookAt } from './look.ts'
import type { SniffedType } from './sniff.ts'

export type LookTask =
  | { kind: 'open'; name: string; type: string }
  | { kind: 'part'; part: ArrayBuffer }
  | { kind: 'end' }
  | { kind: 'abandon' }

export type LookAnswer = { kind: 'taken' } | { kind: 'done'; content: SniffedType; verdict: Verdict }

// A thread has some tens of megabytes of its own; more large files than this at once are looked at here.
const mostThreads = 2
// Parts on their way to a thread, of a megabyte or so: enough that neither side waits for the other.
const mostWaiting = 4

let threads = 0

/** The memory of a part by itself: its own, or a copy where it shares memory with others. */
function givenAway(part: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = part
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !isMarkedAsUntransferable(buffer))
    return buffer
  const copy = new ArrayBuffer(byteLength)
  new Uint8Array(copy).set(part)
  return copy
}

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
  let waiting = 0
  let room: PromiseWithResolvers<void> | null = null
  let closed = false

  const close = (): void => {
    if (closed) return
    closed = true
    threads -= 1
    done.reject(new Error('the look was abandoned'))
    room?.resolve()
    void worker.terminate()
  }
  worker.once('error', (error) => {
    done.reject(error)
    close()
  })
  worker.on('message', (answer: LookAnswer) => {
    if (answer.kind === 'done') {
      done.resolve(answer)
      return
    }
    waiting -= 1
    room?.resolve()
  })
  const send = (task: LookTask, transfer: ArrayBuffer[] = []) => worker.postMessage(task, transfer)
  send({ kind: 'open', name, type })

  return {
    async push(part) {
      if (closed) await done.promise
      const bytes = givenAway(part)
      waiting += 1
      send({ kind: 'part', part: bytes }, [bytes])
      while (waiting >= mostWaiting && !closed) {
        room = Promise.withResolvers<void>()
        await room.promise
      }
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
