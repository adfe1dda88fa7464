import { createHash } from 'node:crypto'
import { Problem } from '../../kernel/error.ts'

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** Passes bytes on and knows, at the end, how many there were and their SHA-256. */
export function measure() {
  const digest = createHash('sha256')
  let size = 0
  return {
    add(bytes: Uint8Array): void {
      size += bytes.length
      digest.update(bytes)
    },
    end: () => ({ size, sha256: digest.digest('hex') }),
  }
}

/** Refuses to read on beyond `limit` bytes: what says of itself to be small is read as if it lied. */
export async function* atMost(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > limit) throw new Problem('invalid', 'archive.too_large', { name, limit })
    yield part
  }
}
