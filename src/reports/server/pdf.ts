import { Worker } from 'node:worker_threads'
import { Problem } from '../../kernel/error.ts'
import { printed } from '../printed.ts'
import type { Report } from '../report.ts'
import type { PdfAnswer, PdfJob } from './pdf-worker.ts'

/** A document that takes longer than this is given up, with the thread that makes it. */
const patience = 60_000
/** Documents that wait at the same time; one more is refused. */
const mostWaiting = 16
/** The thread holds fonts and cache in memory: it goes when nobody printed for so long. */
const idle = 120_000

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (error: unknown) => void; timer: NodeJS.Timeout }

/** Makes PDFs in a thread of its own, one after the other. */
export class PdfPress {
  #worker: Worker | null = null
  #next = 1
  #rest: NodeJS.Timeout | null = null
  readonly #waiting = new Map<number, Waiting>()

  /** The PDF of a report; equal reports give equal bytes. */
  print(report: Report): Promise<Uint8Array> {
    if (this.#waiting.size >= mostWaiting)
      return Promise.reject(new Problem('limited', 'report.press_busy', { seconds: 30 }))
    const id = this.#next++
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(new Error('the press took too long')), patience)
      timer.unref()
      this.#waiting.set(id, { resolve, reject, timer })
      const job: PdfJob = { id, report: printed(report) }
      this.#thread().postMessage(job)
    })
  }

  async close(): Promise<void> {
    this.#giveUp(new Error('the press was closed'))
  }

  #thread(): Worker {
    if (this.#rest) clearTimeout(this.#rest)
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url))
    worker.unref()
    worker.on('message', (answer: PdfAnswer) => this.#take(answer))
    worker.on('error', (error) => this.#giveUp(error))
    this.#worker = worker
    return worker
  }

  #take(answer: PdfAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (waiting) {
      clearTimeout(waiting.timer)
      if ('pdf' in answer) waiting.resolve(answer.pdf)
      else waiting.reject(new Error(`the press failed: ${answer.failed}`))
    }
    if (this.#waiting.size > 0) return
    this.#rest = setTimeout(() => this.#giveUp(new Error('idle')), idle)
    this.#rest.unref()
  }

  /** Ends the thread and whatever it had in hand; the next document begins with a new one. */
  #giveUp(error: unknown): void {
    const worker = this.#worker
    this.#worker = null
    if (this.#rest) clearTimeout(this.#rest)
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.#waiting.clear()
    void worker?.terminate()
  }
}
