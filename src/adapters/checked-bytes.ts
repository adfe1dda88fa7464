import { createHash } from 'node:crypto'
import type { ByteRange, Digest } from '../db/objects.ts'
import { Problem } from '../kernel/error.ts'

const damaged = (digest: Digest) => new Problem('unavailable', 'object.damaged', { digest })

/** Reading errors of the device mean the same as wrong bytes: the object is damaged. */
const isUnreadable = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EIO'

function within(part: Uint8Array, at: number, { from, to }: ByteRange): Uint8Array | null {
  const [first, last] = [Math.max(0, from - at), Math.min(part.length, to - at)]
  return first < last ? part.subarray(first, last) : null
}

/**
 * Passes on the bytes of an object, or a range of them, and withholds the last part until all of them were compared with
 * the digest: whoever receives fewer bytes than announced knows that something is wrong.
 */
export async function* checkedBytes(
  digest: Digest,
  bytes: AsyncIterable<Uint8Array>,
  range: ByteRange,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let at = 0
  let held: Uint8Array | null = null
  try {
    for await (const part of bytes) {
      hash.update(part)
      const wanted = within(part, at, range)
      at += part.length
      if (wanted === null) continue
      if (held !== null) yield held
      held = wanted
    }
  } catch (error) {
    throw isUnreadable(error) ? damaged(digest) : error
  }
  if (hash.digest('hex') !== digest) throw damaged(digest)
  if (held !== null) yield held
}
