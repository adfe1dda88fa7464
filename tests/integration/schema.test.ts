import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { schemaText, tablesSource } from '../../src/db/introspect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { testDatabase } from '../support/database.ts'

let client: pg.Client
let config: pg.ClientConfig

beforeAll(async () => {
  config = (await testDatabase()).config
  client = new pg.Client(config)
  await client.connect()
})
afterAll(() => client.end())

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

it('schema.sql and the row types equal the sum of the migrations', async () => {
  expect(await tablesSource(client)).toBe(file('src/db/tables.gen.ts'))
  const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
  // Other major versions print the same schema in other words.
  if (version >= 180_000) expect(await schemaText(client)).toBe(file('schema.sql'))
})

it('a second migration changes nothing', async () => {
  expect(await migrate(config)).toEqual({ applied: [] })
})

it('two migrations at once do not meet', async () => {
  const results = await Promise.all([migrate(config), migrate(config), migrate(config)])
  expect(results.flatMap((result) => result.applied)).toEqual([])
})

it('every table with rows of an organisation is guarded, and its foreign keys carry the organisation', async () => {
  const { rows: open } = await client.query(`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migration'
      and (not c.relrowsecurity or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`)
  expect(open).toEqual([])
  const { rows: loose } = await client.query(`
    select conrelid::regclass::text as table, conname from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace
      and not conkey @> array[(select attnum from pg_attribute where attrelid = conrelid and attname = 'organisation_id')]`)
  expect(loose).toEqual([])
})

it('the application role can neither bypass row-level security nor own or delete records', async () => {
  const { rows } = await client.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'assay_app'`,
  )
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
  const { rows: owned } = await client.query(
    `select relname from pg_class where relowner = 'assay_app'::regrole`,
  )
  expect(owned).toEqual([])
  const { rows: deletable } = await client.query(`
    select table_name from information_schema.role_table_grants
    where grantee = 'assay_app' and table_schema = 'public' and privilege_type in ('DELETE', 'TRUNCATE') order by 1`)
  // Only remembered answers, requests of collectors and files that wait are ever swept; no record and no entry can be deleted.
  expect(deletable.map((row) => row.table_name)).toEqual([
    'collector_nonce',
    'daily_run',
    'digest_mail',
    'evidence_upload',
    'idempotency',
  ])
})
