import { constants } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type Bundle,
  decodeBundle,
  encodeBundle,
  equalBytes,
  HASH_BYTES,
  TILE_WIDTH,
  type Tile,
  tilePath,
} from '#tlog'
import type { Id } from '../../kernel/id.ts'

const errorCode = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** A published file differs from what it must be: somebody changed it, or two logs share one directory. */
export class PublishedDiffers extends Error {
  readonly path: string
  constructor(path: string) {
    super(`${path} is published already with other content`)
    this.name = 'PublishedDiffers'
    this.path = path
  }
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory; there the file system orders the rename itself.
  if (process.platform === 'win32') return
  const directory = await open(path, constants.O_RDONLY)
  await directory.sync().finally(() => directory.close())
}

async function writeBeside(path: string, content: Uint8Array | string, mode: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.${process.pid}.${process.hrtime.bigint()}.new`
  const file = await open(fresh, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  return fresh
}

/** Replaces a file whole and durably: a crash leaves the old content or the new, never a part. */
export async function replaceFile(path: string, content: string, mode = 0o644): Promise<void> {
  await rename(await writeBeside(path, content, mode), path)
  await syncDirectory(dirname(path))
}

/** Makes a file whole and durably unless there is one; false when there was. */
export async function createFile(path: string, content: Uint8Array | string, mode = 0o644): Promise<boolean> {
  const fresh = await writeBeside(path, content, mode)
  try {
    await link(fresh, path)
    await syncDirectory(dirname(path))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(fresh, { force: true })
  }
}

/** The content of a file, or null when there is none. */
export const readIfPresent = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })

/** The published files of one log (C2SP tlog-tiles): hash tiles, entry bundles, checkpoint. */
export type TileStore = {
  /** The newest published checkpoint note, or null. */
  checkpoint(): Promise<string | null>
  publishCheckpoint(note: string): Promise<void>
  /** Content at exactly this width, cut from a wider file where only that is left; null when absent. */
  read(tile: Tile | Bundle): Promise<Uint8Array | null>
  /** Write-once: content that is there already must be equal, else {@link PublishedDiffers}. */
  write(tile: Tile | Bundle, content: Uint8Array): Promise<void>
  /** Removes the partial files that a wider one replaces; `read` still answers for their widths. */
  tidy(tile: Tile | Bundle): Promise<void>
  path(tile: Tile | Bundle): string
}

/** A narrower tile is the beginning of a wider one. */
function narrow(content: Uint8Array, tile: Tile | Bundle, width: number): Uint8Array {
  if (width === tile.width) return content
  if (tile.level === 'entries') return encodeBundle(decodeBundle(content, width).slice(0, tile.width))
  if (content.length !== width * HASH_BYTES) return content
  return content.subarray(0, tile.width * HASH_BYTES)
}

/** The directory of one organisation's published log below the data directory. */
export const logDirectory = (directory: string, organisationId: Id): string =>
  join(directory, 'log', organisationId)

export function tileStore(directory: string, organisationId: Id): TileStore {
  const base = logDirectory(directory, organisationId)
  const path = (tile: Tile | Bundle) => join(base, ...tilePath(tile).split('/'))
  const partials = (tile: Tile | Bundle) => dirname(path({ ...tile, width: 1 }))

  const widths = async (tile: Tile | Bundle) => {
    const full = await stat(path({ ...tile, width: TILE_WIDTH })).catch(() => null)
    const names = await readdir(partials(tile)).catch(() => [])
    const found = names.filter((name) => /^[1-9]\d{0,2}$/.test(name)).map(Number)
    return [...found, ...(full ? [TILE_WIDTH] : [])].sort((a, b) => a - b)
  }

  const read = async (tile: Tile | Bundle) => {
    const exact = await readIfPresent(path(tile))
    if (exact) return exact
    const width = (await widths(tile)).find((one) => one > tile.width)
    const wider = width && (await readIfPresent(path({ ...tile, width })))
    return wider ? narrow(wider, tile, width) : null
  }

  return {
    path,
    read,
    checkpoint: async () => (await readIfPresent(join(base, 'checkpoint')))?.toString('utf8') ?? null,
    publishCheckpoint: (note) => replaceFile(join(base, 'checkpoint'), note),
    async write(tile, content) {
      const present = await read(tile)
      if (!present && (await createFile(path(tile), content))) return
      const other = present ?? (await read(tile))
      if (!other || !equalBytes(other, content)) throw new PublishedDiffers(path(tile))
    },
    async tidy(tile) {
      if (tile.width === TILE_WIDTH) return rm(partials(tile), { recursive: true, force: true })
      for (const width of await widths(tile)) {
        if (width < tile.width) await rm(path({ ...tile, width }), { force: true })
      }
    },
  }
}
