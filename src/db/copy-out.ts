import type pg from 'pg'

const header = 11 + 4 + 4
const countAndLength = 2 + 4

/**
 * Answers a query for one column of `bytea` by COPY, its rows one after another: the bytes come as they are, not as
 * hexadecimal text, and the driver makes nothing of them. That is worth it to a reader of whole tables only, and
 * cheapest with rows of some ten thousand bytes, which arrive whole. `query` is SQL without parameters: put nothing
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
  readonly #resolve: (bytes: Buffer) => void
  readonly #reject: (error: Error) => void
  #into: Buffer
  #end = 0
  #begun = false
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

  /** A message is a row, the first one behind the header; the last one is the trailer: -1 for the number of columns. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const from = this.#begun ? 0 : header
    this.#begun = true
    const length = chunk.readInt16BE(from) === 1 ? chunk.readInt32BE(from + 2) : -1
    if (length <= 0) return
    const end = this.#end + length
    if (end > this.#into.length) {
      const larger = Buffer.allocUnsafeSlow(2 * end)
      this.#into.copy(larger, 0, 0, this.#end)
      this.#into = larger
    }
    // The driver goes on to use the memory under the chunk.
    chunk.copy(this.#into, this.#end, from + countAndLength)
    this.#end = end
  }

  handleCommandComplete(): void {
    // The answer is given when the server is ready for the next query.
  }

  handleError(error: Error): void {
    this.#failed = true
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.#resolve(this.#into.subarray(0, this.#end))
  }
}
