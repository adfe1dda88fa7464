import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import type { Role } from '../../kernel/actor.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { addPerson, inviteAgain, invitePerson, personLeaves, updatePerson } from './commands.ts'
import { erasePerson } from './erase-commands.ts'
import { endGrant, giveGrant } from './grant-commands.ts'
import { tokenDigest } from './invitations.ts'
import { createApiKey, revokeApiKey } from './key-commands.ts'
import { getPerson, listApiKeys, listPeople } from './queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('people')
  home = await foundHome(world)
})
afterAll(() => world.close())

let count = 0

/** An active person with a role, and a caller who acts as that person. */
async function member(role: Role | null, entityId: Id | null = null): Promise<{ id: Id; caller: Caller }> {
  const { id } = await execute(world.runtime, home.system, addPerson, {
    name: { en: `Member ${++count}` },
    email: `member-${count}@example.com`,
    entityId,
    jobTitle: null,
    state: 'active',
    accountId: null,
  })
  const grant = role && { role, entityId, certificateId: null }
  if (grant) await execute(world.runtime, home.system, giveGrant, { personId: id, ...grant })
  return { id, caller: callerWith(home.organisationId, grant ? [grant] : [], world.runtime.random, { id }) }
}

const invite = (caller: Caller, email: string, entityId: Id | null = null) =>
  execute(world.runtime, caller, invitePerson, { name: { en: 'Invited' }, email, entityId, jobTitle: null })

const give = (caller: Caller, personId: Id, role: Role, entityId: Id | null = null) =>
  execute(world.runtime, caller, giveGrant, { personId, role, entityId, certificateId: null })

const grantsOf = async (id: Id) => (await answer(world.runtime, home.owner, getPerson, { id })).grants

const links = async (personId: Id) =>
  (
    await sql<{
      digest: string
    }>`select digest from auth.invitation where person_id = ${personId}::uuid`.execute(world.database.kysely)
  ).rows.map((row) => row.digest)

const site = (key: string, parentId = home.root.id) =>
  execute(world.runtime, home.owner, createEntity, {
    key,
    parentId,
    kind: 'site',
    name: { en: key },
    country: null,
    memberFrom: null,
    memberTo: null,
  })

const everythingStored = async (): Promise<string> => {
  const { rows } = await reading(world.database, home.organisationId, (tx) =>
    sql<{ text: string }>`select statement || leaf as text from log_entry
      union all select answer from idempotency
      union all select to_jsonb(k)::text from api_key k
      union all select to_jsonb(i)::text from auth.invitation i`.execute(tx),
  )
  return rows.map((row) => row.text).join('\n')
}

describe('an invitation', () => {
  it('shows its link once and keeps only a digest of it', async () => {
    const key = { key: 'once', requestDigest: 'a' }
    const input = { name: { en: 'New' }, email: 'New@Example.com', entityId: null, jobTitle: null }
    const { person, invitation } = await execute(world.runtime, home.manager, invitePerson, input, key)
    expect(person).toMatchObject({ state: 'invited', email: 'new@example.com' })
    expect(invitation.token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await links(person.id)).toEqual([tokenDigest(invitation.token)])
    expect(await everythingStored()).not.toContain(invitation.token)
    expect(Date.parse(invitation.expiresAt)).toBe(Date.parse('2023-08-07T03:00:00.000Z'))
  })

  it('is given anew on demand, which ends the link before it', async () => {
    const { person, invitation } = await invite(home.manager, 'again@example.com')
    const again = await execute(world.runtime, home.manager, inviteAgain, { id: person.id })
    expect(again.invitation.token).not.toBe(invitation.token)
    expect(await links(person.id)).toEqual([tokenDigest(again.invitation.token)])
  })

  it('refuses an address that is taken, in any case of letters', async () => {
    await invite(home.manager, 'taken@example.com')
    await expect(invite(home.manager, 'Taken@Example.com')).rejects.toMatchObject({
      fields: [{ pointer: '/email', code: 'person.email_taken' }],
    })
  })

  it('of a lesser inviter ends when its person is made an owner; the link of the giver stays', async () => {
    const { person } = await invite(home.manager, 'rising@example.com')
    await give(home.owner, person.id, 'manager')
    expect(await links(person.id)).toHaveLength(1)
    await give(home.owner, person.id, 'owner')
    expect(await links(person.id)).toEqual([])
    await expect(execute(world.runtime, home.manager, inviteAgain, { id: person.id })).rejects.toMatchObject({
      code: 'grant.beyond_own',
    })
    const own = await invite(home.owner, 'chosen@example.com')
    await give(home.owner, own.person.id, 'owner')
    expect(await links(own.person.id)).toHaveLength(1)
  })
})

