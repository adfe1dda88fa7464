import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  type Browser,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { newId } from '../kernel/id.ts'
import { addPerson, invitePerson, personLeaves } from '../people/server/commands.ts'
import { giveGrant } from '../people/server/grant-commands.ts'
import { execute } from './execute.ts'

let world: SignInWorld
let [first, second, third]: Home[] = []
let address = 0
const renewedPassword = 'a password of their own making'

const from = () => browser(world, `198.51.100.${++address}`)

beforeAll(async () => {
  world = await makeSignInWorld('several')
  first = await foundHome(world, 'First', 'first')
  second = await foundHome(world, 'Second', 'second')
  third = await foundHome(world, 'Third', 'third')
})
afterAll(() => world.close())

const homes = () => {
  if (!first || !second || !third) throw new Error('no organisations')
  return { first, second, third }
}

/** An owner of the first organisation who is a reader of the second. */
async function inBoth(name: string) {
  const one = await addMember(world, homes().first, name, 'owner')
  const { id } = await execute(world.runtime, homes().second.system, addPerson, {
    name: { en: name },
    email: one.email,
    entityId: null,
    jobTitle: null,
    state: 'active',
    accountId: one.accountId,
  })
  const reach = { entityId: null, certificateId: null }
  await execute(world.runtime, homes().second.system, giveGrant, { personId: id, role: 'reader', ...reach })
  return { ...one, secondId: id }
}

const choose = (by: Browser, organisationId: string) =>
  by.post('/api/account/organisation', { organisationId })
const where = async (by: Browser) => {
  const me = await by.get('/api/me')
  return me.statusCode === 200 ? me.json().organisation.name.en : me.json().code
}
const listed = async (by: Browser) =>
  (await by.get('/api/account/organisations'))
    .json()
    .items.map(({ name, current }: { name: { en: string }; current: boolean }) => [name.en, current])
    .sort()

