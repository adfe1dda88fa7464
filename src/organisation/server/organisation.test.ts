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
import { reading, writing } from '../../db/transaction.ts'
import { answer, execute } from '../../server/execute.ts'
import { createEntity, createService, updateEntity, updateOrganisation } from './commands.ts'
import { getEntity, getOrganisation, listEntities } from './queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('organisation')
  home = await foundHome(world)
})
afterAll(() => world.close())

const fukuoka = {
  key: 'fukuoka',
  kind: 'company' as const,
  name: { en: 'Fukuoka Corporation', ja: '福岡株式会社' },
  country: 'JP',
  memberFrom: '2013-11-01',
  memberTo: null,
}

const entries = (organisationId = home.organisationId) =>
  reading(world.database, organisationId, (tx) =>
    tx.selectFrom('logEntry').selectAll().orderBy('idx').execute(),
  )

describe('entities', () => {
  it('are created with a log entry that carries the record', async () => {
    const created = await execute(world.runtime, home.manager, createEntity, {
      ...fukuoka,
      parentId: home.root.id,
    })
    expect(created.version).toBe(1)
    const last = (await entries()).at(-1)
    expect(last).toMatchObject({ type: 'entity.created', noun: 'entity', recordId: created.id, n: 1 })
    expect(JSON.parse(last?.statement ?? '').record).toEqual(created)
  })

  it('refuse a circle, a taken key and an unknown parent, naming the field', async () => {
    const child = await execute(world.runtime, home.manager, createEntity, {
      ...fukuoka,
      key: 'child',
      parentId: home.root.id,
    })
    await expect(
      execute(world.runtime, home.owner, updateEntity, { ...home.root, parentId: child.id }),
    ).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ pointer: '/parentId', code: 'entity.circle' }],
    })
    await expect(
      execute(world.runtime, home.manager, createEntity, {
        ...fukuoka,
        key: 'child',
        parentId: home.root.id,
      }),
    ).rejects.toMatchObject({
      fields: [{ pointer: '/key', code: 'record.key_taken' }],
    })
    await expect(
      execute(world.runtime, home.manager, createEntity, {
        ...fukuoka,
        key: 'lost',
        parentId: '00000000-0000-4000-8000-000000000000',
      }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/parentId', code: 'record.reference_unknown' }] })
  })

  it('let one of two people who save at once win', async () => {
    const one = await execute(world.runtime, home.manager, createEntity, {
      ...fukuoka,
      key: 'race',
      parentId: home.root.id,
    })
    const results = await Promise.allSettled(
      ['A', 'B', 'C', 'D'].map((suffix) =>
        execute(world.runtime, home.manager, updateEntity, { ...one, name: { en: `Race ${suffix}` } }),
      ),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ kind: 'conflict', code: 'record.changed_meanwhile' })
    }
  })

  it('leave nothing behind when the command is refused', async () => {
    const before = (await entries()).length
    await expect(
      execute(world.runtime, home.manager, createEntity, {
        ...fukuoka,
        memberFrom: '2023-02-30',
        parentId: home.root.id,
      }),
    ).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ pointer: '/memberFrom', code: 'day' }],
    })
    expect((await entries()).length).toBe(before)
  })

  it('were members on the days of their membership, and are known as they were known', async () => {
    const growth = await execute(world.runtime, home.manager, createEntity, {
      ...fukuoka,
      key: 'growth',
      memberTo: '2023-03-31',
      parentId: home.root.id,
    })
    const on = async (asOf: string) =>
      (await answer(world.runtime, { ...home.manager, asOf }, getEntity, { id: growth.id })).member
    expect([
      await on('2013-10-31'),
      await on('2013-11-01'),
      await on('2023-03-31'),
      await on('2023-04-01'),
    ]).toEqual([false, true, true, false])
    const knownAt = world.clock.now().toISOString()
    world.clock.set('2023-08-01T00:00:00.000Z')
    await execute(world.runtime, home.manager, updateEntity, { ...growth, name: { en: 'Renamed' } })
    const then = await answer(world.runtime, { ...home.manager, knownAt }, getEntity, { id: growth.id })
    expect(then).toEqual({ ...growth, member: false, abilities: ['update'] })
    expect((await answer(world.runtime, home.manager, getEntity, { id: growth.id })).name).toEqual({
      en: 'Renamed',
    })
  })
})

describe('authorisation', () => {
  it('holds for an entity and all below it, and nowhere else', async () => {
    const branch = await execute(world.runtime, home.manager, createEntity, {
      ...fukuoka,
      key: 'branch',
      parentId: home.root.id,
    })
    const local = callerWith(
      home.organisationId,
      [{ role: 'manager', entityId: branch.id, certificateId: null }],
      world.runtime.random,
    )
    await execute(world.runtime, local, createEntity, { ...fukuoka, key: 'below', parentId: branch.id })
    await expect(
      execute(world.runtime, local, createEntity, { ...fukuoka, key: 'beside', parentId: home.root.id }),
    ).rejects.toMatchObject({ kind: expect.stringMatching(/forbidden|not_found/) })
    await expect(
      execute(world.runtime, local, updateOrganisation, {
        version: 1,
        name: { en: 'X' },
        timeZone: 'UTC',
        host: null,
        demoDay: null,
      }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('lets a reader read and nothing else, and a visitor nothing', async () => {
    const reader = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    expect((await answer(world.runtime, reader, listEntities, {})).items.length).toBeGreaterThan(0)
    await expect(
      execute(world.runtime, reader, createEntity, { ...fukuoka, key: 'no', parentId: home.root.id }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    const visitor = callerWith(home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
    await expect(answer(world.runtime, visitor, getOrganisation, {})).rejects.toMatchObject({
      kind: 'unauthenticated',
    })
  })

  it('lets nobody change the past', async () => {
    await expect(
      execute(world.runtime, { ...home.owner, asOf: '2020-01-01' }, createService, {}),
    ).rejects.toMatchObject({ code: 'access.past_is_read_only' })
  })
})

describe('row-level security', () => {
  it('hides another organisation from a query that forgets its filter, and refuses to write into it', async () => {
    const other = await foundHome(world, 'Other Corporation', 'other')
    const seen = await reading(world.database, other.organisationId, (tx) =>
      sql<{ organisationId: string }>`select distinct organisation_id from entity`.execute(tx),
    )
    expect(seen.rows).toEqual([{ organisationId: other.organisationId }])
    const nobody = await world.database.kysely
      .transaction()
      .execute((tx) => sql`select 1 from entity`.execute(tx))
    expect(nobody.rows).toEqual([])
    await expect(
      writing(world.database, other.organisationId, (tx) =>
        sql`insert into log_head (organisation_id, origin, size) values (${home.organisationId}::uuid, 'x', 0)`.execute(
          tx,
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(answer(world.runtime, other.manager, getEntity, { id: home.root.id })).rejects.toMatchObject(
      { kind: 'not_found' },
    )
  })

  it('lets the application role neither delete records nor change the log', async () => {
    for (const statement of [
      'delete from entity',
      'delete from log_entry',
      "update log_entry set leaf = ''",
      'truncate entity',
      'drop table entity',
      'set role postgres',
    ]) {
      await expect(
        writing(world.database, home.organisationId, (tx) => sql.raw(statement).execute(tx)),
      ).rejects.toThrow()
    }
  })
})
