import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { makeProgramme, type Programme } from '../../tests/support/trust-world.ts'
import { callerWith, grantAll, makeWorld, systemCaller, type World } from '../../tests/support/world.ts'
import { reading } from '../db/transaction.ts'
import { readBundle } from '../log/bundle.ts'
import { createProver } from '../log/server/prove.ts'
import { createSealer, type Sealer } from '../log/server/seal.ts'
import { verifyBundle } from '../log/verify.ts'
import { addPerson } from '../people/server/commands.ts'
import { publish } from '../trust/server/publish.ts'
import { answer, execute } from './execute.ts'
import { createHttp } from './http.ts'
import { registerLogRoutes } from './log-http.ts'
import { registerPublicRoutes } from './public-http.ts'
import type { Caller } from './runtime.ts'

// Who works at an organisation is not for strangers to read: not on a page, and not in what proves it.

let world: World
let programme: Programme
let sealer: Sealer
let app: FastifyInstance
const directory = temporaryDirectory('public-names')
const name = { en: 'Shizuka Tanabe', ja: '田辺静香' }
const email = 'shizuka.tanabe@line.example'
const keyName = 'Kaito Murase laptop'

async function publishAs(caller: Caller): Promise<void> {
  await execute(world.runtime, caller, publish, {})
  await sealer.sealNow(programme.home.organisationId)
}

beforeAll(async () => {
  world = await makeWorld('public-names')
  programme = await makeProgramme(world)
  const { organisationId, system } = programme.home
  const { database, clock, runtime } = world
  const { random } = runtime
  const at = { database, clock, random, directory: directory.path, log: console.error }
  sealer = createSealer(at)
  const person = await execute(runtime, system, addPerson, {
    name,
    email,
    entityId: null,
    jobTitle: null,
    state: 'active',
    accountId: null,
  })
  const manager = [grantAll('manager')]
  await publishAs(callerWith(organisationId, manager, random, { id: person.id, name: name.en }))
  await publishAs(callerWith(organisationId, manager, random, { kind: 'key', name: keyName }))
  const authenticate = async () => systemCaller(organisationId)
  app = createHttp({ runtime, routes: [], authenticate, log: console.error })
  const prove = createProver(directory.path, sealer.signer)
  registerLogRoutes(app, runtime, { directory: directory.path, signer: sealer.signer, prove, authenticate })
  await registerPublicRoutes(app, runtime, { prove })
})
afterAll(async () => {
  await app.close()
  await sealer.stop()
  await world.close()
  directory.remove()
})

/** Names and addresses of everybody whom the organisation knows, as the database has them. */
async function personalWords(): Promise<string[]> {
  const rows = await reading(world.database, programme.home.organisationId, (tx) =>
    sql<{ word: string | null }>`
      select name ->> 'en' as word from person union select name ->> 'ja' from person union select email from person
    `.execute(tx),
  )
  const known = rows.rows.flatMap(({ word }) => (word === null ? [] : [word]))
  expect(known).toEqual(expect.arrayContaining([name.en, name.ja, email]))
  // These two are words of pages and formats as well ("Author", "<author>"): their addresses stand for them.
  return [...known.filter((word) => !['Author', 'Reviewer'].includes(word)), keyName, 'Test Person']
}

const size = async () => Number((await app.inject('/log/checkpoint')).payload.split('\n')[1] ?? Number.NaN)

it('no person’s name or address is in any byte that a stranger can have', async () => {
  const soc3 = programme.documents.soc3?.digest ?? ''
  const page = (await app.inject('/en/')).payload
  const stylesheet = /href="(\/page\/[0-9a-f]{64}\.css)"/.exec(page)?.[1] ?? ''
  const addresses = [
    ...['en', 'ja'].flatMap((language) =>
      ['', 'archive/', 'archive/1/', 'archive/2/', 'archive/1/2/', 'changes.atom'].map(
        (path) => `/${language}/${path}`,
      ),
    ),
    ...['/en/page.grcproof', '/ja/archive/1/page.grcproof', '/ja/archive/2/page.grcproof'],
    ...['/.well-known/trust-center.json', '/log/checkpoint', '/log/key'],
    ...[`/log/tile/0/000.p/${await size()}`, `/documents/${soc3}/report.pdf`, stylesheet],
    `/en/request/${programme.documents.soc2?.id}`,
  ]
  const words = await personalWords()
  for (const url of addresses) {
    const { statusCode, rawPayload } = await app.inject(url)
    expect([url, statusCode]).toEqual([url, 200])
    // A signed envelope carries its payload in base64: it is looked at unpacked too.
    const text = rawPayload.toString('utf8')
    const payload = /"payload":"([^"]+)"/.exec(text)?.[1] ?? ''
    const said = text + Buffer.from(payload, 'base64').toString('utf8')
    expect([url, words.filter((word) => said.includes(word))]).toEqual([url, []])
  }
})

it('the statement is whole, verifiable, and says in which role it was published', async () => {
  for (const number of [1, 2]) {
    const { rawPayload } = await app.inject(`/en/archive/${number}/page.grcproof`)
    const verdict = await verifyBundle(readBundle(new Uint8Array(rawPayload)))
    expect([verdict.sound, verdict.said.map(({ actor }) => actor)]).toEqual([true, ['manager']])
  }
})

it('inside, the id still leads to the person who published', async () => {
  const { getPublication } = await import('../trust/server/publication-queries.ts')
  const { getPerson } = await import('../people/server/queries.ts')
  const { owner } = programme.home
  const { publishedBy } = await answer(world.runtime, owner, getPublication, { number: 1 })
  const person = await answer(world.runtime, owner, getPerson, { id: publishedBy ?? '' })
  expect(person.name).toEqual(name)
})
