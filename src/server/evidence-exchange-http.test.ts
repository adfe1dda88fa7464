import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inOtherForms } from '../../tests/support/eras.ts'
import { carriedOut, itemInput, sentFile } from '../../tests/support/evidence.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import type { Implementation } from '../controls/implementation.ts'
import { listOccurrences } from '../controls/server/occurrence-queries.ts'
import { reading } from '../db/transaction.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { addEvidence } from '../evidence/server/commands.ts'
import { withdrawEvidence } from '../evidence/server/keeping-commands.ts'
import { reviewEvidence } from '../evidence/server/review-commands.ts'
import type { Page } from '../kernel/page.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { registerEvidenceExchangeRoutes } from './evidence-exchange-http.ts'
import { answer, execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller
let review: Implementation

beforeAll(async () => {
  world = await makeHttpWorld('evidence-file', () => caller, registerEvidenceExchangeRoutes)
})
afterAll(() => world.close())
beforeEach(async () => {
  home = await foundHome(world)
  caller = home.manager
  review = await surroundings()
})

/** A control that is carried out every three months, and a company below. */
async function surroundings(): Promise<Implementation> {
  await execute(world.runtime, home.owner, createEntity, {
    key: 'pay',
    parentId: home.root.id,
    kind: 'company',
    name: { en: 'Pay' },
    country: null,
    memberFrom: null,
    memberTo: null,
  })
  return carriedOut(world, home, 'OWN-06', {
    frequency: { kind: 'calendar', every: '3-months', anchor: '2023-01-01', graceDays: 0 },
  })
}

const tasksOf = async (one: Implementation) =>
  (await answer(world.runtime, home.owner, listOccurrences, { implementation: one.id })).items

const get = (path: string) => world.app.inject(path)
const send = (body: string | Buffer, query = 'mode=apply') =>
  world.app.inject({
    method: 'POST',
    url: `/api/evidence/import?${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
type Row = { fate: string; changes: string[]; problems: { pointer: string; code: string }[] }
const fates = async (body: string | Buffer, query = 'mode=dry-run') =>
  ((await send(body, query)).json().rows as Row[]).map((row) => [
    row.fate,
    ...row.problems.map((one) => `${one.pointer} ${one.code}`),
  ])
const listed = async (query = '') =>
  (await get(`/api/evidence?${query}`)).json() as Page<Evidence & { state: string }>
const entryCount = async () =>
  (
    await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').select('idx').execute(),
    )
  ).length

const title = '=HYPERLINK("http://example.org", "x")'

/** An item with everything that a row has, and one of words alone that was taken back. */
async function fill(): Promise<Evidence> {
  const [task] = await tasksOf(review)
  const file = await sentFile(world, home.manager, 'Seen.', 'name; with\nsigns.txt')
  const one = await execute(
    world.runtime,
    home.manager,
    addEvidence,
    itemInput(home, {
      title,
      description: 'Line one\nline two, "quoted"',
      location: 'https://drive.example.org/a?b=c;d',
      collector: '@tool',
      collectorId: null,
      toleranceDays: 5,
      files: [file.id],
      implementationIds: [review.id],
      occurrenceIds: task ? [task.id] : [],
      requirements: [{ edition: 'iso27001-2022', requirement: 'A.5.15' }],
      retainUntil: '2026-12-31',
    }),
  )
  const words = itemInput(home, { title: 'Words', source: 'attested', description: 'I saw it' })
  const { id, version } = await execute(world.runtime, home.manager, addEvidence, words)
  await execute(world.runtime, home.manager, withdrawEvidence, { id, version, reason: 'Wrong' })
  return one
}

describe.each(['csv', 'xlsx'])('the index of evidence as %s', (format) => {
  it('comes back as it was: applying an export changes nothing and logs nothing', async () => {
    await fill()
    const file = await get(`/api/evidence/export.${format}`)
    const before = await entryCount()
    expect((await send(file.rawPayload)).json()).toMatchObject({
      applied: true,
      counts: { create: 0, update: 0, unchanged: 2, error: 0 },
      unknownColumns: [],
    })
    expect(await entryCount()).toBe(before)
  })

  it.runIf(format === 'csv')('has days as people write them, in Japanese eras too', async () => {
    await fill()
    const { csv, days } = inOtherForms((await get('/api/evidence/export.csv')).body)
    expect(days).toBeGreaterThanOrEqual(8)
    expect((await send(csv, 'mode=dry-run')).json()).toMatchObject({
      counts: { create: 0, update: 0, unchanged: 2, error: 0 },
    })
  })

  it('is exactly what the register shows, or what was chosen', async () => {
    const one = await fill()
    const rowsOf = async (path: string) => {
      const text = (await get(`/api/evidence/export.csv?${path}`)).body
      return text.split(/\r\n(?=[0-9a-f]{8}-)/).length - 1
    }
    if (format === 'csv') {
      expect(await rowsOf('')).toBe(2)
      expect(await rowsOf('state=withdrawn&sort=title&order=asc')).toBe(1)
      expect(await rowsOf('source=pulled')).toBe(0)
      expect(await rowsOf('asOf=2023-06-30&state=withdrawn')).toBe(0)
    }
    const chosen = await world.app.inject({
      method: 'POST',
      url: `/api/evidence/export.${format}`,
      payload: { ids: [one.id] },
    })
    expect((await send(chosen.rawPayload, 'mode=dry-run')).json()).toMatchObject({
      counts: { unchanged: 1, create: 0 },
    })
  })
})

const head =
  'title,entity,controls,tasks,aboutFrom,aboutTo,collectedOn,source,location,validUntil,description'
const lines = (...rows: string[]) => `${[head, ...rows].join('\n')}\n`

describe('an index that was kept in a spreadsheet', () => {
  it('is refused with a card number in its words, which is shown nowhere whole', async () => {
    const before = await entryCount()
    const rest = 'example,OWN-06,,2023-04-01,2023-06-30,2023-07-03'
    const file = lines(
      `Receipt of card 4929 4212 3460 0821,${rest},,https://drive.example.org/1,,`,
      `Receipt ４９２９４２１２３４６００８２１,${rest},attested,,,Seen`,
      `Order 4929421234600822,${rest},,https://drive.example.org/2,,`,
      `Receipt,${rest},attested,,,Paid by card 4929421234600821`,
      `Receipt two,${rest},,https://shop.example/4929421234600821,,`,
    )
    const answer = await send(file, 'mode=dry-run')
    expect((answer.json().rows as Row[]).map(({ problems }) => problems.map((one) => one.pointer))).toEqual([
      ['/title'],
      ['/title'],
      [],
      ['/description'],
      ['/location'],
    ])
    expect(answer.json().rows[0].problems).toMatchObject([
      { code: 'evidence.card_number_in_words', detail: expect.stringContaining('492942…0821') },
    ])
    const refused = await send(file)
    expect(refused.statusCode).toBe(400)
    for (const { body } of [answer, refused])
      expect(body.normalize('NFKC').replaceAll(/[^0-9]/g, '')).not.toContain('4929421234600821')
    expect(await entryCount()).toBe(before)
    const added = execute(
      world.runtime,
      home.manager,
      addEvidence,
      itemInput(home, { title: 'Card 4929421234600821', source: 'attested', description: 'Seen' }),
    )
    await expect(added).rejects.toMatchObject({ fields: [{ pointer: '/title' }] })
  })

  it('becomes items that await review, linked to what they are for', async () => {
    const [task] = await tasksOf(review)
    const day = task?.periodFrom ?? ''
    const file = lines(
      `Review of spring,example,OWN-06,OWN-06 ${day},令和5年4月1日,R5.6.30,2023-07-03 09:15,,https://drive.example.org/1,,`,
      'Kept on a shelf,pay,own-06,,2023-02-01,,,referenced,"Room 4, shelf 2",2024-01-31,',
      'The manager says so,example,,,2023-05-01,,,attested,,,It was so on that day.',
    )
    expect((await send(file, 'mode=dry-run')).json()).toMatchObject({
      applied: false,
      counts: { create: 3, update: 0, unchanged: 0, error: 0 },
    })
    expect((await listed()).total).toBe(0)
    expect((await send(file, 'mode=apply&reason=Moved')).json()).toMatchObject({ counts: { create: 3 } })
    const found = new Map((await listed()).items.map((one) => [one.title, one]))
    const spring = found.get('Review of spring')
    expect(spring).toMatchObject({
      state: 'awaiting',
      source: 'referenced',
      aboutFrom: '2023-04-01',
      aboutTo: '2023-06-30',
      collectedOn: '2023-07-03',
      implementationIds: [review.id],
      occurrenceIds: [task?.id],
      collectorId: null,
      addedById: home.manager.actor.id,
      validityStated: false,
      validUntil: '2023-09-28',
    })
    // The company below has no way of its own: what it inherits is what is shown.
    expect(found.get('Kept on a shelf')).toMatchObject({
      implementationIds: [review.id],
      aboutTo: '2023-02-01',
      collectedOn: '2023-02-01',
      validityStated: true,
      validUntil: '2024-01-31',
    })
    const before = await entryCount()
    expect((await send(file)).json()).toMatchObject({ counts: { unchanged: 3, create: 0, update: 0 } })
    expect(await entryCount()).toBe(before)
  })

  it('is told row by row what is wrong, and one wrong row keeps all out', async () => {
    const file = lines(
      'Fine,example,,,2023-02-01,,,,Shelf,,',
      'Nowhere,moon,,,2023-02-01,,,,Shelf,,',
      ',example,,,2023-02-01,,,,Shelf,,',
      'No control,example,OWN-99,,2023-02-01,,,,Shelf,,',
      'No task,example,,OWN-06 1999-01-01,2023-02-01,,,,Shelf,,',
      'Bad day,example,,,01/02/2023,,,,Shelf,,',
      'Tomorrow,example,,,2099-01-01,,,,Shelf,,',
      'Nothing to see,example,,,2023-02-01,,,uploaded,,,',
      'No place,example,,,2023-02-01,,,referenced,,,',
      'No source,example,,,2023-02-01,,,somewhere,Shelf,,',
      'Fine,example,,,2023-02-01,,,,Shelf,,',
    )
    expect(await fates(file)).toEqual([
      ['create'],
      ['error', '/entity exchange.entity_unknown'],
      ['error', '/title blank'],
      ['error', '/controls evidence.place_unknown'],
      ['error', '/tasks evidence.task_unknown'],
      ['error', '/aboutFrom day'],
      ['error', '/aboutFrom evidence.in_future'],
      ['error', '/files evidence.files_missing'],
      ['error', '/location evidence.location_missing'],
      ['error', '/source invalid_value'],
      ['error', ' exchange.key_twice'],
    ])
    const before = await entryCount()
    expect((await send(file)).statusCode).toBe(400)
    expect(await entryCount()).toBe(before)
  })

  it('changes links and retention of what is here, never what an item says of itself', async () => {
    const one = await fill()
    const change = (columns: string, cells: string) => fates(`id,${columns}\n${one.id},${cells}\n`)
    expect(await change('title,description,controls,tasks', ',,,')).toEqual([['unchanged']])
    for (const [column, cell] of [
      ['title', 'Another'],
      ['aboutTo', '2023-06-29'],
      ['source', 'pulled'],
      ['validUntil', '2024-01-01'],
      ['location', 'Elsewhere'],
      ['collectedBy', home.manager.actor.name],
    ])
      expect([column, (await change(column ?? '', cell ?? ''))[0]?.[0]]).toEqual([column, 'error'])
    const other = await carriedOut(world, home, 'OWN-07', { evidenceDays: 30 })
    const links = `id,controls,requirements,retainUntil\n${one.id},OWN-06; OWN-07,iso27001-2022 A.5.16,2025-12-31\n`
    expect((await send(links, 'mode=dry-run')).json()).toMatchObject({
      rows: [{ fate: 'update', changes: ['validUntil', 'implementationIds', 'requirements', 'retainUntil'] }],
    })
    // Keeping it for less time needs the reason that a decision is given with.
    const refused = await send(links)
    expect([refused.statusCode, refused.json().errors]).toMatchObject([
      400,
      [{ code: 'evidence.retention_shorter' }],
    ])
    expect((await send(links, 'mode=apply&reason=Decided')).json()).toMatchObject({ counts: { update: 1 } })
    const after = (await get(`/api/evidence/${one.id}`)).json() as Evidence
    expect(after).toMatchObject({
      implementationIds: [review.id, other.id],
      requirements: [{ edition: 'iso27001-2022', requirement: 'A.5.16' }],
      retainUntil: '2025-12-31',
      validUntil: '2023-07-30',
      files: one.files,
    })
  })

  it('takes files that were sent before, by their digest, and nobody else’s', async () => {
    const mine = await sentFile(world, home.manager, 'Mine', 'mine.txt')
    const theirs = await sentFile(world, home.owner, 'Theirs', 'theirs.txt')
    const rows = (digest: string) =>
      `title,entity,aboutFrom,files\nWith a file,example,2023-02-01,${digest}  proof of it.txt\n`
    expect(await fates(rows(theirs.digest))).toEqual([['error', '/files evidence.digest_unknown']])
    expect(await fates(rows('f'.repeat(64)))).toEqual([['error', '/files evidence.digest_unknown']])
    expect(await fates(rows('proof.pdf'))).toEqual([['error', '/files evidence.digest_form']])
    expect(await fates(rows(mine.digest))).toEqual([['create']])
    expect((await get('/api/evidence/files')).json().items).toHaveLength(1)
    await send(rows(mine.digest))
    expect((await get('/api/evidence/files')).json().items).toEqual([])
    const [one] = (await listed()).items
    const { id: _id, ...facts } = mine
    expect(one).toMatchObject({ source: 'uploaded', files: [{ ...facts, name: 'proof of it.txt' }] })
    // Once in an item that they see, others may use it too.
    const again = `title,entity,aboutFrom,files\nThe same elsewhere,pay,2023-02-01,${mine.digest} it.txt\n`
    expect(await fates(again)).toEqual([['create']])
  })

  it('accepts nothing: columns for readers are known and say nothing', async () => {
    const one = await fill()
    await execute(world.runtime, home.owner, reviewEvidence, {
      id: one.id,
      version: one.version,
      verdict: 'accepted',
    })
    const file =
      'title,entity,aboutFrom,location,verdict,state,judgedOn\nNew,example,2023-02-01,Shelf,accepted,valid,2023-02-02\n'
    expect((await send(file)).json()).toMatchObject({ unknownColumns: [], counts: { create: 1 } })
    expect((await listed('text=New')).items).toMatchObject([{ review: null, state: 'awaiting' }])
  })

  it('in Shift_JIS is read as such, and no cell of an export begins a formula', async () => {
    // 「証跡」 as Japanese Windows writes it.
    const words = Buffer.from([0x8f, 0xd8, 0x90, 0xd5])
    const file = Buffer.concat([
      Buffer.from('title,entity,aboutFrom,location\n'),
      words,
      Buffer.from(',example,2023-02-01,=1+1\n'),
    ])
    const answered = (await send(file)).json()
    expect(answered.notes).toMatchObject([{ code: 'tabular.note_shift_jis' }])
    expect((await listed()).items).toMatchObject([{ title: '証跡', location: '=1+1' }])
    expect((await get('/api/evidence/export.csv')).body).toContain("'=1+1")
    for (const hostile of [Buffer.from('PK\x03\x04\0\0boom'), Buffer.from('title\n"open'), Buffer.alloc(0)]) {
      const refused = await send(hostile)
      expect([refused.statusCode, refused.json().code]).toEqual([400, 'tabular.file'])
    }
  })

  it('may be imported by owners and managers alone, and of one entity by its manager', async () => {
    await fill()
    const row = (entity: string, controls = '') => `T,${entity},${controls},,2023-02-01,,,,Shelf,,`
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    expect((await send(lines(row('example')))).statusCode).toBe(403)
    const { items } = (await get('/api/entities')).json() as { items: { id: string; key: string }[] }
    const pay = items.find((one) => one.key === 'pay')?.id ?? ''
    caller = callerWith(
      home.organisationId,
      [{ role: 'manager', entityId: pay, certificateId: null }],
      world.runtime.random,
    )
    expect((await send(lines(row('pay')), 'mode=dry-run')).json()).toMatchObject({ counts: { create: 1 } })
    expect((await send(lines(row('pay'), row('example')))).statusCode).toBeGreaterThanOrEqual(403)
    // Evidence at the company above would make something green for which this manager does not answer.
    expect(await fates(lines(row('pay', 'OWN-06')))).toEqual([
      ['error', '/controls evidence.entity_elsewhere'],
    ])
    const { items: all } = await listed()
    expect(all).toEqual([])
    expect((await get('/api/evidence/export.csv')).body.split('\r\n').filter(Boolean)).toHaveLength(1)
  })
})

it('of ten thousand rows comes in as a whole, and then changes nothing', { timeout: 120_000 }, async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, at) => `Item ${at},example,OWN-06,,2023-02-01,,,,https://drive.example.org/${at},,`,
  )
  const file = lines(...rows)
  expect((await send(file, 'mode=dry-run')).json()).toMatchObject({ counts: { create: 10_000 } })
  expect((await send(file)).json()).toMatchObject({ counts: { create: 10_000 } })
  expect((await send(file)).json()).toMatchObject({ counts: { unchanged: 10_000, update: 0 } })
  const longer = lines(...rows, 'One more,example,,,2023-02-01,,,,Shelf,,')
  expect((await send(longer)).json()).toMatchObject({
    counts: { create: 1, unchanged: 10_000 },
    rowsLeftOut: 1,
  })
})
