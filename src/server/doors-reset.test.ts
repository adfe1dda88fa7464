import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  type Browser,
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
  totp,
} from '../../tests/support/sign-in.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { reading } from '../db/transaction.ts'
import type { Role } from '../kernel/actor.ts'
import { addPerson, invitePerson, personLeaves } from '../people/server/commands.ts'
import { endGrant, giveGrant } from '../people/server/grant-commands.ts'
import { getPerson } from '../people/server/queries.ts'
import { answer, execute } from './execute.ts'

let world: SignInWorld
let home: Home
let address = 0

beforeAll(async () => {
  world = await makeSignInWorld('reset')
  home = await foundHome(world)
})
afterAll(() => world.close())

const newPassword = 'a different staple for the battery'
const from = () => browser(world, `198.51.100.${++address}`)

/** Somebody with a role, signed in. */
async function member(name: string, role: Role | null): Promise<{ id: string; email: string; at: Browser }> {
  const { id, email } = await addMember(world, home, name, role)
  const at = from()
  await signIn(at, email)
  return { id, email, at }
}

const ask = (by: Browser, id: string) => by.post(`/api/people/${id}/password-reset`)
const give = async (by: Browser, id: string): Promise<string> => {
  const response = await ask(by, id)
  expect(response.statusCode).toBe(200)
  return response.json().reset.token
}
const use = (token: string, password = newPassword, by = from()) =>
  by.post('/api/invitation', { token, password })

const entriesOf = (id: string) =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ statement: string }>`
      select statement from log_entry where record_id = ${id}::uuid order by n`.execute(tx)
    return rows.map(({ statement }) => JSON.parse(statement))
  })

