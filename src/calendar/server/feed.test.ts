import type { FastifyInstance } from 'fastify'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { reading } from '../../db/transaction.ts'
import { person } from '../../people/person.ts'
import { registerCalendarFeed } from '../../server/calendar-feed-http.ts'
import { answer, execute } from '../../server/execute.ts'
import { createHttp } from '../../server/http.ts'
import { createFeed, listFeeds, mostFeeds, revokeFeed } from './feed-commands.ts'

let world: World
let home: Home
let plant: Planter
let app: FastifyInstance
let hana: Awaited<ReturnType<Planter['somebody']>>

beforeAll(async () => {
  world = await makeWorld('feed')
  home = await foundHome(world)
  plant = planter(world, home)
  app = createHttp({
    runtime: world.runtime,
    routes: [],
    authenticate: async () => home.owner,
    log: () => undefined,
  })
  registerCalendarFeed(app, world.runtime, 'https://assay.example.org')
  await app.ready()
  hana = await plant.somebody('Hana', 'contributor', home.root.id)
  const control = await plant.control('ACC-01', {
    ownerId: hana.id,
    name: {
      en: 'Review; of "access", \\ everything that every single person of this organisation holds',
      ja: 'アクセス権の見直し、すべての従業員が保有するすべての権限について四半期ごとに確認し記録する',
    },
  })
  const how = await plant.implementation(control.id, home.root.id)
  await plant.occurrence(how.id, '2023-08-10')
  const other = await plant.control('ACC-02')
  await plant.occurrence((await plant.implementation(other.id, home.root.id)).id, '2023-08-11')
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const get = (path: string) => app.inject({ url: path, remoteAddress: '192.0.2.1' })
const make = (reach: 'mine' | 'all' = 'mine', language: 'en' | 'ja' = 'en') =>
  execute(world.runtime, hana.caller, createFeed, { reach, language })

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one))
    .map((one) => ({
      uid: one.uid,
      summary: one.summary,
      start: one.startDate.toString(),
      end: one.endDate.toString(),
      day: one.startDate.isDate,
    }))

it('is a calendar of whole days that a reader of RFC 5545 understands, in the language asked for', async () => {
  const { path } = await make()
  const got = await get(path)
  expect(got.statusCode, got.body).toBe(200)
  expect(got.headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
  })
  for (const line of got.body.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
  expect(got.body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const [event, ...more] = eventsOf(got.body)
  expect(more).toEqual([])
  expect(event).toMatchObject({
    summary:
      'Carry out: Review; of "access", \\ everything that every single person of this organisation holds',
    start: '2023-08-10',
    end: '2023-08-11',
    day: true,
  })
  const all = await make('all', 'ja')
  const both = eventsOf((await get(all.path)).body)
  expect(both.map((one) => one.start)).toEqual(['2023-08-10', '2023-08-11'])
  expect(both[0]?.summary).toBe(
    '実施：アクセス権の見直し、すべての従業員が保有するすべての権限について四半期ごとに確認し記録する',
  )
  // The same thing keeps its name in every feed and at every asking.
  expect(both[0]?.uid).toBe(event?.uid)
})

it('keeps of its address only the digest', async () => {
  const { token, feed } = await make()
  expect(Buffer.from(token, 'base64url').length).toBe(32)
  expect(JSON.stringify(feed)).not.toContain(token)
  const stored = await reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ text: string }>`
      select coalesce((select string_agg(f::text, '') from calendar_feed f), '')
        || coalesce((select string_agg(statement, '') from log_entry), '') as text`.execute(tx)
    return rows[0]?.text ?? ''
  })
  expect(stored).toContain(feed.id)
  expect(stored).not.toContain(token)
})

it('answers the same for what never was, what was ended and whose person left', async () => {
  const { feed, path } = await make()
  const shape = (got: Awaited<ReturnType<typeof get>>) => {
    const { request: _, instance: __, ...body } = got.json() as Record<string, unknown>
    const { date: ___, ...headers } = got.headers
    return { status: got.statusCode, body, headers }
  }
  const never = shape(await get(`/calendar/${'A'.repeat(43)}.ics`))
  expect(never.status).toBe(404)
  for (const odd of ['x', `${'A'.repeat(43)}`, `${'A'.repeat(42)}.ics`, '%00.ics', `${"'".repeat(43)}.ics`])
    expect(shape(await get(`/calendar/${odd}`)), odd).toEqual(never)
  await execute(world.runtime, hana.caller, revokeFeed, { id: feed.id })
  expect(shape(await get(path))).toEqual(never)
  const gone = await plant.somebody('Gone', 'reader', null)
  const theirs = await execute(world.runtime, gone.caller, createFeed, { reach: 'all', language: 'en' })
  expect((await get(theirs.path)).statusCode).toBe(200)
  const { caller: _, ...record } = gone
  await plant.put(person, { ...record, state: 'left' })
  expect(shape(await get(theirs.path))).toEqual(never)
})

it('is its person own: nobody else lists it or ends it, and a program makes none', async () => {
  const { feed } = await make()
  const other = await plant.somebody('Other', 'owner', null)
  const end = execute(world.runtime, other.caller, revokeFeed, { id: feed.id })
  await expect(end).rejects.toMatchObject({ kind: 'not_found' })
  expect((await answer(world.runtime, other.caller, listFeeds, {})).items).toEqual([])
  const key = { ...hana.caller, actor: { ...hana.caller.actor, kind: 'key' as const, scopes: ['feed.*'] } }
  const made = execute(world.runtime, key, createFeed, { reach: 'all', language: 'en' })
  await expect(made).rejects.toMatchObject({ kind: 'forbidden' })
  const { items } = await answer(world.runtime, hana.caller, listFeeds, {})
  expect(items.map((one) => one.id)).toContain(feed.id)
  for (let more = items.length; more < mostFeeds; more++) await make()
  await expect(make()).rejects.toMatchObject({ code: 'feed.too_many' })
})

it('is asked for only so often from one network', async () => {
  const tries = Array.from({ length: 1250 }, (_, index) => index)
  const seen = new Set<number>()
  for (const _ of tries) seen.add((await get('/calendar/x')).statusCode)
  expect([...seen].sort()).toEqual([404, 429])
})
