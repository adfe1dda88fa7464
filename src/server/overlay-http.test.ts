import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { registerOverlayRoutes } from './overlay-http.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

beforeAll(async () => {
  world = await makeHttpWorld('overlay-http', () => caller, registerOverlayRoutes)
  home = await foundHome(world)
  caller = home.manager
})
afterAll(() => world.close())

const put = (body: string | Buffer, type = 'text/csv', query = 'licenceHolder=Example%20Corporation') =>
  world.app.inject({
    method: 'PUT',
    url: `/api/frameworks/iso27001-2022/overlay/en?${query}`,
    headers: { 'content-type': type },
    body,
  })

it('attaches a CSV and a JSON file', async () => {
  caller = home.manager
  const csv = await put('id,text\nA.5.7,Licensed words\n', 'text/csv; charset=utf-8')
  expect([csv.statusCode, csv.json()]).toMatchObject([
    200,
    { texts: 1, licenceHolder: 'Example Corporation' },
  ])
  const json = await put('{"A.5.7":"One","A.5.8":"Two"}', 'application/json')
  expect([json.statusCode, json.json()]).toMatchObject([200, { texts: 2, version: 2 }])
  const edition = await world.app.inject('/api/frameworks/iso27001-2022')
  expect(edition.json().nodes.find((node: { id: string }) => node.id === 'A.5.8').text).toEqual({ en: 'Two' })
})

it('names every faulty row, and attaches nothing', async () => {
  caller = home.manager
  const answer = await put('id,text\nA.5.7,Good\nA.99.1,Nowhere\nA.5.7,Again\nA.5.8,\n')
  expect(answer.statusCode).toBe(400)
  expect(
    answer.json().errors.map((one: { pointer: string; code: string }) => [one.pointer, one.code]),
  ).toEqual([
    ['/3', 'overlay.unknown_id'],
    ['/4', 'overlay.duplicate_id'],
    ['/5', 'overlay.empty_text'],
  ])
  expect(answer.json().errors[0].detail).toContain('Row 3: "A.99.1" is not in this edition')
  const before = (await world.app.inject('/api/frameworks/iso27001-2022')).json().overlays[0].texts
  expect(before).toBe(2)
})

it('refuses what is not CSV or JSON, twice-named texts, and files over the limit', async () => {
  caller = home.manager
  const twice = await put('{"A.5.7":"One","A.5.7":"Other"}', 'application/json')
  expect(twice.json().errors[0].detail).toContain('duplicate name')
  expect((await put('id,text\n', 'text/plain')).json().code).toBe('input.media_type')
  expect((await put(Buffer.from([0xff, 0xfe]))).json().errors[0].detail).toContain('UTF-8')
  expect((await put('')).json().code).toBe('overlay.file')
  expect((await put('id,text\n', 'text/csv', 'holder=x')).json().errors[0].pointer).toBe('/licenceHolder')
  const large = await put(Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))
  expect([large.statusCode, large.json().code]).toEqual([400, 'input.too_large'])
})

it('reads no body for who may not attach', async () => {
  caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
  expect((await put('id,text\nA.5.7,Words\n')).statusCode).toBe(403)
  caller = callerWith(home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
  expect((await put(Buffer.alloc(1024 * 1024))).statusCode).toBe(401)
})
