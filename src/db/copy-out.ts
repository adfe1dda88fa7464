import type pg from 'pg'

const header = 11 + 4 + 4
const countAndLength = 2 + 4

/**
 * Answers a query for one `bytea` by COPY: the bytes come as they are, not as hexadecimal text, and the driver makes
 * nothing of them. That is worth it to a reader of whole tables only. `query` is SQL without parameters: put nothing
 * into it that is not checked. The bytes are written to the start of `into`, or to a larger buffer where it is too
 * small; null gives no bytes.
 */
export function copyOut(client: pg.ClientBase, query: string, into: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(`copy (${query}) to stdout (format binary)`, into, resolve, reject))
  })
}

/** What the driver calls while the query is the active one (its `Submittable`). */
class CopyOut {
  readonly #text: string
  readonly #into: Buffer
  readonly #resolve: (bytes: Buffer) => void
  readonly #reject: (error: Error) => void
  #bytes: Buffer | undefined
  #failed = false

  constructor(text: string, into: Buffer, resolve: (bytes: Buffer) => void, reject: (error: Error) => void) {
    this.#text = text
    this.#into = into
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text)
  }

  /** The first message is the header and the row; what follows is the trailer. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#bytes) return
    const start = header + countAndLength
    const length = Math.max(0, chunk.readInt32BE(header + 2))
    const into = length <= this.#into.length ? this.#into : Buffer.allocUnsafeSlow(length)
    // The driver goes on to use the memory under the chunk.
    chunk.copy(into, 0, start, start + length)
    this.#bytes = into.subarray(0, length)
  }

  handleCommandComplete(): void {
    // The answer is given when the server is ready for the next query.
  }

  handleError(error: Error): void {
    this.#failed = true
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.#resolve(this.#bytes ?? Buffer.alloc(0))
  }
}
