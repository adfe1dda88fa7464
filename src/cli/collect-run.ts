import { spawn } from 'node:child_process'

export const runFaults = ['missing', 'timeout', 'too-large', 'exit', 'signal'] as const

/** A tool did not do its work. `detail` ends with what it said last. */
export class ToolFailure extends Error {
  readonly fault: (typeof runFaults)[number]
  constructor(fault: (typeof runFaults)[number], detail: string) {
    super(detail)
    this.name = 'ToolFailure'
    this.fault = fault
  }
}

/** Times in milliseconds, sizes in bytes. */
export type Bounds = { timeout: number; output: number }

const stderrKept = 4000
const grace = 3000

// What a tool needs to run at all; the key of the collector is not among it.
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'http_proxy', 'https_proxy', 'no_proxy']

const environmentOf = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TERM: 'dumb',
})

/** Ends a tool and everything that it started: scanners leave children behind. */
function endAll(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a program with a list of arguments, never through a shell, in a process group of its own. Gives what it printed
 * and its exit code; throws {@link ToolFailure} when it cannot be found, takes too long or prints too much.
 */
export function runTool(
  program: string,
  args: readonly string[],
  bounds: Bounds,
  env: NodeJS.ProcessEnv,
): Promise<{ output: Buffer; code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    let said = ''
    let failure: ToolFailure | null = null
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: environmentOf(env),
      shell: false,
      windowsHide: true,
    })
    let last: NodeJS.Timeout | undefined
    const stop = (reason: ToolFailure) => {
      if (failure) return
      failure = reason
      endAll(child.pid, 'SIGTERM')
      last = setTimeout(() => {
        endAll(child.pid, 'SIGKILL')
        // A grandchild may hold the pipes open for ever.
        child.stdout.destroy()
        child.stderr.destroy()
      }, grace)
    }
    const timer = setTimeout(
      () => stop(new ToolFailure('timeout', `${program}: ${Math.round(bounds.timeout / 1000)} s`)),
      bounds.timeout,
    )
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > bounds.output) stop(new ToolFailure('too-large', `${program}: ${bounds.output} bytes`))
      else parts.push(part)
    })
    child.stderr.on('data', (part: Buffer) => {
      said = (said + part.toString('utf8')).slice(-stderrKept)
    })
    const done = () => {
      clearTimeout(timer)
      clearTimeout(last)
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      done()
      reject(new ToolFailure(error.code === 'ENOENT' ? 'missing' : 'exit', `${program}: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      done()
      // Nothing of it may go on scanning after the answer.
      endAll(child.pid, 'SIGKILL')
      if (failure) reject(failure)
      else if (code === null) reject(new ToolFailure('signal', `${program}: ${signal}`))
      else resolve({ output: Buffer.concat(parts), code, said })
    })
  })
}
