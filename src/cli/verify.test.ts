import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../tests/support/world.ts'
import { reading } from '../db/transaction.ts'
import { digestOf } from '../log/bundle.ts'
import { createProver, proofParts } from '../log/server/prove.ts'
import { createSealer, type Sealer } from '../log/server/seal.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { execute } from '../server/execute.ts'
import { createHttp } from '../server/http.ts'
import { registerLogRoutes } from '../server/log-http.ts'
import type { Caller } from '../server/runtime.ts'
import { main } from './main.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let sealer: Sealer
let app: FastifyInstance
let caller: Caller

beforeAll(async () => {
  world = await makeWorld('verify')
  home = await foundHome(world)
  directory = temporaryDirectory('verify')
  const { database, clock, runtime } = world
  sealer = createSealer({
    database,
    clock,
    random: runtime.random,
    directory: directory.path,
    log: () => undefined,
  })
  await sealer.sealNow(home.organisationId)
  app = createHttp({ runtime, routes: [], authenticate: async () => caller, log: () => undefined })
  const prove = createProver(directory.path, sealer.signer)
  registerLogRoutes(app, runtime, {
    directory: directory.path,
    signer: sealer.signer,
    prove,
    authenticate: async () => caller,
  })
  caller = home.owner
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

/** Runs the command line against the application, as a stranger's machine would over the network. */
async function run(...words: string[]) {
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const fetch = async (url: string | URL | Request) => {
    const { pathname } = new URL(url instanceof Request ? url.url : url)
    if (pages.has(pathname)) return new Response(Buffer.from(pages.get(pathname) ?? []))
    const response = await app.inject({ url: pathname })
    return new Response(response.rawPayload, { status: response.statusCode })
  }
  const env = { XDG_CONFIG_HOME: join(directory.path, 'config') }
  const code = await main(words, { env, out: say, fail: say, fetch })
  return { code, text: lines.join('\n') }
}

const pages = new Map<string, Uint8Array>()

const bundleFile = async (index: number, name: string) => {
  const response = await app.inject({ url: `/api/log/entries/${index}/bundle` })
  expect(response.statusCode).toBe(200)
  const path = join(directory.path, name)
  writeFileSync(path, response.rawPayload)
  return path
}

const appendOne = async (key: string) => {
  const shape = {
    parentId: home.root.id,
    kind: 'site' as const,
    country: null,
    memberFrom: null,
    memberTo: null,
  }
  await execute(world.runtime, home.manager, createEntity, { ...shape, key, name: { en: key } })
  await sealer.sealNow(home.organisationId)
}

describe('assay verify', () => {
  it('examines a bundle, remembers the log, and holds a later one to it', async () => {
    const first = await run('verify', await bundleFile(0, 'first.grcproof'))
    expect(first.text).toContain('You see this log for the first time')
    expect(first).toMatchObject({ code: 0 })
    await appendOne('one')
    const offline = await run('verify', await bundleFile(2, 'second.grcproof'))
    expect(offline.text).toContain('[not checked] R9')
    const online = await run('verify', 'https://example.test/api/log/entries/2/proof.grcproof')
    expect(online).toMatchObject({ code: 2 })
    pages.set('/p.grcproof', readFileSync(join(directory.path, 'second.grcproof')))
    const compared = await run('verify', 'https://example.test/p.grcproof')
    expect(compared.text).toContain('[holds] R9  The log of 3 entries continues the one of 2 entries')
    expect(compared.text).toContain('[holds] R11')
    expect(compared).toMatchObject({ code: 0 })
  })

  it('examines a page with the proof beside it, and names a changed byte', async () => {
    const page = Buffer.from(home.root.id)
    const parts = await reading(world.database, home.organisationId, (tx) =>
      proofParts(tx, home.organisationId, [1]),
    )
    // The page's digest has to be in the record: here it is the entity's name.
    const key = 'page'
    const shape = {
      parentId: home.root.id,
      kind: 'site' as const,
      country: null,
      memberFrom: null,
      memberTo: null,
    }
    await execute(world.runtime, home.manager, createEntity, { ...shape, key, name: { en: digestOf(page) } })
    const sealed = await sealer.sealNow(home.organisationId)
    const index = (sealed?.size ?? 0) - 1
    const own = await reading(world.database, home.organisationId, (tx) =>
      proofParts(tx, home.organisationId, [index]),
    )
    expect(parts.entries).toHaveLength(1)
    const prove = createProver(directory.path, sealer.signer)
    const file = {
      name: 'page',
      mediaType: 'text/html',
      sha256: digestOf(page),
      entry: index,
      pointer: '/record/name/en',
      bytes: null,
    }
    const envelope = { predicateType: 'https://assay.example/publication/v1', predicate: {} }
    pages.set('/trust', page)
    pages.set('/trust/page.grcproof', await prove(own, { files: [file], envelope, consistencyFrom: [2] }))
    const good = await run('verify', 'https://example.test/trust')
    expect(good.text).toContain('[holds] R1')
    expect(good.code).toBe(0)
    pages.set('/trust', Buffer.from(`${home.root.id} `))
    const bad = await run('verify', 'https://example.test/trust')
    expect(bad.text).toMatch(/\[FAILS\] R1 {2}File "https:\/\/example.test\/trust"/)
    expect(bad.code).toBe(1)
  })

  it('speaks Japanese', async () => {
    const { text, code } = await run('verify', await bundleFile(0, 'ja.grcproof'), '--lang', 'ja')
    expect(text).toContain('完全性レベル 1')
    expect(code).toBe(0)
  })

  it('refuses in Japanese too, whatever it was given', async () => {
    const whole = readFileSync(await bundleFile(0, 'whole-ja.grcproof'))
    const at = (name: string, content: string | Uint8Array) => {
      const path = join(directory.path, name)
      writeFileSync(path, content)
      return path
    }
    const half = at('half-ja.grcproof', whole.subarray(0, whole.length / 2))
    const good = at('good-ja.grcproof', whole)
    const text = at('text-ja.txt', 'no proof')
    const damaged = at('pins-ja.json', '{')
    const cases: [string[], number, RegExp][] = [
      [[half], 1, /^この証明は読み取れません: アーカイブが途中で.+何も証明されていません。$/],
      [[join(directory.path, 'absent')], 2, / はファイルではありません/],
      [[], 2, /のいずれか1つを指定してください/],
      [[good, good], 2, /のいずれか1つを指定してください/],
      [[text], 2, /は証明ではなく、.+もありません/],
      [[good, '--nonsense'], 2, /オプションがあります: --nonsense/],
      [[good, '--key', 'nonsense'], 2, /指定された鍵またはポリシーを読み取れません: 仕様が求める/],
      [[good, '--policy', text], 2, /指定された鍵またはポリシーを読み取れません/],
      [[good, '--pins', damaged], 2, /壊れています/],
      [['https://example.test/absent'], 2, /には何もありません/],
      [['https://'], 2, /アドレスとして正しくありません/],
    ]
    for (const [words, code, said] of cases) {
      const answer = await run('verify', ...words, '--lang', 'ja')
      expect([words, answer.code]).toEqual([words, code])
      expect(answer.text.split('\n')[0]).toMatch(said)
      expect(answer.text).not.toMatch(/cannot|there is|is not|usage|bundle>/)
    }
    expect((await run('verify', good, '--lang', 'fr')).text).toContain('--lang is en or ja')
  })

  it('says in a sentence what is wrong with a file that is no bundle, or half of one', async () => {
    const whole = readFileSync(await bundleFile(0, 'whole.grcproof'))
    const path = join(directory.path, 'half.grcproof')
    writeFileSync(path, whole.subarray(0, whole.length / 2))
    expect(await run('verify', path)).toMatchObject({
      code: 1,
      text: 'This bundle cannot be read: the archive ends early, or has bytes after its end. Nothing is proven.',
    })
    expect((await run('verify', join(directory.path, 'absent'))).text).toContain('is not a file')
    expect(await run('verify')).toMatchObject({ code: 2 })
    expect(await run('nonsense')).toMatchObject({ code: 2 })
  })

  it('runs with Node alone, where nothing is installed', async () => {
    const bare = join(directory.path, 'bare')
    for (const path of ['src/cli', 'src/log', 'packages/tlog', 'package.json'])
      cpSync(new URL(`../../${path}`, import.meta.url), join(bare, path), { recursive: true })
    mkdirSync(join(bare, 'home'))
    const bundle = await bundleFile(0, 'bare.grcproof')
    const output = execFileSync(process.execPath, ['src/cli/main.ts', 'verify', bundle], {
      cwd: bare,
      env: { XDG_CONFIG_HOME: join(bare, 'home') },
      encoding: 'utf8',
    })
    expect(output).toContain('Integrity level 1')
  })
})

describe('the published log', () => {
  it('gives checkpoint, key and hash tiles to anyone, each with its cache rule', async () => {
    const checkpoint = await app.inject({ url: '/log/checkpoint' })
    expect(checkpoint.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/plain; charset=utf-8',
    })
    expect(checkpoint.payload).toMatch(/^assay\.log\//)
    expect((await app.inject({ url: '/log/key' })).payload).toMatch(/^assay\.log\/[0-9a-f-]+\+[0-9a-f]{8}\+/)
    const tile = await app.inject({ url: '/log/tile/0/000.p/2' })
    expect(tile.headers['cache-control']).toContain('immutable')
    expect(tile.rawPayload).toHaveLength(64)
    for (const url of [
      '/log/tile/0/000.p/200',
      '/log/tile/0/000',
      '/log/tile/0/..%2f..%2fcheckpoint',
      '/log/tile/0/0',
      '/log/tile/x',
    ])
      expect((await app.inject({ url })).statusCode, url).toBe(404)
  })

  it('gives entry bundles to auditors only', async () => {
    expect((await app.inject({ url: '/log/tile/entries/000.p/2' })).rawPayload.toString()).toContain(
      'organisation.founded',
    )
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect((await app.inject({ url: '/log/tile/entries/000.p/2' })).statusCode).toBe(403)
    expect((await app.inject({ url: '/api/log/entries/0/bundle' })).statusCode).toBe(403)
    caller = home.owner
    expect((await app.inject({ url: '/log/tile/entries/000.p/200' })).statusCode).toBe(404)
  })
})
