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
import { reading } from '../db/transaction.ts'
import type { Role } from '../kernel/actor.ts'
import { addPerson, invitePerson } from '../people/server/commands.ts'
import { createApiKey } from '../people/server/key-commands.ts'
import { execute } from './execute.ts'

let world: SignInWorld
let home: Home
let address = 0

beforeAll(async () => {
  world = await makeSignInWorld('address')
  home = await foundHome(world)
})
afterAll(() => world.close())

const from = () => browser(world, `198.51.100.${++address}`)

async function member(name: string, role: Role | null) {
  const made = await addMember(world, home, name, role)
  const at = from()
  await signIn(at, made.email)
  return { ...made, at }
}

type Member = Awaited<ReturnType<typeof member>>

const own = ({ at }: Member, email: string, password = goodPassword) =>
  at.post('/api/account/address', { email, password })
const others = (by: Member, id: string, email: string, version = 1) =>
  by.at.post(`/api/people/${id}/address`, { email }, { 'if-match': `"${version}"` })

const entryOf = (id: string) =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ statement: string }>`
      select statement from log_entry where record_id = ${id}::uuid order by n desc limit 1`.execute(tx)
    const { type, actor, record } = JSON.parse(rows[0]?.statement ?? '{}')
    return [type, actor.id, record.email]
  })

describe('one’s own address', () => {
  it('row 11: is changed with the password, in any role or none, and ends every session', async () => {
    const one = await member('wanderer', null)
    const second = from()
    await signIn(second, one.email)
    const wrong = await own(one, 'moved@example.com', 'not the password')
    expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'access.password_wrong'])
    expect((await own(one, 'Moved@Example.com')).statusCode).toBe(204)
    for (const at of [one.at, second]) expect((await at.get('/api/me')).statusCode).toBe(401)
    expect((await signIn(from(), 'wanderer@example.com')).statusCode).toBe(401)
    const here = from()
    await signIn(here, 'moved@example.com')
    expect((await here.get('/api/me')).json().person).toMatchObject({
      id: one.id,
      email: 'moved@example.com',
    })
    expect(await entryOf(one.id)).toEqual(['person.address_changed', one.id, 'moved@example.com'])
  })

  it('is not guessed at, and is nothing for strangers and keys', async () => {
    const one = await member('guessed', 'reader')
    const statuses = []
    for (let at = 0; at < 12; at++) statuses.push((await own(one, 'x@example.com', `guess ${at}`)).statusCode)
    expect(statuses).toEqual([...Array(10).fill(400), 429, 429])
    const body = { email: 'x@example.com', password: goodPassword }
    expect((await from().post('/api/account/address', body)).statusCode).toBe(401)
    const owner = await member('key-maker', 'owner')
    const key = await execute(
      world.runtime,
      { ...home.owner, actor: { ...home.owner.actor, id: owner.id } },
      createApiKey,
      {
        name: 'Robot',
        role: 'owner',
        entityId: null,
        scopes: ['person.*'],
        expiresAt: '2023-12-31T00:00:00.000Z',
      },
    )
    const authorization = { authorization: `Bearer ${key.secret}` }
    expect((await owner.at.post('/api/account/address', body, authorization)).statusCode).toBe(401)
    expect((await owner.at.get('/api/me')).statusCode).toBe(200)
  })

  it('row 54: is refused where it is taken, deceptive or no address', async () => {
    await member('settled', 'reader')
    const one = await member('hopeful', 'reader')
    const taken = await own(one, 'SETTLED@example.com')
    expect([taken.statusCode, taken.json().code]).toEqual([400, 'input.invalid'])
    await world.auth.createAccount({ name: 'Nobody', email: 'account-only@example.com', password: null })
    expect((await own(one, 'account-only@example.com')).json().code).toBe('person.email_taken')
    const hostile = [
      'ｈｏｐｅ@example.com',
      'hope\u202e@example.com',
      'hop\u0435@example.com',
      'hope\u200b@example.com',
      'hope@exam\u0000ple.com',
      'hope@example.com\r\nbcc: all@example.com',
      'hope@ex ample.com',
      `${'h'.repeat(250)}@example.com`,
      'hope',
    ]
    for (const email of hostile) expect((await own(one, email)).statusCode, JSON.stringify(email)).toBe(400)
    expect((await one.at.get('/api/me')).json().person.email).toBe('hopeful@example.com')
  }, 20_000)
})

describe('somebody else’s address', () => {
  it('row 11: is changed by an owner, ends sessions, and is logged', async () => {
    const owner = await member('olivia', 'owner')
    const one = await member('typo', 'manager')
    expect((await others(owner, one.id, 'right@example.com')).statusCode).toBe(200)
    expect((await one.at.get('/api/me')).statusCode).toBe(401)
    expect((await signIn(from(), 'right@example.com')).statusCode).toBe(200)
    expect(await entryOf(one.id)).toEqual(['person.address_changed', owner.id, 'right@example.com'])
    expect((await others(owner, one.id, 'again@example.com', 1)).json().code).toBe('record.changed_meanwhile')
    expect((await others(owner, owner.id, 'self@example.com')).json().code).toBe('person.own_address')
  })

  it('is no matter of managers and readers', async () => {
    const one = await member('quiet', 'reader')
    for (const role of ['manager', 'reader'] as const) {
      const by = await member(`by-${role}`, role)
      expect((await others(by, one.id, 'taken-over@example.com')).statusCode).toBe(403)
    }
  })

  it('ends the links that were given for the old one', async () => {
    const owner = await member('linker', 'owner')
    const { person, invitation } = await execute(world.runtime, home.owner, invitePerson, {
      name: { en: 'Guest' },
      email: 'old-guest@example.com',
      entityId: null,
      jobTitle: null,
    })
    expect((await others(owner, person.id, 'new-guest@example.com')).statusCode).toBe(200)
    const token = invitation.token
    expect((await from().post('/api/invitation', { token, password: goodPassword })).statusCode).toBe(412)
    const again = (await owner.at.post(`/api/people/${person.id}/invitation`)).json().invitation.token
    expect((await from().post('/api/invitation', { token: again, password: goodPassword })).statusCode).toBe(
      204,
    )
    expect((await signIn(from(), 'new-guest@example.com')).statusCode).toBe(200)

    const one = await member('pending', 'reader')
    const reset = (await owner.at.post(`/api/people/${one.id}/password-reset`)).json().reset.token
    expect((await others(owner, one.id, 'elsewhere@example.com', 2)).statusCode).toBe(200)
    expect((await from().post('/api/invitation', { token: reset, password: goodPassword })).statusCode).toBe(
      412,
    )
  })

  it('leaves an account alone that also serves another organisation', async () => {
    const owner = await member('half-owner', 'owner')
    const one = await member('both', 'reader')
    const other = await foundHome(world, 'Other Corporation', 'other')
    const there = { entityId: null, jobTitle: null, state: 'active', accountId: one.accountId } as const
    const name = { en: 'Both' }
    await execute(world.runtime, other.system, addPerson, { ...there, name, email: one.email })
    expect((await others(owner, one.id, 'local@example.com')).json().email).toBe('local@example.com')
    expect((await signIn(from(), 'local@example.com')).statusCode).toBe(401)
    expect((await signIn(from(), 'both@example.com')).statusCode).toBe(200)
  })
})
