import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { unsaid } from '../assets/asset.ts'
import { createAsset } from '../assets/server/commands.ts'
import { reading } from '../db/transaction.ts'
import { addPerson } from '../people/server/commands.ts'
import { assessRisk } from '../risks/server/assess-commands.ts'
import { closeRisk, createRisk } from '../risks/server/commands.ts'
import { approveMethod, draftMethod } from '../risks/server/method-commands.ts'
import { startingMethod } from '../risks/starting-method.ts'
import { execute } from './execute.ts'
import { registerRiskFileRoutes } from './risks-file-http.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

const text = { en: '=SUM(A1:A9), "quoted"\nsecond line', ja: '＝式のような文' }
const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

beforeAll(async () => {
  world = await makeHttpWorld('risks-file', () => caller, registerRiskFileRoutes)
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.set('2023-01-10T03:00:00.000Z')
  home = await foundHome(world)
  caller = home.manager
  await surroundings()
  world.clock.set('2023-07-31T03:00:00.000Z')
})

/** The asset, the person and the method that rows name: the same in every organisation. */
async function surroundings(): Promise<void> {
  const { runtime } = world
  await execute(runtime, home.owner, createAsset, {
    ...{ ...unsaid, key: 'mail-host', name: text, kind: 'system', entityId: home.root.id },
  })
  await execute(runtime, home.system, addPerson, {
    ...{ name: { en: 'Risk Owner' }, email: 'owner@example.org', entityId: null },
    ...{ jobTitle: null, state: 'active', accountId: null },
  })
  const { id } = await execute(runtime, home.manager, draftMethod, {
    ...{ ...startingMethod, effectiveFrom: '2023-01-01' },
  })
  await execute(runtime, home.owner, approveMethod, { id, version: 1 })
}

async function identify(code: string | null, changed: Record<string, unknown> = {}) {
  return execute(world.runtime, home.owner, createRisk, {
    ...{ code, name: text, scenario: text, approach: 'asset', threat: text, vulnerability: null },
    ...{ affects: ['confidentiality', 'availability'], entityId: home.root.id, serviceIds: [] },
    ...{ assetIds: [], issueIds: [], obligationIds: [], ownerId: null, identifiedOn: '2023-01-15' },
    ...{ reviewMonths: 6, quantity: null },
    ...changed,
  })
}

/** One that was assessed, one that was not, one whose code would be a formula, one that was closed. */
async function fill(): Promise<void> {
  const { items } = (await world.app.inject('/api/assets')).json() as { items: { id: string }[] }
  const one = await identify('R-001', { assetIds: items.map((each) => each.id) })
  await execute(world.runtime, home.owner, assessRisk, {
    ...{ id: one.id, version: one.version, on: '2023-02-01', rationale: 'Judged in a session' },
    ...{ inherent: value(4, 4), current: value(2, 3), residual: value(1, 2), exception: null },
  })
  await identify('R-002')
  await identify('@R-003')
  const gone = await identify('R-004')
  await execute(world.runtime, home.owner, closeRisk, {
    ...{ id: gone.id, version: gone.version, on: '2023-07-01', reason: 'Over' },
  })
}

const get = (path: string) => world.app.inject(path)
const send = async (body: string | Buffer, query = 'mode=apply') =>
  (
    await world.app.inject({
      method: 'POST',
      url: `/api/risks/import?${query}`,
      headers: { 'content-type': 'application/octet-stream' },
      body,
    })
  ).json()
const entries = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select(['type', 'statement']).orderBy('idx').execute(),
  )

describe.each(['csv', 'xlsx'])('risks as %s', (format) => {
  it('come back as they were: applying an export changes nothing and logs nothing', async () => {
    await fill()
    const file = await get(`/api/risks/export.${format}`)
    const before = (await entries()).length
    expect(await send(file.rawPayload)).toMatchObject({
      ...{ applied: true, counts: { create: 0, update: 0, unchanged: 3, error: 0 }, unknownColumns: [] },
    })
    expect(await entries()).toHaveLength(before)
  })

  it('make the same in another organisation, without what a file does not decide', async () => {
    await fill()
    const file = await get(`/api/risks/export.${format}`)
    world.clock.set('2023-01-10T03:00:00.000Z')
    home = await foundHome(world, 'Another Corporation')
    caller = home.manager
    await surroundings()
    world.clock.set('2023-07-31T03:00:00.000Z')
    expect(await send(file.rawPayload)).toMatchObject({ counts: { create: 3, error: 0 } })
    const again = await get(`/api/risks/export.${format}`)
    const lines = (payload: Buffer) => payload.toString('utf8').split('\r\n').sort()
    if (format === 'csv') expect(lines(again.rawPayload)).toEqual(lines(file.rawPayload))
  })

  it('are exactly those that the register shows', async () => {
    await fill()
    const narrowed = await get(`/api/risks/export.${format}?state=identified`)
    const answer = await send(narrowed.rawPayload, 'mode=dry-run')
    expect(answer.rows.map((row: { key: string }) => row.key)).toEqual(['@R-003', 'R-002'])
  })
})

