import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { unsaid } from '../../assets/asset.ts'
import { createAsset } from '../../assets/server/commands.ts'
import { check } from '../../checks/check.ts'
import { createObligation } from '../../context/server/commands.ts'
import { createRole } from '../../context/server/role-commands.ts'
import { reading } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import { createObjective } from '../../objectives/server/commands.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { personLeaves } from '../../people/server/commands.ts'
import { planAction } from '../../risks/server/action-commands.ts'
import { createRisk } from '../../risks/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { handedNouns } from '../belonging.ts'
import { carryOut } from './commands.ts'
import { listHandovers } from './queries.ts'
import { specsWith } from './specs.ts'

let world: World
let home: Home
let plant: Planter
let below: Id

const specs = specsWith([])

const text = { en: 'Something', ja: 'なにか' }
const today = '2023-07-31'

type Somebody = Awaited<ReturnType<Planter['somebody']>>

beforeAll(async () => {
  world = await makeWorld('handover')
  home = await foundHome(world)
  plant = planter(world, home)
  const part = await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'part', parentId: home.root.id, kind: 'company' as const, name: text },
    ...{ country: null, memberFrom: null, memberTo: null },
  })
  below = part.id
})
afterAll(() => world.close())

const codesOf = async (work: Promise<unknown>) => {
  const { code, fields } = await refusal(work)
  return code === 'input.invalid' ? fields.map((field) => `${field.pointer} ${field.code}`) : [code]
}

const owned = (one: { id: Id }) => ({ ownerId: one.id })

const risk = (ownerId: Id, entityId = home.root.id) =>
  execute(world.runtime, home.owner, createRisk, {
    ...{ name: text, scenario: text, approach: 'event', threat: null, vulnerability: null },
    ...{ affects: ['integrity'], entityId, serviceIds: [], assetIds: [], issueIds: [], obligationIds: [] },
    ...{ ownerId, identifiedOn: '2023-01-10', reviewMonths: null, quantity: null, code: null },
  })

const asset = (key: string, ownerId: Id, entityId = home.root.id) =>
  execute(world.runtime, home.owner, createAsset, {
    ...unsaid,
    ...{ key, name: text, kind: 'system', entityId, ownerId },
  })

let made = 0

/** Somebody to whom one thing of every kind belongs. */
async function busy(name: string): Promise<Somebody> {
  const one = await plant.somebody(name, 'contributor', null)
  const n = ++made
  await plant.programme(`programme-${n}`, home.root.id, owned(one))
  const control = await plant.control(`CTL-${n}`, owned(one))
  await plant.implementation(control.id, home.root.id, owned(one))
  await asset(`host-${n}`, one.id)
  await plant.put(check, {
    ...{ key: `check-${n}`, name: text, controlId: control.id, dataKind: 'ssh-audit', expression: 'true' },
    ...{ severity: 'low', ownerId: one.id, everyDays: 30, toleranceDays: 5 },
    ...{ resources: { kinds: [], entityIds: [], serviceIds: [] }, activeFrom: '2023-01-01', activeTo: null },
  })
  const { id, version } = await risk(one.id)
  await execute(world.runtime, home.owner, planAction, {
    ...{ id, version, name: text, ownerId: one.id, dueOn: '2023-12-31', cost: null, controlId: null },
    ...{ key: null, plannedOn: null },
  })
  const span = { from: '2022-01-01', to: null }
  await execute(world.runtime, home.owner, createObligation, {
    ...{ key: `law-${n}`, name: text, entityIds: [], ...owned(one), reviewMonths: null, ...span },
    ...{ kind: 'legal', source: text, jurisdiction: 'JP', demands: text, partyId: null },
    ...{ serviceIds: [], requirements: [] },
  })
  await execute(world.runtime, home.owner, createObjective, {
    ...{
      key: `goal-${n}`,
      name: text,
      why: text,
      programmeIds: [],
      entityIds: [],
      ...owned(one),
      plan: null,
    },
    measure: {
      ...{ name: text, method: text, unit: text, direction: 'up', everyMonths: 3 },
      ...{ measuredById: one.id, evaluatedById: null },
    },
    ...{ targets: [{ by: '2023-12-31', value: 1, upper: null }], ...span },
  })
  await execute(world.runtime, home.owner, createRole, {
    ...{ key: `role-${n}`, name: text, responsibilities: text, authority: null, clauses: [], entityId: null },
    ...{ holders: [{ personId: one.id, deputyId: null, ...span }], from: null, to: null },
  })
  return one
}

const kinds = [
  ...['asset owner', 'check owner', 'control owner', 'implementation owner', 'isms-role holder:0'],
  ...['objective measures', 'objective owner', 'obligation owner', 'programme owner'],
  ...['risk action:a1', 'risk owner'],
]

