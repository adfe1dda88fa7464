import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Outcome of one vector; `problem` is empty when it passed. */
export type Outcome = { readonly vector: string; readonly problem: string }

/** Checks a vector: returns when it behaves as it should, throws an Error that says what is wrong. */
export type Check = () => void | Promise<void>

export type Vector = { readonly name: string; readonly check: Check }

/** Finds the vectors of one family below a folder; files are read only when a vector is checked. */
export type Family = { readonly folder: string; readonly vectors: (folder: string) => Vector[] }

export const readBytes = (file: string): Uint8Array => new Uint8Array(readFileSync(file))
export const readText = (file: string): string => readFileSync(file, 'utf8')

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

/** Throws unless `act` is refused with an error of the library; any other error is a defect and passes on. */
export async function refused(act: () => unknown, message: string): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Error && error.name === 'TlogError') return
    throw error
  }
  throw new Error(message)
}

/** A failing vector for everything in `folder` that has no runner: unread must not look like passed. */
export const unknownIn = (folder: string, known: readonly string[]): Vector[] =>
  readdirSync(folder)
    .filter((name) => !known.includes(name))
    .map((name) => ({ name: join(folder, name), check: () => assert(false, 'no runner for this') }))

/** Runs one vector; whatever goes wrong, a vector that cannot be read included, is a failure. */
export async function run(vector: Vector): Promise<Outcome> {
  try {
    await vector.check()
    return { vector: vector.name, problem: '' }
  } catch (error) {
    return { vector: vector.name, problem: error instanceof Error ? error.message : String(error) }
  }
}
