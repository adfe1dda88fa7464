import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { listDue } from '../../calendar/server/queries.ts'
import { changeObligations, createObligation } from '../../context/server/commands.ts'
import { reading as readingOf } from '../../db/transaction.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { assignObjectives, createObjective, endObjective, updateObjective } from './commands.ts'
import { addReading, importReadings } from './reading-commands.ts'
import { exportReadings, getObjective, listObjectives } from './register-queries.ts'

let world: World
let home: Home
let plant: Planter
let hana: Awaited<ReturnType<Planter['somebody']>>

// Where the clock of the test's world stands.
const today = '2023-07-31'
const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('objectives')
  home = await foundHome(world)
  plant = planter(world, home)
  hana = await plant.somebody('Hana', 'manager', null)
})
afterAll(() => world.close())

const codes = async (work: Promise<unknown>) =>
  (await refusal(work)).fields.map(({ pointer, code }) => `${pointer} ${code}`)

const logged = async (id: string) => {
  const rows = await readingOf(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select('type').where('recordId', '=', id).orderBy('n').execute(),
  )
  return rows.map((row) => row.type)
}

const input = (key: string, parts: Record<string, unknown> = {}) => ({
  ...{ key, name: text, why: text, programmeIds: [], entityIds: [], ownerId: hana.id, plan: null },
  measure: {
    ...{ name: text, method: text, unit: { en: '%' }, direction: 'up' as const, everyMonths: 3 },
    ...{ measuredById: null, evaluatedById: null },
  },
  targets: [
    { by: '2022-12-31', value: 90, upper: null },
    { by: '2023-12-31', value: 98, upper: null },
  ],
  ...{ from: '2022-01-01', to: null },
  ...parts,
})

const as = (caller: Caller, asOf: string): Caller => ({ ...caller, asOf })
const at = (on: string, value: number, parts: Record<string, unknown> = {}) => ({
  ...{ on, value, source: 'Count of patched hosts', note: null, replaces: null, ...parts },
})

