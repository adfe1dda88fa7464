import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Planter, planter } from '../../tests/support/calendar.ts'
import { headerOf, type MailServer, mailServer, partsOf } from '../../tests/support/mail-server.ts'
import { foundHome, type Home, makeWorld, systemCaller, type World } from '../../tests/support/world.ts'
import { smtpMail } from '../adapters/smtp.ts'
import { setReminder } from '../calendar/server/reminder-commands.ts'
import { connect, type Database } from '../db/connect.ts'
import { reading } from '../db/transaction.ts'
import { newId } from '../kernel/id.ts'
import type { Mail } from '../kernel/mail.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { execute } from './execute.ts'
import { doMorning, type JobParts, mornings, startJobs } from './jobs.ts'
import type { Queue } from './jobs-queue.ts'

let world: World
let home: Home
let plant: Planter
let server: MailServer
let owner: Database
let mail: Mail
let queue: Queue | null = null
const lines: Record<string, unknown>[] = []

beforeAll(async () => {
  world = await makeWorld('jobs')
  home = await foundHome(world)
  plant = planter(world, home)
  owner = connect(world.config, { role: null })
  server = await mailServer()
  mail = smtpMail({ url: server.url, from: 'assay@example.org' })
})
afterAll(async () => {
  await mail.close()
  await server.close()
  await owner.close()
  await world.close()
})
beforeEach(() => {
  server.received.length = 0
  server.behaviour.refuse = null
})
afterEach(async () => {
  await queue?.stop()
  queue = null
})

const parts = (changed: Partial<JobParts> = {}): JobParts => ({
  runtime: world.runtime,
  connection: world.config,
  mail,
  publicUrl: 'https://assay.example.org',
  log: (line) => lines.push(line),
  ...changed,
})

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`it never came to pass: ${JSON.stringify(lines)}`)
}

const states = (day: string) =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ state: string; count: number }>`
      select state, count(*)::int as count from digest_mail where day = ${day}::date group by state order by state`.execute(
      tx,
    )
    return Object.fromEntries(rows.map((row) => [row.state, row.count]))
  })

it('comes when it is morning where the organisation is, and not where the calendar stands still', async () => {
  const demo = newId(world.runtime.random)
  await execute(world.runtime, systemCaller(demo), foundOrganisation, {
    name: { en: 'Demo' },
    timeZone: 'Asia/Tokyo',
    host: 'demo.example.org',
    demoDay: '2023-07-31',
  })
  // 06:59 and 07:00 in Tokyo.
  world.clock.set('2023-07-30T21:59:00.000Z')
  expect(await mornings(world.runtime)).toEqual([])
  world.clock.set('2023-07-30T22:00:00.000Z')
  expect(await mornings(world.runtime)).toEqual([
    { organisationId: home.organisationId, day: '2023-07-31', planned: false, waiting: false },
  ])
})

it('plans what is promised and sends each person one mail, however often the day is begun', async () => {
  const hana = await plant.somebody('Hana', 'contributor', home.root.id)
  const boss = await plant.somebody('Boss', 'manager', null)
  await plant.somebody('Idle', 'reader', null)
  await plant.somebody('Gone', 'contributor', null, { state: 'left' })
  await execute(world.runtime, hana.caller, setReminder, { version: 0, digest: true, language: 'ja' })
  const control = await plant.control('ACC-01', {
    ownerId: hana.id,
    name: { en: 'Access <b>', ja: '権限 <b>' },
  })
  const how = await plant.implementation(control.id, home.root.id, {
    frequency: { kind: 'calendar', every: 'monthly', anchor: '2023-08-01', graceDays: 0 },
  })
  await plant.occurrence(how.id, '2023-07-10')
  queue = await startJobs(parts())
  await until(async () => (await mornings(world.runtime)).length === 0)
  expect(await states('2023-07-31')).toEqual({ empty: 1, sent: 2 })
  const planned = await reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('occurrence').select('id').where('plannedOn', '=', '2023-07-31').execute(),
  )
  expect(planned.length).toBeGreaterThan(0)
  const to = (address: string) => server.received.find((one) => one.to.includes(address))?.raw ?? ''
  expect(headerOf(to(hana.email), 'subject')).toMatch(/^Assay: 期限超過 1 件/)
  const { 'text/plain': text = '', 'text/html': html = '' } = partsOf(to(hana.email))
  expect(text).toContain('実施：権限 <b> – 期限 2023-07-10')
  expect(text).toContain('https://assay.example.org/app/calendar')
  expect(html).not.toContain('<b>')
  expect(headerOf(to(boss.email), 'subject')).toBe('Assay: 1 escalated')
  expect(partsOf(to(boss.email))['text/plain']).toContain('Carry out: Access <b> – due 2023-07-10 – Hana')
  // The whole of it again: by a second process, and by a day that is begun once more.
  const second = await startJobs(parts())
  await doMorning(parts(), { organisationId: home.organisationId, day: '2023-07-31' })
  await second.stop()
  expect(server.received.length).toBe(2)
})

it('begins again where a killed process left it', async () => {
  world.clock.set('2023-07-31T22:30:00.000Z')
  const day = '2023-08-01'
  server.behaviour.refuse = 451
  queue = await startJobs(parts())
  await doMorning(parts(), { organisationId: home.organisationId, day })
  expect((await states(day)).waiting).toBeGreaterThan(0)
  await queue.stop()
  expect(server.received).toEqual([])
  // A worker that died held its jobs; the next one queues them anew and does not wait for the dead.
  await owner.kysely
    .transaction()
    .execute((tx) =>
      sql`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now()`.execute(tx),
    )
  server.behaviour.refuse = null
  queue = await startJobs(parts())
  await until(async () => (await states(day)).waiting === undefined)
  expect(new Set(server.received.map((one) => headerOf(one.raw, 'message-id'))).size).toBe(
    server.received.length,
  )
  expect(server.received.length).toBe(2)
})

it('gives up a mail that would never be taken, and says so', async () => {
  world.clock.set('2023-08-01T22:30:00.000Z')
  server.behaviour.refuse = 550
  queue = await startJobs(parts())
  await until(async () => (await mornings(world.runtime)).length === 0)
  expect(await states('2023-08-02')).toMatchObject({ refused: 2 })
  expect(lines.filter((line) => line.event === 'mail_refused').length).toBe(2)
  expect(server.received).toEqual([])
})

it('lets the application queue mails of its own organisation and nothing else', async () => {
  queue = await startJobs(parts({ mail: null }))
  const refused = (statement: string) =>
    world.database.pool.query(statement).then(
      () => null,
      (error: { code?: string }) => error.code,
    )
  expect(await refused('select * from graphile_worker._private_jobs')).toBe('42501')
  expect(await refused("select graphile_worker.add_job('scrub')")).toBe('42501')
  // Without an organisation in hand there is nobody for whom it would send.
  const before = server.received.length
  expect(
    await refused(`select graphile_worker.assay_add_mail('${home.organisationId}', '2023-08-02')`),
  ).toBeNull()
  await until(() => lines.some((line) => line.event === 'job'))
  expect(server.received.length).toBe(before)
})
