import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { type NamedPaths, namedPaths } from '../../organisation/programme-paths.ts'

/** A programme file with what it names beside it: as the command line and the demo send it. */
export type ProgrammeFolder = {
  programme: string
  includes: Record<string, string>
  files: Record<string, string>
  /** The bytes of each file, by digest. */
  bytes: Map<string, Uint8Array>
}

/** A file that is no YAML names nothing: the reader says what is wrong, with line and column. */
function pathsIn(text: string): NamedPaths {
  try {
    return namedPaths(parse(text, { schema: 'core', maxAliasCount: 50, logLevel: 'silent' }))
  } catch {
    return { includes: [], files: [] }
  }
}

/** Reads a programme file and everything that it names. Throws what the file system throws, naming the path. */
export async function readProgrammeFolder(path: string): Promise<ProgrammeFolder> {
  const programme = await readFile(path, 'utf8')
  const folder = dirname(path)
  const named = pathsIn(programme)
  const includes: Record<string, string> = {}
  const files: Record<string, string> = {}
  const bytes = new Map<string, Uint8Array>()
  for (const name of named.includes) {
    const text = await readFile(join(folder, name), 'utf8')
    includes[name] = text
    named.files.push(...pathsIn(text).files)
  }
  for (const name of new Set(named.files)) {
    const content = await readFile(join(folder, name))
    const digest = createHash('sha256').update(content).digest('hex')
    files[name] = digest
    bytes.set(digest, content)
  }
  return { programme, includes, files, bytes }
}
