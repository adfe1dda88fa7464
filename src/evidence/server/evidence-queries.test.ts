import fc from 'fast-check'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { carriedOut, itemInput, sentFile } from '../../../tests/support/evidence.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Implementation } from '../../controls/implementation.ts'
import type { Occurrence } from '../../controls/occurrence.ts'
import { raiseOccurrence } from '../../controls/server/occurrence-commands.ts'
import { writeRows } from '../../db/save.ts'
import { writing } from '../../db/transaction.ts'
import { addDays } from '../../kernel/day.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { answer, execute } from '../../server/execute.ts'
import { type Evidence, evidence } from '../evidence.ts'
import type { FileFacts } from '../file.ts'
import { evidenceStates, stateOn } from '../state.ts'
import { addEvidence, sendEvidence } from './commands.ts'
import { listEvidence } from './queries.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld('evidence-queries')
})
afterAll(() => world.close())
afterEach(() => {
  vi.restoreAllMocks()
})

const store = (home: Home, records: readonly Evidence[]): Promise<number> =>
  writing(world.database, home.organisationId, (tx) => writeRows(tx, evidence, home.organisationId, records))

// The world's clock stands at this day in the time zone of its organisations.
const today = '2023-07-31'
// Around the days that are asked about, so that they are often the first or last of something.
const corners = ['2022-12-31', '2023-01-01', '2023-02-28', '2023-03-01', '2023-07-30', today]
const day = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...corners) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 240 }).map((after) => addDays('2022-12-04', after)) },
)
// What somebody did was done by today; what an item says of itself may lie ahead.
const done = day.filter((one) => one <= today)
const ahead = fc.tuple(day, fc.constantFrom(0, 0, 1, 30, 300)).map(([one, more]) => addDays(one, more))

const seldom = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: done })

const randomItem = fc.record({
  aboutFrom: day,
  collectedOn: day,
  validUntil: ahead,
  toleranceDays: fc.constantFrom(0, 0, 1, 30, 92),
  review: fc.option(
    fc.record({
      verdict: fc.constantFrom('accepted' as const, 'accepted' as const, 'rejected' as const),
      on: done,
    }),
    { freq: 4 },
  ),
  withdrawn: seldom,
  disposed: seldom,
})

const itemOf = (home: Home, parts: Partial<Evidence>): Evidence => ({
  id: newId(world.runtime.random),
  version: 1,
  title: 'Of the sample',
  description: null,
  location: null,
  entityId: home.root.id,
  source: 'uploaded',
  collector: null,
  collectorId: null,
  addedById: null,
  aboutFrom: '2023-01-01',
  aboutTo: parts.aboutFrom ?? '2023-01-01',
  collectedOn: '2023-01-01',
  collectedAt: null,
  validUntil: '2023-12-31',
  validityStated: false,
  toleranceDays: 0,
  files: [],
  data: null,
  implementationIds: [],
  occurrenceIds: [],
  requirements: [],
  assetIds: [],
  review: null,
  replaces: null,
  withdrawn: null,
  retainUntil: null,
  hold: null,
  disposed: null,
  ...parts,
})

