import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Edition } from '../edition.ts'
import {
  asOfVersion,
  compareVersions,
  type Library,
  type Links,
  librarySchema,
  linksSchema,
} from '../library.ts'
import { checkLibrary, checkLinks } from '../library-check.ts'
import { deepFreeze, fail, failIfAny, jsonFiles, readJson } from './data-file.ts'

export const libraryFolder = 'common-controls'

/** A link begins and ends with versions that can be told: another one would say nothing. */
function checkVersions(file: string, { links, together }: Links, told: readonly string[]): void {
  for (const [name, list] of Object.entries({ links, together }))
    list.forEach(({ since, until }, at) => {
      for (const one of [since, until])
        if (one !== undefined && (!told.includes(one) || one === told[0]))
          fail(`${file}: ${name}[${at}]`, `${one} is no version with one before it`)
      if (since !== undefined && until !== undefined && compareVersions(since, until) >= 0)
        fail(`${file}: ${name}[${at}]`, `ends before it begins`)
    })
}

/**
 * The common controls with their links to each edition. Throws FrameworkDataError at the first file with a fault.
 * Which editions have links, and how much they cover, is not a matter of starting: a test holds the shipped data to it.
 */
export function readLibrary(root: string, editions: ReadonlyMap<string, Edition>): Library {
  const file = `${libraryFolder}/library.json`
  const library = deepFreeze(readJson(root, file, librarySchema))
  if (library.id !== libraryFolder) fail(`${file}: id`, `is ${library.id}, the folder is ${libraryFolder}`)
  failIfAny(`${file}: `, checkLibrary(library))
  const { id, version, before, licence, domains, controls } = library
  const told = [...before, version]
  if (told.some((one, at) => at > 0 && compareVersions(told[at - 1] ?? '', one) >= 0))
    fail(`${file}: before`, 'the versions are not in their order before the one that is here')
  const byVersion = new Map(told.map((one) => [one, new Map<string, Links>()]))
  const folder = `${libraryFolder}/links`
  for (const one of existsSync(join(root, folder)) ? jsonFiles(root, folder) : []) {
    const edition = editions.get(one.key)
    if (edition === undefined) return fail(one.file, `is named for an edition that does not exist`)
    const read = readJson(root, one.file, linksSchema)
    checkVersions(one.file, read, told)
    for (const [each, links] of byVersion) {
      const then = asOfVersion(read, each)
      failIfAny(`${one.file} in ${each}: `, checkLinks(then, library, edition))
      links.set(one.key, deepFreeze(then))
    }
  }
  return Object.freeze({
    ...{ id, version, licence, domains },
    links: byVersion.get(version) ?? new Map(),
    past: new Map(before.map((one) => [one, byVersion.get(one) ?? new Map()])),
    controls: new Map(controls.map((one) => [one.id, one])),
  })
}
