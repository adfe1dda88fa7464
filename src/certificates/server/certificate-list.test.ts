import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { event, isms, socTerm, term } from '../../../tests/support/certificates.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { writeRows } from '../../db/save.ts'
import { writing } from '../../db/transaction.ts'
import { addDays } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { answer } from '../../server/execute.ts'
import { type Certificate, certificate, successionsOf } from '../certificate.ts'
import { certificateStates, stateOn } from '../cycle.ts'
import { eventKinds } from '../event.ts'
import type { CertificateAnswer } from './answers.ts'
import { listCertificates } from './queries.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld('certificate-list')
})
afterAll(() => world.close())

// Straight into the table: the rules would refuse most of what a random generator makes, and old data may be odd too.
const store = (home: Home, records: readonly Certificate[]) =>
  writing(world.database, home.organisationId, (tx) =>
    writeRows(
      tx,
      certificate,
      home.organisationId,
      records.map((one) => ({ ...one, version: 1 })),
    ),
  )

async function wholeList(home: Home, input: object, asOf?: string): Promise<CertificateAnswer[]> {
  const items: CertificateAnswer[] = []
  const caller = { ...home.manager, asOf }
  let cursor: string | undefined
  do {
    const page = await answer(world.runtime, caller, listCertificates, { ...input, limit: 200, cursor })
    items.push(...page.items)
    expect(page.total).toBeGreaterThanOrEqual(items.length)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return items
}

// Days at the ends of months and years, so that the days asked about are often the last or first of something.
const years = [2019, 2020, 2021, 2022, 2023, 2024]
const corners = [
  '2020-02-29',
  ...years.flatMap((year) => ['01-01', '01-31', '07-01', '12-31'].map((rest) => `${year}-${rest}`)),
]
const day = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...corners) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2600 }).map((offset) => addDays('2019-01-01', offset)) },
)
// Absent half the time: what a scheme allows counts only where the paper says nothing.
const maybeDay = fc.option(day, { freq: 2 })

const randomTerm = fc
  .record({
    id: fc.uuid({ version: 4 }),
    decisionDate: maybeDay,
    issueDate: maybeDay,
    effectiveDate: maybeDay,
    expiryDate: maybeDay,
    report: fc.option(
      fc.record({ periodFrom: maybeDay, periodTo: maybeDay, asOfDate: maybeDay }).map((days) => ({
        ...days,
        type: 2 as const,
        categories: [],
        opinion: 'unmodified' as const,
        qualification: null,
        use: 'restricted' as const,
        countMode: 'criteria' as const,
      })),
    ),
    pci: fc.option(
      fc.record({ rocDate: maybeDay, aocDate: maybeDay }).map((days) => ({
        ...days,
        level: 1,
        role: 'merchant' as const,
        assessor: { en: 'Example QSA' },
        result: 'compliant' as const,
        coverage: 'full' as const,
      })),
    ),
  })
  .map((parts) => term({ ...parts, edition: null }))

const randomEvent = fc.record({
  id: fc.uuid({ version: 4 }),
  kind: fc.constantFrom(...eventKinds, 'suspension', 'reinstatement', 'withdrawal', 'bridge-letter'),
  on: day,
  outcome: fc.constantFrom('passed', 'failed', 'none'),
  note: fc.constant(null),
})

const randomCertificate = (all: readonly string[], reports: readonly string[]) =>
  fc
    .record({
      id: fc.uuid({ version: 4 }),
      scheme: fc.oneof(fc.constantFrom(...all), fc.constantFrom(...reports)),
      terms: fc.array(randomTerm, { maxLength: 3 }),
      events: fc.array(randomEvent, { maxLength: 5 }),
    })
    .map((parts) => isms({ ...(parts as Partial<Certificate>), number: null }))

