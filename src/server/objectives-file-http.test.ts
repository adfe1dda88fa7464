import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inOtherForms } from '../../tests/support/eras.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { reading } from '../db/transaction.ts'
import type { Objective } from '../objectives/objective.ts'
import { createObjective } from '../objectives/server/commands.ts'
import { addReading } from '../objectives/server/reading-commands.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { addPerson } from '../people/server/commands.ts'
import { createProgramme } from '../programmes/server/commands.ts'
import { registerContextFileRoutes } from './context-file-http.ts'
import { execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller
let pay: string
let person: string
let programme: string

const text = { en: '=SUM(A1:A9), "quoted"\nsecond line', ja: '＝式のような文' }

beforeAll(async () => {
  world = await makeHttpWorld('objectives-file', () => caller, registerContextFileRoutes)
})
afterAll(() => world.close())
beforeEach(async () => {
  home = await foundHome(world)
  await surroundings()
})

/** The entity, the person and the programme that rows name: the same in every organisation. */
async function surroundings(): Promise<void> {
  const { runtime } = world
  const entity = { key: 'pay', parentId: home.root.id, kind: 'company' as const, name: { en: 'Pay' } }
  pay = (
    await execute(runtime, home.owner, createEntity, {
      ...entity,
      ...{ country: null, memberFrom: null, memberTo: null },
    })
  ).id
  person = (
    await execute(runtime, home.system, addPerson, {
      ...{ name: { en: 'Keeper' }, email: 'keeper@example.org', entityId: null, jobTitle: null },
      ...{ state: 'active', accountId: null },
    })
  ).id
  // Who reads is somebody on record.
  caller = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, { id: person })
  programme = (
    await execute(runtime, home.owner, createProgramme, {
      ...{ key: 'isms', name: text, edition: 'iso27001-2022', categories: [], audiences: [], services: [] },
      entities: [{ entityId: home.root.id, from: null, to: null }],
      cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: null }],
      ...{ ownerId: null, certificateId: null },
    })
  ).id
}

const objectiveOf = (key: string, parts: Partial<Objective> = {}) => ({
  ...{ key, name: text, why: text, programmeIds: [programme], entityIds: [pay], ownerId: person, plan: null },
  measure: {
    ...{ name: text, method: text, unit: { en: '%' }, direction: 'up' as const, everyMonths: 3 },
    ...{ measuredById: person, evaluatedById: null },
  },
  targets: [
    { by: '2023-06-30', value: 90.5, upper: null },
    { by: '2023-12-31', value: 95, upper: null },
  ],
  ...{ from: '2023-01-01', to: null },
  ...parts,
})

async function fill(): Promise<string> {
  const { id } = await execute(world.runtime, home.owner, createObjective, objectiveOf('patches'))
  const within = { ...objectiveOf('noise').measure, direction: 'within' as const }
  const rest = { entityIds: [], programmeIds: [], ownerId: null, plan: text, to: '2023-12-31' }
  await execute(
    world.runtime,
    home.owner,
    createObjective,
    objectiveOf('noise', {
      ...rest,
      measure: within,
      targets: [{ by: '2023-12-31', value: -5, upper: 1e-7 }],
    }),
  )
  await execute(world.runtime, caller, addReading, {
    ...{ id, on: '2023-06-30', value: 91, source: 'The count', note: null, replaces: null },
  })
  return id
}

