import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeProgramme, type Programme } from '../../tests/support/trust-world.ts'
import { makeWorld, systemCaller, type World } from '../../tests/support/world.ts'
import { updateOrganisation } from '../organisation/server/commands.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { publish } from '../trust/server/publish.ts'
import { approveRequest } from '../trust/server/request-commands.ts'
import { listRequests } from '../trust/server/request-queries.ts'
import { answer, execute } from './execute.ts'
import { createHttp } from './http.ts'
import { routes } from './nouns.ts'
import { registerPublicRoutes } from './public-http.ts'
import { preferredLanguage } from './public-site.ts'

let world: World
let line: Programme
let other: Programme
let app: FastifyInstance

const host = 'trust.line.example'

const named = async (programme: Programme, name: string) => {
  const { home } = programme
  await execute(world.runtime, home.owner, updateOrganisation, {
    version: 1,
    name: { en: 'LINE Corporation', ja: 'LINE株式会社' },
    timeZone: 'Asia/Tokyo',
    host: name,
    demoDay: null,
  })
}

beforeAll(async () => {
  world = await makeWorld('public-http')
  line = await makeProgramme(world)
  other = await makeProgramme(world, 'Other Corporation', 'other')
  await named(line, host)
  await named(other, 'trust.other.example')
  app = createHttp({
    runtime: world.runtime,
    routes,
    authenticate: async () => systemCaller(line.home.organisationId),
    log: (entry) => console.error(entry),
  })
  await registerPublicRoutes(app, world.runtime)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host, ...headers } })

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { host, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

/** Past the second for which a page is taken as fresh. */
const afterASecond = () => new Promise((resolve) => setTimeout(resolve, 1050))

it('says so while nothing is published', async () => {
  const page = await get('/en/')
  expect([page.statusCode, page.headers['cache-control']]).toEqual([404, 'no-store'])
  expect(page.body).toContain('Nothing has been published here yet.')
  expect((await get('/ja/')).body).toContain('まだ何も公開されていません')
  expect((await get('/en/?date=2023-07-31')).statusCode).toBe(404)
  expect((await get('/.well-known/trust-center.json')).statusCode).toBe(404)
  expect((await get('/en/changes.atom')).body).toContain('<feed')
})

it('serves the stored bytes with tags, codings and strict headers', async () => {
  const edition = await execute(world.runtime, line.home.manager, publish, {})
  await afterASecond()
  const page = await get('/en/')
  expect(page.statusCode).toBe(200)
  expect(page.rawPayload.equals(Buffer.from(await world.runtime.objects.get(edition.pages.en.digest)))).toBe(
    true,
  )
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  })
  const again = await get('/en/', { 'if-none-match': String(page.headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const tags = new Set<unknown>([page.headers.etag])
  for (const coding of ['br', 'gzip']) {
    const packed = await get('/en/', { 'accept-encoding': coding })
    expect(packed.headers['content-encoding']).toBe(coding)
    expect(packed.rawPayload.length).toBeLessThan(page.rawPayload.length / 2)
    tags.add(packed.headers.etag)
  }
  expect(tags.size).toBe(3)
  expect(
    (await get('/en/', { 'accept-encoding': 'br;q=0, gzip;q=0' })).headers['content-encoding'],
  ).toBeUndefined()
  const css = /href="(\/page\/[0-9a-f]{64}\.css)"/.exec(page.body)?.[1] ?? ''
  const sheet = await get(css)
  expect([sheet.statusCode, sheet.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
  expect((await get(`/page/${edition.pages.en.digest}.css`)).statusCode).toBe(404)
})

it('keeps every edition at its own address, and finds the one of a day', async () => {
  world.clock.set('2023-08-10T03:00:00.000Z')
  await execute(world.runtime, line.home.manager, publish, { note: { en: 'A new day', ja: '新しい日' } })
  await afterASecond()
  const first = await get('/ja/archive/1/')
  const stored = await world.runtime.objects.get((await editionOf(1)).pages.ja.digest)
  expect(first.rawPayload.equals(Buffer.from(stored))).toBe(true)
  // As a browser asks: what says that it is packed is packed, what does not is not.
  const asked = await get('/ja/archive/1/', { 'accept-encoding': 'gzip, deflate, br' })
  expect(asked.headers['content-encoding']).toBeUndefined()
  expect(asked.rawPayload.equals(Buffer.from(stored))).toBe(true)
  for (const [url, location] of [
    ['/en/?date=2023-08-09', '/en/archive/1/'],
    ['/en/?date=2023-08-10', '/en/archive/2/'],
    ['/ja/?edition=1', '/ja/archive/1/'],
    ['/ja/?edition=2', '/ja/'],
    ['/en', '/en/'],
    ['/en/archive', '/en/archive/'],
    ['/en/archive/1', '/en/archive/1/'],
  ]) {
    const page = await get(url ?? '')
    expect([url, page.statusCode >= 301 && page.statusCode <= 302, page.headers.location]).toEqual([
      url,
      true,
      location,
    ])
  }
  const early = await get('/en/?date=2023-07-30')
  expect([early.statusCode, early.body.includes('The first edition is of July 31, 2023')]).toEqual([
    404,
    true,
  ])
  const list = await get('/en/archive/')
  expect(list.body).toContain('href="/en/archive/2/"')
  expect(list.body).toContain('A new day')
  expect((await get('/en/archive/1/2/')).body).toContain('Both say the same.')
})

const editionOf = async (number: number) => {
  const { getPublication } = await import('../trust/server/publication-queries.ts')
  return answer(world.runtime, line.home.manager, getPublication, { number })
}

it.each([
  '/en/archive/3/',
  '/en/archive/01/',
  '/en/archive/0/',
  '/en/archive/1/9/',
  '/en/archive/-1/',
  '/en/page.css',
  '/en/;x',
  '/en/%2e%2e/api',
  '/en/?date=2023-02-30',
  '/en/request/not-an-id',
  '/en/request/00000000-0000-4000-8000-000000000000',
  '/documents/abc/report.pdf',
  `/documents/${'0'.repeat(64)}/report.pdf`,
  '/page/x.css',
  '/en/page.grcproof',
])('has nothing at %s, and lets nobody keep that', async (url) => {
  const page = await get(url)
  expect([page.statusCode, page.headers['cache-control']]).toEqual([404, 'no-store'])
})

it('answers each host with its own organisation, by the Host header alone', async () => {
  expect((await get('/en/', { host: 'trust.other.example' })).statusCode).toBe(404)
  expect((await get('/en/', { host: 'trust.other.example', 'x-forwarded-host': host })).statusCode).toBe(404)
  expect((await get('/en/', { 'x-forwarded-host': 'trust.other.example' })).statusCode).toBe(200)
  // Nobody answers at a name that is not exactly a known one, while every organisation has a name.
  for (const name of [`${host}.`, 'trust.line.example.evil.example', 'nowhere.example']) {
    expect([name, (await get('/en/', { host: name })).statusCode]).toEqual([name, 404])
  }
  const soc3 = line.documents.soc3?.digest ?? ''
  expect((await get(`/documents/${soc3}/report.pdf`, { host: 'trust.other.example' })).statusCode).toBe(404)
  const soc2 = line.documents.soc2?.id ?? ''
  expect((await get(`/en/request/${soc2}`, { host: 'trust.other.example' })).statusCode).toBe(404)
})

it('gives open documents to anyone as files, and no others', async () => {
  const soc3 = line.documents.soc3?.digest ?? ''
  const file = await get(`/documents/${soc3}/report.pdf`)
  expect(file.statusCode).toBe(200)
  expect(file.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition':
      'attachment; filename="report.pdf"; filename*=UTF-8\'\'report%20%E5%A0%B1%E5%91%8A%E6%9B%B8.pdf',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect((await get(`/documents/${soc3}/other.pdf`)).headers.location).toBe(`/documents/${soc3}/report.pdf`)
  for (const name of ['soc2', 'iso27001', 'pci']) {
    expect((await get(`/documents/${line.documents[name]?.digest}/report.pdf`)).statusCode).toBe(404)
  }
})

it('tells machines and feeds what it tells people', async () => {
  const facts = await get('/.well-known/trust-center.json')
  expect(facts.json()).toMatchObject({ edition: 2, asOf: '2023-08-10' })
  const iso = facts.json().claims.find((claim: { scheme: string }) => claim.scheme === 'iso27001')
  expect(iso).toMatchObject({
    number: 'IS 509132',
    ended: false,
    standards: ['JIS Q 27001:2014', 'ISO/IEC 27001:2013'],
  })
  const feed = await get('/ja/changes.atom')
  expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
  const ids = [...feed.body.matchAll(/<id>(urn:uuid:[0-9a-f-]{36})<\/id>/g)].map((match) => match[1])
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(3)
  expect(feed.body.match(/<updated>[^<]+Z<\/updated>/g)).toHaveLength(3)
})

it('says on the live page what has ended since, and leaves the edition as it was', async () => {
  world.clock.set('2024-02-20T03:00:00.000Z')
  await afterASecond()
  const live = await get('/en/')
  expect(live.body).toContain('Since then has ended:')
  expect(live.body).toContain('<a href="#claim-pci-dss">PCI DSS</a> (February 19, 2024)')
  expect((await get('/en/archive/2/')).body).not.toContain('Since then has ended')
  const { claims } = (await get('/.well-known/trust-center.json')).json()
  expect(
    claims
      .filter((claim: { ended: boolean }) => claim.ended)
      .map((claim: { scheme: string }) => claim.scheme),
  ).toEqual(['pci-dss'])
  world.clock.set('2023-08-10T03:00:00.000Z')
  await afterASecond()
})

it('takes a request without script, gives a link, and one file for it', async () => {
  const id = line.documents.soc2?.id ?? ''
  const form = await get(`/en/request/${id}`)
  expect([form.statusCode, form.headers['cache-control']]).toEqual([200, 'no-store'])
  const terms = /name="terms" value="([0-9a-f]{64})"/.exec(form.body)?.[1] ?? ''
  const filled = {
    name: '<b>Reader</b>',
    email: 'reader@example.org',
    company: 'C',
    purpose: 'Review',
    terms,
  }
  const without = await post(`/en/request/${id}`, filled)
  expect([without.statusCode, without.body.includes('Please agree to the terms.')]).toEqual([400, true])
  expect(without.body).toContain('value="&lt;b&gt;Reader&lt;/b&gt;"')
  const wrong = await post(`/ja/request/${id}`, { ...filled, email: 'nobody', agree: 'yes' })
  expect([wrong.statusCode, wrong.body.includes('メールアドレスとして正しくありません')]).toEqual([400, true])
  const cross = await post(
    `/en/request/${id}`,
    { ...filled, agree: 'yes' },
    { 'sec-fetch-site': 'cross-site' },
  )
  expect(cross.statusCode).toBe(403)
  const trapped = await post(`/en/request/${id}`, { ...filled, agree: 'yes', website: 'spam' })
  expect(trapped.body).toContain('Your request has arrived')
  expect((await answer(world.runtime, line.home.manager, listRequests, {})).total).toBe(0)
  const sent = await post(
    `/en/request/${id}`,
    { ...filled, agree: 'yes' },
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
  )
  expect([sent.statusCode, sent.body.includes('Your request has arrived')]).toEqual([200, true])
  const [request] = (await answer(world.runtime, line.home.manager, listRequests, {})).items
  const { link } = await execute(world.runtime, line.home.manager, approveRequest, {
    id: request?.id ?? '',
    version: 1,
    days: 7,
  })
  for (let scans = 0; scans < 3; scans++) expect((await get(link)).body).toContain('The link works once.')
  expect((await get(link, { host: 'trust.other.example' })).statusCode).toBe(404)
  const results = await Promise.all(Array.from({ length: 50 }, () => post(link, {})))
  const files = results.filter((result) => result.statusCode === 200)
  expect(files).toHaveLength(1)
  expect(files[0]?.headers['content-disposition']).toMatch(/^attachment;/)
  const dead = new Set(
    results
      .filter((result) => result.statusCode !== 200)
      .map((result) => `${result.statusCode} ${result.body}`),
  )
  expect(dead.size).toBe(1)
  const unknown = await get(`/en/link/${'A'.repeat(43)}`)
  expect(dead).toEqual(new Set([`404 ${unknown.body}`]))
  expect((await get(link)).body).toBe(unknown.body)
})

it('bounds forms in size, fields and number', async () => {
  const id = line.documents.soc2?.id ?? ''
  const big = await post(`/en/request/${id}`, { name: 'x'.repeat(20_000) })
  expect(big.statusCode).toBe(400)
  const many = await post(
    `/en/request/${id}`,
    Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, '1'])),
  )
  expect(many.statusCode).toBe(400)
  const statuses = []
  for (let tries = 0; tries < 25; tries++)
    statuses.push((await post(`/en/request/${id}`, { name: 'n' })).statusCode)
  expect(statuses.at(0)).toBe(400)
  const last = await post(`/en/request/${id}`, { name: 'n' })
  expect([last.statusCode, Number(last.headers['retry-after']) > 0]).toEqual([429, true])
})

it('sends the front door to the language that a browser wants', async () => {
  const door = await get('/', { 'accept-language': 'ja,en;q=0.5' })
  expect([door.statusCode, door.headers.location, door.headers.vary]).toEqual([
    302,
    '/ja/',
    'accept-language',
  ])
  expect(preferredLanguage('en-US;q=0.3, ja-JP;q=0.9')).toBe('ja')
  expect(preferredLanguage('ja;q=0, fr')).toBe('en')
  expect(preferredLanguage('x'.repeat(100_000))).toBe('en')
  expect(preferredLanguage(undefined)).toBe('en')
})

it('serves an organisation without a host wherever no other answers', async () => {
  const id = '11111111-1111-4111-8111-111111111111'
  await execute(world.runtime, systemCaller(id), foundOrganisation, {
    name: { en: 'Default', ja: '既定' },
    timeZone: 'UTC',
    host: null,
    demoDay: null,
  })
  await afterASecond()
  const page = await get('/en/', { host: 'nowhere.example' })
  expect([page.statusCode, page.body.includes('Default')]).toEqual([404, true])
})
