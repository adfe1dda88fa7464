import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSealer } from '../../src/log/server/seal.ts'
import { updateOrganisation } from '../../src/organisation/server/commands.ts'
import { createApp } from '../../src/server/app.ts'
import { execute } from '../../src/server/execute.ts'
import { publish } from '../../src/trust/server/publish.ts'
import { temporaryDirectory } from '../support/directory.ts'
import { addressOf, commands, queries, strangerIds } from '../support/hostile-routes.ts'
import {
  addMember,
  browser,
  makeSignInWorld,
  publicUrl,
  type SignInWorld,
  signIn,
} from '../support/sign-in.ts'
import { makeProgramme, type Programme } from '../support/trust-world.ts'

let world: SignInWorld
let line: Programme
let other: Programme
let app: FastifyInstance
let directory: ReturnType<typeof temporaryDirectory>

const host = 'trust.line.example'
const foreign = 'trust.other.example'

async function publishAt(programme: Programme, name: string): Promise<void> {
  const organisation = { name: { en: name, ja: name }, timeZone: 'Asia/Tokyo', host: name, demoDay: null }
  await execute(world.runtime, programme.home.owner, updateOrganisation, { version: 1, ...organisation })
  await execute(world.runtime, programme.home.manager, publish, {})
}

beforeAll(async () => {
  world = await makeSignInWorld('every-answer')
  line = await makeProgramme(world)
  other = await makeProgramme(world, 'Other Corporation', 'other')
  await publishAt(line, host)
  await publishAt(other, foreign)
  directory = temporaryDirectory('every-answer')
  const { database, clock, runtime, auth } = world
  const log = () => undefined
  const sealer = createSealer({ database, clock, random: runtime.random, directory: directory.path, log })
  await sealer.sealNow(line.home.organisationId)
  app = await createApp({
    runtime,
    auth,
    sealer,
    dataDir: directory.path,
    publicUrl: 'http://localhost:4600',
    checkPassword: () => undefined,
    demo: null,
    log,
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host, ...headers } })

const addresses = [
  '/',
  '/en/',
  '/ja/',
  '/en',
  '/en/archive/',
  '/en/archive/1/',
  '/en/archive/99/',
  '/en/page.grcproof',
  '/en/changes.atom',
  '/en/nothing',
  '/en/request/x',
  '/en/link/x',
  '/.well-known/trust-center.json',
  '/page/x.css',
  '/documents/x/y',
  '/app/',
  '/app/files/nothing.js',
  '/app/anything',
  '/setup/x',
  '/invitation/x',
  '/health',
  '/api/openapi.json',
  '/api/nothing',
  '/api/me',
  '/api/export',
  '/api/auth/get-session',
  '/api/auth/sign-up/email',
  '/log/checkpoint',
  '/log/key',
  '/log/tile/0/x',
  '/nothing',
  '/%zz',
  '/%',
  '/%00',
  `/api/entities/${'a'.repeat(5000)}`,
  `/${'a/'.repeat(500)}`,
]

const must = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

describe('every answer', () => {
  it('row 9, 12, 17: carries the headers that guard it, whatever it is', async () => {
    for (const url of addresses) {
      const { statusCode, headers } = await get(url)
      expect([url, headers], `${statusCode}`).toEqual([url, expect.objectContaining(must)])
      expect(String(headers['content-security-policy']), url).toMatch(
        /default-src 'none'.*(frame-ancestors '(none|self)'|sandbox)/,
      )
      expect(String(headers['content-security-policy']), url).not.toMatch(/unsafe-(inline|eval)|\*|https?:/)
      expect([url, statusCode < 500]).toEqual([url, true])
    }
    const ids = strangerIds(line.home, world.runtime.random)
    for (const route of [...queries, ...commands]) {
      const { headers, statusCode } = await app.inject({
        method: route.method,
        url: addressOf(route, ids),
        headers: { host },
      })
      expect([route.path, statusCode, headers]).toEqual([
        route.path,
        statusCode,
        expect.objectContaining(must),
      ])
      expect([400, 401, 412], route.path).toContain(statusCode)
    }
  })

  it('row 37: lets no other site read it with the reader’s cookies, and none at all but what is for everyone', async () => {
    const origin = 'https://evil.example'
    for (const url of addresses) {
      const { headers } = await get(url, { origin, cookie: 'assay.session_token=x' })
      const open = /^\/(log\/(checkpoint|key)|\.well-known\/trust-center\.json)$/.test(url)
      expect([url, headers['access-control-allow-origin']]).toEqual([url, open ? '*' : undefined])
      expect(headers['access-control-allow-credentials'], url).toBeUndefined()
      const preflight = await app.inject({
        method: 'OPTIONS',
        url,
        headers: { host, origin, 'access-control-request-method': 'POST' },
      })
      expect(preflight.headers['access-control-allow-methods'], url).toBeUndefined()
      expect(preflight.headers['access-control-allow-headers'], url).toBeUndefined()
    }
  })

  it('row 39, 65: believes the Host header alone, and repeats no host to anyone', async () => {
    const poisoned = {
      'x-forwarded-host': foreign,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-original-host': foreign,
      'x-host': foreign,
      forwarded: `host=${foreign}`,
      'x-original-url': '/api/me',
      'x-rewrite-url': '/api/me',
    }
    for (const url of [
      '/en/',
      '/',
      '/en',
      '/.well-known/trust-center.json',
      '/en/changes.atom',
      '/app/',
      '/nothing',
    ]) {
      const [plain, lying] = [await get(url), await get(url, poisoned)]
      expect([url, lying.statusCode, lying.body]).toEqual([url, plain.statusCode, plain.body])
      expect(`${lying.body} ${lying.headers.location ?? ''}`, url).not.toContain(foreign)
    }
    expect((await get('/en/')).body).not.toBe((await get('/en/', { host: foreign })).body)
    for (const strange of [
      'evil.example',
      `${host}.evil.example`,
      `evil-${host}`,
      `${host}@evil.example`,
      `${host}\\evil`,
    ]) {
      const answer = await get('/en/', { host: strange })
      expect([strange, answer.statusCode]).toEqual([strange, 404])
      expect(answer.body).not.toContain('evil.example')
    }
  })

  it('row 8, 79: never sends anyone to another site', async () => {
    const targets = [
      '//evil.example',
      '/\\evil.example',
      '/%5cevil.example',
      '/%09/evil.example',
      '/..%5c%5cevil.example',
      '/en//evil.example',
      '/en/..//evil.example',
      '//evil.example/..',
      '/en/archive//evil.example',
      '/en/archive/1',
      '/en/?date=//evil.example',
      '/en/?edition=//evil.example',
      '/en/?date=https://evil.example&next=https://evil.example&continue=//evil.example',
      '/app//evil.example',
      '/app/..%2f..%2fevil.example',
      `/documents/${'a'.repeat(64)}///evil.example`,
    ]
    for (const url of targets) {
      const { statusCode, headers } = await get(url)
      expect(statusCode, url).toBeLessThan(500)
      const place = headers.location
      if (place !== undefined)
        expect([url, new URL(String(place), publicUrl).origin]).toEqual([url, publicUrl])
    }
    const one = browser(world)
    await addMember(world, line.home, 'redirected', 'reader')
    for (const name of ['callbackURL', 'redirect', 'next', 'continue', 'returnTo']) {
      const signed = await one.post('/api/auth/sign-in/email', {
        email: 'redirected@example.com',
        password: 'correct horse battery staple',
        [name]: 'https://evil.example',
      })
      expect([name, signed.statusCode, signed.headers.location]).toEqual([name, 400, undefined])
    }
    expect((await signIn(one, 'redirected@example.com')).statusCode).toBe(200)
  })

  it('row 1, 80: is of the organisation of the host, whatever id stands in the address', async () => {
    const foreignDocument = other.documents.soc3 ?? { id: '', digest: '' }
    for (const url of [
      `/en/request/${other.documents.soc2?.id}`,
      `/documents/${foreignDocument.digest}/report.pdf`,
      `/en/link/${'x'.repeat(43)}`,
    ]) {
      const [theirs, absent] = [await get(url), await get(url.replace(/[0-9a-f]{12}/, 'abcdefabcdef'))]
      expect([url, theirs.statusCode]).toEqual([url, 404])
      expect(theirs.body, url).toBe(absent.body)
    }
    expect((await get(`/en/request/${line.documents.soc2?.id}`)).statusCode).toBe(200)
  })

  it('row 40: counts tries for the peer, whatever forwarding headers say', async () => {
    const statuses: number[] = []
    for (let tried = 0; tried < 62; tried++) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/auth/two-factor/verify-totp',
        remoteAddress: '203.0.113.99',
        headers: { host, 'x-forwarded-for': `198.51.100.${tried}`, 'x-real-ip': `198.51.100.${tried}` },
        payload: { code: '000000' },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses.slice(0, 60)).not.toContain(429)
    expect(statuses.slice(60)).toEqual([429, 429])
  })

  it('row 39, 54: to a failure of ours says a reference and nothing else', async () => {
    const failing = { ...world.runtime, database: { ...world.runtime.database, kysely: null as never } }
    const { createHttp } = await import('../../src/server/http.ts')
    const { routes } = await import('../../src/server/nouns.ts')
    const lines: string[] = []
    const broken = createHttp({
      runtime: failing,
      routes,
      authenticate: async () => line.home.owner,
      log: (entry) => lines.push(JSON.stringify(entry)),
    })
    const answer = await broken.inject({ url: '/api/entities' })
    await broken.close()
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'server.internal' })
    expect(answer.body).not.toMatch(/TypeError|at \w+ \(|node_modules|\.ts:/)
    expect(lines.join()).toContain('stack')
    expect(answer.headers).toMatchObject(must)
  })
})
