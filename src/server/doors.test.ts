import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { newId } from '../kernel/id.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { addPerson, invitePerson, personLeaves } from '../people/server/commands.ts'
import { newSetupToken } from './doors.ts'
import { execute } from './execute.ts'
import type { Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

const organisations = async (world: SignInWorld) =>
  (await sql`select organisation_ids()`.execute(world.database.kysely)).rows.length

const setupBody = (token: string, email = 'owner@example.com') => ({
  token,
  organisation: { name: { en: 'New Corporation' }, timeZone: 'Asia/Tokyo' },
  owner: { name: { en: 'First Owner' }, email, password: goodPassword },
})

describe('the set-up link', () => {
  let world: SignInWorld
  beforeAll(async () => {
    world = await makeSignInWorld('set-up')
  })
  afterAll(() => world.close())

  const token = async () => {
    const made = await newSetupToken(world.runtime, world.auth)
    if (!made) throw new Error('there is an organisation already')
    return made
  }

  it('refuses a wrong token, a weak password and unknown fields, and then still works', async () => {
    const good = await token()
    const { rows } = await world.auth.pool.query('select * from auth.setup_token')
    expect(JSON.stringify(rows)).not.toContain(good)
    const one = browser(world)
    const wrong = await one.post('/api/setup', setupBody('A'.repeat(43)))
    expect([wrong.statusCode, wrong.json().code]).toEqual([412, 'access.link_invalid'])
    const body = setupBody(good)
    const weak = await one.post('/api/setup', { ...body, owner: { ...body.owner, password: 'short' } })
    expect(weak.json().code).toBe('access.password_short')
    expect((await one.post('/api/setup', { ...body, demoDay: '2020-01-01' })).statusCode).toBe(400)
    expect(await organisations(world)).toBe(0)
    expect((await one.get('/api/me')).statusCode).toBe(401)
  })

  it('is replaced at each start, and ends after a day', async () => {
    const old = await token()
    const renewed = await token()
    const one = browser(world, '192.0.2.2')
    expect((await one.post('/api/setup', setupBody(old))).statusCode).toBe(412)
    world.at('2023-08-01T03:00:01.000Z')
    expect((await one.post('/api/setup', setupBody(renewed))).statusCode).toBe(412)
    expect(await organisations(world)).toBe(0)
  })

  it('can be repeated after a crash between the account and the organisation', async () => {
    const good = await token()
    await world.auth.createAccount({
      name: 'First Owner',
      email: 'owner@example.com',
      password: 'from the first try',
    })
    const broken = {
      ...setupBody(good),
      organisation: { name: { en: 'x'.repeat(300) }, timeZone: 'Asia/Tokyo' },
    }
    expect((await browser(world, '192.0.2.3').post('/api/setup', broken)).statusCode).toBe(400)
    const one = browser(world, '192.0.2.3')
    expect((await one.post('/api/setup', setupBody(good))).statusCode).toBe(204)
    const me = (await one.get('/api/me')).json()
    expect(me).toMatchObject({
      person: { email: 'owner@example.com' },
      organisation: { name: { en: 'New Corporation' } },
    })
    expect(me.permissions).toContain('organisation.update')
    const old = await signIn(browser(world), 'owner@example.com', 'from the first try')
    expect(old.statusCode).toBe(401)
    expect((await signIn(browser(world), 'owner@example.com')).statusCode).toBe(200)
    expect(await newSetupToken(world.runtime, world.auth)).toBeNull()
    const second = await browser(world, '192.0.2.4').post('/api/setup', setupBody(good, 'second@example.com'))
    expect([second.statusCode, await organisations(world)]).toEqual([412, 1])
  })
})

describe('the set-up link, used by many at once', () => {
  it('founds one organisation with one owner', async () => {
    const world = await makeSignInWorld('set-up-race')
    const token = (await newSetupToken(world.runtime, world.auth)) ?? ''
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const one = browser(world, `192.0.2.${at}`)
        return (await one.post('/api/setup', setupBody(token, `owner-${at}@example.com`))).statusCode
      }),
    )
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(11)
    expect(await organisations(world)).toBe(1)
    await world.close()
  })
})

