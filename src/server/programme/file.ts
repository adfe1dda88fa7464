import type { z } from 'zod'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { fieldsOf } from '../../kernel/issues.ts'
import { includable, type Programme, programmeSchema } from './schema.ts'
import { contextName } from './schema-context.ts'
import { codeOf } from './schema-controls.ts'
import { type Place, readYaml, type YamlFile } from './yaml.ts'

/** A programme as data, and where each part of it stands in its file. */
export type ProgrammeFile = {
  programme: Programme
  placeOf(path: readonly PropertyKey[]): Place & { file?: string }
}

const mostProblems = 100

type Read = { value: unknown; placeOf: ProgrammeFile['placeOf'] }

function parse<S extends z.ZodType>(schema: S, { value, placeOf }: Read): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const fields = result.error.issues.flatMap((issue) =>
    fieldsOf(issue).map(({ pointer, code, params }) =>
      fieldProblem(pointer, code, { ...params, ...placeOf(pathOf(pointer)) }),
    ),
  )
  throw new Problem('invalid', 'input.invalid', { count: fields.length }, fields.slice(0, mostProblems))
}

/** RFC 6901 section 4. */
const pathOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))

const twins = (keys: readonly string[]) =>
  keys.flatMap((key, index) => (keys.indexOf(key) < index ? [{ key, index }] : []))

/** Two parts with one key would be one record changed twice. */
function refuseTwins(programme: Programme, placeOf: ProgrammeFile['placeOf']): void {
  const lists = {
    entities: programme.entities.map((one) => one.key),
    services: programme.services.map((one) => one.key),
    people: programme.people.map((one) => one.key),
    certificates: programme.certificates.map((one) => one.key),
    assets: programme.assets.map((one) => one.key),
    programmes: programme.programmes.map((one) => one.key),
    context: programme.context.map(contextName),
    objectives: programme.objectives.map((one) => one.key),
    controls: programme.controls.map(codeOf),
    checks: programme.checks.map((one) => one.key),
    riskMethods: programme.riskMethods.map((one) => String(one.number)),
    risks: programme.risks.map((one) => one.code),
  }
  const fields = Object.entries(lists).flatMap(([list, keys]) =>
    twins(keys).map(({ key, index }) =>
      fieldProblem(`/${list}/${index}/key`, 'programme.key_twice', { key, ...placeOf([list, index, 'key']) }),
    ),
  )
  const terms = programme.certificates.flatMap(({ terms }, at) =>
    twins(terms.map((one) => one.key)).map(({ key, index }) => {
      const path = ['certificates', at, 'terms', index, 'key']
      return fieldProblem(`/${path.join('/')}`, 'programme.key_twice', { key, ...placeOf(path) })
    }),
  )
  const all = [...fields, ...terms].slice(0, mostProblems)
  if (all.length > 0) throw new Problem('invalid', 'input.invalid', { count: all.length }, all)
}

/** A section that stands in files of its own: where each of its parts stands. */
type Included = { file: string; length: number; placeOf: YamlFile['placeOf'] }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const pathsOf = (value: unknown): string[] | null => {
  if (typeof value === 'string') return [value]
  const isPaths = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
  return isPaths ? (value as string[]) : null
}

/** Reads the files of one section, which are lists, one behind the other. */
function readSection(
  section: string,
  paths: readonly string[],
  includes: Readonly<Record<string, string>>,
  main: YamlFile,
): { parts: unknown[]; included: Included[] } {
  const parts: unknown[] = []
  const included: Included[] = []
  for (const path of paths) {
    const text = Object.hasOwn(includes, path) ? includes[path] : undefined
    if (text === undefined) {
      throw new Problem('invalid', 'input.invalid', { count: 1 }, [
        fieldProblem(`/${section}`, 'programme.file_missing', { path, ...main.placeOf([section]) }),
      ])
    }
    const { value, placeOf } = readYaml(text)
    if (!Array.isArray(value)) {
      throw new Problem('invalid', 'input.invalid', { count: 1 }, [
        fieldProblem(`/${section}`, 'expected_list', { line: 1, column: 1, file: path }),
      ])
    }
    parts.push(...value)
    included.push({ file: path, length: value.length, placeOf })
  }
  return { parts, included }
}

/** The programme with the files that it includes in their places, and where everything stands. */
function assembled(main: YamlFile, includes: Readonly<Record<string, string>>) {
  if (!isRecord(main.value)) return main
  const value = { ...main.value }
  const sections = new Map<string, Included[]>()
  for (const section of includable) {
    const paths = pathsOf(value[section])
    if (!paths) continue
    const { parts, included } = readSection(section, paths, includes, main)
    value[section] = parts
    sections.set(section, included)
  }
  const placeOf: ProgrammeFile['placeOf'] = (path) => {
    const [section, index, ...inner] = path
    let at = Number(index)
    for (const { file, length, placeOf: inFile } of sections.get(String(section)) ?? []) {
      if (at < length) return { ...inFile([at, ...inner]), file }
      at -= length
    }
    return main.placeOf(path)
  }
  return { value, placeOf }
}

/**
 * Reads a programme from YAML. `includes` holds the texts of the files that it names. Throws `invalid` with every
 * fault, each with its line and column.
 */
export function readProgramme(text: string, includes: Readonly<Record<string, string>> = {}): ProgrammeFile {
  const whole = assembled(readYaml(text), includes)
  const programme = parse(programmeSchema, whole)
  refuseTwins(programme, whole.placeOf)
  return { programme, placeOf: whole.placeOf }
}
