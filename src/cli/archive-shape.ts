import { type FileHandle, open, stat } from 'node:fs/promises'

const endLength = 22
const endMark = 0x06054b50
// More than 4 GiB, or more than 65,535 files: no proof bundle is as large.
const beyond = 0xffffffff
const looked = 1024 * 1024

async function part(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, from)
  return bytes.subarray(0, bytesRead)
}

async function namesLog(file: FileHandle, size: number): Promise<boolean> {
  if (size < endLength) return false
  const end = await part(file, size - endLength, endLength)
  if (end.length < endLength || end.readUInt32LE(0) !== endMark) return false
  const from = end.readUInt32LE(16)
  if (from === beyond) return true
  if (from >= size) return false
  const directory = await part(file, from, Math.min(looked, size - from))
  return directory.includes('log/entries.jsonl')
}

/** Whether a path is an archive of a whole organisation rather than a proof bundle: by its names, nothing verified. */
export async function isArchive(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) return true
  if (!found?.isFile() || path.endsWith('.grcproof')) return false
  const file = await open(path)
  try {
    return await namesLog(file, found.size)
  } finally {
    await file.close()
  }
}

/** What is wrong with an archive, in the reader's language. */
export class ArchiveRefused extends Error {}
