import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/** A programme file with what it names beside it: as the command line and the demo send it. */
export type ProgrammeFolder = {
  programme: string
  includes: Record<string, string>
  files: Record<string, string>
  /** The bytes of each file, by digest. */
  bytes: Map<string, Uint8Array>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths that a programme names; a path that leads out of its folder is left to the reader to refuse. */
function namedPaths(text: string): { includes: string[]; files: string[] } {
  let value: unknown
  try {
    value = parse(text, { schema: 'core', maxAliasCount: 50, logLevel: 'silent' })
  } catch {
    // The reader says what is wrong, with line and column.
    return { includes: [], files: [] }
  }
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

/** Reads a programme file and everything that it names. Throws what the file system throws, naming the path. */
export async function readProgrammeFolder(path: string): Promise<ProgrammeFolder> {
  const programme = await readFile(path, 'utf8')
  const folder = dirname(path)
  const named = namedPaths(programme)
  const includes: Record<string, string> = {}
  const files: Record<string, string> = {}
  const bytes = new Map<string, Uint8Array>()
  for (const name of named.includes) includes[name] = await readFile(join(folder, name), 'utf8')
  for (const name of named.files) {
    const content = await readFile(join(folder, name))
    const digest = createHash('sha256').update(content).digest('hex')
    files[name] = digest
    bytes.set(digest, content)
  }
  return { programme, includes, files, bytes }
}
