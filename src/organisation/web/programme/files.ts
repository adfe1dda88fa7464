import { call } from '../../../web/client.ts'
import { type NamedPaths, namedPaths } from '../../programme-paths.ts'
import type { Plan } from './shapes.ts'

/** A file beside the programme as it was when it was given. */
export type Given = { path: string; bytes: Blob; digest: string }

/** The limits of the server: a programme or its texts, and any other file. */
export const textLimit = 5 * 1024 * 1024
export const fileLimit = 50 * 1024 * 1024

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Reads a file once, so that what is sent later is what was compared. */
export async function given(file: File, path = file.webkitRelativePath || file.name): Promise<Given> {
  const bytes = await file.arrayBuffer()
  const digest = hex(await crypto.subtle.digest('SHA-256', bytes))
  return { path, digest, bytes: new Blob([bytes], { type: 'application/octet-stream' }) }
}

export const isYaml = (path: string) => /\.ya?ml$/i.test(path)

/** Loaded when the first file is looked at: the parser is larger than the rest of the page. */
async function parsed(text: string): Promise<unknown> {
  const { parse } = await import('yaml')
  try {
    return parse(text, { schema: 'core', maxAliasCount: 50, logLevel: 'silent' })
  } catch {
    // The server says what is wrong, with line and column.
    return null
  }
}

/** A programme says by its first field what it is; the file with its texts is a list. */
export async function isProgramme(text: string): Promise<boolean> {
  const value = await parsed(text)
  return typeof value !== 'object' || value === null || !Array.isArray(value)
}

export const pathsIn = async (text: string): Promise<NamedPaths> => namedPaths(await parsed(text))

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** The given file for a path: of that path, below another folder, or of that name where only one has it. */
export function fileFor(path: string, all: readonly Given[]): Given | undefined {
  const exact = all.findLast((one) => one.path === path || one.path.endsWith(`/${path}`))
  if (exact) return exact
  const named = all.filter((one) => baseName(one.path) === baseName(path))
  return new Set(named.map((one) => one.digest)).size === 1 ? named[0] : undefined
}

/** What the server is asked, and what it cannot be asked yet because files are not here. */
export type Request = {
  programme: string
  includes: Record<string, string>
  files: Record<string, string>
  absent: NamedPaths
  /** The files to send if the server lacks them, by digest. */
  bytes: Map<string, Given>
}

// As `GET /api/programme` names documents: their digest is all that is needed.
const ownPath = /^objects\/([0-9a-f]{64})$/

export async function requestOf(programme: string, all: readonly Given[]): Promise<Request> {
  const named = await pathsIn(programme)
  const files = new Set(named.files)
  const request: Request = {
    ...{ programme, includes: {}, files: {}, bytes: new Map() },
    absent: { includes: [], files: [] },
  }
  for (const path of new Set(named.includes)) {
    const text = await fileFor(path, all)?.bytes.text()
    if (text === undefined) {
      request.absent.includes.push(path)
      continue
    }
    request.includes[path] = text
    for (const file of (await pathsIn(text)).files) files.add(file)
  }
  for (const path of files) {
    const file = fileFor(path, all)
    const digest = file?.digest ?? ownPath.exec(path)?.[1]
    if (digest === undefined) request.absent.files.push(path)
    else request.files[path] = digest
    if (file) request.bytes.set(file.digest, file)
  }
  return request
}

export const ask = (what: 'plan' | 'apply', { programme, includes, files }: Request): Promise<Plan> =>
  call('POST', `/api/programme/${what}`, { body: { programme, includes, files } })

export const send = ({ bytes }: Given): Promise<unknown> =>
  call('POST', '/api/programme/files', { body: bytes })
