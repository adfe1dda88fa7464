import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inOtherForms } from '../../tests/support/eras.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { adoptControls, createControl, retireControl, reviewControl } from '../controls/server/commands.ts'
import { createImplementation, endImplementation } from '../controls/server/implementation-commands.ts'
import { listOccurrences } from '../controls/server/occurrence-queries.ts'
import { reading } from '../db/transaction.ts'
import { createEntity, createService } from '../organisation/server/commands.ts'
import { invitePerson } from '../people/server/commands.ts'
import { registerControlFileRoutes } from './controls-file-http.ts'
import { answer, execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

beforeAll(async () => {
  world = await makeHttpWorld('controls-file', () => caller, registerControlFileRoutes)
})
afterAll(() => world.close())
beforeEach(async () => {
  home = await foundHome(world)
  caller = home.manager
  await surroundings()
})

const text = { en: '=SUM(A1:A9), "quoted"\nsecond line', ja: '＝式のような文' }

/** The entity, the service and the person that rows name: the same keys in every organisation. */
async function surroundings(): Promise<void> {
  await execute(world.runtime, home.owner, createEntity, {
    key: 'pay',
    parentId: home.root.id,
    kind: 'company',
    name: { en: 'Pay' },
    country: null,
    memberFrom: null,
    memberTo: null,
  })
  await execute(world.runtime, home.owner, createService, {
    key: 'wallet',
    entityId: home.root.id,
    kind: 'product',
    name: { en: 'Wallet' },
    offeredFrom: null,
    offeredTo: null,
  })
  await execute(world.runtime, home.owner, invitePerson, {
    name: { en: 'Control Owner' },
    email: 'owner@example.org',
    entityId: null,
    jobTitle: null,
  })
}

const own = (code: string) => ({
  code,
  name: text,
  objective: text,
  practice: { ja: '実施する' },
  requirementLinks: [
    {
      edition: 'iso27001-2022',
      requirement: 'A.5.15',
      relationship: 'subset' as const,
      rationale: 'functional' as const,
      why: text,
    },
  ],
  controlLinks: [],
  together: [],
  ownerId: null,
})

/** An adopted and confirmed control, one of its own, one that follows it; every kind of rhythm and an ended way. */
async function fill(): Promise<void> {
  const { items } = await execute(world.runtime, home.owner, adoptControls, { controls: ['ACC-03'] })
  const [adopted] = items
  if (!adopted) throw new Error('nothing was adopted')
  const { id, version } = adopted
  await execute(world.runtime, home.owner, reviewControl, { id, version })
  const first = await execute(world.runtime, home.owner, createControl, own('@OWN-01'))
  await execute(world.runtime, home.owner, createControl, {
    ...own('OWN-02'),
    controlLinks: [
      { controlId: first.id, relationship: 'subset', rationale: 'semantic', why: { en: 'A part of it' } },
    ],
  })
  const place = {
    controlId: first.id,
    entityId: home.root.id,
    serviceId: null,
    inheritable: false,
    ownerId: null,
    description: text,
    evidenceDays: 90,
    phases: [
      { from: '2022-01-01', stance: 'planned' as const, reason: { en: 'Not bought yet' } },
      { from: '2023-01-01', stance: 'operating' as const, reason: null },
    ],
  }
  const calendar = {
    kind: 'calendar' as const,
    every: '3-months' as const,
    anchor: '2023-01-01',
    graceDays: 7,
  }
  const old = await execute(world.runtime, home.owner, createImplementation, { ...place, frequency: null })
  await execute(world.runtime, home.owner, endImplementation, {
    id: old.id,
    version: old.version,
    endedOn: '2023-03-31',
    reason: 'Another way',
  })
  await execute(world.runtime, home.owner, createImplementation, {
    ...place,
    frequency: calendar,
    phases: [{ from: '2023-04-01', stance: 'operating', reason: null }],
  })
  await execute(world.runtime, home.owner, createImplementation, {
    ...place,
    controlId: id,
    frequency: { kind: 'own', days: 45, anchor: '2023-02-01', graceDays: 0, justification: text },
  })
  await execute(world.runtime, home.owner, createImplementation, {
    ...place,
    controlId: adopted.id,
    serviceId: await wallet(),
    frequency: { kind: 'event', trigger: text, withinDays: 5 },
  })
}

const wallet = async () => {
  const { items } = (await world.app.inject('/api/services')).json() as { items: { id: string }[] }
  return items[0]?.id ?? ''
}

const get = (path: string) => world.app.inject(path)
const send = (kind: string, body: string | Buffer, query = 'mode=apply') =>
  world.app.inject({
    method: 'POST',
    url: `/api/${kind}/import?${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
const entryCount = async () =>
  (
    await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').select('idx').execute(),
    )
  ).length

describe.each(['csv', 'xlsx'])('controls and implementations as %s', (format) => {
  it('come back as they were: applying an export changes nothing and logs nothing', async () => {
    await fill()
    const files = await Promise.all(
      ['controls', 'implementations'].map((kind) => get(`/api/${kind}/export.${format}`)),
    )
    const before = await entryCount()
    const answers = [
      await send('controls', files[0]?.rawPayload ?? ''),
      await send('implementations', files[1]?.rawPayload ?? ''),
    ].map((one) => one.json())
    expect(answers).toMatchObject([
      { applied: true, counts: { create: 0, update: 0, unchanged: 3, error: 0 }, unknownColumns: [] },
      { applied: true, counts: { create: 0, update: 0, unchanged: 4, error: 0 }, unknownColumns: [] },
    ])
    expect(await entryCount()).toBe(before)
  })

  it.runIf(format === 'csv')('have days as people write them, in Japanese eras too', async () => {
    await fill()
    const { csv, days } = inOtherForms((await get('/api/implementations/export.csv')).body)
    expect(days).toBeGreaterThanOrEqual(7)
    expect((await send('implementations', csv, 'mode=dry-run')).json()).toMatchObject({
      counts: { create: 0, update: 0, unchanged: 4, error: 0 },
    })
    const { id, version } = await execute(world.runtime, home.owner, createControl, own('OWN-03'))
    await execute(world.runtime, home.owner, retireControl, { id, version, on: '2023-05-01', reason: 'Gone' })
    const retired = await send('controls', 'code,retiredOn\nOWN-03,令和5年5月1日\n', 'mode=dry-run')
    expect(retired.json()).toMatchObject({ rows: [{ fate: 'unchanged' }] })
  })

  it('make the same in another organisation, with the plan, and nothing confirmed', async () => {
    await fill()
    const [controls, implementations] = await Promise.all(
      ['controls', 'implementations'].map((kind) => get(`/api/${kind}/export.${format}`)),
    )
    home = await foundHome(world, 'Another Corporation')
    caller = home.manager
    await surroundings()
    expect((await send('controls', controls?.rawPayload ?? '')).json()).toMatchObject({
      counts: { create: 3 },
    })
    expect((await send('implementations', implementations?.rawPayload ?? '')).json()).toMatchObject({
      counts: { create: 4, error: 0 },
    })
    const again = await get(`/api/implementations/export.${format}`)
    const lines = (payload: Buffer) => payload.toString('utf8').split('\r\n').sort()
    if (format === 'csv')
      expect(lines(again.rawPayload)).toEqual(lines(implementations?.rawPayload ?? Buffer.of()))
    const { items } = (await get('/api/controls')).json() as { items: { code: string; review: unknown }[] }
    expect(items.map((one) => [one.code, one.review])).toEqual([
      ['@OWN-01', null],
      ['ACC-03', null],
      ['OWN-02', null],
    ])
    const plan = await answer(world.runtime, caller, listOccurrences, {})
    expect(plan.total).toBeGreaterThan(0)
  })
})

const head = 'control,entity,service,description.en,frequency,frequency.anchor,from,stance'
const lines = (...rows: string[]) => `${[head, ...rows].join('\n')}\n`

describe('a file', () => {
  it('is told row by row what it would do, and one wrong row keeps all out', async () => {
    await fill()
    const file = lines(
      'OWN-02,pay,,How,monthly,2023-08-01,2023-08-01,operating',
      'OWN-02,nowhere,,How,monthly,2023-08-01,2023-08-01,operating',
      'OWN-02,example,wallet,How,fortnightly,2023-08-01,2023-08-01,operating',
      'OWN-02,example,,How,,,2023-08-01,planned',
      'OWN-02,pay,,Again,,,2023-08-01,operating',
    )
    const dry = (await send('implementations', file, 'mode=dry-run')).json()
    expect(dry.applied).toBe(false)
    expect(
      dry.rows.map((row: { fate: string; problems: { pointer: string; code: string }[] }) => [
        row.fate,
        ...row.problems.map((one) => `${one.pointer} ${one.code}`),
      ]),
    ).toEqual([
      ['create'],
      ['error', '/entity exchange.entity_unknown'],
      ['error', expect.stringMatching(/^\/frequency /)],
      ['error', '/reason.en implementation.reason_missing'],
      ['error', ' exchange.key_twice'],
    ])
    const before = await entryCount()
    const refused = await send('implementations', file)
    expect(refused.statusCode).toBe(400)
    expect(await entryCount()).toBe(before)
  })

  it('rewrites words only as unreviewed, and does not retire, confirm or adopt twice', async () => {
    await fill()
    const rename = 'code,name.en\nACC-03,Other words\n'
    expect((await send('controls', rename)).json()).toMatchObject({
      rows: [{ fate: 'update', changes: ['name', 'review'] }],
    })
    const { items } = (await get('/api/controls?text=Other')).json() as { items: { review: unknown }[] }
    expect(items).toMatchObject([{ review: null }])
    for (const [rows, code] of [
      ['code,retiredOn\nOWN-02,2023-07-01\n', 'exchange.retire_by_hand'],
      ['code,libraryId\nOWN-02,ACC-04\n', 'exchange.origin_changed'],
      ['code,name.en,objective.en,libraryId\nNEW-01,A,B,ACC-03\n', 'control.adopted_already'],
      ['code,name.en,objective.en,libraryId\nNEW-01,A,B,ZZZ-99\n', 'control.library_unknown'],
      ['code,owner\nOWN-02,nobody@example.org\n', 'exchange.person_unknown'],
      ['code,requirementLinks\nOWN-02,"{""a"": 1}"\n', 'exchange.not_a_list'],
      [
        'code,requirementLinks\nOWN-02,"[{""edition"":""iso27001-2022"",""requirement"":""A.99"",""relationship"":""equal"",""rationale"":""semantic"",""why"":{""en"":""x""}}]"\n',
        'control.requirement_unknown',
      ],
    ]) {
      const found = (await send('controls', rows ?? '', 'mode=dry-run')).json()
      expect([rows, found.rows[0]?.problems[0]?.code]).toEqual([rows, code])
    }
    const confirmed = 'code,reviewedOn\nOWN-02,2020-01-01\n'
    expect((await send('controls', confirmed, 'mode=dry-run')).json()).toMatchObject({
      rows: [{ fate: 'unchanged' }],
    })
  })

  it('that is exported cannot start a formula, and a hostile one is refused in words', async () => {
    await fill()
    const csv = (await get('/api/controls/export.csv')).body
    expect(csv).toContain("'@OWN-01")
    expect(csv).toContain(`"'=SUM(A1:A9)`)
    for (const hostile of [Buffer.from('PK\x03\x04\0\0boom'), Buffer.from('code\n"open'), Buffer.alloc(0)]) {
      const answered = await send('controls', hostile)
      expect(answered.statusCode).toBe(400)
      expect(answered.json().code).toMatch(/^tabular\./)
    }
  })

  it('say what they protect, in English, in letters and in Japanese', async () => {
    const line = (code: string, protects: string, kinds: string) => `${code},N,O,"${protects}","${kinds}"`
    const file = (...rows: string[]) =>
      `code,name.en,objective.en,protects,protects.kinds\n${rows.join('\n')}\n`
    const good = file(
      line('P-1', 'Integrity, availability', 'system'),
      line('P-2', 'C/I/A', '情報、委託先'),
      line('P-3', '機密性・完全性', 'システム'),
      line('P-4', '', ''),
    )
    expect((await send('controls', good)).json()).toMatchObject({ counts: { create: 4, error: 0 } })
    const { items } = (await get('/api/controls')).json() as { items: { code: string; protects: object }[] }
    expect(items.map((one) => [one.code, one.protects])).toEqual([
      ['P-1', { properties: ['integrity', 'availability'], kinds: ['system'] }],
      [
        'P-2',
        { properties: ['confidentiality', 'integrity', 'availability'], kinds: ['information', 'supplier'] },
      ],
      ['P-3', { properties: ['confidentiality', 'integrity'], kinds: ['system'] }],
      ['P-4', { properties: [], kinds: [] }],
    ])
    expect((await send('controls', good)).json()).toMatchObject({ counts: { unchanged: 4, update: 0 } })
    const again = await get('/api/controls/export.csv')
    expect((await send('controls', again.rawPayload)).json()).toMatchObject({ counts: { unchanged: 4 } })
    const wrong = await send('controls', file(line('P-1', 'beauty', 'systems of old')), 'mode=dry-run')
    expect((wrong.json().rows[0] as { problems: { pointer: string }[] }).problems).toMatchObject([
      { pointer: '/protects' },
      { pointer: '/protects.kinds' },
    ])
  })

  it('may be imported by owners and managers alone, and of one entity by its manager', async () => {
    await fill()
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect((await send('controls', 'code\nA\n')).statusCode).toBe(403)
    const { items } = (await get('/api/entities')).json() as { items: { id: string; key: string }[] }
    const pay = items.find((one) => one.key === 'pay')?.id ?? ''
    caller = callerWith(
      home.organisationId,
      [{ role: 'manager', entityId: pay, certificateId: null }],
      world.runtime.random,
    )
    const mine = lines('OWN-02,pay,,How,,,2023-08-01,operating')
    expect((await send('implementations', mine)).json()).toMatchObject({ counts: { create: 1 } })
    const theirs = lines(
      'OWN-02,pay,,How,,,2023-08-01,operating',
      'OWN-02,example,,How,,,2023-08-01,operating',
    )
    expect((await send('implementations', theirs)).statusCode).toBeGreaterThanOrEqual(403)
    // What they may not see is not in their export either.
    expect((await get('/api/implementations/export.csv')).body.split('\r\n').filter(Boolean)).toHaveLength(2)
  })
})
