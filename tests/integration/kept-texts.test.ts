import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttp } from '../../src/server/http.ts'
import { routes } from '../../src/server/nouns.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { keptTexts } from '../support/naughty.ts'
import { makeProgramme, type Programme } from '../support/trust-world.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let line: Programme
let app: FastifyInstance
let caller: Caller

beforeAll(async () => {
  world = await makeWorld('kept-texts')
  line = await makeProgramme(world)
  caller = line.home.owner
  app = createHttp({ runtime: world.runtime, routes, authenticate: async () => caller, log: () => undefined })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

type Answer = { status: number; json: Record<string, unknown>; text: string }

async function ask(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  headers = {},
): Promise<Answer> {
  const got = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: got.statusCode, json: got.json(), text: got.body }
}

const open = { memberFrom: null, memberTo: null }

describe('every odd but honest text', () => {
  it('comes back byte for byte as a name, on every way out', async () => {
    const top = line.home.root.id
    for (const [place, text] of keptTexts.entries()) {
      const name = { en: text, ja: text }
      const entity = { key: `e-${place}`, parentId: top, kind: 'site', name, country: null, ...open }
      const made = await ask('POST', '/api/entities', entity)
      expect([text, made.status], made.text).toEqual([text, 200])
      const read = await ask('GET', `/api/entities/${made.json.id}`)
      expect(read.json.name).toEqual(name)
      const service = {
        key: `s-${place}`,
        entityId: top,
        kind: 'product',
        name,
        offeredFrom: null,
        offeredTo: null,
      }
      expect((await ask('POST', '/api/services', service)).json.name).toEqual(name)
      const person = { name, entityId: null, jobTitle: name, email: `p${place}@example.org` }
      const invited = (await ask('POST', '/api/people', person)).json.person as { id: string }
      expect((await ask('GET', `/api/people/${invited.id}`)).json).toMatchObject({ name, jobTitle: name })
    }
    const listed = (await ask('GET', '/api/entities')).json.items as { key: string; name: { en: string } }[]
    for (const [place, text] of keptTexts.entries())
      expect(listed.find(({ key }) => key === `e-${place}`)?.name.en).toBe(text)
    // What the log says is what the record says.
    const { items } = (await ask('GET', '/api/log/entries?type=entity.created&limit=200')).json as {
      items: { index: number }[]
    }
    const logged = new Set<string>()
    for (const { index } of items) {
      const entry = (await ask('GET', `/api/log/entries/${index}`)).json as {
        record: { name: { en: string } }
      }
      logged.add(entry.record.name.en)
    }
    expect(keptTexts.filter((text) => !logged.has(text))).toEqual([])
  }, 120_000)

  it('is looked for literally and finds itself', async () => {
    for (const text of keptTexts.filter((one) => one.length <= 100)) {
      const found = await ask('GET', `/api/people?limit=200&text=${encodeURIComponent(text)}`)
      expect([text, found.status], found.text).toEqual([text, 200])
      const names = (found.json.items as { name: { en: string } }[]).map(({ name }) => name.en)
      expect([text, names.includes(text)]).toEqual([text, true])
    }
  })
})

const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What a cursor holds, where it is JSON. */
function insideOf(cursor: string): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

describe('a cursor', () => {
  it('row 85: of another list, cut, changed or made up is refused, and never an error of ours', async () => {
    for (const url of [
      '/api/people',
      '/api/certificates',
      '/api/log/entries',
      '/api/trust/requests',
      '/api/trust/publications',
    ]) {
      const { json } = await ask('GET', `${url}?limit=1`)
      const real =
        json.nextCursor === null
          ? packed({ sort: 'name', value: 'x', id: line.home.root.id })
          : String(json.nextCursor)
      const inside = insideOf(real)
      const spoiled = Object.keys(inside).flatMap((field) =>
        ['\u0000', "' or 1=1 --", -1, 2 ** 53, 1e308, null, [], {}, '9999-99-99', '\ud800'].map((value) =>
          packed({ ...inside, [field]: value }),
        ),
      )
      const made = [
        'x',
        '%00',
        '0',
        '-1',
        real.slice(0, -3),
        `${real}x`,
        packed(null),
        packed([]),
        packed({}),
        packed('x'),
      ]
      for (const cursor of [...spoiled, ...made, packed({ ...inside, more: 1 }), 'A'.repeat(3000)]) {
        const got = await ask('GET', `${url}?limit=1&cursor=${cursor}`)
        expect(got.status, `${url} ${cursor.slice(0, 200)}: ${got.text}`).toBeLessThan(500)
      }
      for (const cursor of ['x', packed(null), packed({}), 'A'.repeat(3000)])
        expect([url, cursor.length, (await ask('GET', `${url}?cursor=${cursor}`)).status]).toEqual([
          url,
          cursor.length,
          400,
        ])
      for (const limit of ['0', '-1', '201', '1000000000', '1.5', 'x', ''])
        expect([url, limit, (await ask('GET', `${url}?limit=${limit}`)).status]).toEqual([url, limit, 400])
    }
  })
})

describe('a key for retries', () => {
  const entity = (key: string) => ({
    key,
    parentId: line.home.root.id,
    kind: 'site',
    name: { en: 'Retried' },
    country: null,
    ...open,
  })
  const withKey = (key: string) => ({ 'idempotency-key': key })

  it('gives the same answer to the same request, once, also to twenty at the same moment', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => ask('POST', '/api/entities', entity('retried'), withKey('one'))),
    )
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1)
    expect(tries[0]?.status).toBe(200)
  })

  it('is refused for another request, and belongs to the one who used it', async () => {
    expect(await ask('POST', '/api/entities', entity('other'), withKey('one'))).toMatchObject({
      status: 409,
      json: { code: 'request.idempotency_reused' },
    })
    expect((await ask('POST', '/api/services', entity('retried'), withKey('one'))).status).not.toBe(200)
    caller = line.home.manager
    const fresh = await ask('POST', '/api/entities', entity('by-another'), withKey('one'))
    caller = line.home.owner
    expect([fresh.status, fresh.json.key]).toEqual([200, 'by-another'])
  })

  it('does not remember a refusal, and has a bounded length', async () => {
    expect((await ask('POST', '/api/entities', entity('retried'), withKey('two'))).status).toBe(400)
    expect((await ask('POST', '/api/entities', entity('later'), withKey('two'))).status).toBe(200)
    expect((await ask('POST', '/api/entities', entity('long'), withKey('k'.repeat(256)))).status).toBe(400)
  })
})

describe('a version', () => {
  it('that no record has is a conflict, however large', async () => {
    const { json } = await ask('GET', `/api/entities/${line.entities[1]?.id}`)
    const { id, version: _, ...fields } = json
    const body = Object.fromEntries(
      ['key', 'parentId', 'kind', 'name', 'country', 'memberFrom', 'memberTo'].map((name) => [
        name,
        fields[name],
      ]),
    )
    for (const version of [999, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      const got = await ask('PUT', `/api/entities/${id}`, { ...body, version })
      expect([version, got.status], got.text).toEqual([version, 409])
    }
  })
})
