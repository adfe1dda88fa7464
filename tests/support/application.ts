import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

export type Application = {
  url: string
  /** Everything that it printed. */
  output(): string
  /** Ends its process only, at once; what it started has to cope. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** The real program as a process of its own on a data directory. */
export async function startApplication(dataDir: string, demo: boolean): Promise<Application> {
  const port = await freePort()
  const env = { ...process.env, ASSAY_DATA: dataDir, ASSAY_DEMO: demo ? '1' : '0', PORT: String(port) }
  const child: ChildProcess = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part) => {
      output += String(part)
    })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await ended
  }
  // The last thing that it prints, when every door is open.
  for (
    let waited = 0;
    !/Public page/.test(output) || (!demo && !/\/setup\//.test(output) && waited < 20);
    waited++
  ) {
    if (child.exitCode !== null || waited > 1800) {
      child.kill('SIGKILL')
      throw new Error(`the application did not start:\n${output}`)
    }
    await pause(50)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

/** Runs a command of the command line on a data directory. */
export const runCommand = (dataDir: string, ...words: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ASSAY_DATA: dataDir }
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
    const child = spawn(process.execPath, ['src/cli/main.ts', ...words], { cwd: root, env, stdio })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => {
        output += String(part)
      })
    child.on('exit', (code) => resolve({ code: code ?? 1, output }))
  })

export type Client = {
  cookie: string
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Record<string, unknown> }>
}

/** Somebody with a cookie. */
export function client(url: string, cookie: string): Client {
  return {
    cookie,
    async call(method, path, body) {
      const form = body instanceof FormData
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : { text } }
    },
  }
}

/** Enters the demo as one of its people with a role. */
export async function enterDemo(url: string, role: string): Promise<Client> {
  const { items } = (await (await fetch(`${url}/api/demo/people`)).json()) as {
    items: { id: string; roles: string[] }[]
  }
  const personId = items.find(({ roles }) => roles.includes(role))?.id
  const answer = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return client(url, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '')
}
