/** SHA-256 of some bytes in lower-case hexadecimal: the name of an object. */
export type Digest = string

/** Bytes from `from` up to but not including `to`, both counted from 0. */
export type ByteRange = { from: number; to: number }

/**
 * A content-addressed store of immutable objects. An object exists only whole: `put` returns after the bytes
 * are durable under the digest that was computed on the way. `get` checks the digest on every read.
 */
export type ObjectStore = {
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ digest: Digest; size: number }>
  /** Throws `not_found` when absent, `unavailable` with code `object.damaged` when the bytes do not match. */
  get(digest: Digest): Promise<Uint8Array>
  /**
   * Reads an object of any size in parts, or a range of it. All of it is read and compared with its digest in any case,
   * and the last part is only given when it matches: damage breaks the stream off before its end with
   * `object.damaged`. Throws `not_found` when absent.
   */
  read(digest: Digest, range?: ByteRange): Promise<{ size: number; bytes: AsyncIterable<Uint8Array> }>
  has(digest: Digest): Promise<boolean>
  /** When the object was last stored; null when it is not there. */
  storedAt(digest: Digest): Promise<Date | null>
  list(): AsyncIterable<Digest>
  /** Removes an object for good; one that is not there is no error. Only for what nothing refers to any more. */
  remove(digest: Digest): Promise<void>
  /** Objects on their way. */
  incoming: IncomingStore
}

/**
 * Bytes that arrive in pieces and are not an object yet. Each arrival has a name that the caller made, a UUID. What
 * `append` has returned survives a crash.
 */
export type IncomingStore = {
  /** How many bytes are there; 0 for a name that nothing arrived under. */
  size(id: string): Promise<number>
  /**
   * Adds bytes behind the first `from`, whatever a crash left there, and returns how many there are then, and why they
   * broke off if they did: those that came are kept. Throws when they cannot be stored; `from` bytes are left then.
   */
  append(
    id: string,
    from: number,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ size: number; broken: { error: unknown } | null }>
  read(id: string, to: number): AsyncIterable<Uint8Array>
  /** Makes an object of what arrived. The digest is the one of the bytes given to `append`, computed by the caller. */
  keep(id: string, digest: Digest): Promise<void>
  /** Destroys what arrived: its bytes are overwritten before its name goes. */
  discard(id: string): Promise<void>
  list(): AsyncIterable<string>
}