async function idsIn(home: Home, state: string, asOf: string): Promise<Id[]> {
  const caller = asOf === today ? home.manager : { ...home.manager, asOf }
  const ids: Id[] = []
  let cursor: string | undefined
  do {
    const page = await answer(world.runtime, caller, listEvidence, { state, limit: 200, cursor })
    ids.push(...page.items.map(({ id }) => id))
    expect(new Set([...page.items.map((one) => one.state), state])).toEqual(new Set([state]))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return ids.sort()
}

describe('the state in SQL', () => {
  it('is the state of the rule, for every item on every day', async () => {
    const home = await foundHome(world)
    const items = fc.sample(randomItem, { numRuns: 400, seed: 20_230_731 }).map(({ review, ...one }) =>
      itemOf(home, {
        ...one,
        review: review && { ...review, personId: home.organisationId, note: null },
        withdrawn: one.withdrawn === null ? null : { on: one.withdrawn, reason: 'Not so' },
        disposed: one.disposed === null ? null : { on: one.disposed, basis: 'The plan' },
      }),
    )
    expect(await store(home, items)).toBe(400)
    const seen = new Set<string>()
    for (const asked of [...corners, '2023-05-15', '2023-08-31']) {
      const expected = Map.groupBy(items, (one) => stateOn(one, asked))
      for (const state of evidenceStates) {
        const wanted = (expected.get(state) ?? []).map(({ id }) => id).sort()
        if (wanted.length > 0) seen.add(state)
        expect([asked, state, await idsIn(home, state, asked)]).toEqual([asked, state, wanted])
      }
    }
    // The sample reaches every state, so that none is compared only with nothing.
    expect(seen.size).toBe(evidenceStates.length)
  })
})

/** How many statements some work sends to the database. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  await work()
  const count = spy.mock.calls.length
  spy.mockRestore()
  return count
}

const factsOf = (at: number): FileFacts => ({
  name: `${at}.txt`,
  mediaType: 'text/plain',
  size: 1,
  digest: at.toString(16).padStart(64, '0'),
  cardNumbers: 'clean',
  notInspected: [],
})

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

describe('as many statements for many as for few', () => {
  it('a page of the register', async () => {
    const home = await foundHome(world, 'Few and many', 'few')
    const page = () => answer(world.runtime, home.manager, listEvidence, { limit: 200 })
    await store(
      home,
      times(2, () => itemOf(home, {})),
    )
    await page()
    const few = await statements(page)
    await store(
      home,
      times(150, () => itemOf(home, {})),
    )
    expect((await page()).items.length).toBe(152)
    expect(await statements(page)).toBeLessThanOrEqual(few)
  })

  it('recording an item, and the task’s item for what was carried out, whatever it is linked to', async () => {
    const home = await foundHome(world, 'Linked', 'linked')
    const implementations: Implementation[] = []
    const occurrences: Occurrence[] = []
    for (let at = 0; at < 8; at += 1) {
      const frequency = { kind: 'event', trigger: { en: 'An incident' }, withinDays: 19 } as const
      const one = await carriedOut(world, home, `ACC-9${at}`, { frequency })
      const raised = { id: one.id, on: '2023-07-01', trigger: 'An incident' }
      implementations.push(one)
      occurrences.push(await execute(world.runtime, home.owner, raiseOccurrence, raised))
    }
    const add = async (links: number, count: number) => {
      const files: Id[] = []
      for (let at = 0; at < count; at += 1)
        files.push((await sentFile(world, home.owner, `${links} ${at}`)).id)
      return statements(async () => {
        const one = await execute(world.runtime, home.owner, addEvidence, {
          ...itemInput(home),
          implementationIds: implementations.slice(0, links).map(({ id }) => id),
          occurrenceIds: occurrences.slice(0, links).map(({ id }) => id),
          files,
        })
        expect([one.files.length, one.occurrenceIds.length]).toEqual([count, links])
      })
    }
    expect(await add(8, 12)).toBe(await add(1, 1))
  })

  it('an item that comes with its files, which needs fewer than sending and recording', async () => {
    const home = await foundHome(world, 'At once', 'at-once')
    const send = (count: number) =>
      statements(() =>
        execute(world.runtime, home.manager, sendEvidence, {
          ...itemInput(home),
          sent: times(count, factsOf),
        }),
      )
    const [few, many] = [await send(1), await send(40)]
    expect(many).toBe(few)
    const apart = await statements(async () => {
      const file = await sentFile(world, home.manager)
      await execute(world.runtime, home.manager, addEvidence, { ...itemInput(home), files: [file.id] })
    })
    expect(few).toBeLessThan(apart)
    expect(few).toBeLessThanOrEqual(6)
  })
})