describe('a password reset', () => {
  it('sets a new password once, ends every session and is logged without its secret', async () => {
    const manager = await member('mio', 'manager')
    const lost = await member('lost', 'reader')
    const second = from()
    await signIn(second, lost.email)
    const token = await give(manager.at, lost.id)
    expect((await lost.at.get('/api/me')).statusCode).toBe(200)

    const here = from()
    expect((await use(token, 'short', here)).json().code).toBe('access.password_short')
    expect((await use(token, newPassword, here)).statusCode).toBe(204)
    expect((await here.get('/api/me')).json().person.id).toBe(lost.id)
    for (const one of [lost.at, second]) expect((await one.get('/api/me')).statusCode).toBe(401)
    expect((await signIn(from(), lost.email)).statusCode).toBe(401)
    expect((await signIn(from(), lost.email, newPassword)).statusCode).toBe(200)
    expect((await use(token)).json().code).toBe('access.link_invalid')

    const entries = await entriesOf(lost.id)
    expect(entries.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['person.added', null],
      ['person.reset_issued', manager.id],
      ['person.password_reset', null],
    ])
    const { rows } = await world.auth.pool.query('select * from auth.invitation')
    const kept = JSON.stringify([entries, rows, world.lines])
    for (const secret of [token, newPassword, '$argon2id']) expect(kept).not.toContain(secret)
  })

  it('row 5: is refused for somebody above the giver, for oneself, and to who manages nobody', async () => {
    const manager = await member('rank-manager', 'manager')
    const owner = await member('rank-owner', 'owner')
    const reader = await member('rank-reader', 'reader')
    const refusals = [await ask(manager.at, owner.id), await ask(reader.at, manager.id)]
    expect(refusals.map((one) => [one.statusCode, one.json().code])).toEqual([
      [403, 'grant.beyond_own'],
      [403, 'access.forbidden'],
    ])
    expect((await ask(manager.at, manager.id)).json().code).toBe('person.reset_own')
    expect((await ask(owner.at, manager.id)).statusCode).toBe(200)
    const shown = async (id: string) => (await manager.at.get(`/api/people/${id}`)).json().abilities
    expect(await shown(owner.id)).not.toContain('reset')
    expect(await shown(manager.id)).not.toContain('reset')
    expect(await shown(reader.id)).toContain('reset')
  })

  it('row 5: is worth nothing once its person may do more than its giver, or its giver less', async () => {
    const manager = await member('once-manager', 'manager')
    const raised = await member('raised', 'reader')
    const kept = await member('kept', 'manager')
    const stale = await give(manager.at, raised.id)
    await execute(world.runtime, home.owner, giveGrant, {
      personId: raised.id,
      role: 'owner',
      entityId: null,
      certificateId: null,
    })
    expect((await use(stale)).json().code).toBe('access.link_invalid')
    const token = await give(manager.at, kept.id)
    const [grant] = (await answer(world.runtime, home.owner, getPerson, { id: manager.id })).grants
    await execute(world.runtime, home.owner, endGrant, { id: grant?.id, version: grant?.version })
    expect((await use(token)).json().code).toBe('access.link_invalid')
    expect((await signIn(from(), kept.email)).statusCode).toBe(200)
  })

  it('ends after a day, with the next one, and when the person leaves', async () => {
    const manager = await member('end-manager', 'manager')
    const one = await member('ends', 'reader')
    const [first, second] = [await give(manager.at, one.id), await give(manager.at, one.id)]
    expect((await use(first)).statusCode).toBe(412)
    world.at('2023-08-01T03:00:01.000Z')
    expect((await use(second)).statusCode).toBe(412)
    world.at('2023-07-31T03:00:00.000Z')
    const { version } = await answer(world.runtime, home.owner, getPerson, { id: one.id })
    const third = await give(manager.at, one.id)
    await execute(world.runtime, home.owner, personLeaves, {
      id: one.id,
      version: version + 1,
      reason: 'Left',
    })
    expect((await use(third)).statusCode).toBe(412)
  })

  it('is given five times an hour for one person', async () => {
    const manager = await member('busy-manager', 'manager')
    const one = await member('often', 'reader')
    const statuses = []
    for (let at = 0; at < 7; at++) statuses.push((await ask(manager.at, one.id)).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  it('of many tries with one link at once lets one succeed', async () => {
    const manager = await member('race-manager', 'manager')
    const one = await member('raced', 'reader')
    const token = await give(manager.at, one.id)
    const passwords = Array.from({ length: 8 }, (_, at) => `one of eight passwords ${at}`)
    const statuses = await Promise.all(passwords.map(async (text) => (await use(token, text)).statusCode))
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    const winner = passwords[statuses.indexOf(204)]
    expect((await signIn(from(), one.email, winner)).statusCode).toBe(200)
  })

  it('leaves the second factor in force, and ends a sign-in that waits for it', async () => {
    const manager = await member('factor-manager', 'manager')
    const one = await member('factor', 'reader')
    const { totpURI } = (await one.at.post('/api/auth/two-factor/enable', { password: goodPassword })).json()
    const code = () => ({ code: totp(totpURI, world.clock.now()) })
    expect((await one.at.post('/api/auth/two-factor/verify-totp', code())).statusCode).toBe(200)
    world.at('2023-07-31T03:10:00.000Z')
    const waiting = from()
    expect((await signIn(waiting, one.email)).json()).toMatchObject({ twoFactorRedirect: true })

    const here = from()
    const used = await use(await give(manager.at, one.id), newPassword, here)
    expect([used.statusCode, used.json(), used.headers['set-cookie']]).toEqual([
      200,
      { signIn: true },
      undefined,
    ])
    expect((await waiting.post('/api/auth/two-factor/verify-totp', code())).statusCode).toBe(401)
    expect((await signIn(here, one.email, newPassword)).json()).toMatchObject({ twoFactorRedirect: true })
    expect((await here.post('/api/auth/two-factor/verify-totp', code())).statusCode).toBe(200)
    world.at('2023-07-31T03:00:00.000Z')
  })

  it('opens no account that also serves another organisation, and is no invitation', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    const { id, accountId } = await addMember(world, home, 'shared', 'reader')
    const there = { entityId: null, jobTitle: null, state: 'active', accountId } as const
    await execute(world.runtime, other.system, addPerson, {
      ...there,
      name: { en: 'Shared' },
      email: 'shared@example.com',
    })
    const manager = await member('shared-manager', 'manager')
    expect((await ask(manager.at, id)).json().code).toBe('person.account_elsewhere')

    const invited = await execute(world.runtime, home.owner, invitePerson, {
      name: { en: 'Invited' },
      email: 'not-yet@example.com',
      entityId: null,
      jobTitle: null,
    })
    expect((await ask(manager.at, invited.person.id)).json().code).toBe('person.not_active')
    const fresh = await addMember(world, home, 'no-password', 'reader')
    await world.auth.pool.query('delete from auth."account" where "userId" = $1', [fresh.accountId])
    expect((await ask(manager.at, fresh.id)).json().code).toBe('person.no_password')
    const abilities = (await manager.at.get(`/api/people/${fresh.id}`)).json().abilities
    expect([abilities.includes('link'), abilities.includes('reset')]).toEqual([true, false])
  })
})
