import { setImmediate } from 'node:timers/promises'
import type { Bytes } from './run.ts'

// What is handed on at once, and after how much everyone else gets a turn.
const largest = 256 * 1024
const turn = 1024 * 1024

/**
 * Bytes that can be looked at before they are read, and that a reader may leave before their end: unlike a generator it
 * does not close when a `for await` breaks off. Empty parts are dropped and large ones divided.
 */
export class Source implements Bytes {
  readonly #from: AsyncIterator<Uint8Array>
  readonly #waiting: Uint8Array[] = []
  #since = 0
  #done = false

  constructor(bytes: Bytes) {
    this.#from = bytes[Symbol.asyncIterator]()
  }

  async #pull(): Promise<boolean> {
    if (this.#done) return false
    const { value, done } = await this.#from.next()
    if (done) {
      this.#done = true
      return false
    }
    for (let at = 0; at < value.length; at += largest) this.#waiting.push(value.subarray(at, at + largest))
    return true
  }

  async next(): Promise<Uint8Array | null> {
    while (this.#waiting.length === 0 && (await this.#pull()));
    const part = this.#waiting.shift() ?? null
    this.#since += part?.length ?? 0
    if (this.#since > turn) {
      this.#since = 0
      await setImmediate()
    }
    return part
  }

  /** The first bytes, up to `length` of them, which stay to be read. */
  async peek(length: number): Promise<Buffer> {
    let has = this.#waiting.reduce((sum, part) => sum + part.length, 0)
    while (has < length && (await this.#pull()))
      has = this.#waiting.reduce((sum, part) => sum + part.length, 0)
    return Buffer.concat(this.#waiting).subarray(0, length)
  }

  /** Up to `length` bytes; fewer only at the end. */
  async take(length: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const part of this.limited(length)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** The next `length` bytes in parts; what is behind them stays. */
  async *limited(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      const part = await this.next()
      if (part === null) return
      if (part.length > left) this.#waiting.unshift(part.subarray(left))
      yield part.subarray(0, left)
      left -= Math.min(left, part.length)
    }
  }

  /** Reads on to the end, for whoever watches the bytes pass. */
  async drain(): Promise<void> {
    while ((await this.next()) !== null);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: async () => {
        const value = await this.next()
        return value === null ? { done: true, value: undefined } : { done: false, value }
      },
    }
  }
}

/** Bytes in hand as a stream. */
export async function* only(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}
