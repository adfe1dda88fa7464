import { mkdirSync } from 'node:fs'
import { type FileHandle, open, readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Digest, IncomingStore } from '../db/objects.ts'
import { notFound } from '../kernel/error.ts'
import { bytesOf, codeOf, explained, syncDirectory, wipe, writeAll } from './disk-file.ts'

const namePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Arrived = { size: number; broken: { error: unknown } | null }

// After so many bytes the disk is set to work while more come, so that little is left for the last fsync.
const flushEvery = 16 * 1024 * 1024

/** Begins to make durable what was written, without being waited for before the next turn. One at a time. */
function flushing(handle: FileHandle): { begin(): void; done(): Promise<void> } {
  let running: Promise<void> | null = null
  let failure: { error: unknown } | null = null
  return {
    begin() {
      running ??= handle
        .datasync()
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => {
          running = null
        })
    },
    /** Throws what any of them threw: a later fsync would report success over lost pages. */
    async done() {
      await running
      if (failure) throw failure.error
    },
  }
}

/** Writes what comes and makes it durable; that no more comes is not an error of the file. */
async function writeFrom(
  handle: FileHandle,
  from: number,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Arrived> {
  const parts = bytes[Symbol.asyncIterator]()
  const flush = flushing(handle)
  let size = from
  let flushed = from
  let broken: Arrived['broken'] = null
  try {
    for (;;) {
      const next = await parts.next().catch((error: unknown) => ({ error }))
      if ('error' in next) broken = next
      if ('error' in next || next.done) break
      // Whoever gave the part may use its memory again as soon as the next one is asked for.
      const { length } = next.value
      await writeAll(handle, next.value, size)
      size += length
      if (size - flushed >= flushEvery) {
        flushed = size
        flush.begin()
      }
    }
  } finally {
    await flush.done()
  }
  await handle.sync()
  return { size, broken }
}

/** Arrivals as files in a directory, each under its name; `place` gives the path of an object in a durable directory. */
export function diskIncoming(
  directory: string,
  place: (digest: Digest) => Promise<{ directory: string; path: string }>,
): IncomingStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const pathOf = (id: string): string => {
    if (!namePattern.test(id)) throw notFound('upload')
    return join(directory, id)
  }

  async function size(id: string): Promise<number> {
    return stat(pathOf(id)).then(
      (found) => found.size,
      () => 0,
    )
  }

  async function openFor(id: string) {
    return open(pathOf(id), 'r+', 0o600).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      const handle = await open(pathOf(id), 'wx+', 0o600)
      await syncDirectory(directory)
      return handle
    })
  }

  return {
    size,
    async append(id, from, bytes) {
      let handle: FileHandle | null = null
      try {
        handle = await openFor(id)
        await handle.truncate(from)
        return await writeFrom(handle, from, bytes)
      } catch (error) {
        // After a failed write or fsync nothing behind `from` can be relied on.
        await handle?.truncate(from).catch(() => undefined)
        throw explained(error)
      } finally {
        await handle?.close()
      }
    },
    async *read(id, to) {
      const handle = await open(pathOf(id), 'r')
      try {
        yield* bytesOf(handle, to)
      } finally {
        await handle.close()
      }
    },
    async keep(id, digest) {
      try {
        const object = await place(digest)
        await rename(pathOf(id), object.path)
        await syncDirectory(object.directory)
        await syncDirectory(directory)
      } catch (error) {
        throw explained(error)
      }
    },
    discard: (id) => wipe(pathOf(id)),
    async *list() {
      for (const name of (await readdir(directory)).sort()) if (namePattern.test(name)) yield name
    },
  }
}
