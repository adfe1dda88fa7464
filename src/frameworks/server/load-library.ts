import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Edition } from '../edition.ts'
import { type Library, type Links, librarySchema, linksSchema } from '../library.ts'
import { checkLibrary, checkLinks } from '../library-check.ts'
import { deepFreeze, fail, failIfAny, jsonFiles, readJson } from './data-file.ts'

export const libraryFolder = 'common-controls'

/**
 * The common controls with their links to each edition. Throws FrameworkDataError at the first file with a fault.
 * Which editions have links, and how much they cover, is not a matter of starting: a test holds the shipped data to it.
 */
export function readLibrary(root: string, editions: ReadonlyMap<string, Edition>): Library {
  const file = `${libraryFolder}/library.json`
  const library = deepFreeze(readJson(root, file, librarySchema))
  if (library.id !== libraryFolder) fail(`${file}: id`, `is ${library.id}, the folder is ${libraryFolder}`)
  failIfAny(`${file}: `, checkLibrary(library))
  const links = new Map<string, Links>()
  const folder = `${libraryFolder}/links`
  for (const one of existsSync(join(root, folder)) ? jsonFiles(root, folder) : []) {
    const edition = editions.get(one.key)
    if (edition === undefined) return fail(one.file, `is named for an edition that does not exist`)
    const read = readJson(root, one.file, linksSchema)
    failIfAny(`${one.file}: `, checkLinks(read, library, edition))
    links.set(one.key, deepFreeze(read))
  }
  const { id, version, licence, domains, controls } = library
  return Object.freeze({
    ...{ id, version, licence, domains, links },
    controls: new Map(controls.map((one) => [one.id, one])),
  })
}
