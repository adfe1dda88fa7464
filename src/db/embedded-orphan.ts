import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'

/**
 * Ends a server that a killed Assay left running on this cluster, so that a new start is possible. To be called only
 * by the holder of the directory's lock: then no living Assay can own that server.
 * A `postmaster.pid` that names a process which is not this cluster's server (the id was reused) is removed, because
 * PostgreSQL itself would refuse to start over it.
 */
export async function stopOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!(pid > 0)) return
  if (!(await serves(pid, cluster))) return rm(file, { force: true })
  log(`PostgreSQL (process ${pid}) was left running by an Assay that was killed; stopping it`)
  const escalation = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, patience] of escalation) {
    if (send(pid, signal) && !(await gone(pid, patience))) continue
    return
  }
  throw new EmbeddedError(
    'cannot_start',
    `PostgreSQL (process ${pid}) still runs in ${cluster} and cannot be stopped.`,
  )
}

/** Whether that process is the server of that cluster: a server's working directory is always its cluster. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  if (!send(pid, 0)) return false
  if (process.platform === 'linux') {
    const [at, program] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
      readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
    ])
    return program.trim() === 'postgres' && at === (await realpath(cluster))
  }
  const list: [string, string[]] =
    process.platform === 'win32'
      ? ['tasklist', ['/FO', 'CSV', '/NH', '/FI', `PID eq ${pid}`]]
      : ['ps', ['-ww', '-o', 'command=', '-p', String(pid)]]
  const { stdout } = await promisify(execFile)(...list).catch(() => ({ stdout: '' }))
  return process.platform === 'win32'
    ? /postgres/i.test(stdout)
    : stdout.includes('postgres') && stdout.includes(cluster)
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

async function gone(pid: number, patience: number): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 20) {
    if (!send(pid, 0)) return true
    await sleep(20)
  }
  return false
}
