import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { unsaid } from '../../assets/asset.ts'
import { createAsset } from '../../assets/server/commands.ts'
import { listAssets } from '../../assets/server/list-query.ts'
import { delegateDue, snoozeDue } from '../../calendar/server/arrange-commands.ts'
import { listDue } from '../../calendar/server/queries.ts'
import { reading } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { getPerson } from '../../people/server/queries.ts'
import { planAction } from '../../risks/server/action-commands.ts'
import { createRisk } from '../../risks/server/commands.ts'
import { listRisks } from '../../risks/server/list-queries.ts'
import { getRisk } from '../../risks/server/record-queries.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { leaveWithHandover } from './leave-command.ts'
import { listHandovers } from './queries.ts'
import { specsWith } from './specs.ts'

let world: World
let home: Home
let plant: Planter
let below: Id

const text = { en: 'Something', ja: 'なにか' }
const specs = specsWith([])
type Somebody = Awaited<ReturnType<Planter['somebody']>>

beforeAll(async () => {
  world = await makeWorld('leaving')
  home = await foundHome(world)
  plant = planter(world, home)
  const part = await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'part', parentId: home.root.id, kind: 'company' as const, name: text },
    ...{ country: null, memberFrom: null, memberTo: null },
  })
  below = part.id
})
afterAll(() => world.close())

async function riskOf(ownerId: Id, entityId = home.root.id) {
  const { id, version } = await execute(world.runtime, home.owner, createRisk, {
    ...{ name: text, scenario: text, approach: 'event', threat: null, vulnerability: null },
    ...{ affects: ['integrity'], entityId, serviceIds: [], assetIds: [], issueIds: [], obligationIds: [] },
    ...{ ownerId, identifiedOn: '2023-01-10', reviewMonths: null, quantity: null, code: null },
  })
  return execute(world.runtime, home.owner, planAction, {
    ...{ id, version, name: text, ownerId, dueOn: '2023-12-31', cost: null, controlId: null },
    ...{ key: null, plannedOn: '2023-02-01' },
  })
}

const assetOf = (key: string, ownerId: Id, entityId = home.root.id) =>
  execute(world.runtime, home.owner, createAsset, {
    ...unsaid,
    ...{ key, name: text, kind: 'system', entityId, ownerId },
  })

const leave = (caller: Caller, one: Pick<Somebody, 'id' | 'version'>, input: object) =>
  execute(world.runtime, caller, leaveWithHandover(specs), {
    ...{ id: one.id, version: one.version, reason: 'Another job', ...input },
  })

const stateOf = async (id: Id) => {
  const { state, leftOn, grants } = await answer(world.runtime, home.owner, getPerson, { id })
  return { state, leftOn, ended: grants.map((grant) => grant.endedOn) }
}

const waiting = async (person: Id) =>
  (await answer(world.runtime, home.owner, listHandovers(specs), { person })).items.map(
    (each) => `${each.noun} ${each.part}`,
  )

const logged = () =>
  reading(world.database, home.organisationId, async (tx) =>
    (await tx.selectFrom('logEntry').select(['type', 'idx']).orderBy('idx').execute()).map(
      ({ type }) => type,
    ),
  )

