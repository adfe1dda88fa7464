import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { applicationRole } from './connect.ts'

const directory = new URL('../../migrations/', import.meta.url)

// Any constant: two starts at once must not migrate at once.
const lock = 4_600_001

/**
 * Brings the database forward: each file of `migrations/` once, in order, in a transaction of its own, under a lock.
 * Refuses when a migration that ran has changed since, or when the database is newer than the program.
 */
export async function migrate(config: pg.ClientConfig): Promise<{ applied: string[] }> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (version < 150_000) throw new Error(`PostgreSQL 15 or later is needed; this server says ${version}`)
    await client.query('select pg_advisory_lock($1)', [lock])
    return { applied: await applyAll(client) }
  } finally {
    await client.end()
  }
}

async function applyAll(client: pg.Client): Promise<string[]> {
  await client.query(`create table if not exists migration (
    name text primary key, digest text not null, applied_at timestamptz not null default now())`)
  const done = new Map(
    (await client.query('select name, digest from migration')).rows.map((row) => [row.name, row.digest]),
  )
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const unknown = [...done.keys()].filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`the database is newer than this program: it has ${unknown.join(', ')}`)
  await ensureApplicationRole(client)
  const applied: string[] = []
  for (const name of names) {
    const text = await readFile(new URL(name, directory), 'utf8')
    const digest = createHash('sha256').update(text).digest('hex')
    if (done.get(name) === digest) continue
    if (done.has(name)) throw new Error(`migration ${name} has changed since it was applied`)
    await client.query('begin')
    try {
      await client.query(text)
      await client.query('insert into migration (name, digest) values ($1, $2)', [name, digest])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`)
    }
    applied.push(name)
  }
  return applied
}

async function ensureApplicationRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [applicationRole])
  if (!rowCount)
    await client.query(
      `create role ${applicationRole} nologin nosuperuser nobypassrls nocreatedb nocreaterole`,
    )
  await client.query(`grant ${applicationRole} to current_user`)
}
