import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  browser,
  type Member,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../../tests/support/sign-in.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { reading } from '../db/transaction.ts'
import type { Role } from '../kernel/actor.ts'
import { personLeaves } from '../people/server/commands.ts'
import { endGrant, giveGrant } from '../people/server/grant-commands.ts'
import { createApiKey, revokeApiKey } from '../people/server/key-commands.ts'
import { getPerson, listApiKeys } from '../people/server/queries.ts'
import { answer, execute } from './execute.ts'

let world: SignInWorld
let home: Home
let maker: Member

beforeAll(async () => {
  world = await makeSignInWorld('keys')
  home = await foundHome(world)
  maker = await addMember(world, home, 'maker', 'owner')
})
afterAll(() => world.close())

async function makeKey(
  parts: { role?: Role; scopes?: string[]; by?: Member; entityId?: string; expiresAt?: string } = {},
) {
  const { role = 'owner', scopes = ['person.read'], by = maker, entityId = null } = parts
  const caller = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, { id: by.id })
  const expiresAt = parts.expiresAt ?? '2024-01-01T00:00:00.000Z'
  return execute(world.runtime, caller, createApiKey, { name: 'Importer', role, entityId, scopes, expiresAt })
}

const call = (authorization: string, url = '/api/people', more: object = {}) =>
  world.app.inject({ url, headers: { authorization }, ...more })

const use = (secret: string, url?: string, more?: object) => call(`Bearer ${secret}`, url, more)

const entity = (key: string) => ({
  key,
  parentId: home.root.id,
  kind: 'site' as const,
  name: { en: key },
  country: null,
  memberFrom: null,
  memberTo: null,
})

describe('a key', () => {
  it('row 42: reaches what its scopes name, and every other address refuses it', async () => {
    const { secret } = await makeKey({ scopes: ['person.read', 'entity.*'] })
    expect((await use(secret)).statusCode).toBe(200)
    expect((await use(secret, '/api/entities')).statusCode).toBe(200)
    const made = await use(secret, '/api/entities', { method: 'POST', payload: entity('by-key') })
    expect(made.statusCode).toBe(200)
    for (const [method, url] of [
      ['GET', '/api/me'],
      ['GET', '/api/keys'],
      ['GET', '/api/organisation'],
      ['GET', '/api/services'],
      ['POST', '/api/people'],
      ['POST', '/api/grants'],
    ] as const) {
      const refused = await use(secret, url, { method, ...(method === 'POST' && { payload: {} }) })
      expect([url, refused.statusCode, refused.json().code]).toEqual([url, 403, 'access.forbidden'])
    }
  })

  it('row 30: is the actor in the log, never the person who made it', async () => {
    const { secret, id } = await makeKey({ scopes: ['entity.create'] })
    await use(secret, '/api/entities', { method: 'POST', payload: entity('logged') })
    const { rows } = await reading(world.database, home.organisationId, (tx) =>
      sql<{
        actor: unknown
      }>`select statement::jsonb -> 'actor' as actor from log_entry order by idx desc limit 1`.execute(tx),
    )
    expect(rows).toEqual([{ actor: { kind: 'key', id, name: 'Importer' } }])
  })

  it('needs no proof of origin, since no browser sends it by itself', async () => {
    const { secret } = await makeKey({ scopes: ['entity.create'] })
    const headers = {
      authorization: `Bearer ${secret}`,
      origin: 'https://ci.example',
      'sec-fetch-site': 'cross-site',
    }
    const made = await world.app.inject({
      method: 'POST',
      url: '/api/entities',
      headers,
      payload: entity('cross'),
    })
    expect(made.statusCode).toBe(200)
  })

  it('notes its last use at most once a minute', async () => {
    const { secret, id } = await makeKey()
    const usedAt = async () =>
      (await answer(world.runtime, home.owner, listApiKeys, {})).items.find((key) => key.id === id)?.usedAt
    const seen = [await usedAt()]
    for (const at of ['2023-07-31T03:10:00.000Z', '2023-07-31T03:10:59.000Z', '2023-07-31T03:11:01.000Z']) {
      world.at(at)
      await use(secret)
      seen.push(await usedAt())
    }
    expect(seen).toEqual([
      null,
      '2023-07-31T03:10:00.000Z',
      '2023-07-31T03:10:00.000Z',
      '2023-07-31T03:11:01.000Z',
    ])
  })

  it('row 69: ends when it expires or is revoked, at once', async () => {
    const short = await makeKey({ expiresAt: '2023-07-31T03:30:00.000Z' })
    expect((await use(short.secret)).statusCode).toBe(200)
    world.at('2023-07-31T03:30:00.000Z')
    expect((await use(short.secret)).json().code).toBe('access.key_invalid')
    const { secret, id } = await makeKey()
    expect((await use(secret)).statusCode).toBe(200)
    await execute(world.runtime, home.owner, revokeApiKey, { id, version: 1 })
    expect((await use(secret)).statusCode).toBe(401)
  })

  it('row 5: ends when its maker holds less than it', async () => {
    const by = await addMember(world, home, 'demoted-maker', 'manager')
    const { secret } = await makeKey({ role: 'manager', by })
    expect((await use(secret)).statusCode).toBe(200)
    const grant = (await answer(world.runtime, home.owner, getPerson, { id: by.id })).grants[0]
    const reach = { entityId: home.root.id, certificateId: null }
    await execute(world.runtime, home.owner, giveGrant, { personId: by.id, role: 'manager', ...reach })
    await execute(world.runtime, home.owner, endGrant, { id: grant?.id, version: 1 })
    expect((await use(secret)).statusCode).toBe(401)
    const local = await makeKey({ role: 'contributor', by, entityId: home.root.id, scopes: ['entity.read'] })
    expect((await use(local.secret, '/api/entities')).statusCode).toBe(200)
  })

  it('row 69: of one organisation opens nothing of another', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    const { secret } = await makeKey({ scopes: ['person.read', 'entity.*'] })
    const foreign = await use(secret, `/api/entities/${other.root.id}`)
    const absent = await use(secret, '/api/entities/00000000-0000-4000-8000-00000000dead')
    expect([foreign.statusCode, foreign.body]).toEqual([404, absent.body])
  })
})

