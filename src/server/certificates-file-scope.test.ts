import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, isms, pciTerm, term } from '../../tests/support/certificates.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { recordEvent, registerCertificate } from '../certificates/server/commands.ts'
import { listCertificates } from '../certificates/server/queries.ts'
import type { Id } from '../kernel/id.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { readCsv } from '../tabular/node/csv-read.ts'
import { readXlsx } from '../tabular/node/xlsx-read.ts'
import { registerCertificateFileRoutes } from './certificates-file-http.ts'
import { answer, execute } from './execute.ts'
import { createHttp } from './http.ts'
import type { Caller } from './runtime.ts'

let world: World
let home: Home
let app: FastifyInstance
let caller: Caller
const ids: Record<string, Id> = {}

const current = () =>
  term({
    decisionDate: '2022-01-05',
    issueDate: '2022-01-06',
    effectiveDate: '2022-01-10',
    expiryDate: '2025-01-09',
  })

const localManager = (key: string) =>
  callerWith(
    home.organisationId,
    [{ role: 'manager', entityId: ids[key] ?? '', certificateId: null }],
    world.runtime.random,
  )

beforeAll(async () => {
  world = await makeWorld('certificates-file-scope')
  home = await foundHome(world)
  for (const key of ['east', 'west']) {
    const made = await execute(world.runtime, home.manager, createEntity, {
      key,
      parentId: home.root.id,
      kind: 'company',
      name: { en: key },
      country: 'JP',
      memberFrom: null,
      memberTo: null,
    })
    ids[key] = made.id
  }
  const held = (...keys: string[]) => keys.map((key) => ({ entityId: ids[key] ?? '', from: null, to: null }))
  for (const facts of [
    isms({ key: 'c-east', number: 'E 1', holders: held('east'), terms: [current()] }),
    isms({ key: 'c-west', number: 'W 1', holders: held('west'), terms: [current()] }),
    isms({ key: 'c-both', number: null, holders: held('east', 'west') }),
    isms({ key: 'c-nobody', number: 'N 1', holders: [], terms: [current()] }),
    isms({
      key: 'c-pci',
      kind: 'attestation-report',
      scheme: 'pci-dss',
      number: null,
      initialDate: null,
      holders: held('west'),
      terms: [pciTerm('2023-02-28')],
    }),
  ]) {
    const { id: _id, version: _version, ...input } = facts
    const made = await execute(world.runtime, home.manager, registerCertificate, input)
    ids[made.key] = made.id
  }
  const authenticate = async () => caller
  app = createHttp({ runtime: world.runtime, routes: [], authenticate, log: () => undefined })
  registerCertificateFileRoutes(app, world.runtime, authenticate)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const send = async (who: Caller, text: string, mode: 'dry-run' | 'apply' = 'apply') => {
  caller = who
  const reply = await app.inject({
    method: 'POST',
    url: `/api/certificates/import?mode=${mode}`,
    headers: { 'content-type': 'text/csv' },
    body: text,
  })
  return reply.statusCode
}

const exportedKeys = async (who: Caller, query = '') => {
  caller = who
  const reply = await app.inject(`/api/certificates/export.csv${query}`)
  if (reply.statusCode !== 200) return reply.json().code
  return (await readCsv(reply.rawPayload)).rows.map(({ cells }) => cells.key)
}

describe('a manager of one subsidiary', () => {
  it('imports what is its own', async () => {
    expect(await send(localManager('east'), 'key,number\nc-east,E 2\n')).toBe(200)
    expect(await send(localManager('east'), 'key,scheme,holders\nc-new,iso27001,east\n')).toBe(200)
  })

  it.each([
    ["another's certificate", 'key,number\nc-west,W 2\n'],
    ["another's certificate, claimed", 'key,holders\nc-west,east\n'],
    ['a shared one', 'key,number\nc-both,B 2\n'],
    ["one put into another's hands", 'key,holders\nc-east,east; west\n'],
    ["a new one in another's hands", 'key,scheme,holders\nc-else,iso27001,west\n'],
    ['one of nobody, claimed', 'key,holders\nc-nobody,east\n'],
    ['one of nobody beside its own', 'key,number\nc-east,E 3\nc-nobody,N 2\n'],
    ['a new one of nobody beside its own', 'key,scheme,holders\nc-east,iso27001,east\nc-ghost,iso27001,\n'],
    [
      'a new one of nobody, by a list of nothing',
      'key,scheme,holders\nc-east,iso27001,east\nc-ghost,iso27001,;\n',
    ],
  ])('neither imports %s nor learns what would happen', async (_, text) => {
    const before = await exportedKeys(home.manager)
    for (const mode of ['dry-run', 'apply'] as const)
      expect([403, 404]).toContain(await send(localManager('east'), text, mode))
    expect(await exportedKeys(home.manager)).toEqual(before)
  })
})

describe('an export', () => {
  it('holds what its reader may see', async () => {
    expect(await exportedKeys(localManager('east'))).toEqual(['c-both', 'c-east', 'c-new'])
    const auditor = callerWith(
      home.organisationId,
      [{ role: 'auditor', entityId: null, certificateId: ids['c-nobody'] ?? '' }],
      world.runtime.random,
    )
    expect(await exportedKeys(auditor)).toEqual(['c-nobody'])
    const visitor = callerWith(home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
    expect(await exportedKeys(visitor)).toBe('access.sign_in')
  })

  it.each([
    {},
    { scheme: 'pci-dss' },
    { text: 'east' },
    { state: 'active' },
    { state: 'expired' },
    { state: 'superseded' },
    { sort: 'state' },
    { text: 'web services' },
    { kind: 'attestation-report' },
    { expiresBefore: '2023-01-01' },
    { asOf: '2020-01-01', state: 'active' },
  ])('holds exactly what the list shows for %j', async (query: Record<string, string>) => {
    const { asOf, ...input } = query
    const list = await answer(world.runtime, { ...home.manager, asOf }, listCertificates, input)
    const text = new URLSearchParams({ ...query, sort: 'expiry', order: 'desc' }).toString()
    expect(await exportedKeys(home.manager, `?${text}`)).toEqual(list.items.map((one) => one.key).sort())
  })

  it('of chosen rows holds those that the reader may see, and no others', async () => {
    const post = async (who: Caller, body: object) => {
      caller = who
      return app.inject({ method: 'POST', url: '/api/certificates/export.csv', payload: body })
    }
    const keysOf = async (who: Caller, ...keys: string[]) => {
      const reply = await post(who, { ids: keys.map((key) => ids[key]) })
      return (await readCsv(reply.rawPayload)).rows.map(({ cells }) => cells.key)
    }
    expect(await keysOf(home.manager, 'c-west', 'c-both')).toEqual(['c-both', 'c-west'])
    expect(await keysOf(localManager('east'), 'c-west', 'c-both')).toEqual(['c-both'])
    expect((await post(home.manager, { ids: [] })).statusCode).toBe(400)
    expect((await post(home.manager, { ids: ['x'] })).statusCode).toBe(400)
    const workbook = await app.inject({
      method: 'POST',
      url: '/api/certificates/export.xlsx',
      payload: { ids: [ids['c-west']] },
    })
    expect((await readXlsx(workbook.rawPayload)).rows).toHaveLength(1)
  })

  it('tells what was known at an instant, and refuses a filter that is none', async () => {
    const knownAt = world.clock.now().toISOString()
    world.clock.set('2023-08-01T00:00:00.000Z')
    await execute(world.runtime, home.manager, recordEvent, {
      id: ids['c-west'],
      version: 1,
      event: event('surveillance-1', '2022-12-01'),
    })
    const events = async (query: string) => {
      caller = home.manager
      const reply = await app.inject(`/api/certificates/export.csv?text=c-west${query}`)
      return (await readCsv(reply.rawPayload)).rows.map(({ cells }) => cells.events ?? '')
    }
    expect(await events(`&knownAt=${knownAt}`)).toEqual([''])
    expect((await events(''))[0]).toContain('surveillance-1')
    expect(await exportedKeys(home.manager, '?colour=red')).toBe('input.invalid')
    expect(await exportedKeys(home.manager, '?asOf=2023-02-30')).toBe('input.invalid')
  })
})

describe('a form with a file', () => {
  const form = async (body: string | Buffer, boundary = 'edge') => {
    caller = home.manager
    return app.inject({
      method: 'POST',
      url: '/api/certificates/import?mode=dry-run',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    })
  }
  const filePart = (bytes: Buffer) =>
    Buffer.concat([
      Buffer.from('--edge\r\ncontent-disposition: form-data; name="file"; filename="../x.csv"\r\n\r\n'),
      bytes,
      Buffer.from('\r\n--edge--\r\n'),
    ])

  it('is read like the file itself', async () => {
    const reply = await form(filePart(Buffer.from('key,number\nc-west,W 9\n')))
    expect(reply.json()).toMatchObject({ applied: false, counts: { update: 1 } })
  })

  it('is refused without a file, cut off, or over the limit, which is said as it is', async () => {
    expect((await form('--edge--\r\n')).json().code).toBe('input.media_type')
    const cut = await form(filePart(Buffer.from('key,number\nc-west,W 9\n')).subarray(0, -20))
    expect(cut.statusCode).toBe(400)
    const limit = 40 * 1024 * 1024
    const large = await form(filePart(Buffer.alloc(limit + 1, 65)))
    expect([large.statusCode, large.json().code]).toEqual([400, 'input.too_large'])
    caller = home.manager
    const raw = await app.inject({
      method: 'POST',
      url: '/api/certificates/import',
      headers: { 'content-type': 'text/csv' },
      body: Buffer.alloc(limit + 1, 65),
    })
    expect(raw.json().detail).toContain(String(limit))
  })
})
