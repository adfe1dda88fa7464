import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Digest, ObjectStore } from '../db/objects.ts'
import { notFound, Problem } from '../kernel/error.ts'
import { checkedBytes } from './checked-bytes.ts'
import { bytesOf, codeOf, durableDirectories, explained, syncDirectory, wipe, writeAll } from './disk-file.ts'
import { diskIncoming } from './disk-incoming.ts'
import { placeBeside } from './disk-threads.ts'

const digestPattern = /^[0-9a-f]{64}$/

const dayInMilliseconds = 86_400_000

// What is smaller reaches the disk only when all of it is there and its judge has let it pass.
const inMemory = 512 * 1024

type Written = { digest: Digest; size: number } & (
  | { small: Uint8Array<ArrayBuffer> }
  /** Durable under its temporary name. */
  | { small: null }
)

/** In memory of its own, which can be given away. */
function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * Reads the stream: a small one into memory, another to a file that is durable then. A failed fsync is final: the
 * kernel may have dropped the pages, and a second fsync would report success over lost data.
 */
async function take(path: string, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Written> {
  const hash = createHash('sha256')
  let handle: FileHandle | null = null
  let held: Uint8Array[] = []
  let size = 0
  let written = 0
  const flush = async (): Promise<FileHandle> => {
    handle ??= await open(path, 'wx', 0o600)
    const block = joined(held, size - written)
    held = []
    await writeAll(handle, block, written)
    written += block.length
    return handle
  }
  try {
    for await (const part of bytes) {
      size += part.length
      if (size > limit) throw new Problem('invalid', 'input.too_large', { limit })
      hash.update(part)
      held.push(part)
      if (size - written > inMemory) await flush()
    }
    if (written === 0) return { digest: hash.digest('hex'), size, small: joined(held, size) }
    await (await flush()).sync()
    return { digest: hash.digest('hex'), size, small: null }
  } finally {
    await (handle as FileHandle | null)?.close()
  }
}

/** Removes what a killed process left half written. Young files may belong to another process that is still writing. */
function sweep(temporary: string, now: Date): void {
  for (const name of readdirSync(temporary)) {
    const path = join(temporary, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && found.mtimeMs < now.getTime() - dayInMilliseconds) rmSync(path, { force: true })
  }
}

/**
 * An object store in a directory: `ab/cd/<sha-256>`, with `new/` for what is being written. An object appears by one
 * rename of a file that is already durable, so a crash leaves it whole or absent. No name comes from outside.
 */
export function diskObjects(root: string, now: Date = new Date()): ObjectStore {
  const temporary = join(root, 'new')
  mkdirSync(temporary, { recursive: true, mode: 0o700 })
  sweep(temporary, now)
  const durableDirectory = durableDirectories(root)

  const shardOf = (digest: Digest) => join(root, digest.slice(0, 2), digest.slice(2, 4))
  const pathOf = (digest: Digest): string => {
    if (!digestPattern.test(digest)) throw notFound('object')
    return join(shardOf(digest), digest)
  }

  async function shardFor(digest: Digest): Promise<string> {
    const shard = shardOf(digest)
    await durableDirectory(shard)
    return shard
  }

  return {
    incoming: diskIncoming(join(root, 'incoming'), async (digest) => {
      const directory = await shardFor(digest)
      return { directory, path: join(directory, digest) }
    }),
    async put(bytes, limit) {
      const path = join(temporary, randomUUID())
      try {
        const { digest, size, small } = await take(path, bytes, limit)
        if (small) {
          const directories = [root, join(root, digest.slice(0, 2)), shardOf(digest)]
          await placeBeside({ bytes: small, temporary: path, directories, path: pathOf(digest) })
          return { digest, size }
        }
        const shard = await shardFor(digest)
        // Over an object that is there already: the same bytes, and a damaged one is healed.
        await rename(path, join(shard, digest))
        await syncDirectory(shard)
        return { digest, size }
      } catch (error) {
        await wipe(path)
        throw explained(error)
      }
    },
    async get(digest) {
      const bytes = await readFile(pathOf(digest)).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') throw notFound('object')
        if (codeOf(error) === 'EIO') throw new Problem('unavailable', 'object.damaged', { digest })
        throw error
      })
      if (createHash('sha256').update(bytes).digest('hex') !== digest)
        throw new Problem('unavailable', 'object.damaged', { digest })
      return bytes
    },
    async read(digest, range) {
      const path = pathOf(digest)
      const found = await stat(path).catch(() => null)
      if (!found?.isFile()) throw notFound('object')
      const { size } = found
      // Opened when the first part is asked for: a stream that nobody reads leaves nothing open.
      async function* bytes() {
        const handle = await open(path, 'r')
        try {
          yield* bytesOf(handle, size)
        } finally {
          await handle.close()
        }
      }
      return { size, bytes: checkedBytes(digest, bytes(), range ?? { from: 0, to: size }) }
    },
    async storedAt(digest) {
      return stat(pathOf(digest)).then(
        (found) => found.mtime,
        () => null,
      )
    },
    async has(digest) {
      // Microseconds, where a hop to another thread and back costs a hundred times as many.
      return statSync(pathOf(digest), { throwIfNoEntry: false })?.isFile() ?? false
    },
    async remove(digest) {
      const path = pathOf(digest)
      if (!(await stat(path).catch(() => null))) return
      await rm(path, { force: true })
      await syncDirectory(shardOf(digest))
    },
    async *list() {
      for (const first of (await readdir(root)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
        for (const second of (await readdir(join(root, first))).sort()) {
          for (const name of (await readdir(join(root, first, second))).sort()) {
            if (digestPattern.test(name)) yield name
          }
        }
      }
    },
  }
}
