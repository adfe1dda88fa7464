import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { clearArrangement, delegateDue, snoozeDue } from './arrange-commands.ts'
import { listDue } from './queries.ts'
import { setCalendarRules } from './rules-commands.ts'
import { getCalendarRules } from './rules-queries.ts'

const due = listDue([])
const delegate = delegateDue([])
const snooze = snoozeDue([])
const clear = clearArrangement([])
const reason = 'On leave.'

let world: World
let home: Home
let plant: Planter
let subject: string
let hana: Awaited<ReturnType<Planter['somebody']>>
let ren: typeof hana
let boss: typeof hana

beforeAll(async () => {
  world = await makeWorld('arrange')
  home = await foundHome(world)
  plant = planter(world, home)
  const create = async (key: string): Promise<Id> =>
    (
      await execute(world.runtime, home.owner, createEntity, {
        key,
        parentId: home.root.id,
        kind: 'company',
        name: { en: key },
        country: null,
        memberFrom: null,
        memberTo: null,
      })
    ).id
  const here = await create('here')
  const elsewhere = await create('elsewhere')
  hana = await plant.somebody('Hana', 'contributor', here)
  ren = await plant.somebody('Ren', 'contributor', here)
  boss = await plant.somebody('Boss', 'manager', here)
  await plant.somebody('Far', 'contributor', elsewhere)
  const control = await plant.control('ACC-01', { ownerId: hana.id })
  const how = await plant.implementation(control.id, here)
  subject = `occurrence:${(await plant.occurrence(how.id, '2023-07-28')).id}`
})
afterAll(() => world.close())

const list = (caller: Caller, input: Record<string, unknown> = {}) =>
  answer(world.runtime, caller, due, input)
const codes = async (work: Promise<unknown>) => {
  const problem = await refusal(work)
  return problem.fields.length > 0 ? problem.fields.map((one) => one.code) : [problem.code]
}

it('is handed by its owner to a colleague who may do it, and to nobody else', async () => {
  const to = (caller: Caller, personId: Id) =>
    execute(world.runtime, caller, delegate, { subject, personId, reason })
  const reader = await plant.somebody('Reader', 'reader', null)
  const gone = await plant.somebody('Gone', 'contributor', null, { state: 'left' })
  const far = await plant.somebody('Further', 'contributor', null)
  expect(await codes(to(hana.caller, reader.id))).toEqual(['arrangement.person_may_not'])
  expect(await codes(to(hana.caller, gone.id))).toEqual(['arrangement.person_inactive'])
  expect(await codes(to(hana.caller, home.organisationId))).toEqual(['record.not_found'])
  expect(await codes(to(ren.caller, ren.id))).toEqual(['arrangement.not_yours'])
  expect(await codes(to(reader.caller, far.id))).toEqual(['access.forbidden'])
  await to(hana.caller, ren.id)
  const [mine] = (await list(ren.caller, { person: 'me' })).items
  expect(mine).toMatchObject({
    subject,
    owner: { id: hana.id },
    person: { id: ren.id },
    arranged: { reason, by: { id: hana.id } },
    abilities: ['delegate', 'snooze', 'clear'],
  })
  expect((await list(hana.caller, { person: 'me' })).total).toBe(0)
})

it('that is put aside is out of sight of who is to do it, keeps its day, and escalates all the same', async () => {
  const until = (day: string) => execute(world.runtime, ren.caller, snooze, { subject, until: day, reason })
  expect(await codes(until('2023-07-31'))).toEqual(['arrangement.snooze_over'])
  expect(await codes(until('2023-11-01'))).toEqual(['arrangement.snooze_too_long'])
  await until('2023-08-05')
  expect((await list(ren.caller, { person: 'me' })).total).toBe(0)
  expect((await list(ren.caller)).total).toBe(0)
  expect((await list(ren.caller, { snoozed: 'show' })).total).toBe(1)
  const shown = { dueOn: '2023-07-28', state: 'overdue', arranged: { snoozedUntil: '2023-08-05' } }
  expect((await list(boss.caller)).items).toMatchObject([shown])
  expect((await list(hana.caller)).items).toMatchObject([shown])
  world.clock.set('2023-08-04T03:00:00.000Z')
  expect((await list(boss.caller, { state: 'escalated' })).items).toMatchObject([{ escalated: true }])
  world.clock.set('2023-08-06T03:00:00.000Z')
  expect((await list(ren.caller, { person: 'me' })).total).toBe(1)
})

it('goes back to its owner when what was arranged is taken back', async () => {
  await execute(world.runtime, boss.caller, clear, { subject, reason: 'Back again.' })
  expect((await list(hana.caller, { person: 'me' })).total).toBe(1)
  expect(await codes(execute(world.runtime, boss.caller, clear, { subject, reason }))).toEqual([
    'arrangement.nothing',
  ])
  expect(
    await codes(execute(world.runtime, boss.caller, clear, { subject: 'occurrence:no', reason })),
  ).toEqual(['record.not_found'])
})

it('escalates after the days that the organisation chose', async () => {
  const answered = await answer(world.runtime, home.owner, getCalendarRules, {})
  const { id: _, usualLeadDays: __, mail: ___, abilities, ...rules } = answered
  expect([rules.version, rules.escalationDays, abilities, answered.mail]).toEqual([0, 7, ['update'], false])
  const set = { ...rules, escalationDays: 10, leadDays: { occurrence: 3 } }
  const saved = await execute(world.runtime, home.owner, setCalendarRules, set)
  expect(saved.version).toBe(1)
  expect((await refusal(execute(world.runtime, home.owner, setCalendarRules, set))).kind).toBe('conflict')
  expect(await codes(execute(world.runtime, boss.caller, setCalendarRules, set))).toEqual([
    'access.forbidden',
  ])
  expect((await list(boss.caller, { state: 'escalated' })).total).toBe(0)
  expect((await list(boss.caller)).items).toMatchObject([{ leadDays: 3 }])
})
