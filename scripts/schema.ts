// Writes src/db/tables.gen.ts and schema.sql from the migrations, on a PostgreSQL of its own that is thrown away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/db/embedded.ts'
import { schemaText, tablesSource } from '../src/db/introspect.ts'
import { migrate } from '../src/db/migrate.ts'

const root = new URL('../', import.meta.url)
const dataDir = mkdtempSync(join(tmpdir(), 'assay-schema-'))
const embedded = await startEmbedded({ dataDir, log: () => undefined })
try {
  await migrate(embedded.connectionConfig)
  const client = new pg.Client(embedded.connectionConfig)
  await client.connect()
  writeFileSync(new URL('src/db/tables.gen.ts', root), await tablesSource(client))
  writeFileSync(new URL('schema.sql', root), await schemaText(client))
  await client.end()
} finally {
  await embedded.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
