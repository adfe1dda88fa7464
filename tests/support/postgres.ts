import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { temporaryDirectory } from './directory.ts'

/** Where a test run's server is, and which migrated database each test file's own is copied from. */
export type TestServer = { host: string; port: number; user: string; password?: string; template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

/**
 * Starts one server for the whole run and migrates one template. With ASSAY_TEST_DATABASE_URL the run uses that server
 * instead (its user must be allowed to create databases and roles), which shows that an older PostgreSQL serves too.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await server(process.env.ASSAY_TEST_DATABASE_URL)
  const template = `assay_test_${process.pid}`
  const admin = new pg.Client(address)
  await admin.connect()
  await admin.query(`create database ${template}`)
  await migrate({ ...address, database: template })
  const { database: _, ...where } = address
  project.provide('testServer', { ...where, template })
  return async () => {
    const { rows } = await admin.query('select datname from pg_database where starts_with(datname, $1)', [
      template,
    ])
    for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`)
    await admin.end()
    await stop()
  }
}

type Address = { host: string; port: number; user: string; database: string; password?: string }

async function server(url: string | undefined): Promise<{ address: Address; stop: () => Promise<void> }> {
  if (url) {
    const { host, port, user = '', database = '', password } = new pg.Client({ connectionString: url })
    const address = { host, port, user, database, ...(password && { password }) }
    return { address, stop: async () => undefined }
  }
  const directory = temporaryDirectory('postgres')
  const embedded = await startEmbedded({ dataDir: directory.path, log: console.error, supervise: false })
  return {
    address: embedded.connectionConfig,
    async stop() {
      await embedded.stop()
      directory.remove()
    },
  }
}
