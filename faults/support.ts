import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export type Running = { url: string; setup: string | null; process: ChildProcess; died: Promise<void> }

/** Starts the real application as its own process group, so that one signal reaches all of it or only it. */
export async function startApp(dataDir: string, imports: readonly string[] = []): Promise<Running> {
  const port = await freePort()
  const options = imports.flatMap((path) => ['--import', path])
  const child = spawn(process.execPath, [...options, 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, ASSAY_DATA: dataDir, ASSAY_DEMO: '0', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout?.on('data', (part) => {
    output += part
  })
  child.stderr?.on('data', (part) => {
    output += part
  })
  const died = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const deadline = Date.now() + 60_000
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`the application did not start:\n${output}`)
    await pause(50)
  }
  // The set-up address is printed right after the port is open.
  for (let tries = 0; tries < 40 && !output.includes('Public page'); tries++) await pause(50)
  await pause(100)
  const setup = /\/setup\/([A-Za-z0-9_-]{43})/.exec(output)?.[1] ?? null
  return { url: `http://127.0.0.1:${port}`, setup, process: child, died }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Kills the application's process only; what it started has to cope. */
export async function killHard(app: Running): Promise<void> {
  app.process.kill('SIGKILL')
  await app.died
}

export async function stopCleanly(app: Running): Promise<void> {
  app.process.kill('SIGTERM')
  await app.died
}

/** Sets the installation up and gives a key that may write. */
export async function writerKey(app: Running): Promise<{ key: string; top: string }> {
  const json = { 'content-type': 'application/json' }
  const owner = {
    name: { en: 'Owner' },
    email: 'owner@example.org',
    password: 'correct horse battery staple',
  }
  const body = { token: app.setup, organisation: { name: { en: 'Example' }, timeZone: 'UTC' }, owner }
  const set = await fetch(`${app.url}/api/setup`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  })
  if (!set.ok) throw new Error(`set-up failed: ${await set.text()}`)
  const cookie = set.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const wanted = { name: 'Load', role: 'manager', entityId: null, scopes: ['entity.*'], expiresAt }
  const made = await fetch(`${app.url}/api/keys`, {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify(wanted),
  })
  if (!made.ok) throw new Error(`no key: ${await made.text()}`)
  const { secret } = (await made.json()) as { secret: string }
  const { items } = (await (
    await fetch(`${app.url}/api/entities`, { headers: { authorization: `Bearer ${secret}` } })
  ).json()) as { items: { id: string }[] }
  return { key: secret, top: items[0]?.id ?? '' }
}

export type Acknowledged = { id: string; key: string; idempotency: string; body: unknown }

/** Clients that write as fast as they are answered; what was acknowledged is noted the moment it is. */
export function load(
  app: Running,
  writer: { key: string; top: string },
  clients: number,
  acknowledged: Acknowledged[],
): { stop(): Promise<void> } {
  let going = true
  const one = async () => {
    while (going) {
      const key = `e-${randomUUID()}`
      const idempotency = randomUUID()
      const body = {
        key,
        parentId: writer.top,
        kind: 'site',
        name: { en: key },
        country: null,
        memberFrom: null,
        memberTo: null,
      }
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${writer.key}`,
        'idempotency-key': idempotency,
      }
      try {
        const answer = await fetch(`${app.url}/api/entities`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        })
        if (answer.ok)
          acknowledged.push({ id: ((await answer.json()) as { id: string }).id, key, idempotency, body })
        else await pause(20)
      } catch {
        await pause(20)
      }
    }
  }
  const running = Promise.all(Array.from({ length: clients }, one))
  return {
    async stop() {
      going = false
      await running
    },
  }
}

export type Verdict = {
  acknowledged: number
  lost: number
  duplicated: number
  unequal: number
  present: number
}

/** Compares what was acknowledged with what is there, and repeats the newest requests to see the same answers. */
export async function compare(
  app: Running,
  writer: { key: string },
  acknowledged: readonly Acknowledged[],
): Promise<Verdict> {
  const authorization = `Bearer ${writer.key}`
  const { items } = (await (
    await fetch(`${app.url}/api/entities`, { headers: { authorization } })
  ).json()) as { items: { id: string; key: string }[] }
  const ids = new Set(items.map((item) => item.id))
  const keys = items.map((item) => item.key)
  let unequal = 0
  for (const one of acknowledged.slice(-20)) {
    const headers = { 'content-type': 'application/json', authorization, 'idempotency-key': one.idempotency }
    const answer = await fetch(`${app.url}/api/entities`, {
      method: 'POST',
      headers,
      body: JSON.stringify(one.body),
    })
    if (!answer.ok || ((await answer.json()) as { id: string }).id !== one.id) unequal++
  }
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((one) => !ids.has(one.id)).length,
    duplicated: keys.length - new Set(keys).size,
    unequal,
    present: items.length,
  }
}

/** Runs `assay fsck` on the data of a stopped installation; answers its exit code and what it said. */
export const fsck = (dataDir: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ASSAY_DATA: dataDir }
    const child = spawn(process.execPath, ['src/cli/main.ts', 'fsck'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const listen = (part: unknown) => {
      output += String(part)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', (code) => resolve({ code: code ?? 1, output }))
  })

export const scratch = (name: string): string => mkdtempSync(join(tmpdir(), `assay-${name}-`))

export const random = (from: number, to: number): number => from + Math.random() * (to - from)
