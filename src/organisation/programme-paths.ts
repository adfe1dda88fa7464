const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths of files that a programme names: sections that it includes, and documents and evidence. */
export type NamedPaths = { includes: string[]; files: string[] }

const sections = [
  'texts',
  'assets',
  'programmes',
  'context',
  'objectives',
  'controls',
  'checks',
  'riskMethods',
  'risks',
  'evidence',
  'statements',
  'documents',
]

/** A path that leads out of its folder is left to the reader to refuse. */
const inside = (path: unknown): path is string =>
  typeof path === 'string' && path !== '' && !path.split(/[/\\]/).includes('..') && !/^[/\\]|:/.test(path)

/** Every value of a field `file`, however deep it stands. */
function filesIn(value: unknown, depth = 0): unknown[] {
  if (depth > 20) return []
  if (Array.isArray(value)) return value.flatMap((one) => filesIn(one, depth + 1))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'file' && typeof inner === 'string' ? [inner] : filesIn(inner, depth + 1),
  )
}

/** Takes them from a programme as data, or from a file that it includes. */
export function namedPaths(value: unknown): NamedPaths {
  const root = isRecord(value) ? value : {}
  const included = sections.flatMap((section) => {
    const named = root[section]
    const paths = Array.isArray(named) ? named : [named]
    return paths.every((path) => typeof path === 'string') ? paths : []
  })
  return { includes: included.filter(inside), files: [...new Set(filesIn(value).filter(inside))] }
}
