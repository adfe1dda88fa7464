import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeProgramme, type Programme } from '../../tests/support/trust-world.ts'
import { makeWorld, type World } from '../../tests/support/world.ts'
import { createHttp } from './http.ts'
import { routes } from './nouns.ts'
import { forgetting, keepSites } from './public-cache.ts'
import { registerPublicRoutes } from './public-http.ts'

let world: World
let programme: Programme
let app: FastifyInstance

beforeAll(async () => {
  world = await makeWorld('public-fresh')
  programme = await makeProgramme(world)
  const sites = keepSites(world.runtime)
  const runtime = forgetting(world.runtime, sites)
  app = createHttp({
    runtime,
    routes,
    authenticate: async () => programme.home.manager,
    log: (entry) => console.error(entry),
  })
  await registerPublicRoutes(app, runtime, { sites })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const publish = async () => {
  const answer = await app.inject({ method: 'POST', url: '/api/trust/publications', payload: {} })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('publishedAt')])
}

const live = async () =>
  (await app.inject('/.well-known/trust-center.json')).json<{ edition?: number }>().edition

it('shows an edition to the very next visitor after the answer to its publisher', async () => {
  expect((await app.inject('/en/')).statusCode).toBe(404)
  for (const number of [1, 2, 3]) {
    await publish()
    expect(await live()).toBe(number)
    const page = await app.inject('/en/')
    expect([page.statusCode, page.body.includes(`Edition ${number}`)]).toEqual([200, true])
    expect((await app.inject('/ja/')).body).toContain(`第${number}版`)
  }
})

it('does so while others keep asking', async () => {
  let over = false
  const visitor = async () => {
    while (!over) {
      await live()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
  const crowd = [visitor(), visitor(), visitor()]
  try {
    for (const number of [4, 5, 6]) {
      await publish()
      expect(await live()).toBe(number)
    }
  } finally {
    over = true
    await Promise.all(crowd)
  }
})

it('has the icon where browsers look for it, to be kept for a day', async () => {
  for (const [url, type] of [
    ['/favicon.ico', 'image/vnd.microsoft.icon'],
    ['/favicon.svg', 'image/svg+xml; charset=utf-8'],
  ] as const) {
    const icon = await app.inject(url)
    expect([icon.statusCode, icon.headers['content-type'], icon.headers['cache-control']]).toEqual([
      200,
      type,
      'public, max-age=86400',
    ])
    const again = await app.inject({ url, headers: { 'if-none-match': String(icon.headers.etag) } })
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0])
  }
  // Type 1, and a picture for each of the three usual sizes.
  expect((await app.inject('/favicon.ico')).rawPayload.subarray(0, 6)).toEqual(
    Buffer.from([0, 0, 1, 0, 3, 0]),
  )
  expect((await app.inject('/en/')).body).toContain('<link rel="icon" href="/favicon.svg"')
})
