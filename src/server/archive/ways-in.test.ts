import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportTo, type Installation, importFrom, makeInstallation } from '../../../tests/support/archive.ts'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import {
  browser,
  goodPassword,
  makeSignInWorld,
  type SignInWorld,
  signIn,
} from '../../../tests/support/sign-in.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../../tests/support/world.ts'
import { createSealer } from '../../log/server/seal.ts'
import { addPerson, inviteAgain, invitePerson, personLeaves } from '../../people/server/commands.ts'
import { giveGrant } from '../../people/server/grant-commands.ts'
import { createApiKey } from '../../people/server/key-commands.ts'
import { execute } from '../execute.ts'
import type { WayIn } from './ways-in.ts'

let old: Installation
let fresh: SignInWorld
let home: Home
let ways: WayIn[]
let secret: string
let directory: ReturnType<typeof temporaryDirectory>

const reach = { entityId: null, certificateId: null }

async function member(name: string, role: 'owner' | 'reader', accountId: string | null) {
  const one = { name: { en: name }, email: `${name}@example.com`, entityId: null, jobTitle: null }
  const person = await execute(old.runtime, home.system, addPerson, { ...one, state: 'active', accountId })
  await execute(old.runtime, home.system, giveGrant, { personId: person.id, role, ...reach })
  return person
}

beforeEach(async () => {
  old = await makeInstallation('ways-old')
  home = await foundHome(old)
  const olivia = await member('olivia', 'owner', 'account-of-olivia')
  await member('riku', 'reader', 'account-of-riku')
  const lena = await member('lena', 'reader', 'account-of-lena')
  await execute(old.runtime, home.owner, personLeaves, { id: lena.id, version: 1, reason: 'Moved on' })
  await execute(old.runtime, home.owner, invitePerson, {
    name: { en: 'Ines' },
    email: 'ines@example.com',
    entityId: null,
    jobTitle: null,
  })
  const maker = callerWith(home.organisationId, [grantAll('owner')], old.runtime.random, { id: olivia.id })
  const key = await execute(old.runtime, maker, createApiKey, {
    name: 'Robot',
    role: 'owner',
    entityId: null,
    scopes: ['organisation.read'],
    expiresAt: '2024-07-01T00:00:00.000Z',
  })
  secret = key.secret
  const path = await exportTo(old, home.owner)
  fresh = await makeSignInWorld('ways-new')
  // Somebody began to set this installation up under the owner's address and never finished.
  await fresh.auth.createAccount({ name: 'Intruder', email: 'olivia@example.com', password: goodPassword })
  directory = temporaryDirectory('ways-new')
  const { database, clock, runtime } = fresh
  const parts = { database, clock, random: runtime.random, directory: directory.path, log: () => undefined }
  const into = { ...fresh, objects: runtime.objects, sealer: createSealer(parts), directory: directory.path }
  ways = (await importFrom(into, path)).ways
})
afterEach(async () => {
  await old.close()
  await fresh.close()
  directory.remove()
})

const join = (token: string, password = goodPassword) =>
  browser(fresh).post('/api/invitation', { token, password })

const tokenOf = (name: string) => ways.find(({ email }) => email === `${name}@example.com`)?.token ?? ''

describe('after an import', () => {
  it('nobody gets in by what was known before: no password, no key', async () => {
    expect((await signIn(browser(fresh), 'olivia@example.com')).statusCode).toBe(401)
    const response = await fresh.app.inject({
      url: '/api/organisation',
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(response.json().code).toBe('access.key_invalid')
  })

  it('owners come first among the links, who left has none, and each link works once', async () => {
    expect(ways.map(({ email, owner }) => [email.split('@')[0], owner])).toEqual([
      ['olivia', true],
      ['ines', false],
      ['riku', false],
    ])
    expect((await join(tokenOf('olivia'))).statusCode).toBe(204)
    expect((await join(tokenOf('olivia'), `${goodPassword} 2`)).json().code).toBe('access.link_invalid')
    const owner = browser(fresh)
    expect((await signIn(owner, 'olivia@example.com')).statusCode).toBe(200)
    expect((await owner.get('/api/people')).json().items).toHaveLength(4)
    expect((await join(tokenOf('ines'))).statusCode).toBe(204)
    expect((await signIn(browser(fresh), 'ines@example.com')).statusCode).toBe(200)
  })

  it('a link ends after a week, and an owner gives a new one until there is a password', async () => {
    const riku = ways.find(({ email }) => email.startsWith('riku'))
    const again = () => execute(fresh.runtime, home.owner, inviteAgain, { id: riku?.personId ?? '' })
    const { invitation } = await again()
    expect((await join(tokenOf('riku'))).json().code).toBe('access.link_invalid')
    fresh.at('2023-08-08T00:00:00.000Z')
    expect((await join(invitation.token)).json().code).toBe('access.link_invalid')
    const { invitation: newest } = await again()
    expect((await join(newest.token)).statusCode).toBe(204)
    expect((await signIn(browser(fresh), 'riku@example.com')).statusCode).toBe(200)
    await expect(again()).rejects.toMatchObject({ code: 'person.not_invited' })
  })

  it('a link does not open an account that has a password', async () => {
    expect((await join(tokenOf('olivia'))).statusCode).toBe(204)
    const token = 'A'.repeat(43)
    const olivia = ways.find(({ owner }) => owner)
    await fresh.auth.pool.query(
      `insert into auth.invitation (digest, organisation_id, person_id, expires_at)
       values (encode(sha256($1::bytea), 'hex'), $2, $3, '2024-01-01')`,
      [token, home.organisationId, olivia?.personId],
    )
    expect((await join(token, `${goodPassword} of a thief`)).json().code).toBe('access.link_invalid')
    expect((await signIn(browser(fresh), 'olivia@example.com')).statusCode).toBe(200)
  })
})