describe('somebody who leaves', () => {
  it('goes with everything handed over by kind, from the day on, in one step', async () => {
    const haruka = await plant.somebody('Haruka', 'contributor', null)
    const [aiko, ben] = [
      await plant.somebody('Aiko', 'manager', null),
      await plant.somebody('Ben', 'manager', null),
    ]
    const risk = await riskOf(haruka.id)
    await assetOf('server', haruka.id)
    const before = (await logged()).length
    const done = await leave(home.owner, haruka, {
      ...{ on: '2023-07-15', successor: aiko.id, successors: { asset: ben.id } },
    })
    expect(done).toMatchObject({ things: 3, records: 2, waiting: 0, person: { state: 'left' } })
    expect((await logged()).slice(before)).toEqual([
      'risk.handed-over',
      'asset.handed-over',
      'person.left',
      'grant.ended',
    ])
    expect(await stateOf(haruka.id)).toEqual({ state: 'left', leftOn: '2023-07-15', ended: ['2023-07-15'] })
    const on = async (asOf?: string) => {
      const caller = { ...home.owner, asOf }
      const one = await answer(world.runtime, caller, getRisk, { id: risk.id })
      const theirs = await answer(world.runtime, caller, listRisks, { owner: haruka.id })
      const assets = await answer(world.runtime, caller, listAssets, { owner: haruka.id, limit: 10 })
      return [one.owner?.id, one.needsHandover, one.actions[0]?.ownerId, theirs.total, assets.total]
    }
    expect(await on('2023-07-14')).toEqual([haruka.id, false, haruka.id, 1, 1])
    expect(await on('2023-07-15')).toEqual([aiko.id, false, aiko.id, 0, 0])
    expect(await on()).toEqual([aiko.id, false, aiko.id, 0, 0])
    const now = await answer(world.runtime, home.owner, listAssets, { owner: ben.id, limit: 10 })
    expect(now.items.map((one) => one.key)).toEqual(['server'])
  })

  it('stays with everything where something would be nobody’s, unless that may wait', async () => {
    const [dan, eri] = [
      await plant.somebody('Dan', 'contributor', null),
      await plant.somebody('Eri', 'manager', null),
    ]
    await riskOf(dan.id)
    await assetOf('laptop', dan.id)
    const before = (await logged()).length
    const refused = await refusal(leave(home.owner, dan, { successors: { risk: eri.id } }))
    expect([refused.code, refused.params]).toEqual(['handover.left_over', { count: 1, names: 'laptop' }])
    expect((await logged()).length).toBe(before)
    expect(await stateOf(dan.id)).toMatchObject({ state: 'active', leftOn: null })
    const done = await leave(home.owner, dan, { successors: { risk: eri.id }, leftOver: 'list' })
    expect(done).toMatchObject({ things: 2, records: 1, waiting: 1 })
    expect(await waiting(dan.id)).toEqual(['asset owner'])
  })

  it('leaves nothing to somebody who left, nor to themselves, nor on a day ahead', async () => {
    const [fumi, gone] = [
      await plant.somebody('Fumi', 'contributor', null),
      await plant.somebody('Gone', 'contributor', null, { state: 'left' }),
    ]
    await assetOf('tablet', fumi.id)
    const codes = async (input: object) => {
      const { fields } = await refusal(leave(home.owner, fumi, input))
      return fields.map(({ pointer, code }) => `${pointer} ${code}`)
    }
    expect(await codes({ successor: gone.id })).toEqual(['/successor handover.to_left'])
    expect(await codes({ successors: { asset: fumi.id } })).toEqual([
      '/successors/asset handover.same_person',
    ])
    expect(await codes({ on: '2023-08-01', leftOver: 'list' })).toEqual(['/on person.leaves_ahead'])
    const stale = await refusal(leave(home.owner, { ...fumi, version: 0.5 }, { leftOver: 'list' }))
    expect(stale.code).toBe('input.invalid')
    expect(await stateOf(fumi.id)).toMatchObject({ state: 'active' })
  })

  it('is not let go by who could not change what is theirs, nor past what they cannot see', async () => {
    const [goro, boss] = [
      await plant.somebody('Goro', 'contributor', below),
      await plant.somebody('Boss', 'manager', below),
    ]
    await assetOf('here', goro.id, below)
    await assetOf('above', goro.id)
    const beyond = await refusal(leave(boss.caller, goro, { successor: boss.id }))
    expect([beyond.code, beyond.params]).toEqual(['handover.left_beyond', { count: 1 }])
    const far = await plant.somebody('Far', 'manager', null)
    expect((await refusal(leave(boss.caller, far, { leftOver: 'list' }))).kind).toBe('forbidden')
    const friend = await plant.somebody('Friend', 'contributor', below)
    expect((await refusal(leave(friend.caller, goro, { leftOver: 'list' }))).kind).toBe('forbidden')
    const done = await leave(boss.caller, goro, { successor: boss.id, leftOver: 'list' })
    expect(done).toMatchObject({ things: 1, waiting: 1 })
    expect(await waiting(goro.id)).toEqual(['asset owner'])
  })
})

describe('what was arranged about due things', () => {
  it('is handed over with the rest: a task goes to the other, a snooze ends', async () => {
    const [hana, ivo, jun] = [
      await plant.somebody('Hana', 'contributor', below),
      await plant.somebody('Ivo', 'contributor', below),
      await plant.somebody('Jun', 'contributor', below),
    ]
    const control = await plant.control('ACC-01', { ownerId: hana.id })
    const how = await plant.implementation(control.id, below)
    const [first, second] = [
      `occurrence:${(await plant.occurrence(how.id, '2023-08-10')).id}`,
      `occurrence:${(await plant.occurrence(how.id, '2023-08-20')).id}`,
    ]
    const { runtime } = world
    await execute(runtime, hana.caller, delegateDue([]), { subject: first, personId: ivo.id, reason: 'Away' })
    await execute(runtime, ivo.caller, snoozeDue([]), {
      subject: first,
      until: '2023-08-05',
      reason: 'Later',
    })
    await execute(runtime, hana.caller, snoozeDue([]), {
      ...{ subject: second, until: '2023-08-06', reason: 'Later' },
    })
    expect(await waiting(ivo.id)).toEqual(['arrangement assignee', 'arrangement snooze'])
    expect(await waiting(hana.id)).toEqual(['control owner', 'arrangement snooze'])
    const boss = (await plant.somebody('Chief', 'manager', null)).caller
    const other = await plant.somebody('Reader', 'reader', below)
    const unable = await refusal(leave(boss, ivo, { successor: other.id }))
    expect(unable.fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/to arrangement.person_may_not',
    ])
    await leave(boss, ivo, { successor: jun.id })
    await leave(boss, hana, { successor: jun.id })
    const { items } = await answer(runtime, home.owner, listDue([]), { person: jun.id })
    expect(items.map((one) => [one.subject, one.arranged?.assigneeId, one.arranged?.snoozedUntil])).toEqual([
      [first, jun.id, null],
      [second, null, null],
    ])
    expect([await waiting(hana.id), await waiting(ivo.id)]).toEqual([[], []])
  })
})
