import { readConfig } from '../config.ts'
import { applicationRole, connect, type Database } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import type { Shell } from './command.ts'

export type Place = { database: Database; directory: string; close(): Promise<void> }

/** The database of this installation: the one named, or the embedded one, which must not be running. */
export async function openPlace({ env, fail }: Shell): Promise<Place> {
  const { dataDir, databaseUrl } = readConfig(env, process.cwd())
  if (databaseUrl) {
    const database = connect({ connectionString: databaseUrl }, { role: applicationRole, max: 4 })
    return { database, directory: dataDir, close: () => database.close() }
  }
  const embedded = await startEmbedded({ dataDir, log: fail, supervise: false })
  const database = connect(embedded.connectionConfig, { role: applicationRole, max: 4 })
  return {
    database,
    directory: dataDir,
    async close() {
      await database.close()
      await embedded.stop()
    },
  }
}
