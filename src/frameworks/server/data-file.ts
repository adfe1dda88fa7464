import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Problem } from '../check.ts'

/** A file of the frameworks folder is wrong; the message names the file and the field of every fault. */
export class FrameworkDataError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
    this.name = 'FrameworkDataError'
    this.problems = problems
  }
}

export const fail = (path: string, message: string): never => {
  throw new FrameworkDataError([{ path, message }])
}

export const failIfAny = (prefix: string, problems: readonly Problem[]) => {
  if (problems.length === 0) return
  throw new FrameworkDataError(problems.map(({ path, message }) => ({ path: `${prefix}${path}`, message })))
}

/** Freezes to the leaves: the catalogue is shared by every request. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

export function readJson<S extends z.ZodType>(root: string, file: string, schema: S): z.output<S> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    return fail(file, error instanceof Error ? error.message : 'cannot be read')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new FrameworkDataError(
    parsed.error.issues.map((issue) => ({
      path: `${file}: ${issue.path.join('.')}`,
      message: issue.message,
    })),
  )
}

/** The JSON files of a folder in the order of their names, with the name that each has before its ending. */
export const jsonFiles = (root: string, folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, key: name.slice(0, -'.json'.length) }))
