import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { reading } from '../../src/db/transaction.ts'
import type { Id } from '../../src/kernel/id.ts'
import { type FsckReport, fsck } from '../../src/log/server/fsck.ts'
import { createSealer, type Sealer } from '../../src/log/server/seal.ts'
import { checkArchive } from '../../src/server/archive/check.ts'
import { type Imported, type ImportParts, importArchive } from '../../src/server/archive/import.ts'
import { openArchive } from '../../src/server/archive/source.ts'
import { registerExportRoutes } from '../../src/server/export-http.ts'
import { createHttp } from '../../src/server/http.ts'
import { recordTypes } from '../../src/server/nouns.ts'
import { referencedObjects } from '../../src/server/referenced-objects.ts'
import type { Caller, Runtime } from '../../src/server/runtime.ts'
import { temporaryDirectory } from './directory.ts'
import { makeWorld, type World } from './world.ts'

/** An installation: a database, an object store and a data directory of its own. */
export type Installation = World & {
  runtime: Runtime
  objects: World['runtime']['objects']
  sealer: Sealer
  directory: string
}

export async function makeInstallation(seed: string): Promise<Installation> {
  const world = await makeWorld(seed)
  const { path: directory, remove } = temporaryDirectory(seed)
  const { database, clock } = world
  const { random } = world.runtime
  const sealer = createSealer({ database, clock, random, directory, log: () => undefined })
  const runtime = { ...world.runtime, appended: sealer.appended, beacon: sealer.beacon }
  return {
    ...world,
    runtime,
    objects: world.runtime.objects,
    sealer,
    directory,
    async close() {
      await world.close()
      remove()
    },
  }
}

/** What `GET /api/export` answers to a caller. */
export async function getExport(from: Installation, caller: Caller, headers: Record<string, string> = {}) {
  const { runtime, sealer, directory } = from
  const authenticate = async () => caller
  const app = createHttp({ runtime, routes: [], authenticate, log: () => undefined })
  registerExportRoutes(app, runtime, authenticate, { directory, signer: sealer.signer })
  const response = await app.inject({ url: '/api/export', headers })
  await app.close()
  return response
}

/** Exports into a ZIP file in the data directory and gives its path. */
export async function exportTo(from: Installation, caller: Caller, name = 'archive.zip'): Promise<string> {
  const response = await getExport(from, caller)
  if (response.statusCode !== 200) throw new Error(response.body)
  const path = join(from.directory, name)
  await writeFile(path, response.rawPayload)
  return path
}

export async function importFrom(
  into: Installation,
  path: string,
  after?: ImportParts['after'],
): Promise<Imported> {
  const source = await openArchive(path)
  try {
    const parts = { runtime: into.runtime, directory: into.directory, ...(after && { after }) }
    return await importArchive(parts, source, await checkArchive(source))
  } finally {
    source.close()
  }
}

export const examine = (
  { database, directory, runtime }: Installation,
  organisationId: Id,
): Promise<FsckReport> =>
  fsck({
    database,
    directory,
    organisationId,
    recordTypes,
    objects: { store: runtime.objects, referenced: referencedObjects },
  })

type Row = Record<string, unknown>

/** Every row of every noun's table, by table. */
export const tablesOf = ({ database }: Installation, organisationId: Id): Promise<Record<string, Row[]>> =>
  reading(database, organisationId, async (tx) => {
    const tables: Record<string, Row[]> = {}
    for (const { table } of recordTypes) {
      const { rows } = await sql<{
        row: Row
      }>`select to_jsonb(t) as row from ${sql.table(table)} t order by id`.execute(tx)
      tables[table] = rows.map(({ row }) => row)
    }
    return tables
  })

/** The log as stored: entries below `size` and every checkpoint up to it. */
export const logOf = ({ database }: Installation, organisationId: Id, size: number) =>
  reading(database, organisationId, async (tx) => ({
    entries: await tx.selectFrom('logEntry').selectAll().where('idx', '<', size).orderBy('idx').execute(),
    checkpoints: await tx
      .selectFrom('logCheckpoint')
      .selectAll()
      .where('size', '<=', size)
      .orderBy('size')
      .execute(),
  }))