describe('an account in several organisations', () => {
  it('works nowhere until one is chosen, and then there, session by session', async () => {
    const { email } = await inBoth('both')
    const [laptop, phone] = [from(), from()]
    await signIn(laptop, email)
    await signIn(phone, email)
    expect([await where(laptop), await listed(laptop)]).toEqual([
      'access.choose_organisation',
      [
        ['First', false],
        ['Second', false],
      ],
    ])
    expect((await laptop.get('/api/entities')).json().code).toBe('access.choose_organisation')
    expect((await choose(laptop, homes().first.organisationId)).statusCode).toBe(204)
    expect([await where(laptop), await where(phone)]).toEqual(['First', 'access.choose_organisation'])
    await choose(phone, homes().second.organisationId)
    expect([await where(laptop), await where(phone)]).toEqual(['First', 'Second'])
    expect(await listed(phone)).toEqual([
      ['First', false],
      ['Second', true],
    ])
    await choose(phone, homes().first.organisationId)
    expect(await where(phone)).toBe('First')
  })

  it('row 1, 23: is in each with the rights given there, and sees nothing of the other', async () => {
    const { email, id, secondId } = await inBoth('two-roles')
    const one = from()
    await signIn(one, email)
    await choose(one, homes().first.organisationId)
    expect((await one.get('/api/me')).json()).toMatchObject({ person: { id } })
    expect((await one.get(`/api/entities/${homes().second.root.id}`)).statusCode).toBe(404)
    expect((await one.get(`/api/people/${secondId}`)).statusCode).toBe(404)
    await choose(one, homes().second.organisationId)
    expect((await one.get('/api/me')).json()).toMatchObject({ person: { id: secondId } })
    expect((await one.get('/api/people')).statusCode).toBe(403)
    expect((await one.get(`/api/entities/${homes().first.root.id}`)).statusCode).toBe(404)
  })

  it('row 1, 49: reaches no organisation in which it stands for nobody, whatever the client says', async () => {
    const { email } = await inBoth('curious')
    const one = from()
    await signIn(one, email)
    await choose(one, homes().first.organisationId)
    const foreign = await choose(one, homes().third.organisationId)
    const absent = await choose(one, newId(world.runtime.random))
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'record.not_found'])
    expect(foreign.body.replace(/"reference":"[^"]*"/, '')).toBe(
      absent.body.replace(/"reference":"[^"]*"/, ''),
    )
    const said = `organisationId=${homes().third.organisationId}`
    const header = {
      'x-organisation': homes().third.organisationId,
      'x-assay-organisation': homes().third.organisationId,
    }
    expect((await one.get(`/api/me?${said}`)).statusCode).not.toBe(500)
    expect(
      (await one.post('/api/people', { organisationId: homes().third.organisationId }, header)).statusCode,
    ).toBe(400)
    expect(await where(one)).toBe('First')
    expect((await from().get('/api/account/organisations')).statusCode).toBe(401)
    expect((await choose(from(), homes().first.organisationId)).statusCode).toBe(401)
    const crossing = { 'sec-fetch-site': 'cross-site' }
    const body = { organisationId: homes().second.organisationId }
    expect((await one.post('/api/account/organisation', body, crossing)).statusCode).toBe(403)
    expect(await where(one)).toBe('First')
  })

  it('row 33: a choice does not outlive its person: leaving there leaves only what is left', async () => {
    const { email, secondId } = await inBoth('leaving')
    const one = from()
    await signIn(one, email)
    await choose(one, homes().second.organisationId)
    await execute(world.runtime, homes().second.owner, personLeaves, {
      id: secondId,
      version: 1,
      reason: 'Left',
    })
    expect((await one.get('/api/me')).statusCode).toBe(401)
    const again = from()
    await signIn(again, email)
    expect([await where(again), await listed(again)]).toEqual(['First', [['First', true]]])
    expect((await choose(again, homes().second.organisationId)).statusCode).toBe(404)
  })

  it('row 50: comes to be by an invitation, for whoever is signed in with the invited address', async () => {
    const { email } = await addMember(world, homes().first, 'growing', 'reader')
    const { person, invitation } = await execute(world.runtime, homes().second.owner, invitePerson, {
      name: { en: 'Growing' },
      email,
      entityId: null,
      jobTitle: null,
    })
    const { token } = invitation
    const join = (by: Browser, password = renewedPassword) => by.post('/api/invitation', { token, password })
    const stranger = from()
    expect((await join(stranger)).json().code).toBe('access.sign_in_to_join')
    const neighbour = await addMember(world, homes().first, 'neighbour', 'reader')
    await signIn(stranger, neighbour.email)
    expect((await join(stranger)).json().code).toBe('access.sign_in_to_join')
    const one = from()
    await signIn(one, email, goodPassword)
    expect((await one.post('/api/invitation', { token })).statusCode).toBe(400)
    expect((await join(one, 'short')).json().code).toBe('access.password_short')
    expect((await join(one)).statusCode).toBe(204)
    expect((await one.get('/api/me')).json()).toMatchObject({ person: { id: person.id }, permissions: [] })
    expect(await where(one)).toBe('Second')
    expect((await join(one)).json().code).toBe('access.link_invalid')
  })

  it('row 50: is renewed when it joins: nothing that an administrator here put into it opens it there', async () => {
    const { id, email, accountId } = await addMember(world, homes().first, 'renewed', 'reader')
    const manager = await addMember(world, homes().first, 'renewing-manager', 'manager')
    const managing = from()
    await signIn(managing, manager.email)
    const reset = async () =>
      (await managing.post(`/api/people/${id}/password-reset`)).json().reset.token as string
    // The administrator uses a reset themself, leaves a passkey, and keeps a session and one more link.
    const administrators = from()
    const known = 'known to the administrator'
    await administrators.post('/api/invitation', { token: await reset(), password: known })
    expect(await where(administrators)).toBe('First')
    await world.auth.pool.query(
      `insert into auth."passkey" ("id", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
       values ('left-behind', 'key', $1, 'credential', 0, 'singleDevice', false)`,
      [accountId],
    )
    const later = await reset()
    const { token } = (
      await execute(world.runtime, homes().second.owner, invitePerson, {
        name: { en: 'Renewed' },
        email,
        entityId: null,
        jobTitle: null,
      })
    ).invitation
    const one = from()
    await signIn(one, email, known)
    expect((await one.post('/api/invitation', { token, password: renewedPassword })).statusCode).toBe(204)
    expect(await where(one)).toBe('Second')
    expect(await where(administrators)).toBe('access.sign_in')
    expect((await signIn(from(), email, known)).statusCode).toBe(401)
    const { rowCount } = await world.auth.pool.query('select from auth."passkey" where "userId" = $1', [
      accountId,
    ])
    expect(rowCount).toBe(0)
    const used = await from().post('/api/invitation', { token: later, password: known })
    expect(used.json().code).toBe('access.link_invalid')
    expect((await managing.post(`/api/people/${id}/password-reset`)).json().code).toBe(
      'person.account_elsewhere',
    )
    expect((await signIn(from(), email, renewedPassword)).statusCode).toBe(200)
  })

  it('is never both joined and reset, whichever comes first', async () => {
    for (let round = 0; round < 6; round++) {
      const { id, email } = await addMember(world, homes().first, `raced-${round}`, 'reader')
      const manager = await addMember(world, homes().first, `racing-${round}`, 'manager')
      const managing = from()
      await signIn(managing, manager.email)
      const { reset } = (await managing.post(`/api/people/${id}/password-reset`)).json()
      const { token } = (
        await execute(world.runtime, homes().second.owner, invitePerson, {
          name: { en: 'Raced' },
          email,
          entityId: null,
          jobTitle: null,
        })
      ).invitation
      const one = from()
      await signIn(one, email)
      const known = 'known to the administrator'
      const work = [
        () => one.post('/api/invitation', { token, password: renewedPassword }),
        () => from().post('/api/invitation', { token: reset.token, password: known }),
      ]
      const [first, second] = round % 2 ? work : work.toReversed()
      const answers = await Promise.all([first?.(), second?.()])
      // The reset ends the session that would join, or the join ends the link: whoever is in two has their own words.
      const statuses = answers.map((one) => one?.statusCode)
      expect(statuses).toContain(204)
      const joined = (round % 2 ? answers[0] : answers[1])?.statusCode === 204
      expect((await signIn(from(), email, known)).statusCode).toBe(joined ? 401 : 200)
    }
  })
})

describe('somebody without any role', () => {
  it('is told who they are and whom to ask, and is given nothing', async () => {
    const home = await foundHome(world, 'Fourth', 'fourth')
    const owner = await addMember(world, home, 'the-owner', 'owner')
    const { id, email } = await addMember(world, home, 'newcomer', null)
    const one = from()
    await signIn(one, email)
    const me = await one.get('/api/me')
    expect([me.statusCode, me.json()]).toEqual([
      200,
      expect.objectContaining({
        person: { id, name: { en: 'newcomer' }, email },
        permissions: [],
        ask: [{ name: { en: 'the-owner' }, email: owner.email }],
      }),
    ])
    for (const path of ['/api/entities', '/api/people', '/api/organisation', '/api/certificates'])
      expect((await one.get(path)).statusCode, path).toBe(403)
    const boss = from()
    await signIn(boss, owner.email)
    expect((await boss.get('/api/me')).json().ask).toEqual([])
  })
})
