import type { z } from 'zod'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { fieldsOf } from '../../kernel/issues.ts'
import { type Programme, programmeSchema, textsSchema } from './schema.ts'
import { type Place, readYaml, type YamlFile } from './yaml.ts'

/** A programme as data, and where each part of it stands in its file. */
export type ProgrammeFile = {
  programme: Programme
  placeOf(path: readonly PropertyKey[]): Place & { file?: string }
}

const mostProblems = 100

function parse<S extends z.ZodType>(
  schema: S,
  { value, placeOf }: YamlFile,
  file: string | null,
): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const fields = result.error.issues.flatMap((issue) =>
    fieldsOf(issue).map(({ pointer, code, params }) =>
      fieldProblem(pointer, code, { ...params, ...placeOf(pathOf(pointer)), ...(file ? { file } : {}) }),
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

const twins = (keys: readonly string[]) =>
  keys.flatMap((key, index) => (keys.indexOf(key) < index ? [{ key, index }] : []))

/** Two parts with one key would be one record changed twice. */
function refuseTwins(programme: Programme, placeOf: ProgrammeFile['placeOf']): void {
  const lists = {
    entities: programme.entities.map((one) => one.key),
    services: programme.services.map((one) => one.key),
    people: programme.people.map((one) => one.key),
    certificates: programme.certificates.map((one) => one.key),
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

/**
 * Reads a programme from YAML. `includes` holds the texts of the files that it names. Throws `invalid` with every
 * fault, each with its line and column.
 */
export function readProgramme(text: string, includes: Readonly<Record<string, string>> = {}): ProgrammeFile {
  const main = readYaml(text)
  const { texts, ...rest } = parse(programmeSchema, main, null)
  if (typeof texts !== 'string') {
    const programme = { ...rest, texts }
    refuseTwins(programme, main.placeOf)
    return { programme, placeOf: main.placeOf }
  }
  const included = Object.hasOwn(includes, texts) ? includes[texts] : undefined
  if (included === undefined) {
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/texts', 'programme.file_missing', { path: texts, ...main.placeOf(['texts']) }),
    ])
  }
  const other = readYaml(included)
  const programme = { ...rest, texts: parse(textsSchema, other, texts) }
  refuseTwins(programme, main.placeOf)
  return {
    programme,
    placeOf: (path) =>
      path[0] === 'texts' ? { ...other.placeOf(path.slice(1)), file: texts } : main.placeOf(path),
  }
}