const get = (path: string) => world.app.inject(path)
const send = (body: string | Buffer, query = 'mode=apply', noun = 'objectives') =>
  world.app.inject({
    method: 'POST',
    url: `/api/${noun}/import?${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
const entryCount = async () =>
  (
    await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').select('idx').execute(),
    )
  ).length

describe.each(['csv', 'xlsx'])('objectives as %s', (format) => {
  it('come back as they were: applying an export changes nothing and logs nothing', async () => {
    const id = await fill()
    const file = await get(`/api/objectives/export.${format}`)
    const before = await entryCount()
    const counts = { create: 0, update: 0, unchanged: 2, error: 0 }
    expect((await send(file.rawPayload)).json()).toMatchObject({ applied: true, counts, unknownColumns: [] })
    expect(await entryCount()).toBe(before)
    const chosen = await world.app.inject({
      ...{ method: 'POST', url: `/api/objectives/export.${format}`, payload: { ids: [id] } },
    })
    expect((await send(chosen.rawPayload, 'mode=dry-run')).json().counts).toMatchObject({ unchanged: 1 })
    const values = await get(`/api/readings/export.${format}`)
    expect((await send(values.rawPayload, 'mode=apply', 'readings')).json().counts).toMatchObject({
      unchanged: 1,
    })
  })

  it('make the same in another organisation, and their readings after them', async () => {
    await fill()
    const [file, values] = await Promise.all([
      get(`/api/objectives/export.${format}`),
      get(`/api/readings/export.${format}`),
    ])
    home = await foundHome(world, 'Another Corporation')
    await surroundings()
    expect((await send(values.rawPayload, 'mode=dry-run', 'readings')).json().counts).toMatchObject({
      error: 1,
    })
    expect((await send(file.rawPayload)).json().counts).toMatchObject({ create: 2, error: 0 })
    expect((await send(values.rawPayload, 'mode=apply', 'readings')).json().counts).toMatchObject({
      create: 1,
    })
    const again = await get('/api/objectives/export.csv')
    if (format === 'csv') expect(again.body).toBe(file.body)
    expect((await send(file.rawPayload)).json().counts).toMatchObject({ unchanged: 2, create: 0 })
  })
})

describe('objectives that were kept in a spreadsheet', () => {
  const head = 'key,name.en,why.en,measure.en,method.en,unit.en,direction,everyMonths,targets,from,owner'
  const row = (key: string, targets: string, rest: Partial<Record<'owner' | 'direction', string>> = {}) =>
    `${key},Name,Why,Share,Counted,%,${rest.direction ?? 'up'},３,"${targets}",令和5年1月1日,${rest.owner ?? ''}`

  it('are read as people write them, in Japanese too, first without changing anything', async () => {
    const file = [
      head,
      row('a', '2023/6/30 90%; R5.12.31 1,000.5', { owner: 'KEEPER@example.org' }),
      row('b', '令和5年12月31日 10〜20', { direction: '範囲' }),
    ].join('\n')
    const before = await entryCount()
    expect((await send(file, 'mode=dry-run')).json()).toMatchObject({ applied: false, counts: { create: 2 } })
    expect(await entryCount()).toBe(before)
    expect((await send(file)).json()).toMatchObject({ applied: true, counts: { create: 2 } })
    const out = (await get('/api/objectives/export.csv')).body
    expect(out).toContain('2023-06-30 90; 2023-12-31 1000.5')
    expect(out).toContain('2023-12-31 10..20')
    expect(out).toContain('keeper@example.org')
    const { csv, days } = inOtherForms(out)
    expect(days).toBeGreaterThanOrEqual(2)
    expect((await send(csv, 'mode=dry-run')).json().counts).toMatchObject({ unchanged: 2 })
    const part = await send('key,everyMonths\nA,6\n')
    expect(part.json().rows).toMatchObject([{ key: 'a', fate: 'update', changes: ['measure'] }])
  })

  it('are refused whole, with the row and column of each fault', async () => {
    const file = [
      head,
      row('a', '2023-12-31 90'),
      row('a', '2023-12-31 90'),
      row('b', 'soon much', { owner: 'nobody@example.org' }),
      row('c', '2023-12-31 5..1', { direction: 'within' }),
      row('d', '', { direction: 'sideways' }),
    ].join('\n')
    const answer = await send(file)
    expect(answer.statusCode).toBe(400)
    type Field = { pointer: string; code: string }
    const fields = (answer.json().fields ?? answer.json().errors) as Field[]
    expect(fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/3/key exchange.key_twice',
      '/4/owner exchange.person_unknown',
      '/4/targets objective.target_unreadable',
      '/5/targets objective.upper_below',
      expect.stringMatching(/^\/6\/direction /),
      expect.stringMatching(/^\/6\/targets /),
    ])
    expect((await get('/api/objectives/export.csv')).body.trim().split('\n')).toHaveLength(1)
  })

  it('may be imported by owners and managers alone, and of one entity by its manager', async () => {
    await fill()
    const file = (await get('/api/objectives/export.csv')).body
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect((await send(file)).statusCode).toBe(403)
    const grants = [{ role: 'manager' as const, entityId: pay, certificateId: null }]
    caller = callerWith(home.organisationId, grants, world.runtime.random)
    // One of the two is for every entity.
    expect((await send(file)).statusCode).toBe(403)
    expect((await send('key,everyMonths\npatches,6\n')).statusCode).toBe(200)
    expect((await send('key,entities\npatches,"pay, example"\n')).statusCode).toBe(403)
  })
})
