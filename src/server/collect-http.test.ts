import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carriedOut } from '../../tests/support/evidence.ts'
import { addMember, type Member, makeSignInWorld, type SignInWorld } from '../../tests/support/sign-in.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { createAsset } from '../assets/server/commands.ts'
import type { Check } from '../checks/check.ts'
import { collectionFormat } from '../checks/collection.ts'
import { createCheck } from '../checks/server/commands.ts'
import { prove, writeProof } from '../checks/server/proof.ts'
import { listCheckResults, listRuns } from '../checks/server/result-queries.ts'
import { planOccurrences } from '../controls/server/occurrence-commands.ts'
import { listOccurrences } from '../controls/server/occurrence-queries.ts'
import { reading } from '../db/transaction.ts'
import { getEvidence } from '../evidence/server/detail-query.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { createApiKey, revokeApiKey } from '../people/server/key-commands.ts'
import { registerCollectRoutes } from './collect-http.ts'
import { answer, execute } from './execute.ts'
import { authenticator } from './session.ts'

let world: SignInWorld
let home: Home
let maker: Member
let check: Check
let key: string
let branch: string

const text = { en: 'Something', ja: 'なにか' }
const now = '2023-07-31T03:00:00.000Z'

async function makeKey(scopes = ['collection.push'], entityId: string | null = null, role = 'contributor') {
  const caller = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, { id: maker.id })
  const expiresAt = '2024-01-01T00:00:00.000Z'
  return execute(world.runtime, caller, createApiKey, {
    name: 'Collector',
    role,
    entityId,
    scopes,
    expiresAt,
  })
}

beforeAll(async () => {
  world = await makeSignInWorld('collect')
  registerCollectRoutes(world.app, world.runtime, authenticator(world.runtime, world.auth))
  home = await foundHome(world)
  maker = await addMember(world, home, 'maker', 'owner')
  const { controlId } = await carriedOut(world, home, 'NET-01')
  const made = await execute(world.runtime, home.owner, createEntity, {
    key: 'branch',
    parentId: home.root.id,
    kind: 'company',
    name: text,
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })
  branch = made.id
  await execute(world.runtime, home.owner, createAsset, {
    key: 'server',
    name: text,
    kind: 'system',
    entityId: home.root.id,
    serviceIds: [],
    ownerId: null,
    identifiers: ['192.0.2.1:22'],
    inUseFrom: null,
    inUseTo: null,
  })
  check = await execute(world.runtime, home.manager, createCheck, {
    key: 'no-cbc',
    name: text,
    controlId,
    dataKind: 'ssh-audit',
    expression: '!facts.ciphers.exists(c, c.endsWith("-cbc"))',
    severity: 'high',
    everyDays: 7,
    toleranceDays: 1,
    resources: { kinds: [], entityIds: [], serviceIds: [] },
    activeFrom: '2023-01-01',
  })
  key = (await makeKey()).secret
})
afterAll(() => world.close())

const base64 = (raw: string) => Buffer.from(raw).toString('base64')

const parcel = (changed: Record<string, unknown> = {}, top: Record<string, unknown> = {}) => ({
  raw: { name: 'ssh-audit.json', base64: base64('{"what": "the tool printed"}') },
  collection: {
    format: collectionFormat,
    kind: 'ssh-audit',
    tool: { name: 'ssh-audit', version: '3.3.0' },
    host: 'collector.example',
    startedAt: '2023-07-31T02:58:00.000Z',
    endedAt: '2023-07-31T02:59:00.000Z',
    items: [{ resource: '192.0.2.1:22', facts: { ciphers: ['aes256-ctr'] } }],
    ...changed,
  },
  ...top,
})

let count = 0
const freshNonce = () => `nonce-${String(++count).padStart(20, '0')}`

type Sending = { body?: unknown; key?: string; time?: string; nonce?: string; proved?: string; path?: string }

/** Sends a proved request; `proved` is what the proof covers, when it is not what is sent. */
function send({
  body = parcel(),
  key: by = key,
  time = now,
  nonce = freshNonce(),
  proved,
  path,
}: Sending = {}) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const url = '/api/collections'
  const covered = { method: 'POST', path: path ?? url, time, nonce, body: Buffer.from(proved ?? payload) }
  const authorization = writeProof({ prefix: by.slice(0, 12), time, nonce, proof: prove(by, covered) })
  const headers = { authorization, 'content-type': 'application/json' }
  return world.app.inject({ method: 'POST', url, headers, payload })
}

