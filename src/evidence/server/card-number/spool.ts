import { createCipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, NotInspectable } from './run.ts'

// What is smaller never touches a disk.
const inMemory = 1024 * 1024
const block = 16
const readAtOnce = 64 * 1024

/** Bytes that can be read at any place, for formats whose directory stands at their end. */
export type Spool = {
  readonly size: number
  read(position: number, length: number): Promise<Buffer>
  stream(from: number, to: number): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** AES-256 in counter mode from a place that is a multiple of a block: each block's key stream depends on its number. */
function cipherAt(key: Buffer, position: number) {
  const counter = Buffer.alloc(block)
  counter.writeBigUInt64BE(BigInt(position / block), 8)
  return createCipheriv('aes-256-ctr', key, counter)
}

type File = { handle: FileHandle; key: Buffer; path: string }

/**
 * A temporary file under a key that exists in memory only. Its name is removed at once where the system allows it, so
 * that neither a crash nor a backup leaves anything to read.
 */
async function createFile(directory: string): Promise<File> {
  const path = join(directory, `assay-${randomBytes(16).toString('hex')}`)
  const handle = await open(path, 'wx+', 0o600)
  if (process.platform !== 'win32') await unlink(path)
  return { handle, key: randomBytes(32), path }
}

async function readFrom({ handle, key }: File, position: number, length: number): Promise<Buffer> {
  const start = position - (position % block)
  const bytes = Buffer.alloc(position + length - start)
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return cipherAt(key, start)
    .update(bytes.subarray(0, filled))
    .subarray(position - start)
}

async function closeFile({ handle, key, path }: File): Promise<void> {
  key.fill(0)
  await handle.close()
  if (process.platform === 'win32') await unlink(path)
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
}

async function fill(bytes: Bytes, limit: number, directory: string) {
  let held: Uint8Array[] = []
  let size = 0
  let file: File | null = null
  let cipher: ReturnType<typeof cipherAt> | null = null
  try {
    for await (const part of bytes) {
      size += part.length
      if (size > limit) throw new NotInspectable('too large')
      held.push(part)
      if (size <= inMemory) continue
      file ??= await createFile(directory)
      cipher ??= cipherAt(file.key, 0)
      for (const one of held) await writeAll(file.handle, cipher.update(one))
      held = []
    }
  } catch (error) {
    if (file) await closeFile(file)
    throw error
  }
  return { size, file, memory: file ? Buffer.alloc(0) : Buffer.concat(held) }
}

/** Keeps a stream, in memory when it is small, else encrypted in a temporary file. Throws `too large` beyond `limit`. */
export async function spool(bytes: Bytes, limit: number, directory = tmpdir()): Promise<Spool> {
  const { size, file, memory } = await fill(bytes, limit, directory)
  const read = async (position: number, length: number): Promise<Buffer> => {
    const bounded = Math.max(0, Math.min(length, size - position))
    if (bounded === 0) return Buffer.alloc(0)
    return file ? readFrom(file, position, bounded) : memory.subarray(position, position + bounded)
  }
  return {
    size,
    read,
    async *stream(from, to) {
      for (let at = from; at < Math.min(to, size); at += readAtOnce)
        yield await read(at, Math.min(readAtOnce, to - at))
    },
    async close() {
      memory.fill(0)
      if (file) await closeFile(file)
    },
  }
}
