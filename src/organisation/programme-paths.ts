const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths of files that a programme names: texts that it includes, and documents. */
export type NamedPaths = { includes: string[]; files: string[] }

/** Takes them from a programme as data; a path that leads out of its folder is left to the reader to refuse. */
export function namedPaths(value: unknown): NamedPaths {
  const root = isRecord(value) ? value : {}
  const certificates = Array.isArray(root.certificates) ? root.certificates : []
  const documents = certificates.flatMap((one) =>
    isRecord(one) && Array.isArray(one.documents) ? one.documents : [],
  )
  const inside = (path: unknown): path is string =>
    typeof path === 'string' && path !== '' && !path.split(/[/\\]/).includes('..') && !/^[/\\]|:/.test(path)
  return {
    includes: [root.texts].filter(inside),
    files: documents.map((one) => (isRecord(one) ? one.file : undefined)).filter(inside),
  }
}
