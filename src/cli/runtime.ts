import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diskObjects } from '../adapters/disk.ts'
import { loadCatalogue } from '../frameworks/server/load.ts'
import { createSealer, type Sealer } from '../log/server/seal.ts'
import { permissionMatrix } from '../server/nouns.ts'
import type { Runtime } from '../server/runtime.ts'
import type { Shell } from './command.ts'
import type { Place } from './place.ts'

const frameworks = fileURLToPath(new URL('../../frameworks/', import.meta.url))

/** What a command line at the data directory runs commands with: what the server has, without its requests. */
export function runtimeOf(
  { database, directory }: Pick<Place, 'database' | 'directory'>,
  { fail }: Pick<Shell, 'fail'>,
): { runtime: Runtime; sealer: Sealer } {
  const clock = { now: () => new Date() }
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const log = (line: Record<string, unknown>) => fail(JSON.stringify(line))
  const sealer = createSealer({ database, clock, random, directory, log })
  const runtime: Runtime = {
    database,
    objects: diskObjects(join(directory, 'objects')),
    clock,
    random,
    matrix: permissionMatrix(),
    catalogue: loadCatalogue(frameworks),
    postures: new Map(),
    assetGraphs: new Map(),
    beacon: sealer.beacon,
    appended: sealer.appended,
  }
  return { runtime, sealer }
}
