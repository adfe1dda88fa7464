import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from '../kernel/error.ts'

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** EFBIG is a file-size limit of the process or the file system: to the user the same as a full disk. */
export const explained = (error: unknown): unknown =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))
    ? new Problem('unavailable', 'server.disk_full')
    : error

/** Makes the names in a directory durable. Windows has no such call and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes directories below `root` that are durable when it returns: a new one only is once its parent was synced. Whoever
 * asks for one meanwhile waits for that too, or a file in it could be acknowledged and then be gone with it.
 */
export function durableDirectories(root: string): (path: string) => Promise<void> {
  const making = new Map<string, Promise<void>>()
  const known = new Set<string>([root])

  async function make(path: string): Promise<void> {
    const parent = dirname(path)
    try {
      await mkdir(path, { mode: 0o700 })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' && (codeOf(error) !== 'ENOENT' || path === root)) throw error
      if (codeOf(error) === 'ENOENT') await mkdir(path, { mode: 0o700, recursive: true })
    }
    // Also where it was there: whoever made it may not have come to this yet.
    if (path !== root) await Promise.all([durable(parent), syncDirectory(parent)])
    known.add(path)
  }

  async function durable(path: string): Promise<void> {
    if (known.has(path)) return
    const running = making.get(path)
    if (running) return running
    const made = make(path).finally(() => making.delete(path))
    making.set(path, made)
    return made
  }

  return durable
}

/** Writes all of some bytes at a place of a file. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

const zeros = Buffer.alloc(256 * 1024)

async function overwrite(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    const { size } = await handle.stat()
    for (let at = 0; at < size; ) {
      const { bytesWritten } = await handle.write(zeros, 0, Math.min(zeros.length, size - at), at)
      at += bytesWritten
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Overwrites a file and removes it: what was refused may hold what nobody may keep. A file system that never writes in
 * place keeps the old blocks until it needs them; the name goes in any case.
 */
export async function wipe(path: string): Promise<void> {
  await overwrite(path).catch(() => undefined)
  await rm(path, { force: true })
}

const readAtOnce = 256 * 1024

/** The bytes of an open file from its beginning, up to `to` of them. */
export async function* bytesOf(handle: FileHandle, to: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < to; ) {
    // A buffer of its own for each part: whoever gets it may keep it while the next is read.
    const part = Buffer.allocUnsafe(Math.min(readAtOnce, to - at))
    const { bytesRead } = await handle.read(part, 0, part.length, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield part.subarray(0, bytesRead)
  }
}
