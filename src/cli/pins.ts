import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Pin } from '../log/verify.ts'
import { VerifyProblem } from './verify-problems.ts'

type Pins = Record<string, Pin>

/** Where a reader's newest checkpoint per log is kept, unless another place is given. */
export const pinsPath = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'assay', 'pins.json')

const isPin = (value: unknown): value is Pin =>
  typeof value === 'object' &&
  value !== null &&
  'vkey' in value &&
  'note' in value &&
  typeof value.vkey === 'string' &&
  typeof value.note === 'string'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads the pins; a damaged file is an error, because ignoring it would forget what was seen. */
export async function readPins(path: string): Promise<Pins> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || !Object.values(value).every(isPin))
    throw new VerifyProblem('pins_damaged', { path })
  return value as Pins
}

export async function writePin(path: string, origin: string, pin: Pin): Promise<void> {
  const pins = new Map(Object.entries(await readPins(path)))
  pins.set(origin, pin)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.${process.pid}.new`
  await writeFile(fresh, `${JSON.stringify(Object.fromEntries(pins), null, 2)}\n`, { mode: 0o600 })
  await rename(fresh, path)
}
