import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Entry, openPromise } from 'yauzl'
import { Problem } from '../../kernel/error.ts'
import { archiveName, manifestName } from './format.ts'

/** Where an archive is read from: a ZIP file or a directory, the same files either way. */
export type ArchiveSource = {
  names: ReadonlySet<string>
  open(name: string): Promise<AsyncIterable<Uint8Array>>
  close(): void
}

const unsafe = (name: string, reason: string) =>
  new Problem('invalid', 'archive.unsafe', { name: name.slice(0, 200), reason })

const known = (name: string) => name === manifestName || archiveName.test(name)

function refuseName(name: string, names: ReadonlyMap<string, unknown>): void {
  if (!known(name)) throw new Problem('invalid', 'archive.unexpected', { name: name.slice(0, 200) })
  if (names.has(name)) throw unsafe(name, 'it is there twice')
}

const isSymlink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000

const truncated = (error: unknown) =>
  error instanceof Problem
    ? error
    : new Problem('invalid', 'archive.truncated', {
        reason: error instanceof Error ? error.message : String(error),
      })

async function zipSource(path: string): Promise<ArchiveSource> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: true,
    validateEntrySizes: true,
  }).catch((error) => {
    throw truncated(error)
  })
  try {
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName
      // A directory of its own says nothing; programs that pack a folder add them.
      if (/^(?:log|objects)\/$/.test(name)) continue
      refuseName(name, entries)
      if (isSymlink(entry)) throw unsafe(name, 'a symbolic link')
      if (entry.isEncrypted()) throw unsafe(name, 'encrypted')
      entries.set(name, entry)
    }
    return {
      names: new Set(entries.keys()),
      async open(name) {
        const entry = entries.get(name)
        if (!entry) throw new Problem('invalid', 'archive.missing', { name })
        return zip.openReadStreamPromise(entry)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw truncated(error)
  }
}

async function directorySource(path: string): Promise<ArchiveSource> {
  const names = new Map<string, string>()
  const look = async (folder: string): Promise<void> => {
    for (const one of await readdir(join(path, folder))) {
      const name = folder === '' ? one : `${folder}/${one}`
      const found = await lstat(join(path, name))
      if (found.isDirectory() && ['log', 'objects'].includes(name)) await look(name)
      else {
        refuseName(name, names)
        if (!found.isFile()) throw unsafe(name, 'not a plain file')
        names.set(name, join(path, name))
      }
    }
  }
  await look('')
  return {
    names: new Set(names.keys()),
    async open(name) {
      const file = names.get(name)
      if (!file) throw new Problem('invalid', 'archive.missing', { name })
      return createReadStream(file)
    },
    close: () => undefined,
  }
}

/**
 * Opens an archive by looking at its names only. Throws `invalid` for a name that the format does not have (it could
 * lead out of the archive), for links, and for a ZIP file without its end.
 */
export async function openArchive(path: string): Promise<ArchiveSource> {
  const found = await lstat(path).catch(() => null)
  if (found?.isDirectory()) return directorySource(path)
  if (!found?.isFile())
    throw new Problem('not_found', 'archive.not_an_archive', { reason: `there is no file ${path}` })
  return zipSource(path)
}