const head =
  'code,name.en,scenario.en,affects,entity,owner,identifiedOn,assessedOn,inherent.likelihood,inherent.consequence,current.likelihood,current.consequence,residual.likelihood,residual.consequence,rationale,exception\r\n'

describe('a row', () => {
  it('is read as people write it: eras, names of levels, Japanese words', async () => {
    const row =
      'R-010,Fire,A fire,"機密性、可用性",example,OWNER@example.org,R5.2.1,令和5年4月1日,5,存続に関わる,Likely,3,2,２,Seen,\r\n'
    expect(await send(head + row)).toMatchObject({ applied: true, counts: { create: 1 } })
    const { items } = (await get('/api/risks')).json() as { items: Record<string, unknown>[] }
    expect(items[0]).toMatchObject({
      ...{ code: 'R-010', identifiedOn: '2023-02-01', affects: ['confidentiality', 'availability'] },
      assessment: {
        ...{ on: '2023-04-01', inherent: value(4, 4), current: value(3, 2), residual: value(1, 1) },
        personId: home.manager.actor.id,
      },
    })
    expect((await entries()).at(-1)).toMatchObject({ type: 'risk.identified' })
  })

  it('says what is wrong with it at its column, and nothing of the file goes in', async () => {
    const rows = [
      'R-020,Good,A scenario,integrity,example,,2023-02-01,,,,,,,,,',
      'R-021,,,nothing,nowhere,nobody@example.org,31.2.2023,2023-04-01,9,1,1,1,1,1,Seen,',
      'R-022,Late,A scenario,integrity,example,,2023-02-01,2023-04-01,1,1,2,1,1,1,Seen,',
      'R-020,Twice,A scenario,integrity,example,,2023-02-01,,,,,,,,,',
      'R-023,Half,A scenario,integrity,example,,2023-02-01,2023-04-01,1,1,,,,,,',
    ].join('\r\n')
    const answer = await send(head + rows, 'mode=dry-run')
    const told = answer.rows.map(
      ({ key, problems }: { key: string; problems: { pointer: string; code: string }[] }) =>
        `${key}: ${problems.map(({ pointer, code }) => `${pointer} ${code}`).join('; ')}`,
    )
    expect(told[0]).toBe('R-020: ')
    expect(told[1]).toContain('/entity exchange.entity_unknown')
    expect(told[1]).toContain('/owner exchange.person_unknown')
    expect(told[1]).toContain('/inherent.likelihood risk_exchange.level')
    expect(told[1]).toContain('/identifiedOn day')
    expect(told[2]).toBe('R-022: /exception risk.rises_without_reason')
    expect(told[3]).toBe('R-020: /code exchange.key_twice')
    expect(told[4]).toContain('/rationale risk_exchange.assessment_incomplete')
    const refused = await send(head + rows)
    expect(refused.code).toBe('tabular.file')
    expect((await get('/api/risks')).json().total).toBe(0)
  })

  it('adds an assessment of a later day and leaves those that were made', async () => {
    await fill()
    const row = (on: string, residual: string) =>
      `${head}R-001,,,,,,,${on},5,5,3,4,${residual},2,Judged again,\r\n`
        .replace('name.en,scenario.en,affects,entity,owner,identifiedOn,', '')
        .replace('R-001,,,,,,,', 'R-001,')
    expect(await send(row('2023-01-20', '1'))).toMatchObject({ code: 'tabular.file' })
    expect(await send(row('2023-02-01', '1'))).toMatchObject({ code: 'tabular.file' })
    expect(await send(row('2023-05-01', '1'), 'mode=apply&reason=The session of May')).toMatchObject({
      counts: { update: 1 },
      rows: [{ changes: ['assessments'] }],
    })
    const last = (await entries()).at(-1)
    expect(last?.type).toBe('risk.updated')
    expect(last?.statement).toContain('The session of May')
    const { items } = (await get('/api/risks?text=R-001')).json() as { items: { id: string }[] }
    const record = (await get(`/api/risks/${items[0]?.id}`)).json() as { history: { on: string }[] }
    expect(record.history.map((one) => one.on)).toEqual(['2023-05-01', '2023-02-01'])
  })

  it('changes no risk that was closed', async () => {
    await fill()
    const answer = await send('code,name.en\r\nR-004,Another name\r\n', 'mode=dry-run')
    expect(answer.rows[0].problems).toMatchObject([{ code: 'risk.closed' }])
  })

  it('is taken from nobody who may not import where it belongs', async () => {
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    const row = 'R-030,Fire,A fire,integrity,example,,2023-02-01,,,,,,,,,\r\n'
    expect((await send(head + row)).code).toBe('access.forbidden')
  })
})
