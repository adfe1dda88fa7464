/** SHA-256 of some bytes in lower-case hexadecimal: the name of an object. */
export type Digest = string

/**
 * A content-addressed store of immutable objects. An object exists only whole: `put` returns after the bytes
 * are durable under the digest that was computed on the way. `get` checks the digest on every read.
 */
export type ObjectStore = {
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ digest: Digest; size: number }>
  /** Throws `not_found` when absent, `unavailable` with code `object.damaged` when the bytes do not match. */
  get(digest: Digest): Promise<Uint8Array>
  has(digest: Digest): Promise<boolean>
  list(): AsyncIterable<Digest>
  /** Removes an object for good; one that is not there is no error. Only for what nothing refers to any more. */
  remove(digest: Digest): Promise<void>
}
