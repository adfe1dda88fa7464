import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { makeProgramme, type Programme } from '../../tests/support/trust-world.ts'
import { makeWorld, systemCaller, type World } from '../../tests/support/world.ts'
import { readBundle } from '../log/bundle.ts'
import { createProver } from '../log/server/prove.ts'
import { createSealer, type Sealer } from '../log/server/seal.ts'
import { verifyBundle } from '../log/verify.ts'
import { publish } from '../trust/server/publish.ts'
import { execute } from './execute.ts'
import { createHttp } from './http.ts'
import { registerPublicRoutes } from './public-http.ts'

let world: World
let programme: Programme
let sealer: Sealer
let app: FastifyInstance
const directory = temporaryDirectory('public-proof')

beforeAll(async () => {
  world = await makeWorld('public-proof')
  programme = await makeProgramme(world)
  const { database, clock, runtime } = world
  sealer = createSealer({
    database,
    clock,
    random: runtime.random,
    directory: directory.path,
    log: console.error,
  })
  await execute(runtime, programme.home.manager, publish, {})
  await sealer.sealNow(programme.home.organisationId)
  const authenticate = async () => systemCaller(programme.home.organisationId)
  app = createHttp({ runtime, routes: [], authenticate, log: console.error })
  await registerPublicRoutes(app, runtime, { prove: createProver(directory.path, sealer.signer) })
})
afterAll(async () => {
  await app.close()
  await sealer.stop()
  await world.close()
  directory.remove()
})

it('hands out a bundle that proves the page and the documents in a reader’s hands', async () => {
  const answer = await app.inject('/en/archive/1/page.grcproof')
  expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([
    200,
    'attachment; filename="edition-1.grcproof"',
  ])
  const live = await app.inject('/ja/page.grcproof')
  expect(live.statusCode).toBe(200)
  const bundle = readBundle(new Uint8Array(answer.rawPayload))
  const page = (await app.inject('/en/archive/1/')).rawPayload
  const report = (await app.inject(`/documents/${programme.documents.soc3?.digest}/report.pdf`)).rawPayload
  const files = [
    { name: 'page.html', bytes: new Uint8Array(page) },
    { name: 'soc3.pdf', bytes: new Uint8Array(report) },
  ]
  const verdict = await verifyBundle(bundle, { files })
  expect([verdict.sound, verdict.level, verdict.said.map((one) => one.type)]).toEqual([
    true,
    1,
    ['publication.published'],
  ])
  const forged = Buffer.from(page)
  forged[forged.length - 10] = (forged[forged.length - 10] ?? 0) ^ 1
  const bad = await verifyBundle(bundle, { files: [{ name: 'page.html', bytes: new Uint8Array(forged) }] })
  expect(bad.sound).toBe(false)
})

it('has no proof of an edition that does not exist', async () => {
  expect((await app.inject('/en/archive/2/page.grcproof')).statusCode).toBe(404)
})
