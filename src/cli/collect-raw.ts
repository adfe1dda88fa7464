import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { cleanLine } from '../checks/clean.ts'
import { UnreadableOutput } from '../checks/collection.ts'
import { runTool, ToolFailure } from './collect-run.ts'
import type { Tool } from './collect-tools.ts'
import { type Shell, UsageError } from './command.ts'

/** The output of a tool as it came, with when it ran. */
export type Raw = { name: string; bytes: Buffer; startedAt: string; endedAt: string; version: string | null }

const outputLimit = 32 * 1024 * 1024

/** Reads at most `outputLimit` bytes of a file; null when there is none. `writtenAt` is when it was last changed. */
async function readReport(path: string): Promise<{ bytes: Buffer; writtenAt: string } | null> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return null
  try {
    const found = await file.stat()
    if (!found.isFile()) return null
    if (found.size > outputLimit) throw new ToolFailure('too-large', `${basename(path)}: ${found.size} bytes`)
    return { bytes: await file.readFile(), writtenAt: found.mtime.toISOString() }
  } finally {
    await file.close()
  }
}

const now = () => new Date().toISOString()

async function versionOf(program: string, { version }: Tool, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (version === null) return null
  const { output, said } = await runTool(
    program,
    version.args,
    { timeout: 15_000, output: 1024 * 1024 },
    env,
  ).catch(() => ({ output: Buffer.alloc(0), said: '' }))
  return version.form.exec(`${output.toString('utf8')}\n${said}`)?.[1] ?? null
}

/** Runs a tool under whichever of its names is there. */
export async function runKnown(
  tool: Tool,
  target: string,
  extra: string[],
  timeout: number,
  shell: Shell,
): Promise<Raw> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-collect-'))
  try {
    const file = join(folder, tool.file ?? 'report')
    const args = tool.args({ target, file, extra })
    let missing: ToolFailure | null = null
    for (const program of tool.programs) {
      const startedAt = now()
      const ran = await runTool(program, args, { timeout, output: outputLimit }, shell.env).catch(
        (error: unknown) => {
          if (!(error instanceof ToolFailure) || error.fault !== 'missing') throw error
          missing = error
          return null
        },
      )
      if (ran === null) continue
      const endedAt = now()
      const said = cleanLine(ran.said || ran.output.toString('utf8'), 500)
      if (!tool.isDone(ran.code)) throw new ToolFailure('exit', `${program} (${ran.code}): ${said}`)
      const bytes = tool.file === null ? ran.output : (await readReport(file))?.bytes
      if (bytes === undefined) throw new UnreadableOutput('empty', `${program} wrote no report: ${said}`)
      return {
        name: tool.output,
        bytes,
        startedAt,
        endedAt,
        version: await versionOf(program, tool, shell.env),
      }
    }
    throw missing ?? new ToolFailure('missing', tool.programs.join(', '))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs any command that prints one of the forms; a code other than 0 is a failure. */
export async function runCommand(
  words: string[],
  format: string,
  timeout: number,
  shell: Shell,
): Promise<Raw> {
  const [program, ...args] = words
  if (program === undefined) throw new UsageError('give the command after --')
  const startedAt = now()
  const { output, code, said } = await runTool(program, args, { timeout, output: outputLimit }, shell.env)
  if (code !== 0) throw new ToolFailure('exit', `${program} (${code}): ${cleanLine(said, 500)}`)
  const endedAt = now()
  return {
    name: `${basename(program)}.${format === 'sarif' ? 'sarif' : 'json'}`,
    bytes: output,
    startedAt,
    endedAt,
    version: null,
  }
}

/** A report that is there already. What it is about was seen when it was written, not when it is delivered. */
export async function readGiven(path: string): Promise<Raw> {
  const found = await readReport(path)
  if (found === null) throw new UsageError(`${path} cannot be read`)
  const { bytes, writtenAt } = found
  return { name: basename(path), bytes, startedAt: writtenAt, endedAt: writtenAt, version: null }
}