const leaves = async ({ id, version }: Somebody) =>
  execute(world.runtime, home.owner, personLeaves, { id, version, reason: 'Found another job' })

const list = (caller: Caller, input: { person?: Id } = {}) =>
  answer(world.runtime, caller, listHandovers(specs), input)

const give = (caller: Caller, from: Id, to: Id, items: unknown = null) =>
  execute(world.runtime, caller, carryOut(specs), { from, to, items, reason: 'Took over the desk' })

const logSize = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select(['type', 'idx']).orderBy('idx').execute()
    return rows.map((row) => row.type)
  })

it('is of every kind that the API names', () => {
  expect(specs.map((spec) => spec.noun)).toEqual([...handedNouns])
})

describe('what belongs to somebody who left', () => {
  it('is listed once they have left, whatever its kind', async () => {
    const ken = await busy('Ken')
    const before = await list(home.owner)
    expect(before.people.map((each) => each.person.id)).not.toContain(ken.id)
    await leaves(ken)
    const after = await list(home.owner, { person: ken.id })
    expect(after.items.map((each) => `${each.noun} ${each.part}`).sort()).toEqual(kinds)
    expect(after.people).toMatchObject([{ person: { id: ken.id, left: true }, count: kinds.length }])
    const everyone = await list(home.owner)
    expect(everyone.people.find((each) => each.person.id === ken.id)?.count).toBe(kinds.length)
  })

  it('is handed over with one entry of the log for each record, and reasons', async () => {
    const [rin, mio] = [await busy('Rin'), await plant.somebody('Mio', 'manager', null)]
    await leaves(rin)
    const before = (await logSize()).length
    const done = await give(home.owner, rin.id, mio.id)
    // A risk with its action and an objective with its measure are one record each.
    expect(done).toEqual({ things: kinds.length, records: kinds.length - 2 })
    const entries = (await logSize()).slice(before)
    expect(entries.toSorted()).toEqual(
      [...new Set(kinds.map((each) => `${each.split(' ')[0]}.handed-over`))].toSorted(),
    )
    expect((await list(home.owner, { person: rin.id })).total).toBe(0)
    const theirs = await list(home.owner, { person: mio.id })
    // A role is another stretch of days now.
    expect(
      theirs.items.map((each) => `${each.noun} ${each.part}`.replace('holder:1', 'holder:0')).sort(),
    ).toEqual(kinds)
  })

  it('is handed over in parts, of which each is still what was looked at', async () => {
    const [aoi, kai] = [await busy('Aoi'), await plant.somebody('Kai', 'manager', null)]
    const { items } = await list(home.owner, { person: aoi.id })
    const chosen = items
      .filter((each) => each.noun === 'risk' && each.part === 'owner')
      .map(({ noun, id, part, version }) => ({ noun, id, part, version }))
    const stale = chosen.map((each) => ({ ...each, version: each.version - 1 }))
    expect(await codesOf(give(home.owner, aoi.id, kai.id, stale))).toEqual(['/items/0 handover.changed_one'])
    expect(await give(home.owner, aoi.id, kai.id, chosen)).toEqual({ things: 1, records: 1 })
    const again = chosen.map((each) => ({ ...each, version: each.version + 1 }))
    expect(await codesOf(give(home.owner, aoi.id, kai.id, again))).toEqual(['/items/0 handover.not_theirs'])
    const left = await list(home.owner, { person: aoi.id })
    expect(left.items.map((each) => `${each.noun} ${each.part}`)).toContain('risk action:a1')
    expect(left.total).toBe(kinds.length - 1)
  })

  it('stays as a whole where one thing of it cannot be handed over', async () => {
    const [emi, tom] = [await busy('Emi'), await plant.somebody('Tom', 'contributor', null)]
    const before = (await logSize()).length
    const refused = await refusal(give(tom.caller, emi.id, tom.id))
    // A contributor changes assets, risks and implementations, and no programmes, controls, checks, objectives
    // or roles.
    expect([refused.code, refused.params.count]).toEqual(['handover.no_right', 7])
    expect((await logSize()).length).toBe(before)
    const { items } = await list(tom.caller, { person: emi.id })
    const able = items.filter((each) => each.mayHand)
    expect([...new Set(able.map((each) => each.noun))].sort()).toEqual(['asset', 'implementation', 'risk'])
    const mine = able.map(({ noun, id, part, version }) => ({ noun, id, part, version }))
    expect((await give(tom.caller, emi.id, tom.id, mine)).things).toBe(4)
  })

  it('goes to somebody who is here, and to another person', async () => {
    const [one, gone] = [await busy('Sora'), await plant.somebody('Gone', 'manager', null)]
    await leaves(gone)
    expect(await codesOf(give(home.owner, one.id, gone.id))).toEqual(['/to handover.to_left'])
    expect(await codesOf(give(home.owner, one.id, one.id))).toEqual(['/to handover.same_person'])
    expect((await refusal(give(home.owner, one.id, home.root.id))).kind).toBe('not_found')
  })

  it('of another entity is neither seen nor given by who has a role elsewhere', async () => {
    const [yui, jun] = [
      await plant.somebody('Yui', 'contributor', null),
      await plant.somebody('Jun', 'manager', below),
    ]
    await asset('above', yui.id)
    await asset('within', yui.id, below)
    const theirs = await list(jun.caller, { person: yui.id })
    expect(theirs.items.map((each) => each.code)).toEqual(['within'])
    expect(await give(jun.caller, yui.id, jun.id)).toEqual({ things: 1, records: 1 })
    expect((await list(home.owner, { person: yui.id })).items.map((each) => each.code)).toEqual(['above'])
    const { items } = await list(home.owner, { person: yui.id })
    const [above] = items.map(({ noun, id, part, version }) => ({ noun, id, part, version }))
    expect(await codesOf(give(jun.caller, yui.id, jun.id, [above]))).toEqual(['/items/0 handover.not_theirs'])
  })

  it('is of this organisation only', async () => {
    const other = await foundHome(world, 'Other', 'other')
    const stranger = callerWith(other.organisationId, other.owner.actor.grants.slice(), world.runtime.random)
    const sho = await busy('Sho')
    expect((await refusal(list(stranger, { person: sho.id }))).kind).toBe('not_found')
    expect((await refusal(give(stranger, sho.id, sho.id))).kind).toBe('not_found')
  })

  it('is asked of past days', async () => {
    const ami = await plant.somebody('Ami', 'contributor', null)
    await risk(ami.id)
    const on = async (asOf: string) => (await list({ ...home.owner, asOf }, { person: ami.id })).total
    // The risk was identified on 10 January.
    expect([await on('2023-01-09'), await on('2023-01-10'), await on(today)]).toEqual([0, 1, 1])
  })

  it('was theirs until the day before the one on which it was handed over, whatever its kind', async () => {
    const [ume, sen] = [await busy('Ume'), await plant.somebody('Sen', 'manager', null)]
    const input = { from: ume.id, to: sen.id, items: null, on: '2023-07-20', reason: 'New desk' }
    await execute(world.runtime, home.owner, carryOut(specs), input)
    const of = async (person: Id, asOf: string) =>
      (await list({ ...home.owner, asOf }, { person })).items
        .map((each) => `${each.noun} ${each.part}`.replace('holder:1', 'holder:0'))
        .sort()
    // The action was planned today: on the days before it was no part of the plan.
    const before = kinds.filter((each) => each !== 'risk action:a1')
    // Who will hold a role is known ahead, and needs a successor then.
    const later = ['isms-role holder:0']
    expect([await of(ume.id, '2023-07-19'), await of(sen.id, '2023-07-19')]).toEqual([before, later])
    expect([await of(ume.id, '2023-07-20'), await of(sen.id, '2023-07-20')]).toEqual([[], before])
    expect([await of(ume.id, today), await of(sen.id, today)]).toEqual([[], kinds])
    const ahead = refusal(execute(world.runtime, home.owner, carryOut(specs), { ...input, on: '2023-08-01' }))
    expect((await ahead).fields.map((field) => field.code)).toContain('record.change_ahead')
  })

  it('was known or not at an instant', async () => {
    const nao = await plant.somebody('Nao', 'contributor', null)
    world.clock.set('2023-07-31T04:00:00.000Z')
    await asset('late-host', nao.id)
    const known = async (knownAt: string) =>
      (await list({ ...home.owner, knownAt }, { person: nao.id })).items.map((each) => each.code)
    expect([await known('2023-07-31T03:30:00.000Z'), await known('2023-07-31T04:30:00.000Z')]).toEqual([
      [],
      ['late-host'],
    ])
  })

  it('takes as many queries for a hundred things as for a few', async () => {
    const [few, many] = [await busy('Few'), await busy('Many')]
    for (let n = 0; n < 30; n++) await asset(`many-${n}`, many.id)
    const count = async (person: Id) => {
      const spy = vi.spyOn(pg.Client.prototype, 'query')
      await list(home.owner, { person })
      const calls = spy.mock.calls.length
      spy.mockRestore()
      return calls
    }
    await count(few.id)
    expect(await count(many.id)).toBe(await count(few.id))
    expect(await count(many.id)).toBeLessThanOrEqual(22)
  })
})
