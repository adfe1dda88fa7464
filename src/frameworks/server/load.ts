import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../catalogue.ts'
import { checkEdition } from '../check.ts'
import {
  type Edition,
  frameworkSchema,
  localeSchema,
  requirementsSchema,
  testingProceduresSchema,
} from '../edition.ts'
import { checkMapping, type Mapping, mappingSchema } from '../mapping.ts'
import { periodicActivitiesSchema } from '../periodic.ts'
import { checkScheme, type Scheme, schemeSchema } from '../scheme.ts'
import { buildSearchIndex } from '../search.ts'
import { deepFreeze, fail, failIfAny, jsonFiles, readJson } from './data-file.ts'
import { libraryFolder, readLibrary } from './load-library.ts'

export type { Catalogue }

/** Folders that are no edition. */
const otherFolders = new Set(['mappings', 'schemes', libraryFolder])

function readEdition(root: string, key: string): Edition {
  const files = new Set(readdirSync(join(root, key)))
  const edition: Edition = {
    key,
    framework: readJson(root, `${key}/framework.json`, frameworkSchema),
    requirements: readJson(root, `${key}/requirements.json`, requirementsSchema),
    locales: {
      en: readJson(root, `${key}/locales/en.json`, localeSchema),
      ja: readJson(root, `${key}/locales/ja.json`, localeSchema),
    },
    testingProcedures: files.has('testing-procedures.json')
      ? readJson(root, `${key}/testing-procedures.json`, testingProceduresSchema)
      : [],
    periodic: files.has('periodic-activities.json')
      ? readJson(root, `${key}/periodic-activities.json`, periodicActivitiesSchema)
      : null,
  }
  failIfAny(`${key}/`, checkEdition(edition))
  return edition
}

function readMappings(root: string, editions: ReadonlyMap<string, Edition>): Mapping[] {
  return jsonFiles(root, 'mappings').map(({ file, key }) => {
    const mapping = readJson(root, file, mappingSchema)
    if (key !== `${mapping.from}--${mapping.to}`) fail(file, 'the name is not <from>--<to>')
    const [from, to] = [editions.get(mapping.from), editions.get(mapping.to)]
    if (from === undefined || to === undefined) return fail(file, 'maps an edition that does not exist')
    failIfAny(`${file}: `, checkMapping(mapping, from, to))
    return mapping
  })
}

function readSchemes(root: string, editions: ReadonlyMap<string, Edition>): Map<string, Scheme> {
  const schemes = new Map<string, Scheme>()
  for (const { file, key } of jsonFiles(root, 'schemes')) {
    const scheme = readJson(root, file, schemeSchema)
    if (scheme.key !== key) fail(`${file}: key`, `is ${scheme.key}`)
    failIfAny(`${file}: `, checkScheme(scheme))
    for (const cited of scheme.editions) {
      if (!editions.has(cited)) fail(`${file}: editions`, `${cited} does not exist`)
    }
    schemes.set(key, scheme)
  }
  for (const { key, parent } of schemes.values()) {
    if (parent !== null && !schemes.has(parent))
      fail(`schemes/${key}.json: parent`, `${parent} does not exist`)
  }
  return schemes
}

/** The predecessor and successor links of all editions must agree with each other. */
function checkSuccession(editions: ReadonlyMap<string, Edition>): void {
  for (const { key, framework } of editions.values()) {
    const { supersedes, supersededBy, transition } = framework.lifecycle
    const file = `${key}/framework.json: lifecycle`
    if (supersededBy !== null && editions.get(supersededBy)?.framework.lifecycle.supersedes !== key) {
      fail(file, `${supersededBy} does not say that it supersedes ${key}`)
    }
    if (supersedes !== null && editions.get(supersedes)?.framework.lifecycle.supersededBy !== key) {
      fail(file, `${supersedes} does not say that it is superseded by ${key}`)
    }
    if (transition !== null && transition.to !== supersededBy) fail(file, 'transition leads elsewhere')
  }
}

/**
 * Reads and validates the whole folder `root`. Throws FrameworkDataError naming the file and field of each fault:
 * the program must not start on data it cannot explain.
 */
export function loadCatalogue(root: string): Catalogue {
  const editions = new Map<string, Edition>()
  for (const entry of readdirSync(root, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || otherFolders.has(entry.name)) continue
    editions.set(entry.name, deepFreeze(readEdition(root, entry.name)))
  }
  checkSuccession(editions)
  const mappings = deepFreeze(readMappings(root, editions))
  const schemes = readSchemes(root, editions)
  for (const scheme of schemes.values()) deepFreeze(scheme)
  const library = readLibrary(root, editions)
  return Object.freeze({
    ...{ editions, schemes, mappings, library },
    search: buildSearchIndex(editions.values()),
  })
}
