import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory } from '../support/directory.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

export type App = {
  url: string
  /** Where the process keeps everything. */
  data: string
  /** What the process printed for its operator. */
  printed(): string
  /** Ends the process as an operator would and leaves its data; may be called again. Gives its exit code. */
  end(): Promise<number | null>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export function buildWhenMissing(): void {
  if (existsSync(join(root, 'dist/web/index.html'))) return
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: root })
}

/** Only what a fresh shell has: nothing of the test's own environment may help the application. */
const bareEnvironment = (): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), LANG: 'C.UTF-8', TZ: 'UTC' }
}

/** Resolves when the process says that it listens; rejects with its words when it ends before. */
function listening(child: ChildProcess, words: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not start in time: ${words()}`)), 100_000)
    const settle = (work: () => void) => {
      clearTimeout(timer)
      work()
    }
    child.stdout?.on('data', () => words().includes('Public page') && settle(resolve))
    child.once('exit', () => settle(() => reject(new Error(`it ended at its start: ${words()}`))))
  })
}

type Start = {
  demo: boolean
  /** The data directory of an earlier start, which is copied; without it the start is the first. */
  from?: string
}

/** Starts the application as `npm start` does, on a free port and a data directory of its own. */
export async function startApp({ demo, from }: Start): Promise<App> {
  const directory = temporaryDirectory('e2e')
  // Owners and rights are kept: the database belongs to a user of its own where the tests are run by root.
  if (from) execFileSync('cp', ['-a', `${from}/.`, directory.path])
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      ...bareEnvironment(),
      PORT: String(port),
      ASSAY_URL: url,
      ASSAY_DATA: directory.path,
      ASSAY_DEMO: demo ? '1' : '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => (said.out += String(part)))
  child.stderr.on('data', (part) => (said.err += String(part)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = () => {
    child.kill('SIGTERM')
    return ended
  }
  const stop = async () => {
    await end()
    directory.remove()
  }
  try {
    await listening(child, () => said.out + said.err.slice(-2000))
  } catch (error) {
    await stop()
    throw error
  }
  return { url, data: directory.path, printed: () => said.out, end, stop }
}
