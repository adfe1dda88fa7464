import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asCannotWrite, EmbeddedError } from './embedded-error.ts'

export type DirectoryLock = { release(): void }

/**
 * Claims a data directory for this process, until `release` or the death of the process.
 *
 * The claim is a lock of the operating system, which SQLite takes on an empty file for us (Node has no call for it).
 * The kernel grants it to exactly one of two simultaneous starts and takes it back after `kill -9`, so nothing is
 * guessed from process ids, which are reused and mean something else in another container. `assay.pid` only serves
 * the sentence for a person. Nothing else in this process may open `assay.lock`: closing it would drop the lock.
 */
export function holdDirectory(directory: string): DirectoryLock {
  const holder = join(directory, 'assay.pid')
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(join(directory, 'assay.lock'), { timeout: 0 })
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    writeFileSync(holder, `${process.pid}\n`, { mode: 0o644 })
  } catch (error) {
    database?.close()
    throw refusal(error, directory, holder)
  }
  const held = database
  return {
    release() {
      if (!held.isOpen) return
      rmSync(holder, { force: true })
      held.close()
    },
  }
}

const busy = 5 // SQLITE_BUSY
const cannotOpen = 14 // SQLITE_CANTOPEN

function refusal(error: unknown, directory: string, holder: string): unknown {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  if (code === cannotOpen) return asCannotWrite(Object.assign(new Error(), { code: 'EACCES' }), directory)
  if (code !== busy) return asCannotWrite(error, directory)
  const pid = holderPid(holder)
  const who = pid ? `Another Assay (process ${pid})` : 'Another Assay'
  return new EmbeddedError(
    'already_running',
    `${who} is already using the data directory ${directory}. Stop it first, or set ASSAY_DATA to another directory.`,
  )
}

/** The winner of a race writes its id a moment after it has the lock, so a late reader looks again. */
function holderPid(holder: string): number | undefined {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const pid = Number(readFileSync(holder, 'utf8'))
      if (pid > 0 && process.kill(pid, 0)) return pid
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EPERM')
        return Number(readFileSync(holder, 'utf8'))
    }
    Atomics.wait(signal, 0, 0, 10)
  }
  return undefined
}
