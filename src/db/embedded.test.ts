import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { chmod, chown } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

const root = process.getuid?.() === 0
const nobody = 65534
const hold = fileURLToPath(new URL('../../tests/support/hold.ts', import.meta.url))

let directory: { path: string; remove(): void }
let cleanup: (() => Promise<unknown>)[]
let lines: string[]

beforeEach(() => {
  directory = temporaryDirectory('embedded')
  cleanup = []
  lines = []
})

afterEach(async () => {
  for (const step of cleanup.reverse()) await step()
  directory.remove()
})

async function start(dataDir = directory.path, supervise = true): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, supervise, log: (line) => lines.push(line) })
  cleanup.push(() => embedded.stop())
  return embedded
}

async function query(config: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** What tests/support/hold.ts prints: a running server, or why there is none. */
type Answer = { pid: number; connectionConfig: pg.ClientConfig; code?: string }
type Holder = {
  child: ChildProcessByStdio<Writable, Readable, null>
  first: Promise<Answer>
  ended: Promise<number | null>
}

/** Another application on a data directory, in a process of its own. */
function holder(dataDir: string, uid?: number): Holder {
  const user = uid === undefined ? {} : { uid, gid: uid }
  const child = spawn(process.execPath, [hold, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], ...user })
  const first = new Promise<Answer>((resolve) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line)))
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  cleanup.push(async () => {
    child.stdin.end()
    await ended
  })
  return { child, first, ended }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'started',
    (error) => error.code,
  )

