import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reading } from '../../src/db/transaction.ts'
import { createHttp } from '../../src/server/http.ts'
import { routes } from '../../src/server/nouns.ts'
import type { Caller } from '../../src/server/runtime.ts'
import {
  type AnyRoute,
  addressOf,
  bodyOf,
  commands,
  parametersOf,
  places,
  pointerOf,
  queries,
  replaced,
  strangerIds,
  titleOf,
} from '../support/hostile-routes.ts'
import { deceptiveTexts, keptTexts, oddIds, oddValues, unstorableTexts } from '../support/naughty.ts'
import { foundHome, type Home, makeWorld, type World } from '../support/world.ts'
import type { Fixture } from './matrix-rows.ts'

let world: World
let home: Home
let app: FastifyInstance
let ids: Fixture
let caller: Caller
const errors: unknown[] = []

beforeAll(async () => {
  world = await makeWorld('hostile-input')
  home = await foundHome(world)
  ids = strangerIds(home, world.runtime.random)
  caller = home.owner
  app = createHttp({
    runtime: world.runtime,
    routes,
    authenticate: async () => caller,
    log: (line) => errors.push(line),
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await world.close()
})

type Details = { errors?: { pointer: string; code: string }[] }

async function send(route: AnyRoute, url: string, payload?: unknown, headers: Record<string, string> = {}) {
  const body = typeof payload === 'string' ? payload : payload === undefined ? '' : JSON.stringify(payload)
  const answer = await app.inject({
    method: route.method,
    url,
    headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(payload === undefined ? {} : { payload: body }),
  })
  const details: Details = answer.headers['content-type']?.toString().includes('json') ? answer.json() : {}
  return {
    status: answer.statusCode,
    text: answer.body,
    pointers: details.errors?.map((e) => e.pointer) ?? [],
  }
}

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from log_entry`.execute(tx)
    return rows[0]?.count ?? 0
  })

/** Runs what must change nothing, and proves that the log is as long as before. */
async function changingNothing(work: () => Promise<void>): Promise<void> {
  const before = await entries()
  await work()
  expect(await entries()).toBe(before)
}

const fieldsOfServer = [
  'organisationId',
  'organisation_id',
  'tenantId',
  'isAdmin',
  'createdAt',
  'createdBy',
  'approvedBy',
  'publishedBy',
  'deletedAt',
  'accountId',
  'digest',
  'linkDigest',
  'state',
  'role',
  'id',
  'version',
]

const shapeOf = (route: AnyRoute): Record<string, unknown> =>
  route.operation.input instanceof z.ZodObject ? route.operation.input.shape : {}

describe('a field that only the program sets', () => {
  for (const route of commands) {
    it(`is refused by its name and changes nothing: ${titleOf(route)}`, async () => {
      await changingNothing(async () => {
        const body = bodyOf(route, ids) ?? {}
        for (const name of fieldsOfServer.filter((field) => !(field in shapeOf(route)))) {
          const got = await send(route, addressOf(route, ids), { ...body, [name]: 'x' })
          expect([name, got.status, got.pointers], got.text).toEqual([
            name,
            400,
            expect.arrayContaining([`/${name}`]),
          ])
        }
        const objects = [...places(body)].filter(
          ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
        )
        for (const { path, value } of objects) {
          const got = await send(
            route,
            addressOf(route, ids),
            replaced(body, path, { ...(value as object), organisationId: 'x' }),
          )
          expect([pointerOf(path), got.status], got.text).toEqual([pointerOf(path), 400])
        }
      })
    })

    it(`cannot be the prototype: ${titleOf(route)}`, async () => {
      await changingNothing(async () => {
        const inner = JSON.stringify(bodyOf(route, ids) ?? {}).slice(1)
        for (const start of [
          '"__proto__":{"role":"owner"}',
          '"constructor":{"prototype":{"role":"owner"}}',
        ]) {
          for (const key of [start, start.replace('o', '\\u006f')]) {
            const text = `{${key}${inner === '}' ? '' : ','}${inner}`
            expect([key, (await send(route, addressOf(route, ids), text)).status]).toEqual([key, 400])
          }
        }
      })
      expect(Object.hasOwn(Object.prototype, 'role')).toBe(false)
    })
  }

  it('is no parameter of a reading either', async () => {
    for (const route of queries) {
      for (const name of ['organisationId', 'role', 'includeDeleted', '__proto__', 'constructor']) {
        const got = await send(route, `${addressOf(route, ids)}?${name}=x`)
        expect([titleOf(route), name, got.status]).toEqual([titleOf(route), name, 400])
      }
    }
  })
})

describe('what is no identifier', () => {
  for (const route of routes.filter(({ path }) => path.includes(':'))) {
    it(`is refused in the address: ${titleOf(route)}`, async () => {
      for (const name of parametersOf(route)) {
        for (const odd of oddIds.map(String)) {
          const got = await send(route, addressOf(route, ids, { [name]: odd }), bodyOf(route, ids))
          const where = `${name}=${odd.slice(0, 60)}`
          expect(got.status, `${where}: ${got.text}`).toBeLessThan(500)
          if (name === 'id') expect([400, 404], `${where}: ${got.status} ${got.text}`).toContain(got.status)
          if (name === 'id' && odd !== '' && odd.length < 200)
            expect([where, got.status, got.pointers], got.text).toEqual([
              where,
              400,
              expect.arrayContaining(['/id']),
            ])
        }
      }
    })
  }

  for (const route of commands) {
    it(`is refused in the body by its place: ${titleOf(route)}`, async () => {
      await changingNothing(async () => {
        const body = bodyOf(route, ids) ?? {}
        const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
        for (const { path, value } of places(body)) {
          if (typeof value !== 'string' || !uuid.test(value)) continue
          for (const odd of oddValues) {
            const got = await send(route, addressOf(route, ids), replaced(body, path, odd))
            const where = `${pointerOf(path)}=${JSON.stringify(odd).slice(0, 60)}`
            expect([where, got.status, got.pointers], got.text).toEqual([
              where,
              400,
              expect.arrayContaining([pointerOf(path)]),
            ])
          }
        }
      })
    })
  }
})

describe('an id in the body', () => {
  it('row 13: that differs from the one in the address is refused', async () => {
    const routesWithId = commands.filter((route) => parametersOf(route).includes('id'))
    expect(routesWithId.length).toBeGreaterThan(15)
    for (const route of routesWithId) {
      const body = { ...bodyOf(route, ids), id: strangerIds(home, world.runtime.random).entity }
      const got = await send(route, addressOf(route, ids), body)
      expect([titleOf(route), got.status, got.pointers], got.text).toEqual([titleOf(route), 400, ['/id']])
    }
  })
})

describe('a value of the wrong kind', () => {
  for (const route of commands) {
    it(`is refused anywhere in the body, never an error of ours: ${titleOf(route)}`, async () => {
      errors.length = 0
      const body = bodyOf(route, ids) ?? {}
      for (const { path } of places(body)) {
        for (const odd of [0, -1, 1.5, 1e308, true, [], {}, [[[]]], 'x'.repeat(100_000), 2 ** 53]) {
          const got = await send(route, addressOf(route, ids), replaced(body, path, odd))
          const where = `${pointerOf(path)}=${JSON.stringify(odd).slice(0, 40)}`
          expect(got.status, `${where}: ${got.text}`).toBeLessThan(500)
        }
      }
      for (const whole of [
        'null',
        '[]',
        '"text"',
        '1',
        'true',
        '',
        '{',
        '{"a":1',
        'NaN',
        "{'a':1}",
        '\uFEFF{}',
      ])
        expect((await send(route, addressOf(route, ids), whole)).status, whole).toBeLessThan(500)
      expect(errors).toEqual([])
    })
  }

  const oddParameters = [
    '%00',
    'a%00b',
    '%ED%A0%80',
    '%FF',
    "'%20OR%201=1--",
    '%25'.repeat(500),
    '_',
    '%5C',
    '%26%7C!%3C-%3E',
    '*',
    '0',
    '-1',
    '1.5',
    'NaN',
    'Infinity',
    '1e309',
    '2147483648',
    '9007199254740991',
    '99999999999999999999',
    'null',
    'true',
    '[object%20Object]',
    '%7B%22$ne%22:1%7D',
    '2023-02-30',
    '0000-00-00',
    '99999-01-01',
    '2023-07-31T99:99:99Z',
    'x'.repeat(10_000),
  ]

  for (const route of queries) {
    it(`in a parameter never is an error of ours: ${titleOf(route)}`, async () => {
      errors.length = 0
      const address = addressOf(route, ids)
      const fixed = new Set(parametersOf(route))
      const names = [...Object.keys(shapeOf(route)).filter((name) => !fixed.has(name)), 'asOf', 'knownAt']
      for (const name of names) {
        for (const odd of oddParameters) {
          const got = await send(route, `${address}?${name}=${odd}`)
          expect(got.status, `${name}=${odd.slice(0, 60)}: ${got.text}`).toBeLessThan(500)
        }
        for (const twice of [`${name}[]=x`, `${name}[$ne]=1`])
          expect([twice, (await send(route, `${address}?${twice}`)).status]).toEqual([twice, 400])
        expect((await send(route, `${address}?${name}=1&${name}=2`)).status, name).toBe(400)
      }
      for (const name of fixed) {
        for (const odd of oddParameters) {
          const url = address.replace(/[^/]+$/, odd)
          expect((await send(route, url)).status, `${name}: ${url.slice(0, 120)}`).toBeLessThan(500)
        }
      }
      expect(errors).toEqual([])
    })
  }
})

describe('a body', () => {
  const million = 1_000_000

  it('of a million nested arrays is refused, with and without a key for retries', async () => {
    errors.length = 0
    for (const route of commands) {
      const limit = 1024 * 1024
      // As deep as the body may be long for one route, deep enough to overflow a stack for the others.
      const depth = route === commands[0] ? Math.floor((limit - 100) / 2) : 60_000
      const nested = '['.repeat(depth) + ']'.repeat(depth)
      const objects = `${'{"a":'.repeat(depth / 6)}1${'}'.repeat(depth / 6)}`
      for (const text of [
        nested,
        `{"name":${nested}}`,
        `{"name":${objects}}`,
        `{"name":${objects},"__proto__":1}`,
      ]) {
        for (const headers of [{}, { 'idempotency-key': 'nested' }]) {
          const got = await send(route, addressOf(route, ids), text, headers as Record<string, string>)
          expect([titleOf(route), text.slice(0, 12), got.status], got.text.slice(0, 300)).toEqual([
            titleOf(route),
            text.slice(0, 12),
            400,
          ])
        }
      }
      const open = await send(
        route,
        addressOf(route, ids),
        '['.repeat(route === commands[0] ? million : 60_000),
      )
      expect([titleOf(route), open.status]).toEqual([titleOf(route), 400])
    }
    expect(errors).toEqual([])
  }, 120_000)

  it('of 10 MB of text is refused', async () => {
    for (const route of commands) {
      const got = await send(route, addressOf(route, ids), { name: 'x'.repeat(10 * 1024 * 1024) })
      expect([titleOf(route), [400, 413].includes(got.status)], got.text.slice(0, 200)).toEqual([
        titleOf(route),
        true,
      ])
    }
  }, 120_000)

  it('that is not JSON by its own word is refused', async () => {
    for (const route of commands) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'text/xml',
      ]) {
        const got = await send(route, addressOf(route, ids), '{"name":"x"}', { 'content-type': type })
        expect([titleOf(route), type, got.status]).toEqual([titleOf(route), type, 400])
      }
    }
  })
})

/** The places of a body in which any short text is welcome: names, reasons, descriptions. */
const textPlaces = (route: AnyRoute, body: Record<string, unknown>) => {
  const withParams = (given: unknown) => ({ ...(given as object), ...idsIn(route) })
  const accepts = (given: unknown) => route.operation.input.safeParse(withParams(given)).success
  return [...places(body)].filter(
    ({ path, value }) =>
      typeof value === 'string' &&
      ['Some ordinary text', '普通の文字列 2'].every((text) => accepts(replaced(body, path, text))),
  )
}
const idsIn = (route: AnyRoute) =>
  Object.fromEntries(parametersOf(route).map((name) => [name, '00000000-0000-4000-8000-000000000001']))

/** Words that are looked up and never stored as given: what is not there is refused as unknown. */
const mustExist = ['subjectNoun', 'scheme', 'scopes', 'programme']

/** Names of files are kept as they came, to be shown with their odd signs: evidence does not change what it was called. */
const keptAsSent = ['POST /api/evidence/uploads /name']

describe('a text', () => {
  for (const route of commands) {
    it(`is kept to the byte or refused by its place: ${titleOf(route)}`, async () => {
      const body = bodyOf(route, ids) ?? {}
      for (const { path } of textPlaces(route, body)) {
        for (const text of keptTexts) {
          const result = route.operation.input.safeParse({
            ...(replaced(body, path, text) as object),
            ...idsIn(route),
          })
          if (!result.success) continue
          let there: unknown = result.data
          for (const part of path) there = (there as Record<string, unknown>)[part]
          expect(there).toBe(text)
        }
        const isKept = keptAsSent.includes(`${titleOf(route)} ${pointerOf(path)}`)
        const refused =
          isKept || mustExist.includes(String(path[0]))
            ? unstorableTexts
            : [...unstorableTexts, ...deceptiveTexts]
        for (const text of refused) {
          const got = await send(route, addressOf(route, ids), replaced(body, path, text))
          expect([pointerOf(path), JSON.stringify(text), got.status, got.pointers], got.text).toEqual([
            pointerOf(path),
            JSON.stringify(text),
            400,
            expect.arrayContaining([pointerOf(path)]),
          ])
        }
      }
    })
  }
})