describe('an invitation', () => {
  let world: SignInWorld
  let home: Home
  let address = 10
  beforeAll(async () => {
    world = await makeSignInWorld('invitation')
    home = await foundHome(world)
  })
  afterAll(() => world.close())

  const invite = async (email: string) => {
    const input = { name: { en: 'Invited Person' }, email, entityId: null, jobTitle: null }
    const { person, invitation } = await execute(world.runtime, home.owner, invitePerson, input)
    return { id: person.id, token: invitation.token }
  }
  const accept = (token: string, password = goodPassword, one = browser(world, `192.0.2.${++address}`)) =>
    one.post('/api/invitation', { token, password })

  it('makes an account once, by its secret and not by an address', async () => {
    const { id, token } = await invite('new@example.com')
    const one = browser(world)
    const accepted = await accept(token, goodPassword, one)
    expect([accepted.statusCode, accepted.body]).toEqual([204, ''])
    expect((await one.get('/api/me')).json()).toMatchObject({ person: { id }, permissions: [] })
    expect((await accept(token)).json().code).toBe('access.link_invalid')
    expect((await signIn(browser(world), 'new@example.com')).statusCode).toBe(200)
    const { rows } = await world.auth.pool.query('select * from auth.invitation where person_id = $1', [id])
    expect(rows).toEqual([])
  })

  it('row 43: is used up by one of twenty tries at once', async () => {
    const { token } = await invite('raced@example.com')
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await accept(token)).statusCode),
    )
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
  })

  it('row 58: opens for the exact token only', async () => {
    const { token } = await invite('exact@example.com')
    for (const wrong of [
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      token.toLowerCase(),
      encodeURIComponent(`${token} `),
      '',
    ]) {
      expect([400, 412]).toContain((await accept(wrong)).statusCode)
    }
    expect((await accept(token)).statusCode).toBe(204)
  })

  it('ends after a week, and when its person is no longer wanted', async () => {
    const late = await invite('late@example.com')
    const unwanted = await invite('unwanted@example.com')
    const { id } = unwanted
    await execute(world.runtime, home.owner, personLeaves, { id, version: 1, reason: 'Changed our mind' })
    expect((await accept(unwanted.token)).json().code).toBe('access.link_invalid')
    world.at('2023-08-07T03:00:00.000Z')
    expect((await accept(late.token)).json().code).toBe('access.link_invalid')
  })

  it('row 50: takes over nothing that somebody else registered for the address before', async () => {
    const email = 'returning@example.com'
    const gone = await addMember(world, home, 'returning', 'reader', 'the password of before')
    const old = browser(world)
    await signIn(old, email, 'the password of before')
    await execute(world.runtime, home.owner, personLeaves, { id: gone.id, version: 1, reason: 'Left' })
    await world.auth.pool.query(
      `insert into auth."passkey" ("id", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
       values ('planted', '', $1, 'planted', 0, 'singleDevice', false)`,
      [gone.accountId],
    )
    const { token } = await invite(email)
    expect((await accept(token)).statusCode).toBe(204)
    expect((await old.get('/api/me')).statusCode).toBe(401)
    expect((await signIn(browser(world), email, 'the password of before')).statusCode).toBe(401)
    expect((await signIn(browser(world), email)).statusCode).toBe(200)
    const { rows } = await world.auth.pool.query('select 1 from auth."passkey" where "userId" = $1', [
      gone.accountId,
    ])
    expect(rows).toEqual([])
  })

  it('row 50: to the address of an account in use changes nothing about that account', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    await addMember(world, home, 'in-use', 'reader')
    const input = { name: { en: 'Trap' }, email: 'in-use@example.com', entityId: null, jobTitle: null }
    const { invitation } = await execute(world.runtime, other.owner, invitePerson, input)
    const trap = await accept(invitation.token, 'password of the attacker')
    expect([trap.statusCode, trap.json().code, trap.headers['set-cookie']]).toEqual([
      409,
      'access.sign_in_to_join',
      undefined,
    ])
    expect((await signIn(browser(world), 'in-use@example.com')).statusCode).toBe(200)
  })

  it('is not tried without end', async () => {
    const one = browser(world, '198.51.100.99')
    const statuses = []
    for (let at = 0; at < 22; at++)
      statuses.push((await accept('B'.repeat(43), goodPassword, one)).statusCode)
    expect(statuses).toEqual([...Array(20).fill(412), 429, 429])
  })
})

/** An organisation with one person who has an account; invented when it has a demo day. */
const withPerson = (demoDay: string | null) => async (runtime: Runtime) => {
  const organisationId = newId(runtime.random)
  const system = systemCaller(organisationId)
  const name = { en: 'Invented Corporation' }
  await execute(runtime, system, foundOrganisation, { name, timeZone: 'Asia/Tokyo', host: null, demoDay })
  return organisationId
}

const people = async (world: SignInWorld, organisationId: string) => {
  const accountId = await world.auth.createAccount({
    name: 'Demo',
    email: 'demo@example.com',
    password: null,
  })
  return execute(world.runtime, systemCaller(organisationId), addPerson, {
    name: { en: 'Demo Person' },
    email: 'demo@example.com',
    entityId: null,
    jobTitle: null,
    state: 'active',
    accountId,
  })
}

const onlyOrganisation = async (world: SignInWorld): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select organisation_ids() as id`.execute(world.database.kysely)
  return rows[0]?.id ?? ''
}

describe('the door of the demo', () => {
  it('lets one enter as its people by one click', async () => {
    const world = await makeSignInWorld('demo', withPerson('2023-07-31'))
    const { id } = await people(world, await onlyOrganisation(world))
    const one = browser(world)
    expect((await one.get('/api/demo/people')).json()).toEqual({
      items: [{ id, name: { en: 'Demo Person' }, jobTitle: null, roles: [] }],
    })
    const unknown = await one.post('/api/demo/sign-in', { personId: '00000000-0000-4000-8000-000000000009' })
    expect(unknown.statusCode).toBe(404)
    expect((await one.post('/api/demo/sign-in', { personId: id })).statusCode).toBe(204)
    const crossing = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect((await one.post('/api/demo/sign-in', { personId: id }, crossing)).statusCode).toBe(403)
    await world.close()
  })

  it('does not exist elsewhere, and opens for no real organisation even when it is there by mistake', async () => {
    const real = await makeSignInWorld('real')
    const home = await foundHome(real)
    const member = await addMember(real, home, 'member', 'owner')
    for (const response of [
      await browser(real).get('/api/demo/people'),
      await browser(real).post('/api/demo/sign-in', { personId: member.id }),
    ]) {
      expect([response.statusCode, response.json().code]).toEqual([404, 'request.not_found'])
    }
    await real.close()
    const mistaken = await makeSignInWorld('mistaken', withPerson(null))
    const { id } = await people(mistaken, await onlyOrganisation(mistaken))
    const one = browser(mistaken)
    const answers = [await one.get('/api/demo/people'), await one.post('/api/demo/sign-in', { personId: id })]
    expect(answers.map((response) => [response.statusCode, response.headers['set-cookie']])).toEqual([
      [404, undefined],
      [404, undefined],
    ])
    await mistaken.close()
  })
})