describe('nobody rises', () => {
  it('row 5, 32: a manager makes no owner, raises nobody above manager and not themselves', async () => {
    const [other, self] = [await member('reader'), await member('manager')]
    await expect(give(self.caller, other.id, 'owner')).rejects.toMatchObject({ code: 'grant.beyond_own' })
    await expect(give(self.caller, self.id, 'contributor')).rejects.toMatchObject({ code: 'grant.own_role' })
    await give(self.caller, other.id, 'manager')
    await expect(give(other.caller, self.id, 'reader')).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(give((await member('contributor')).caller, other.id, 'reader')).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('row 5: the rank over a small entity with the reach of a lesser role is no way up', async () => {
    const branch = await site('branch')
    const mixed = callerWith(
      home.organisationId,
      [{ role: 'owner', entityId: branch.id, certificateId: null }, grantAll('manager')],
      world.runtime.random,
    )
    const other = await member('reader')
    await expect(give(mixed, other.id, 'owner')).rejects.toMatchObject({ code: 'grant.beyond_own' })
    await give(mixed, other.id, 'owner', branch.id)
    const { caller } = await member('manager', branch.id)
    await expect(give(caller, other.id, 'reader')).rejects.toMatchObject({ kind: 'forbidden' })
    await give(caller, other.id, 'reader', branch.id)
  })

  it('row 22: by ending, renaming, re-inviting or removing those above', async () => {
    const above = await member('owner')
    const [grant] = await grantsOf(above.id)
    const one = await answer(world.runtime, home.owner, getPerson, { id: above.id })
    const reason = 'Because'
    const { id, version } = one
    const beyond = { code: 'grant.beyond_own' }
    await expect(
      execute(world.runtime, home.manager, endGrant, { id: grant?.id, version: 1 }),
    ).rejects.toMatchObject(beyond)
    await expect(
      execute(world.runtime, home.manager, personLeaves, { id, version, reason }),
    ).rejects.toMatchObject(beyond)
    await expect(
      execute(world.runtime, home.manager, updatePerson, {
        id,
        version,
        name: { en: 'X' },
        entityId: null,
        jobTitle: null,
      }),
    ).rejects.toMatchObject(beyond)
  })

  it('row 22, 49: fields that only the program sets are refused in every input', async () => {
    for (const [field, value] of Object.entries({
      accountId: 'x',
      state: 'active',
      id: home.organisationId,
      version: 5,
      organisationId: home.organisationId,
      role: 'owner',
    })) {
      const raw = {
        name: { en: 'A' },
        email: 'a@example.com',
        entityId: null,
        jobTitle: null,
        [field]: value,
      }
      await expect(execute(world.runtime, home.owner, invitePerson, raw)).rejects.toMatchObject({
        fields: [{ pointer: `/${field}`, code: 'unrecognized_key' }],
      })
    }
    for (const field of ['createdBy', 'digest', 'prefix', 'revokedAt', 'secret']) {
      const raw = { ...keyInput(), [field]: home.organisationId }
      await expect(execute(world.runtime, home.owner, createApiKey, raw)).rejects.toMatchObject({
        fields: [{ pointer: `/${field}`, code: 'unrecognized_key' }],
      })
    }
  })
})

describe('an owner', () => {
  it('row 105: who is the only one can neither leave nor be ended, and of two who end each other one stays', async () => {
    const other = await foundHome(world, 'Owned Corporation', 'owned')
    const make = async (email: string) => {
      const { id } = await execute(world.runtime, other.system, addPerson, {
        name: { en: email },
        email,
        entityId: null,
        jobTitle: null,
        state: 'active',
        accountId: null,
      })
      const grant = await execute(world.runtime, other.system, giveGrant, {
        personId: id,
        role: 'owner',
        entityId: null,
        certificateId: null,
      })
      return {
        id,
        grant,
        caller: callerWith(other.organisationId, [grantAll('owner')], world.runtime.random, { id }),
      }
    }
    const first = await make('first@example.com')
    const last = { id: first.id, version: 1, reason: 'Leaving' }
    await expect(execute(world.runtime, first.caller, personLeaves, last)).rejects.toMatchObject({
      code: 'person.last_owner',
    })
    const { person: waiting } = await execute(world.runtime, first.caller, invitePerson, {
      name: { en: 'Waiting' },
      email: 'waiting@example.com',
      entityId: null,
      jobTitle: null,
    })
    const whole = { entityId: null, certificateId: null }
    await execute(world.runtime, first.caller, giveGrant, { personId: waiting.id, role: 'owner', ...whole })
    await expect(execute(world.runtime, first.caller, personLeaves, last)).rejects.toMatchObject({
      code: 'person.last_owner',
    })
    const second = await make('second@example.com')
    const results = await Promise.allSettled([
      execute(world.runtime, first.caller, endGrant, { id: second.grant.id, version: 1 }),
      execute(world.runtime, second.caller, endGrant, { id: first.grant.id, version: 1 }),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'person.last_owner' })
    }
  })
})

const keyInput = (parts: Record<string, unknown> = {}) => ({
  name: 'Build server',
  role: 'reader',
  entityId: null,
  scopes: ['person.read'],
  expiresAt: '2023-12-31T00:00:00.000Z',
  ...parts,
})

describe('an API key', () => {
  it('shows its secret once, keeps a digest, and is not remembered for a retry', async () => {
    const { caller } = await member('manager')
    const retry = { key: 'key-once', requestDigest: 'b' }
    const { secret, ...key } = await execute(world.runtime, caller, createApiKey, keyInput(), retry)
    expect(secret).toMatch(/^assay_[A-Za-z0-9_-]{43}$/)
    expect(key).not.toHaveProperty('digest')
    const stored = await everythingStored()
    expect(stored).toContain(tokenDigest(secret))
    expect(stored).not.toContain(secret)
    const { items } = await answer(world.runtime, home.owner, listApiKeys, {})
    expect(items.find((one) => one.id === key.id)).toMatchObject({
      usedAt: null,
      works: true,
      prefix: secret.slice(0, 12),
    })
    expect(JSON.stringify(items)).not.toMatch(/digest|[0-9a-f]{64}/)
  })

  it('row 18, 5: does at most what its maker can, for a year at most, with scopes that exist', async () => {
    const { caller } = await member('manager')
    const make = (parts: Record<string, unknown>) =>
      execute(world.runtime, caller, createApiKey, keyInput(parts))
    await expect(make({ role: 'owner' })).rejects.toMatchObject({ code: 'grant.beyond_own' })
    for (const [scopes, codes] of [
      [['person.read', 'person.become'], ['api_key.scope_unknown']],
      [['*'], ['api_key.scope_unknown']],
      [['person'], ['api_key.scope_unknown']],
      [['per.*'], ['api_key.scope_unknown']],
      [[], ['list_empty']],
    ] as const) {
      await expect(make({ scopes })).rejects.toMatchObject({ fields: codes.map((code) => ({ code })) })
    }
    await expect(make({ expiresAt: '2024-08-02T00:00:00.000Z' })).rejects.toMatchObject({
      fields: [{ code: 'api_key.lasts_too_long' }],
    })
    await expect(make({ expiresAt: '2023-07-31T02:59:59.000Z' })).rejects.toMatchObject({
      fields: [{ code: 'api_key.expired_already' }],
    })
    await make({ scopes: ['person.*'] })
  })

  it('row 30: is not made by another key', async () => {
    const key = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, {
      kind: 'key',
      scopes: null,
    })
    await expect(execute(world.runtime, key, createApiKey, keyInput())).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('row 32: is shown to no auditor, reader or contributor', async () => {
    for (const role of ['auditor', 'reader', 'contributor'] as const) {
      const caller = callerWith(home.organisationId, [grantAll(role)], world.runtime.random)
      await expect(answer(world.runtime, caller, listApiKeys, {})).rejects.toMatchObject({
        kind: 'forbidden',
      })
    }
  })

  it('is revoked once', async () => {
    const { caller } = await member('manager')
    const { id } = await execute(world.runtime, caller, createApiKey, keyInput())
    const revoked = await execute(world.runtime, home.owner, revokeApiKey, { id, version: 1 })
    expect(revoked.revokedAt).toBe('2023-07-31T03:00:00.000Z')
    await expect(execute(world.runtime, home.owner, revokeApiKey, { id, version: 2 })).rejects.toMatchObject({
      code: 'api_key.revoked',
    })
  })
})

describe('leaving', () => {
  it('row 21, 105: ends grants, keys and links in one transaction, and keeps the history', async () => {
    const { id, caller } = await member('manager')
    const { id: keyId } = await execute(world.runtime, caller, createApiKey, keyInput())
    const before = world.clock.now().toISOString()
    world.clock.set('2023-07-31T04:00:00.000Z')
    const left = await execute(world.runtime, home.owner, personLeaves, { id, version: 1, reason: 'New job' })
    expect(left).toMatchObject({ state: 'left', version: 2 })
    expect(await grantsOf(id)).toMatchObject([{ endedOn: '2023-07-31', version: 2 }])
    const { items } = await answer(world.runtime, home.owner, listApiKeys, {})
    expect(items.find((key) => key.id === keyId)).toMatchObject({ works: false })
    const then = await answer(world.runtime, { ...home.owner, knownAt: before }, getPerson, { id })
    expect(then).toMatchObject({ state: 'active', grants: [{ endedOn: null }] })
    await expect(give(home.owner, id, 'reader')).rejects.toMatchObject({ code: 'person.has_left' })
    const { rows } = await reading(world.database, home.organisationId, (tx) =>
      sql<{
        type: string
        reason: string
      }>`select type, statement::jsonb ->> 'reason' as reason from log_entry
        order by idx desc limit 3`.execute(tx),
    )
    expect(rows).toEqual([
      { type: 'api_key.revoked', reason: 'New job' },
      { type: 'grant.ended', reason: 'New job' },
      { type: 'person.left', reason: 'New job' },
    ])
  })

  it('frees the address, and a second invitation is a second person', async () => {
    const { person } = await invite(home.owner, 'returning@example.com')
    await execute(world.runtime, home.owner, personLeaves, { id: person.id, version: 1, reason: 'Declined' })
    expect(await links(person.id)).toEqual([])
    expect((await invite(home.owner, 'returning@example.com')).person.id).not.toBe(person.id)
  })

  it('allows erasing name and address by an owner, and only then', async () => {
    const { id } = await member('reader')
    const input = { id, version: 1, reason: 'Request under art. 17' }
    await expect(execute(world.runtime, home.owner, erasePerson, input)).rejects.toMatchObject({
      code: 'person.still_here',
    })
    await execute(world.runtime, home.owner, personLeaves, { ...input, reason: 'Left' })
    await expect(
      execute(world.runtime, home.manager, erasePerson, { ...input, version: 2 }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    const erased = await execute(world.runtime, home.owner, erasePerson, { ...input, version: 2 })
    expect(erased).toMatchObject({
      name: { en: 'Erased person' },
      email: `erased-${id}@invalid`,
      state: 'left',
    })
  })
})

describe('the list of people', () => {
  it('comes in pages without gaps or repeats, and finds text literally', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    let total = 0
    do {
      const page: { items: { id: string }[]; nextCursor: string | null; total: number } = await answer(
        world.runtime,
        home.owner,
        listPeople,
        { limit: 3, ...(cursor && { cursor }) },
      )
      seen.push(...page.items.map((one) => one.id))
      cursor = page.nextCursor
      total = page.total
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(total)
    expect(total).toBeGreaterThan(10)
    expect((await answer(world.runtime, home.owner, listPeople, { text: '%' })).total).toBe(0)
    expect((await answer(world.runtime, home.owner, listPeople, { text: 'rising@' })).total).toBe(1)
  })

  it('row 23, 48: shows a manager of one entity its people only, and never an account or a time of sign-in', async () => {
    const place = await site('place')
    const { person } = await invite(home.owner, 'placed@example.com', place.id)
    const { caller, id } = await member('manager', place.id)
    const page = await answer(world.runtime, caller, listPeople, {})
    expect(page.items.map((one) => one.id).sort()).toEqual([person.id, id].sort())
    expect(page.total).toBe(2)
    expect(Object.keys(page.items[0] ?? {}).sort()).toEqual(
      [
        'abilities',
        'email',
        'entityId',
        'grants',
        'id',
        'jobTitle',
        'leftOn',
        'name',
        'state',
        'version',
      ].sort(),
    )
    const elsewhere = await member('reader')
    await expect(answer(world.runtime, caller, getPerson, { id: elsewhere.id })).rejects.toMatchObject({
      kind: expect.stringMatching(/forbidden|not_found/),
    })
  })

  it('row 6, 80: knows nobody of another organisation', async () => {
    const other = await foundHome(world, 'Foreign Corporation', 'foreign')
    const { id } = await member('reader')
    await expect(answer(world.runtime, other.owner, getPerson, { id })).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(give(other.owner, id, 'reader')).rejects.toMatchObject({ kind: 'not_found' })
  })
})
