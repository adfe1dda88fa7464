import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type Application,
  type Client,
  client,
  enterDemo,
  pause,
  runCommand,
  startApplication,
} from '../support/application.ts'
import { temporaryDirectory } from '../support/directory.ts'

const cleanup: (() => unknown)[] = []

afterEach(async () => {
  for (const work of cleanup.splice(0).reverse()) await work()
})

function dataDirectory(name: string): string {
  const directory = temporaryDirectory(name)
  cleanup.push(() => directory.remove())
  return directory.path
}

async function started(dataDir: string, demo: boolean): Promise<Application> {
  const app = await startApplication(dataDir, demo)
  cleanup.push(() => app.stop())
  return app
}

type Publication = { number: number; pages: { en: { digest: string }; ja: { digest: string } } }

async function publications(one: Client): Promise<Publication[]> {
  const { status, json } = await one.call('GET', '/api/trust/publications?limit=200')
  expect([status, json]).toEqual([200, expect.objectContaining({ nextCursor: null })])
  return json.items as Publication[]
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Every edition that is listed is served with the bytes that it names, has its entry, and no other has one. */
async function expectWhole(url: string, one: Client): Promise<number> {
  const list = await publications(one)
  for (const { number, pages } of list) {
    for (const language of ['en', 'ja'] as const) {
      const page = await fetch(`${url}/${language}/archive/${number}/`)
      expect([number, page.status, sha256(new Uint8Array(await page.arrayBuffer()))]).toEqual([
        number,
        200,
        pages[language].digest,
      ])
    }
  }
  const { json } = await one.call('GET', '/api/log/entries?type=publication.published&limit=200')
  expect((json.items as unknown[]).length).toBe(list.length)
  expect(list.map(({ number }) => number)).toEqual(list.map((_, index) => list.length - index))
  const next = await fetch(`${url}/en/archive/${list.length + 1}/`)
  expect(next.status).toBe(404)
  return list.length
}

describe('an application that is killed while it publishes', () => {
  it('has published whole editions only, each with its entry, and its log is sound', async () => {
    const dataDir = dataDirectory('killed')
    let app = await started(dataDir, true)
    let manager = await enterDemo(app.url, 'manager')
    const began = performance.now()
    const first = await manager.call('POST', '/api/trust/publications', {})
    const usual = performance.now() - began
    expect(first.status, JSON.stringify(first.json)).toBe(200)
    const outcomes: number[] = []
    // Points of the work, from before its first step to after its last one.
    for (const share of [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 1, 1.3]) {
      const before = (await publications(manager)).length
      const answer = manager.call('POST', '/api/trust/publications', {}).then(
        ({ status }) => status,
        () => 0,
      )
      await pause(usual * share)
      await app.kill()
      const acknowledged = await answer
      app = await started(dataDir, true)
      manager = client(app.url, manager.cookie)
      const after = await expectWhole(app.url, manager)
      expect([before, before + 1]).toContain(after)
      if (acknowledged === 200) expect(after).toBe(before + 1)
      outcomes.push(after - before)
    }
    await app.stop()
    expect(await runCommand(dataDir, 'fsck')).toMatchObject({ code: 0 })
    expect(outcomes).toHaveLength(8)
  }, 300_000)
})

/** A file system of its own of some megabytes; only root may mount one. */
function smallDisk(path: string, megabytes: number): void {
  mkdirSync(path, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', path])
  cleanup.push(() => execFileSync('umount', ['-l', path]))
}

/** Takes what is left of a file system, down to the last block, and gives it back. */
function fill(path: string): { free(): void } {
  const ballast = join(path, 'ballast')
  const { bavail, bsize } = statfsSync(path)
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
  return { free: () => rmSync(ballast, { force: true }) }
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0

const paper = (words: string): FormData => {
  const form = new FormData()
  const fields = { kind: 'other', title: '{"en":"A paper"}', distribution: 'internal' }
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([`%PDF-1.7 ${words}`], { type: 'application/pdf' }), 'paper.pdf')
  return form
}

const isFull = { status: 503, json: expect.objectContaining({ code: 'server.disk_full' }) }

describe('a full disk', () => {
  it.runIf(isRoot)(
    'under the objects refuses uploads and editions, keeps nothing of them, and is over when there is room',
    async () => {
      const dataDir = dataDirectory('full-objects')
      const objects = join(dataDir, 'objects')
      smallDisk(objects, 8)
      const app = await started(dataDir, true)
      const manager = await enterDemo(app.url, 'manager')
      const { json } = await manager.call('GET', '/api/certificates')
      const certificate = (json.items as { id: string }[])[0]?.id ?? ''
      const upload = (words: string) =>
        manager.call('POST', `/api/certificates/${certificate}/documents`, paper(words))
      const before = await expectWhole(app.url, manager)
      const entity = await manager.call('GET', '/api/entities')
      const ballast = fill(objects)
      expect(await upload('full '.repeat(100_000))).toEqual(isFull)
      expect(await manager.call('POST', '/api/trust/publications', { note: { en: 'full' } })).toEqual(isFull)
      expect(readdirSync(join(objects, 'new'))).toEqual([])
      // Reading, and the page for everyone, go on.
      expect(await manager.call('GET', '/api/entities')).toEqual(entity)
      expect((await fetch(`${app.url}/en/`)).status).toBe(200)
      expect(await expectWhole(app.url, manager)).toBe(before)
      ballast.free()
      expect((await upload('room')).status).toBe(201)
      expect((await manager.call('POST', '/api/trust/publications', { note: { en: 'room' } })).status).toBe(
        200,
      )
      expect(await expectWhole(app.url, manager)).toBe(before + 1)
      await app.stop()
      expect(await runCommand(dataDir, 'fsck')).toMatchObject({ code: 0 })
    },
    120_000,
  )

  it.runIf(isRoot)(
    'under the database refuses changes by name, loses nothing acknowledged, and is over when there is room',
    async () => {
      const dataDir = dataDirectory('full-database')
      smallDisk(dataDir, 256)
      const app = await started(dataDir, true)
      const owner = await enterDemo(app.url, 'owner')
      const list = async () =>
        (await owner.call('GET', '/api/entities')).json.items as { key: string; id: string }[]
      const top = (await list())[0]?.id ?? ''
      const add = (key: string) =>
        owner.call('POST', '/api/entities', {
          key,
          parentId: top,
          kind: 'site',
          name: { en: key.padEnd(200, 'x'), ja: key.padEnd(200, 'あ') },
          country: null,
          memberFrom: null,
          memberTo: null,
        })
      const ballast = fill(dataDir)
      const acknowledged: string[] = []
      let refused: Awaited<ReturnType<typeof add>> | undefined
      for (let tried = 0; !refused && tried < 500; tried++) {
        const answer = await add(`site-${tried}`)
        if (answer.status === 200) acknowledged.push(`site-${tried}`)
        else refused = answer
      }
      expect(refused).toEqual(isFull)
      ballast.free()
      let again = await add('afterwards')
      for (let waited = 0; again.status !== 200 && waited < 100; waited++) {
        expect(again.status).toBe(503)
        await pause(100)
        again = await add('afterwards')
      }
      expect(again.status).toBe(200)
      const keys = (await list()).map(({ key }) => key).filter((key) => /^(site-|afterwards)/.test(key))
      expect(keys.sort()).toEqual([...acknowledged, 'afterwards'].sort())
      await app.stop()
      expect(await runCommand(dataDir, 'fsck')).toMatchObject({ code: 0 })
    },
    120_000,
  )
})

describe('what is written to the logs of the machine', () => {
  it('row 61: holds no password, key, token, session or set-up address that was used', async () => {
    const dataDir = dataDirectory('logs')
    const app = await started(dataDir, false)
    const token = /\/setup\/([A-Za-z0-9_-]{43})/.exec(app.output())?.[1] ?? ''
    const printed = app.output().length
    const password = 'recognisable horse battery staple'
    const json = { 'content-type': 'application/json' }
    const post = (path: string, body: unknown) =>
      fetch(`${app.url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
    const owner = { name: { en: 'Owner' }, email: 'owner@example.org', password }
    const organisation = { name: { en: 'Example' }, timeZone: 'UTC' }
    expect((await post('/api/setup', { token: 'x'.repeat(43), organisation, owner })).status).toBe(412)
    const set = await post('/api/setup', { token, organisation, owner })
    expect(set.status).toBe(204)
    expect((await post('/api/setup', { token, organisation, owner })).status).toBe(412)
    expect(
      (await post('/api/auth/sign-in/email', { email: owner.email, password: `${password}-wrong` })).status,
    ).toBe(401)
    const signedIn = await post('/api/auth/sign-in/email', { email: owner.email, password })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const me = client(app.url, cookie)
    const wanted = {
      name: 'Robot',
      role: 'manager',
      entityId: null,
      scopes: ['entity.*'],
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    }
    const key = String((await me.call('POST', '/api/keys', wanted)).json.secret)
    const invited = await me.call('POST', '/api/people', {
      name: { en: 'New' },
      entityId: null,
      jobTitle: null,
      email: 'new@example.org',
    })
    const { token: invitation = '' } = (invited.json as { invitation: { token?: string } }).invitation
    // Twice the same: the database itself refuses, and says so in its own log.
    expect(
      (
        await me.call('POST', '/api/people', {
          name: { en: 'New' },
          entityId: null,
          jobTitle: null,
          email: 'new@example.org',
        })
      ).status,
    ).toBeGreaterThan(399)
    for (const path of [
      `/invitation/${invitation}`,
      `/en/link/${key}`,
      `/api/me?key=${key}`,
      `/api/nothing/${key}`,
    ])
      await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${key}` } })
    expect((await post('/api/invitation', { token: invitation, password })).status).toBe(204)
    const session = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''
    await app.stop()
    const secrets = { token, password, key, invitation, session }
    expect(Object.values(secrets).map((secret) => secret.length > 20)).toEqual([true, true, true, true, true])
    const logs = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dataDir, name))
      .filter((path) => /\.log$/.test(path) && existsSync(path))
    expect(logs.length).toBeGreaterThan(0)
    const written = app.output().slice(printed) + logs.map((path) => readFileSync(path, 'utf8')).join('\n')
    for (const [what, secret] of Object.entries(secrets))
      expect([what, written.includes(secret)]).toEqual([what, false])
  }, 120_000)
})
