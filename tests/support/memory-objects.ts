import { createHash } from 'node:crypto'
import type { Digest, ObjectStore } from '../../src/db/objects.ts'
import { notFound, Problem } from '../../src/kernel/error.ts'

/** An object store in memory, with the behaviour of the real ones. */
export function memoryObjects(): ObjectStore & { map: Map<Digest, Uint8Array> } {
  const map = new Map<Digest, Uint8Array>()
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  return {
    map,
    async put(stream, limit) {
      const parts: Uint8Array[] = []
      let size = 0
      for await (const part of stream) {
        size += part.length
        if (size > limit) throw new Problem('invalid', 'input.too_large', { limit })
        parts.push(part)
      }
      const bytes = Buffer.concat(parts)
      const digest = digestOf(bytes)
      map.set(digest, bytes)
      return { digest, size }
    },
    async get(digest) {
      const bytes = map.get(digest)
      if (!bytes) throw notFound('object')
      if (digestOf(bytes) !== digest) throw new Problem('unavailable', 'object.damaged', { digest })
      return bytes
    },
    has: async (digest) => map.has(digest),
    async remove(digest) {
      map.delete(digest)
    },
    async *list() {
      yield* map.keys()
    },
  }
}