describe('what is not a key', () => {
  it('row 70: gets one answer in one shape, however it is malformed, and never an error of ours', async () => {
    const { secret } = await makeKey()
    const attempts = [
      '',
      'Bearer',
      'Bearer ',
      `Bearer  ${secret}`,
      `Bearer ${secret} `.trimEnd().concat('x'),
      `Bearer ${secret.toUpperCase()}`,
      `Bearer ${secret.slice(0, -1)}`,
      `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`,
      `Token ${secret}`,
      secret,
      `Bearer ${'a'.repeat(10_000)}`,
      `Bearer ${encodeURIComponent(`${secret}%00`)}`,
      'Bearer assay_\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
      'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.',
      `Bearer assay_' or 1=1 --aaaaaaaaaaaaaaaa`,
    ]
    const bodies = new Set<string>()
    for (const attempt of attempts) {
      const response = await call(attempt)
      expect([attempt.slice(0, 40), response.statusCode]).toEqual([attempt.slice(0, 40), 401])
      bodies.add(response.body)
    }
    expect(bodies.size).toBe(1)
    expect((await call(`bearer ${secret}`)).statusCode).toBe(200)
    expect(world.lines).toEqual([])
  })

  it('does not fall back to the cookie that came with it', async () => {
    const one = browser(world)
    await signIn(one, maker.email)
    const cookie = [...one.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await world.app.inject({
      url: '/api/me',
      headers: { cookie, authorization: 'Bearer x' },
    })
    expect(response.statusCode).toBe(401)
  })

  it('row 69: is a key in an address or a cookie', async () => {
    const { secret } = await makeKey()
    for (const name of ['token', 'access_token', 'api_key', 'key', 'authorization']) {
      const response = await world.app.inject(`/api/people?${name}=${secret}`)
      expect([name, response.statusCode]).toEqual([name, 401])
    }
    const response = await world.app.inject({
      url: '/api/people',
      headers: { cookie: `assay.session_token=${secret}`, 'x-api-key': secret },
    })
    expect(response.statusCode).toBe(401)
  })
})

describe('somebody who left', () => {
  it('row 21, 33, 105: has no access by session, key or sign-in, and is told so clearly', async () => {
    const gone = await addMember(world, home, 'gone', 'manager')
    const [here, there] = [browser(world), browser(world)]
    await signIn(here, gone.email)
    await signIn(there, gone.email)
    const { secret } = await makeKey({ role: 'manager', by: gone })
    expect((await use(secret)).statusCode).toBe(200)
    await execute(world.runtime, home.owner, personLeaves, { id: gone.id, version: 1, reason: 'Left' })
    const statuses = [
      (await here.get('/api/me')).statusCode,
      (await there.get('/api/people')).statusCode,
      (await use(secret)).statusCode,
    ]
    expect(statuses).toEqual([401, 401, 401])
    const { rows } = await world.auth.pool.query('select 1 from auth."session" where "userId" = $1', [
      gone.accountId,
    ])
    expect(rows).toEqual([])
    const again = await signIn(browser(world), gone.email)
    expect([again.statusCode, again.json().code, again.headers['set-cookie']]).toEqual([
      403,
      'access.person_left',
      undefined,
    ])
    const guess = await signIn(browser(world), gone.email, 'not the password')
    expect(guess.json().code).toBe('access.sign_in_failed')
  })
})
