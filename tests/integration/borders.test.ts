import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { makeProgramme, type Programme } from '../support/trust-world.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let line: Programme
let other: Programme
let owner: pg.Client

beforeAll(async () => {
  world = await makeWorld('borders')
  line = await makeProgramme(world)
  other = await makeProgramme(world, 'Other Corporation', 'other')
  // As the owner of the tables, whom row-level security does not bind: what is left is what the tables refuse.
  owner = new pg.Client({ ...(world.database.pool.options as object), options: '' })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

type Reference = { table: string; column: string; target: string }

describe('the database', () => {
  it('row 6: every reference to a record of another organisation is refused by the database', async () => {
    const { rows } = await owner.query<Reference>(`
      select c.conrelid::regclass::text as table, a.attname as column, c.confrelid::regclass::text as target
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and array_length(c.conkey, 1) = 2
        and a.attname <> 'organisation_id' and a.atttypid = 'uuid'::regtype
        and exists (select 1 from pg_attribute own where own.attrelid = c.conrelid and own.attname = 'id')`)
    const tried: string[] = []
    for (const { table, column, target } of rows) {
      const id = async (name: string, organisation: string) =>
        (await owner.query(`select id from ${name} where organisation_id = $1 limit 1`, [organisation]))
          .rows[0]?.id
      const [from, to] = [
        await id(table, line.home.organisationId),
        await id(target, other.home.organisationId),
      ]
      if (!from || !to) continue
      const refused = await owner
        .query(`update ${table} set ${column} = $1 where organisation_id = $2 and id = $3`, [
          to,
          line.home.organisationId,
          from,
        ])
        .then(
          () => 'accepted',
          (error: pg.DatabaseError) => error.code,
        )
      expect([table, column, refused]).toEqual([table, column, '23503'])
      tried.push(`${table}.${column}`)
    }
    expect(tried).toEqual(
      expect.arrayContaining(['entity.parent_id', 'service.entity_id', 'role_grant.person_id']),
    )
    expect(tried.length).toBeGreaterThan(5)
  })
})

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  )

const sources = filesBelow(fileURLToPath(new URL('../../src', import.meta.url)))
  .filter((path) => /\.ts$/.test(path) && !/\.(test|suite|gen)\.ts$/.test(path))
  .map((path) => ({ path: path.replace(/^.*\/src\//, 'src/'), text: readFileSync(path, 'utf8') }))
  .filter(({ path }) => !/\/web\//.test(path))

describe('the program', () => {
  it('rows 10, 28, 44: nothing on the server opens a connection to an address', () => {
    const out = /\bfetch\(|node:https?['"]|node:(net|tls|dns|dgram)|\bundici\b|new WebSocket|nodemailer/
    const users = sources
      .filter(({ text }) => !text.includes('const fetch =') && out.test(text))
      .map(({ path }) => path)
    // The command line is a client of a server that its user names; the database's own socket is local; mail goes to
    // the one server that whoever runs Assay names in its environment, never to an address that came in.
    const named = (path: string) => path.startsWith('src/cli/') || path === 'src/adapters/smtp.ts'
    expect(users.filter((path) => !named(path) && !path.startsWith('src/db/embedded'))).toEqual([])
  })

  it('row 36: nothing on the server starts a program but the database that belongs to it', () => {
    const users = sources.filter(({ text }) => /child_process/.test(text)).map(({ path }) => path)
    // A collector runs tools on its own machine, and is a client of the server.
    const collector = 'src/cli/collect-run.ts'
    expect(users.filter((path) => !path.startsWith('src/db/embedded') && path !== collector)).toEqual([])
    const importers = sources
      .filter(({ text }) => /collect-(run|raw)\.ts'/.test(text))
      .map(({ path }) => path)
    expect(importers.filter((path) => !path.startsWith('src/cli/collect'))).toEqual([])
    // A thread runs a file of ours whose name is written in the program.
    const threads = sources.flatMap(({ text }) => text.match(/new Worker\(.{0,40}/g) ?? [])
    expect(threads.filter((start) => !/^new Worker\(new URL\('\.\/[a-z-]+\.ts'/.test(start))).toEqual([])
    expect(
      sources.filter(({ text }) => /\beval\(|new Function\(|node:vm/.test(text)).map(({ path }) => path),
    ).toEqual([])
  })

  it('row 12: an address in the configuration is an origin and nothing more', () => {
    const urlOf = (ASSAY_URL: string) => readConfig({ ASSAY_URL }, '/').publicUrl
    for (const extra of [
      '/;script-src *',
      '/%0d%0aset-cookie:a=b',
      '?x=1;frame-ancestors *',
      '#;',
      "/'unsafe-inline'",
    ])
      expect(urlOf(`https://trust.example${extra}`)).toBe('https://trust.example')
    expect(urlOf('https://user:secret@trust.example:8443/x')).toBe('https://trust.example:8443')
    for (const wrong of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'trust.example; *',
      'https://a b',
      'data:text/html,x',
    ])
      expect(() => urlOf(wrong), wrong).toThrow('ASSAY_URL')
  })
})