const evidenceCount = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from evidence`.execute(tx)
    return rows[0]?.count
  })

async function objectCount() {
  let found = 0
  for await (const _ of world.runtime.objects.list()) found++
  return found
}

/** Sends what must be refused, and looks whether anything stayed. */
async function refused(sending: () => ReturnType<typeof send>): Promise<string> {
  const before = [await evidenceCount(), await objectCount()]
  const response = await sending()
  expect([await evidenceCount(), await objectCount()]).toEqual(before)
  const { errors = [], code } = response.json<{ code: string; errors?: { code: string }[] }>()
  return [response.statusCode, code, ...errors.map((one) => one.code)].join(' ')
}

describe('a collector', () => {
  it('delivers what a tool saw: evidence with its output, and results of the checks, in one request', async () => {
    const response = await send()
    expect(response.statusCode, response.body).toBe(201)
    const { evidenceId, runs, unresolved } = response.json()
    expect(runs).toMatchObject([{ checkId: check.id, pass: 1, fail: 0, error: 0, problem: null }])
    expect(unresolved).toEqual([])
    const one = await answer(world.runtime, home.manager, getEvidence, { id: evidenceId })
    expect(one).toMatchObject({
      title: 'ssh-audit: 192.0.2.1:22',
      source: 'pulled',
      collector: 'ssh-audit 3.3.0 @ collector.example',
      aboutTo: '2023-07-31',
      entityId: home.root.id,
      data: { kind: 'ssh-audit' },
    })
    const [file] = one.files
    const stored = file && (await world.runtime.objects.get(file.digest))
    expect(Buffer.from(stored ?? []).toString()).toBe('{"what": "the tool printed"}')
    const { items } = await answer(world.runtime, home.manager, listCheckResults, { id: check.id })
    expect(items).toMatchObject([{ state: 'pass', evidenceId }])
  })

  it('says what its results are evidence for, and the occurrence of that time has them too', async () => {
    const implementation = await carriedOut(world, home, 'MON-02', {
      frequency: { kind: 'calendar', every: 'monthly', anchor: '2023-07-01', graceDays: 5 },
    })
    await execute(world.runtime, home.system, planOccurrences, { from: null })
    const listed = await answer(world.runtime, home.manager, listOccurrences, {
      implementation: implementation.id,
    })
    const july = listed.items.find((one) => one.periodFrom === '2023-07-01')
    const byPlace = { control: 'mon-02', entity: home.root.key }
    const named = await send({ body: parcel({}, { for: [byPlace, implementation.id] }) })
    expect(named.statusCode, named.body).toBe(201)
    expect(named.json()).toMatchObject({
      implementationIds: [implementation.id],
      occurrenceIds: [july?.id],
    })
    const one = await answer(world.runtime, home.manager, getEvidence, { id: named.json().evidenceId })
    expect(one).toMatchObject({
      implementationIds: [implementation.id],
      occurrenceIds: [july?.id],
      review: null,
    })
    expect(one.assetIds).toHaveLength(1)
    for (const wrong of [
      { control: 'MON-02', entity: 'branch' },
      { control: 'MON-99', entity: home.root.key },
      { control: 'MON-02', entity: home.root.key, service: 'none' },
      '5b3c1f6e-1111-4222-8333-444455556666',
    ])
      expect(await refused(() => send({ body: parcel({}, { for: [wrong] }) }))).toBe(
        '400 input.invalid collection.serves_nothing',
      )
    // A key of the branch cannot even learn that the implementation is there.
    const { secret } = await makeKey(['collection.push'], branch)
    const body = parcel({}, { for: [implementation.id] })
    expect(await refused(() => send({ body, key: secret }))).toBe(
      '400 input.invalid collection.serves_nothing',
    )
  })

  it('is told which names no asset has, and nothing is taken for success', async () => {
    const items = [{ resource: 'unknown.example:22', facts: { ciphers: [] } }]
    const response = await send({ body: parcel({ items }) })
    expect(response.json()).toMatchObject({
      unresolved: ['unknown.example:22'],
      runs: [{ pass: 0, fail: 0 }],
    })
  })

  it('cannot have a request carried out twice, not even at once', async () => {
    const nonce = freshNonce()
    const both = await Promise.all([send({ nonce }), send({ nonce })])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    expect(await refused(() => send({ nonce }))).toBe('409 collection.replayed')
    const other = (await makeKey()).secret
    expect((await send({ nonce, key: other })).statusCode).toBe(201)
  })

  it.each([
    ['before', '2023-07-31T02:54:59.000Z'],
    ['after', '2023-07-31T03:05:01.000Z'],
  ])('whose clock is more than five minutes %s is told the time here', async (_, time) => {
    const response = await send({ time })
    expect([response.statusCode, response.json().code]).toEqual([401, 'collection.clock_skew'])
    expect(response.json().detail).toContain(now)
    const within = new Date(Date.parse(time) + (time < now ? 2000 : -2000)).toISOString()
    expect((await send({ time: within })).statusCode).toBe(201)
  })

  it('is refused where anything of the request is not what was proved', async () => {
    const invalid = '401 collection.proof_invalid'
    const other = JSON.stringify(parcel({ host: 'elsewhere.example' }))
    expect(await refused(() => send({ proved: other }))).toBe(invalid)
    expect(await refused(() => send({ path: '/api/evidence' }))).toBe(invalid)
    const strange = `${key.slice(0, 12)}${'A'.repeat(key.length - 12)}`
    expect(await refused(() => send({ key: strange }))).toBe(invalid)
    expect(await refused(() => send({ key: `assay_${'B'.repeat(43)}` }))).toBe(invalid)
    const headers = { authorization: 'Assay-Proof prefix="x"', 'content-type': 'application/json' }
    const malformed = await world.app.inject({
      method: 'POST',
      url: '/api/collections',
      headers,
      payload: '{}',
    })
    expect(malformed.json().code).toBe('collection.proof_invalid')
  })

  it('needs a key that still works, with this one scope and no other', async () => {
    const made = await makeKey()
    const caller = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, {
      id: maker.id,
    })
    await execute(world.runtime, caller, revokeApiKey, { id: made.id, version: made.version })
    expect(await refused(() => send({ key: made.secret }))).toBe('401 access.key_invalid')
    const { secret } = await makeKey(['evidence.read'])
    expect(await refused(() => send({ key: secret }))).toBe('403 access.forbidden')
    for (const url of ['/api/evidence', '/api/checks', '/api/assets']) {
      const response = await world.app.inject({ url, headers: { authorization: `Bearer ${key}` } })
      expect([url, response.statusCode]).toEqual([url, 403])
    }
    const stranger = await world.app.inject({
      method: 'POST',
      url: '/api/collections',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    })
    expect([stranger.statusCode, stranger.json().code]).toEqual([401, 'access.sign_in'])
  })

  it('may send its key instead, and then an idempotency key records it once', async () => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': 'one',
    }
    const post = (payload: object) =>
      world.app.inject({ method: 'POST', url: '/api/collections', headers, payload })
    const first = await post(parcel())
    const size = await evidenceCount()
    const second = await post(parcel())
    expect(second.json()).toEqual(first.json())
    expect(await evidenceCount()).toBe(size)
    const reused = await post(parcel({ host: 'other.example' }))
    expect([reused.statusCode, reused.json().code]).toEqual([409, 'request.idempotency_reused'])
  })

  it('of one entity answers for that entity, and for nothing beside or above it', async () => {
    const { secret } = await makeKey(['collection.push'], branch)
    const response = await send({ key: secret })
    expect(response.json()).toMatchObject({ unresolved: ['192.0.2.1:22'], runs: [{ pass: 0 }] })
    const one = await answer(world.runtime, home.manager, getEvidence, { id: response.json().evidenceId })
    expect(one.entityId).toBe(branch)
    const above = parcel({}, { entityId: home.root.id })
    expect(await refused(() => send({ key: secret, body: above }))).toMatch(/^(404|403) /)
  })

  it.each<[string, unknown, string]>([
    ['is cut off', JSON.stringify(parcel()).slice(0, -9), '400 input.not_json'],
    ['is not an object', '[]', '400 input.invalid expected_fields'],
    ['is too deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, '400 input.invalid collection.unreadable'],
    ['poisons prototypes', `{"__proto__": {"x": 1}}`, '400 input.invalid collection.unreadable'],
    [
      'ends in the future',
      parcel({ endedAt: '2023-07-31T03:06:00.000Z' }),
      '400 input.invalid collection.from_future',
    ],
    [
      'ends before it begins',
      parcel({ startedAt: '2023-07-31T02:59:30.000Z' }),
      '400 input.invalid collection.ends_before_start',
    ],
    [
      'is of last year',
      parcel({ startedAt: '2022-07-01T00:00:00.000Z', endedAt: '2022-07-01T00:00:00.000Z' }),
      '400 input.invalid collection.too_old',
    ],
    [
      'names a thing with hidden characters',
      parcel({ items: [{ resource: 'a\u202Eb', facts: {} }] }),
      '400 input.invalid deceptive_character',
    ],
    [
      'has no output',
      parcel({}, { raw: { name: 'x', base64: '' } }),
      '400 input.invalid evidence.file_empty',
    ],
    ['has other fields', parcel({}, { extra: 1 }), '400 input.invalid unrecognized_key'],
    [
      'holds card numbers',
      parcel({}, { raw: { name: 'x.txt', base64: base64('card 4539578763621486 end') } }),
      '400 evidence.card_numbers evidence.card_number',
    ],
  ])('is refused whole when what it sends %s', async (_, body, expected) => {
    expect(await refused(() => send({ body }))).toBe(expected)
  })

  it('may call things by the names that hostile hosts have', async () => {
    const items = [
      {
        resource: '192.0.2.1:22',
        facts: {
          ciphers: ['x-cbc'],
          constructor: 1,
          'a\u0000b': '\ud800',
          '</script>': "'; drop table evidence",
        },
      },
    ]
    const response = await send({ body: parcel({ items }) })
    expect(response.statusCode, response.body).toBe(201)
    expect(response.json()).toMatchObject({ runs: [{ fail: 1 }] })
    const runs = await answer(world.runtime, home.manager, listRuns, { id: check.id })
    const made = runs.items.find(({ id }) => id === response.json().runs[0].id)
    expect(made).toMatchObject({ problem: null, counts: { fail: 1 } })
  })
})
