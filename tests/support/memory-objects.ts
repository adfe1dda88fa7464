import { createHash } from 'node:crypto'
import { checkedBytes } from '../../src/adapters/checked-bytes.ts'
import type { Digest, IncomingStore, ObjectStore } from '../../src/db/objects.ts'
import { notFound, Problem } from '../../src/kernel/error.ts'

async function* inParts(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function memoryIncoming(keep: (digest: Digest, bytes: Uint8Array) => void): IncomingStore {
  const map = new Map<string, Buffer>()
  return {
    size: async (id) => map.get(id)?.length ?? 0,
    async append(id, from, bytes) {
      const parts = [(map.get(id) ?? Buffer.alloc(0)).subarray(0, from)]
      let broken: { error: unknown } | null = null
      try {
        for await (const part of bytes) parts.push(Buffer.from(part))
      } catch (error) {
        broken = { error }
      }
      const all = Buffer.concat(parts)
      map.set(id, all)
      return { size: all.length, broken }
    },
    async *read(id, to) {
      yield* inParts((map.get(id) ?? Buffer.alloc(0)).subarray(0, to))
    },
    async keep(id, digest) {
      keep(digest, map.get(id) ?? Buffer.alloc(0))
      map.delete(id)
    },
    async discard(id) {
      map.delete(id)
    },
    async *list() {
      yield* map.keys()
    },
  }
}

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
    async read(digest, range) {
      const bytes = map.get(digest)
      if (!bytes) throw notFound('object')
      const size = bytes.length
      return { size, bytes: checkedBytes(digest, inParts(bytes), range ?? { from: 0, to: size }) }
    },
    // Long ago: what is in memory was there before every test's clock.
    storedAt: async (digest) => (map.has(digest) ? new Date(0) : null),
    incoming: memoryIncoming((digest, bytes) => map.set(digest, bytes)),
    has: async (digest) => map.has(digest),
    async remove(digest) {
      map.delete(digest)
    },
    async *list() {
      yield* map.keys()
    },
  }
}
