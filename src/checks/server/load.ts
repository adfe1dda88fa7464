import { readFileSync } from 'node:fs'
import { checkLibrarySchema, type LibraryCheck } from '../library.ts'

const file = new URL('../../../frameworks/common-controls/checks.json', import.meta.url)

/** The shipped checks by id, read once. A fault in the file ends the program at start. */
export const libraryChecks: ReadonlyMap<string, LibraryCheck> = new Map(
  checkLibrarySchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .checks.map((one) => [one.id, Object.freeze(one)]),
)
