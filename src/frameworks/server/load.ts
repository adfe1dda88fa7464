import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Catalogue } from '../catalogue.ts'
import { checkEdition, type Problem } from '../check.ts'
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

export type { Catalogue }

/** A file of the frameworks folder is wrong; the message names the file and the field of every fault. */
export class FrameworkDataError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
    this.name = 'FrameworkDataError'
    this.problems = problems
  }
}

const fail = (path: string, message: string): never => {
  throw new FrameworkDataError([{ path, message }])
}

const failIfAny = (prefix: string, problems: readonly Problem[]) => {
  if (problems.length === 0) return
  throw new FrameworkDataError(problems.map(({ path, message }) => ({ path: `${prefix}${path}`, message })))
}

/** Freezes to the leaves: the catalogue is shared by every request. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

function readJson<S extends z.ZodType>(root: string, file: string, schema: S): z.output<S> {
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

const jsonFiles = (root: string, folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, key: name.slice(0, -'.json'.length) }))

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
    if (!entry.isDirectory() || entry.name === 'mappings' || entry.name === 'schemes') continue
    editions.set(entry.name, deepFreeze(readEdition(root, entry.name)))
  }
  checkSuccession(editions)
  const mappings = deepFreeze(readMappings(root, editions))
  const schemes = readSchemes(root, editions)
  for (const scheme of schemes.values()) deepFreeze(scheme)
  return Object.freeze({ editions, schemes, mappings, search: buildSearchIndex(editions.values()) })
}
