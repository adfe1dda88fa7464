import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { DiskAnswer, DiskTask } from './disk-threads.ts'

// Does for small objects what takes a dozen calls, one after another: each of them would else wait for the loop that
// serves everybody.
const port = parentPort
if (!port) throw new Error('this file runs as a thread')

function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

function write(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at)
    // A failed fsync is final: the kernel may have dropped the pages, and a second one would report success.
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

// Directories that are known to be durable: a new one only is once its parent was synced.
const durable = new Set<string>()

/** Makes directories of which each is in the one before; the first is there. */
function makeDurable([parent, ...path]: readonly string[]): void {
  let above = parent
  for (const directory of path) {
    if (above === undefined) return
    if (!durable.has(directory)) {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      // Also where it was there: whoever made it may have been killed before this.
      syncDirectory(above)
      durable.add(directory)
    }
    above = directory
  }
}

function rename(from: string, to: string, directories: readonly string[]): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    // Somebody moved a directory away after it was known.
    durable.clear()
    makeDurable(directories)
    renameSync(from, to)
  }
}

function place({ bytes, temporary, directories, path }: DiskTask): void {
  try {
    write(temporary, bytes)
    makeDurable(directories)
    // Over an object that is there already: the same bytes, and a damaged one is healed.
    rename(temporary, path, directories)
    syncDirectory(directories.at(-1) ?? '')
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

port.on('message', (task: DiskTask) => {
  const answer: DiskAnswer = { id: task.id, failed: null }
  try {
    place(task)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    answer.failed = { code, message: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer)
})