describe('a data directory', () => {
  test('gets a durable, checksummed cluster that sorts by code point, and keeps its data', async () => {
    const first = await start()
    await query(first.connectionConfig, 'create table t as select 1 as a')
    const [settings] = await query(
      first.connectionConfig,
      `select current_setting('data_checksums') checksums, current_setting('fsync') fsync,
        current_setting('synchronous_commit') commit, current_setting('full_page_writes') pages,
        current_setting('listen_addresses') addresses, current_setting('TimeZone') zone,
        (select string_agg(x, '' order by x) from unnest(array['b', 'あ', 'A', 'é', 'Z']) x) sorted`,
    )
    expect(settings).toEqual({
      checksums: 'on',
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      addresses: '',
      zone: 'UTC',
      sorted: 'AZbéあ',
    })
    await first.stop()
    expect(await first.exited).toEqual({ code: 0, signal: null })
    const second = await start()
    expect(await query(second.connectionConfig, 'select a from t')).toEqual([{ a: 1 }])
  })

  test('is refused to a second application while the first lives, naming the process and the directory', async () => {
    const other = holder(directory.path)
    await other.first
    const error = await start().catch((error) => error)
    expect(error).toMatchObject({ name: 'EmbeddedError', code: 'already_running' })
    expect(error.message).toContain(`process ${other.child.pid}`)
    expect(error.message).toContain(directory.path)
    expect(await query((await other.first).connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
  })

  test('goes to exactly one of several simultaneous starts', async () => {
    const all = [1, 2, 3, 4].map(() => holder(directory.path))
    const answers = await Promise.all(all.map((one) => one.first))
    expect(answers.filter((answer) => 'pid' in answer)).toHaveLength(1)
    expect(answers.filter((answer) => answer.code === 'already_running')).toHaveLength(3)
  })

  test.each([
    ['with spaces and Japanese', 'my データ 目録 dir'],
    ['too long for a socket', `${'long-'.repeat(20)}/${'path-'.repeat(20)}`],
  ])('may have a path %s', async (_, name) => {
    const embedded = await start(join(directory.path, name))
    expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
    expect(statSync(embedded.socketDir).mode & 0o777).toBe(0o700)
    await embedded.stop()
    expect(existsSync(embedded.socketDir)).toBe(false)
  })

  test('of another major version is refused untouched', async () => {
    const cluster = join(directory.path, 'postgres')
    mkdirSync(cluster)
    writeFileSync(join(cluster, 'PG_VERSION'), '16\n')
    const error = await start().catch((error) => error)
    expect(error).toMatchObject({ code: 'wrong_version' })
    expect(error.message).toMatch(/PostgreSQL 16.*PostgreSQL 18/)
    expect(readFileSync(join(cluster, 'PG_VERSION'), 'utf8')).toBe('16\n')
  })

  test('that cannot be made is refused with a reason', async () => {
    writeFileSync(join(directory.path, 'file'), '')
    expect(await code(start(join(directory.path, 'file', 'data')))).toBe('cannot_write')
  })

  test('with files that are no cluster is refused untouched', async () => {
    mkdirSync(join(directory.path, 'postgres'))
    writeFileSync(join(directory.path, 'postgres', 'thesis.txt'), 'mine')
    expect(await code(start())).toBe('cannot_start')
    expect(readFileSync(join(directory.path, 'postgres', 'thesis.txt'), 'utf8')).toBe('mine')
  })

  test('survives an interrupted first start', async () => {
    mkdirSync(join(directory.path, 'postgres.new'))
    writeFileSync(join(directory.path, 'postgres.new', 'PG_VERSION'), '18\n')
    const embedded = await start()
    expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
  })
})

describe('after kill -9', () => {
  test('of the application, the server ends by itself', async () => {
    const killed = holder(directory.path)
    const { pid } = await killed.first
    killed.child.kill('SIGKILL')
    await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false)
    expect(existsSync(join(directory.path, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test.runIf(process.platform === 'linux')(
    'of everything but the server, the next start ends the server and continues with all data',
    async () => {
      const killed = holder(directory.path)
      const { pid, connectionConfig } = await killed.first
      await query(connectionConfig, 'create table t as select 1 as a')
      const children = readFileSync(`/proc/${killed.child.pid}/task/${killed.child.pid}/children`, 'utf8')
        .trim()
        .split(' ')
      for (const other of children.map(Number)) if (other !== pid) process.kill(other, 'SIGKILL')
      killed.child.kill('SIGKILL')
      await killed.ended
      expect(runs(pid)).toBe(true)
      const embedded = await start()
      expect(runs(pid)).toBe(false)
      expect(lines.join()).toContain(`process ${pid}`)
      expect(await query(embedded.connectionConfig, 'select a from t')).toEqual([{ a: 1 }])
    },
  )

  test('of PostgreSQL, it is started again by itself with all committed data', async () => {
    const embedded = await start()
    await query(embedded.connectionConfig, 'create table t as select 1 as a')
    const before = embedded.pid
    process.kill(before, 'SIGKILL')
    await expect.poll(() => lines.at(-1), { timeout: 10_000 }).toContain('runs again')
    expect(embedded.pid).not.toBe(before)
    expect(await query(embedded.connectionConfig, 'select a from t')).toEqual([{ a: 1 }])
  })

  test('of PostgreSQL without supervision, the end is told and the directory is free', async () => {
    const embedded = await start(directory.path, false)
    process.kill(embedded.pid, 'SIGKILL')
    expect(await embedded.exited).toEqual({ code: null, signal: 'SIGKILL' })
    const again = await start()
    expect(await query(again.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
  })

  test('a process id that now belongs to an unrelated program does not block the start, nor is that program ended', async () => {
    await (await start()).stop()
    const bystander = spawn('sleep', ['60'], root ? { uid: nobody, gid: nobody } : {})
    cleanup.push(async () => bystander.kill())
    const pidFile = join(directory.path, 'postgres', 'postmaster.pid')
    writeFileSync(
      pidFile,
      `${bystander.pid}\n${join(directory.path, 'postgres')}\n1700000000\n5432\n/tmp\n\n 1 1\nready\n`,
    )
    const embedded = await start()
    expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
  })

  test.runIf(process.platform !== 'win32')(
    'and a lock of its socket that names a process of somebody else does not keep the next start away',
    async () => {
      const first = await start()
      const lock = join(first.socketDir, '.s.PGSQL.5432.lock')
      await first.stop()
      // A clean stop takes the directory along; a power cut leaves it with what was in it.
      mkdirSync(first.socketDir, { mode: 0o700 })
      if (root) chownSync(first.socketDir, nobody, nobody)
      const bystander = spawn('sleep', ['60'], root ? { uid: nobody, gid: nobody } : {})
      cleanup.push(async () => bystander.kill())
      const cluster = join(directory.path, 'postgres')
      writeFileSync(lock, `${bystander.pid}\n${cluster}\n1700000000\n5432\n${first.socketDir}\n`)
      const embedded = await start()
      expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    },
  )
})

test("the server's log keeps no statement and no row value", async () => {
  const embedded = await start()
  const { connectionConfig } = embedded
  await query(connectionConfig, 'create table person (email text unique)')
  const insert = "insert into person values ('hanako@example.test') /* marker-7f */"
  await query(connectionConfig, insert)
  await expect(query(connectionConfig, insert)).rejects.toThrow('duplicate key')
  await embedded.stop()
  const text = readFileSync(join(directory.path, 'postgres.log'), 'utf8')
  expect(text).toContain('duplicate key')
  expect(text).not.toContain('hanako')
  expect(text).not.toContain('marker-7f')
})

describe.runIf(root)('as root', () => {
  const owner = (pid: number) => statSync(`/proc/${pid}`).uid

  test('the server runs as nobody, and only its cluster is given to that user', async () => {
    const embedded = await start()
    expect(owner(embedded.pid)).toBe(nobody)
    expect(statSync(join(directory.path, 'postgres')).uid).toBe(nobody)
    expect(statSync(join(directory.path, 'assay.lock')).uid).toBe(0)
  })

  test('a data directory under a home that is closed to everyone else works', async () => {
    const home = join(directory.path, 'private')
    mkdirSync(home, { mode: 0o700 })
    const embedded = await start(join(home, 'clone', 'data'))
    expect(owner(embedded.pid)).toBe(nobody)
    expect(embedded.socketDir.startsWith(home)).toBe(false)
    const before = embedded.pid
    process.kill(before, 'SIGKILL')
    await expect.poll(() => lines.at(-1), { timeout: 10_000 }).toContain('runs again')
    expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
  })

  test('a cluster restored by root from a copy is handed over again', async () => {
    await (await start()).stop()
    await chown(join(directory.path, 'postgres'), 0, 0)
    await chown(join(directory.path, 'postgres', 'global', 'pg_control'), 0, 0)
    await chmod(join(directory.path, 'postgres'), 0o755)
    expect(owner((await start()).pid)).toBe(nobody)
  })

  test('an ordinary user can run it too, and keeps the data when root starts it later', async () => {
    await chown(directory.path, 1234, 1234)
    const ordinary = holder(directory.path, nobody)
    expect((await ordinary.first).code).toBe('cannot_write')
    await chown(directory.path, nobody, nobody)
    const own = holder(directory.path, nobody)
    const { pid, connectionConfig } = await own.first
    expect(owner(pid)).toBe(nobody)
    await query(connectionConfig, 'create table t as select 1 as a')
    own.child.stdin.end()
    await own.ended
    const embedded = await start()
    expect(await query(embedded.connectionConfig, 'select a from t')).toEqual([{ a: 1 }])
  })

  test('a socket directory prepared by someone else under the temporary directory is not used', async () => {
    const long = join(directory.path, 'x'.repeat(120))
    mkdirSync(long)
    const digest = createHash('sha256').update(long).digest('hex').slice(0, 16)
    const trap = join(dirname(directory.path), `assay-${digest}`)
    mkdirSync(trap)
    await chown(trap, 1234, 1234)
    cleanup.push(async () => rmSync(trap, { recursive: true }))
    const embedded = await start(long)
    expect(embedded.socketDir).not.toBe(trap)
    expect(await query(embedded.connectionConfig, 'select 1 as a')).toEqual([{ a: 1 }])
  })
})
