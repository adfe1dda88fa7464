import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, makeInstallation } from '../../tests/support/archive.ts'
import { testDatabase } from '../../tests/support/database.ts'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { addPerson } from '../people/server/commands.ts'
import { giveGrant } from '../people/server/grant-commands.ts'
import { execute } from '../server/execute.ts'
import { registerExportRoutes } from '../server/export-http.ts'
import { createHttp } from '../server/http.ts'
import type { Caller } from '../server/runtime.ts'
import { main } from './main.ts'

let old: Installation
let home: Home
let app: FastifyInstance
let server: string
let directory: ReturnType<typeof temporaryDirectory>

beforeAll(async () => {
  old = await makeInstallation('cli-archive')
  home = await foundHome(old)
  directory = temporaryDirectory('cli-archive')
  const one = { entityId: null, jobTitle: null, state: 'active' as const }
  for (const [name, role] of [
    ['olivia', 'owner'],
    ['=riku', 'reader'],
  ] as const) {
    const email = `${name.replace('=', '')}@example.com`
    const person = { ...one, name: { en: name }, email, accountId: `account-${name}` }
    const { id } = await execute(old.runtime, home.system, addPerson, person)
    await execute(old.runtime, home.system, giveGrant, {
      personId: id,
      role,
      entityId: null,
      certificateId: null,
    })
  }
  // As the real one finds the actor of a key; here two words stand for two keys.
  const callers: Record<string, Caller> = {
    'Bearer owner-key': home.owner,
    'Bearer manager-key': home.manager,
  }
  const authenticate = async ({ headers }: { headers: { authorization?: string | undefined } }) =>
    callers[headers.authorization ?? ''] ?? home.manager
  app = createHttp({ runtime: old.runtime, routes: [], authenticate, log: () => undefined })
  registerExportRoutes(app, old.runtime, authenticate, {
    directory: old.directory,
    signer: old.sealer.signer,
  })
  server = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await old.close()
  directory.remove()
})

async function run(env: NodeJS.ProcessEnv, ...words: string[]) {
  const out: string[] = []
  const failed: string[] = []
  const code = await main(words, {
    env: { LANG: 'en_GB.UTF-8', ...env },
    out: (line) => out.push(line),
    fail: (line) => failed.push(line),
    fetch,
  })
  return { code, out: out.join('\n'), failed: failed.join('\n') }
}

const at = (name: string) => join(directory.path, name)

async function emptyPlace(name: string): Promise<NodeJS.ProcessEnv> {
  const { host, port, user, database, password } = (await testDatabase()).config
  const secret = password ? `:${password}` : ''
  const url = `postgresql://${user}${secret}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
  return { DATABASE_URL: url, ASSAY_DATA: at(name) }
}

describe('assay export and assay import', () => {
  it('move an organisation by a ZIP file, and give its people links', async () => {
    const exported = await run({ ASSAY_KEY: 'owner-key' }, 'export', at('whole.zip'), '--server', server)
    expect([exported.code, exported.failed]).toEqual([0, ''])
    const digest = /SHA-256 of its manifest: ([0-9a-f]{64})/.exec(exported.out)?.[1]
    const place = await emptyPlace('new')
    const imported = await run(place, 'import', at('whole.zip'), '--links', at('links.csv'))
    expect([imported.code, imported.failed]).toEqual([0, ''])
    expect(imported.out).toContain(`SHA-256 of its manifest: ${digest}`)
    const link = /olivia \(olivia@example.com\).*\n {2}(http:\/\/localhost:4600\/invitation\/\S{43})/.exec(
      imported.out,
    )?.[1]
    const links = (await readFile(at('links.csv'), 'utf8')).split('\n')
    expect(links[1]).toBe(`olivia@example.com,olivia,owner,${link}`)
    expect(links[2]).toMatch(/^riku@example.com,'=riku,,http:/)
    const examined = await run(place, 'fsck')
    expect(examined.code).toBe(0)
    expect(examined.out).toContain('nothing is wrong')
    const again = await run(place, 'import', at('whole.zip'))
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.failed).toContain('has an organisation already')
  })

  it('move it by a directory as well', async () => {
    const exported = await run({}, 'export', at('whole'), '--server', server, '--key', 'owner-key')
    expect(exported.code).toBe(0)
    expect((await readdir(at('whole'))).sort()).toEqual(['log', 'manifest.json', 'programme.yaml'])
    const imported = await run(await emptyPlace('other'), 'import', at('whole'), '--lang', 'ja')
    expect(imported.code).toBe(0)
    expect(imported.out).toContain('取り込みました')
    expect(imported.out).toContain('他の 1 人にもリンクが必要です')
  })

  it('say what is wrong, in the language of the terminal, and leave nothing half made', async () => {
    const forbidden = await run({ ASSAY_KEY: 'manager-key' }, 'export', at('no.zip'), '--server', server)
    expect(forbidden.code).toBe(1)
    expect(forbidden.failed).toContain('403: Your role does not allow this (organisation.export).')
    expect((await run({}, 'export', at('no.zip'), '--server', server)).code).toBe(2)
    await writeFile(at('cut.zip'), (await readFile(at('whole.zip'))).subarray(0, 900))
    const place = await emptyPlace('cut')
    const cut = await run(place, 'import', at('cut.zip'), '--lang=ja')
    expect([cut.code, cut.failed]).toEqual([1, expect.stringContaining('アーカイブが途中で切れている')])
    const taken = await run({ ASSAY_KEY: 'owner-key' }, 'export', at('whole.zip'), '--server', server)
    expect([taken.code, taken.failed]).toEqual([1, expect.stringContaining('exists already')])
    expect((await run(place, 'import')).code).toBe(2)
    expect((await readdir(directory.path)).filter((name) => /part|no\.zip/.test(name))).toEqual([])
  })
})