describe('the filter by state', () => {
  it('finds exactly the certificates whose state says so, on every day, for every scheme', async () => {
    const home = await foundHome(world)
    const { schemes } = world.runtime.catalogue
    const reports = [...schemes.values()].filter((one) => one.reportUse !== null).map((one) => one.key)
    const records = fc
      .sample(randomCertificate([...schemes.keys()], reports), { numRuns: 300, seed: 20_230_731 })
      .map((one, at) => ({ ...one, key: `c-${at}` }))
    // A letter of the very day on which the period ends bridges nothing, and chance does not find it.
    const letters = ['2021-12-31', '2022-01-01'].map((on, at) =>
      isms({
        id: newId(world.runtime.random),
        key: `c-late-letter-${at}`,
        scheme: 'soc2',
        number: null,
        terms: [
          socTerm('restricted', { periodTo: '2020-12-31' }),
          { ...socTerm('restricted', { periodTo: '2021-12-31' }), issueDate: '2022-03-31' },
        ],
        events: [event('bridge-letter', on)],
      }),
    )
    const letter = isms({
      id: newId(world.runtime.random),
      key: 'c-letter',
      scheme: 'soc2',
      number: null,
      terms: [socTerm('restricted', { periodTo: '2021-12-31' })],
      events: [event('bridge-letter', '2021-12-31')],
    })
    records.push(letter, ...letters)
    // Every seventh certificate follows another one or two of them, in whatever states those are.
    for (const [at, one] of records.entries())
      if (at % 7 === 0)
        one.predecessors = [records[(at * 31 + 5) % 300]?.id, records[(at * 17 + 2) % 300]?.id].flatMap(
          (found) => found ?? [],
        )
    const successions = successionsOf(records)
    expect(await store(home, records)).toBe(303)
    const seen = new Set<string>()
    const days = [
      '2018-12-31',
      '2020-02-28',
      '2020-02-29',
      '2021-12-31',
      '2022-01-01',
      '2022-06-30',
      '2023-01-01',
      '2023-07-01',
      '2024-06-30',
      '2024-12-31',
      '2026-06-30',
    ]
    for (const on of days) {
      const expected = Map.groupBy(records, (one) => {
        const scheme = schemes.get(one.scheme)
        if (!scheme) throw new Error(one.scheme)
        return stateOn(one, scheme, on, successions.get(one.id) ?? null)
      })
      for (const state of certificateStates) {
        const wanted = (expected.get(state) ?? []).map((one) => one.key).sort()
        if (wanted.length > 0) seen.add(state)
        const found = await wholeList(home, { state }, on)
        expect([on, state, found.map((one) => one.key).sort()]).toEqual([on, state, wanted])
        // The answer computes each row's state by the pure rule: the two cannot part.
        expect(new Set(found.map((one) => one.state)).size).toBeLessThanOrEqual(1)
      }
      const sorted = (await wholeList(home, { sort: 'state' }, on)).map((one) => one.state)
      expect(sorted).toEqual(
        sorted.toSorted((a, b) => certificateStates.indexOf(a) - certificateStates.indexOf(b)),
      )
      expect(sorted).toHaveLength(303)
    }
    // The sample reaches every state, so that none is compared only with nothing.
    expect(seen.size).toBe(certificateStates.length)
  })
})

describe('a register of a thousand', () => {
  let home: Home

  beforeAll(async () => {
    home = await foundHome(world, 'Large Corporation', 'large')
    const schemes = [...world.runtime.catalogue.schemes.keys()]
    const records = Array.from({ length: 1000 }, (_, at) =>
      isms({
        id: newId(world.runtime.random),
        key: `k-${(at * 7919) % 1000}`,
        scheme: schemes[at % 5] ?? 'iso27001',
        number: at % 3 === 0 ? null : `日 ${String((at * 31) % 1000)}`,
        holders: [{ entityId: home.root.id, from: null, to: null }],
        // Many ends on the same day, and some certificates without any.
        terms:
          at % 10 === 0 ? [] : [term({ expiryDate: at % 7 === 0 ? null : addDays('2023-01-01', at % 40) })],
      }),
    )
    expect(await store(home, records)).toBe(1000)
  })

  for (const sort of ['key', 'number', 'scheme', 'expiry', 'state'])
    for (const order of ['asc', 'desc'])
      it(`is paged through by ${sort} ${order} with each certificate exactly once`, async () => {
        const items = await wholeList(home, { sort, order })
        expect(items).toHaveLength(1000)
        expect(new Set(items.map((one) => one.id)).size).toBe(1000)
        if (sort !== 'expiry') return
        const ends = items.map((one) => one.terms.at(-1)?.expiryDate ?? '9999-12-31')
        const sorted = [...ends].sort()
        expect(ends).toEqual(order === 'asc' ? sorted : sorted.reverse())
      })

  it('orders one way exactly as backwards the other way', async () => {
    for (const sort of ['key', 'number', 'scheme', 'expiry', 'state']) {
      const up = await wholeList(home, { sort, order: 'asc' })
      const down = await wholeList(home, { sort, order: 'desc' })
      expect(down.map((one) => one.id).reverse()).toEqual(up.map((one) => one.id))
    }
  })

  it('refuses a cursor of another order', async () => {
    const page = await answer(world.runtime, home.manager, listCertificates, { sort: 'key' })
    await expect(
      answer(world.runtime, home.manager, listCertificates, { sort: 'expiry', cursor: page.nextCursor }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/cursor', code: 'request.cursor' }] })
  })

  it('asks the database equally often for one certificate as for two hundred', async () => {
    const query = vi.spyOn(pg.Client.prototype, 'query')
    try {
      const asked = async (limit: number) => {
        query.mockClear()
        expect((await answer(world.runtime, home.manager, listCertificates, { limit })).items).toHaveLength(
          limit,
        )
        return query.mock.calls.length
      }
      const [one, many] = [await asked(1), await asked(200)]
      expect(one).toBeGreaterThan(0)
      expect(many).toBe(one)
    } finally {
      query.mockRestore()
    }
  })

  it('finds text literally, whatever it means to LIKE', async () => {
    const find = async (text: string) =>
      (await answer(world.runtime, home.manager, listCertificates, { text })).total
    expect([await find('%'), await find('_'), await find('\\'), await find("' or true --")]).toEqual([
      0, 0, 0, 0,
    ])
    expect(await find('日 3')).toBeGreaterThan(0)
  })
})
