import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, open, readFile, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './embedded-binaries.ts'
import { directoryArgument, environment } from './embedded-cluster.ts'
import { fromOutput } from './embedded-error.ts'
import type { Owner } from './embedded-owner.ts'

export type Exit = { code: number | null; signal: NodeJS.Signals | null }
export type Launch = {
  cluster: string
  binaries: Binaries
  owner: Owner
  /** A Unix socket directory, or a loopback port where there is none. */
  listen: { socketDir: string; port: number } | { port: number }
  log: (line: string) => void
}
export type Server = {
  pid: number
  exited: Promise<Exit>
  signal(name: NodeJS.Signals): void
  stop(): Promise<void>
}

const logLimit = 8 * 1024 * 1024

const logFile = (cluster: string) => join(dirname(cluster), 'postgres.log')

/** Keeps the server's log and one earlier part, each up to the limit. It is appended to, so cutting it is safe. */
export async function boundLog(cluster: string): Promise<void> {
  const file = logFile(cluster)
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size <= logLimit) return
  await copyFile(file, `${file}.1`)
  await truncate(file, 0)
}

const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '128MB',
  max_connections: '50',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  unix_socket_permissions: '0700',
  // The log must not become a second, unprotected copy of the data: no statements, no row values of a failed one.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

/**
 * Starts one server as our child and resolves when it accepts connections; recovery after a crash may take its time.
 * Throws EmbeddedError `cannot_start` or `cannot_write` with the server's last words.
 */
export async function startServer(launch: Launch): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const { server, said } = await tryStart(launch)
    if (server) return server
    // Processes of a killed server need a moment to notice and leave its shared memory.
    if (attempt >= 20 || !/shared memory block|postmaster.pid" already exists/.test(said)) {
      throw fromOutput('PostgreSQL', said, launch.cluster)
    }
    await sleep(100)
  }
}

async function tryStart(launch: Launch): Promise<{ server?: Server; said: string }> {
  const { cluster, owner, listen, log } = launch
  await boundLog(cluster)
  const output = await open(logFile(cluster), 'a', 0o600)
  const { size } = await output.stat()
  const all = {
    ...settings,
    port: String(listen.port),
    ...('socketDir' in listen
      ? { listen_addresses: '', unix_socket_directories: listen.socketDir }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' }),
  }
  const options = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const child = spawn(launch.binaries.postgres, ['-D', directoryArgument(cluster), ...options], {
    ...owner,
    cwd: cluster,
    // Its own session: the Ctrl-C that asks Assay to end must not reach the server before Assay has finished.
    detached: process.platform !== 'win32',
    stdio: ['ignore', output.fd, output.fd],
    ...(environment && { env: environment }),
  })
  const exited = new Promise<Exit>((resolve) => {
    child.on('error', () => resolve({ code: null, signal: null }))
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  await output.close()
  guard(child, owner)
  if (await ready(child, cluster, exited, log)) return { server: asServer(child, exited, launch), said: '' }
  const text = await readFile(logFile(cluster))
  return { said: text.subarray(size).toString('utf8') }
}

/**
 * Ends the server when this process dies, even by `kill -9`: the pipe to the shell closes then, and its `read` returns.
 * Where there is no shell the server stays behind, and the next start ends it.
 */
function guard(server: ChildProcess, owner: Owner): void {
  if (process.platform === 'win32' || server.pid === undefined) return
  const shell = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(server.pid)], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: environment ?? {},
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  // Before the server's id can belong to another process.
  server.on('exit', () => shell.kill('SIGKILL'))
}

/** The server writes its state into the last line of postmaster.pid. */
async function ready(
  child: ChildProcess,
  cluster: string,
  exited: Promise<Exit>,
  log: Launch['log'],
): Promise<boolean> {
  let ended = child.pid === undefined
  void exited.then(() => {
    ended = true
  })
  for (let waited = 0; !ended; waited += 10) {
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
    if (waited > 0 && waited % 10_000 === 0) log(`PostgreSQL is still starting after ${waited / 1000} s`)
    await sleep(10)
  }
  return false
}

function asServer(child: ChildProcess, exited: Promise<Exit>, { binaries, cluster }: Launch): Server {
  const within = async (ms: number) => {
    const timer = new AbortController()
    const late = sleep(ms, false, { signal: timer.signal }).catch(() => false)
    return Promise.race([exited.then(() => true), late]).finally(() => timer.abort())
  }
  return {
    pid: child.pid ?? 0,
    exited,
    signal: (name) => void child.kill(name),
    async stop() {
      // Windows has no signals; its processes could only be cut off.
      if (process.platform === 'win32') execFile(binaries.pgCtl, ['stop', '-m', 'fast', '-D', cluster])
      else child.kill('SIGINT')
      if (await within(20_000)) return
      child.kill('SIGQUIT')
      if (!(await within(5_000))) child.kill('SIGKILL')
      await exited
    },
  }
}
