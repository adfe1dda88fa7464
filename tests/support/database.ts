import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export type TestDatabase = {
  config: { host: string; port: number; user: string; database: string; password?: string }
}

/** A migrated, empty database of this caller's own. It goes away with the run. */
export async function testDatabase(): Promise<TestDatabase> {
  const { template, ...address } = inject('testServer')
  const database = `${template}_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ ...address, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`create database ${database} template ${template}`)
  } finally {
    await admin.end()
  }
  return { config: { ...address, database } }
}