describe('objectives', () => {
  it('stand by their readings, of which a wrong one is corrected and stays visible', async () => {
    const one = await execute(world.runtime, hana.caller, createObjective, input('patching'))
    const state = async (day: string) =>
      (await answer(world.runtime, as(hana.caller, day), listObjectives, {})).items[0]?.state
    expect(await state('2023-02-01')).toBe('unread')
    const add = (value: Record<string, unknown>) =>
      execute(world.runtime, hana.caller, addReading, { id: one.id, ...value })
    await add(at('2022-12-31', 90))
    const wrong = await add(at('2023-06-30', 9))
    expect(await state(today)).toBe('missed')
    expect(await codes(add(at('2023-06-30', 95)))).toEqual(['/on reading.day_taken'])
    expect(await codes(add(at('2023-08-01', 95)))).toEqual(['/on reading.future'])
    expect(await codes(add(at('2021-12-31', 95)))).toEqual(['/on reading.outside'])
    const right = await add(at('2023-06-30', 95, { replaces: wrong.id }))
    expect(await codes(add(at('2023-06-29', 95, { replaces: wrong.id })))).toEqual([
      '/replaces reading.replaced_already',
    ])
    expect([await state('2023-02-01'), await state(today)]).toEqual(['on-track', 'on-track'])
    const record = await answer(world.runtime, hana.caller, getObjective, { id: one.id })
    expect(record).toMatchObject({ value: 95, readingDue: '2023-09-30', owner: { id: hana.id } })
    expect(record.readings.map((each) => [each.value, each.replacedBy])).toContainEqual([9, right.id])
    expect(record.readings).toHaveLength(3)
    expect(await logged(wrong.id)).toEqual(['reading.added'])
    expect(await logged(right.id)).toEqual(['reading.corrected'])
    await execute(world.runtime, hana.caller, endObjective, {
      ...{ id: one.id, version: 1, to: '2023-07-31', reason: 'Reached.' },
    })
    expect(await logged(one.id)).toEqual(['objective.created', 'objective.ended'])
  })

  it('with targets out of order or without a second limit are refused with the place', async () => {
    const targets = [
      { by: '2023-12-31', value: 5, upper: null },
      { by: '2023-06-30', value: 5, upper: 4 },
    ]
    const within = { ...input('limits').measure, direction: 'within' as const }
    const one = execute(
      world.runtime,
      hana.caller,
      createObjective,
      input('limits', { targets, measure: within }),
    )
    expect(await codes(one)).toEqual([
      '/targets/0/upper objective.upper_missing',
      '/targets/1/by objective.target_order',
    ])
  })

  it('are not handed to somebody who has left, alone or in bulk, and keep who had them', async () => {
    const gone = await plant.somebody('Gone', 'reader', null, { state: 'left' })
    const one = await execute(world.runtime, hana.caller, createObjective, input('handed'))
    const items = [{ id: one.id, version: 1 }]
    const bulk = execute(world.runtime, hana.caller, assignObjectives, { items, ownerId: gone.id })
    expect(await codes(bulk)).toEqual(['/items/0 context.owner_left'])
    const update = { ...one, ownerId: gone.id, reason: null }
    expect(await codes(execute(world.runtime, hana.caller, updateObjective, update))).toEqual([
      '/ownerId context.owner_left',
    ])
    const { rows } = await execute(world.runtime, hana.caller, assignObjectives, { items, ownerId: null })
    expect(rows).toEqual([{ id: one.id, version: 2, fate: 'changed' }])
  })

  it('take readings from a file, once, and let no file correct one', async () => {
    const { key, id } = await execute(world.runtime, hana.caller, createObjective, input('imported'))
    const row = (number: number, on: string, value: string, name = key) => ({
      row: number,
      cells: { objective: name, on, value, source: 'Export of the scanner' },
    })
    const columns = ['objective', 'on', 'value', 'source']
    const take = (rows: ReturnType<typeof row>[], mode: 'apply' | 'dry-run' = 'apply') =>
      execute(world.runtime, hana.caller, importReadings, { mode, columns, rows, reason: null })
    const faulty = [
      row(2, '2023-01-31', 'many'),
      row(3, '2023-02-30', '1'),
      row(4, '2023-03-31', '1', 'nothing'),
      row(5, '2023-04-30', '1'),
      row(6, '令和5年4月30日', '2'),
    ]
    expect(await codes(take(faulty))).toEqual([
      '/2/value reading.not_a_number',
      '/3/on day',
      '/4/objective objective.unknown',
      '/6/on reading.day_twice',
    ])
    const good = [row(2, '2023-01-31', '91.5%'), row(3, '2023-04-30', '９３')]
    expect((await take(good)).counts).toMatchObject({ create: 2 })
    expect((await take(good)).counts).toMatchObject({ create: 0, unchanged: 2 })
    expect(await codes(take([row(2, '2023-04-30', '94')]))).toEqual(['/2/value reading.differs'])
    const out: string[][] = []
    const collected = exportReadings(async (line) => {
      out.push(line)
    })
    await answer(world.runtime, hana.caller, collected, { objective: id })
    expect(out.map((line) => line.slice(0, 3))).toEqual([
      ['imported', '2023-01-31', '91.5'],
      ['imported', '2023-04-30', '93'],
    ])
  })

  it('are listed with a number of queries that no amount of them changes', async () => {
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    const count = async () => {
      spy.mockClear()
      await answer(world.runtime, hana.caller, listObjectives, {})
      return spy.mock.calls.length
    }
    const few = await count()
    for (let n = 0; n < 20; n++)
      await execute(world.runtime, hana.caller, createObjective, input(`many-${n}`))
    expect(await count()).toBeLessThanOrEqual(few)
    spy.mockRestore()
  })
})

describe('what is due', () => {
  it('names measures to read and entries of the context to review, until they are', async () => {
    const due = listDue([])
    const asked = async (kind: 'reading' | 'context-review', day = today) =>
      (await answer(world.runtime, as(hana.caller, day), due, { kind, limit: 200 })).items
    const one = await execute(
      world.runtime,
      hana.caller,
      createObjective,
      input('due', { from: '2023-06-15' }),
    )
    const found = (await asked('reading')).find((each) => each.recordId === one.id)
    expect(found).toMatchObject({ dueOn: '2023-09-15', person: { id: hana.id }, state: 'upcoming' })
    await execute(world.runtime, hana.caller, addReading, { id: one.id, ...at('2023-07-31', 95) })
    const later = (await asked('reading')).find((each) => each.recordId === one.id)
    expect(later?.dueOn).toBe('2023-10-31')
    const law = await execute(world.runtime, hana.caller, createObligation, {
      ...{ key: 'law', name: text, entityIds: [], ownerId: hana.id, reviewMonths: 6, from: '2023-01-01' },
      ...{ to: null, kind: 'legal', source: text, jurisdiction: null, demands: text, partyId: null },
      ...{ serviceIds: [], requirements: [] },
    })
    const subject = `context-review:${law.id}:obligations`
    const review = async () => (await asked('context-review')).find((each) => each.subject === subject)
    expect(await review()).toMatchObject({
      dueOn: '2023-07-01',
      state: 'overdue',
      title: { en: 'Review: Something' },
    })
    await execute(world.runtime, hana.caller, changeObligations, {
      items: [{ id: law.id, version: 1 }],
      change: { review: { on: today } },
    })
    expect((await review())?.dueOn).toBe('2024-01-31')
  })
})
