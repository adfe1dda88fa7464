import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { term } from '../../../tests/support/certificates.ts'
import { foundHome, type Home, makeWorld, seededRandom, type World } from '../../../tests/support/world.ts'
import { evidence } from '../../evidence/evidence.ts'
import { addDays } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { requestsDue } from '../../trust/server/request-due-queries.ts'
import { countDueDays, listDue } from './queries.ts'

const due = listDue([requestsDue])
const days = countDueDays([requestsDue])

// Where the clock of the test's world stands.
const today = '2023-07-31'

let world: World
let home: Home
let plant: Planter
let below: Id
let aside: Id

const entity = async (key: string) =>
  (
    await execute(world.runtime, home.owner, createEntity, {
      key,
      parentId: home.root.id,
      kind: 'company',
      name: { en: key },
      country: null,
      memberFrom: null,
      memberTo: null,
    })
  ).id

beforeAll(async () => {
  world = await makeWorld('due')
  home = await foundHome(world)
  plant = planter(world, home)
  below = await entity('below')
  aside = await entity('aside')
})
afterAll(() => world.close())

const list = async (caller: Caller, input: Record<string, unknown> = {}) =>
  answer(world.runtime, caller, due, input)

const short = async (caller: Caller, input: Record<string, unknown> = {}) =>
  (await list(caller, input)).items.map((one) => [one.kind, one.title.en, one.dueOn, one.state])

describe('what is due', () => {
  it('comes from occurrences, evidence, controls, certificates and programmes, in the order of days', async () => {
    const hana = await plant.somebody('Hana', 'contributor', below)
    const access = await plant.control('ACC-01', { ownerId: hana.id })
    const how = await plant.implementation(access.id, below)
    await plant.occurrence(how.id, '2023-07-20')
    await plant.occurrence(how.id, today)
    await plant.occurrence(how.id, '2023-08-10', {
      attempts: [{ id: hana.id, on: '2023-07-30', personId: null, outcome: 'pass', note: null }],
    })
    await plant.occurrence(how.id, '2023-06-30', {
      missed: { reason: 'Closed that day.', personId: null, on: '2023-07-02' },
    })
    await plant.occurrence(how.id, '2023-08-14', { cancelled: { reason: 'No.', on: '2023-07-01' } })
    const named = { implementationIds: [how.id] }
    await plant.evidence('Old export', below, { ...named, validUntil: '2023-05-31' })
    await plant.evidence('New export', below, { ...named, validUntil: '2023-08-29' })
    await plant.evidence('Refused export', below, {
      ...named,
      validUntil: '2023-12-31',
      review: { verdict: 'rejected', personId: hana.id, on: '2023-07-01', note: null },
    })
    await plant.evidence('Fresh export', below, { collectedOn: '2023-07-25', review: null })
    await plant.control('ACC-02', { review: null, ownerId: hana.id })
    await plant.programme('isms', below, {
      cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: '2023-10-02' }],
      ownerId: hana.id,
    })
    expect(await short(home.owner)).toEqual([
      ['occurrence', 'Carry out: ACC-01', '2023-07-20', 'overdue'],
      ['occurrence', 'Carry out: ACC-01', today, 'due-soon'],
      ['evidence-review', 'Review evidence: Fresh export', '2023-08-08', 'due-soon'],
      ['evidence', 'Renew evidence: New export', '2023-08-29', 'due-soon'],
      ['control-review', 'Confirm control: ACC-02', '2023-10-02', 'upcoming'],
      ['programme-audit', 'Audit begins: isms', '2023-10-02', 'due-soon'],
      ['programme-cycle', 'Cycle ends: isms', '2023-12-31', 'upcoming'],
    ])
    const all = await list(home.owner)
    expect(all).toMatchObject({ day: today, total: 7, overdue: 1, dueSoon: 4, upcoming: 2, escalated: 1 })
    expect(all.items[0]).toMatchObject({ escalated: true, person: { id: hana.id }, entities: [below] })
    expect(all.items[0]?.title.ja).toBe('実施：ACC-01（日本語）')
  })

  it('of a certificate are its open steps and its end, with the lead time of its scheme', async () => {
    const one = await plant.certificate({
      number: 'IS 1',
      holders: [{ entityId: aside, from: null, to: null }],
      terms: [],
    })
    expect((await list(home.owner, { entity: aside })).total).toBe(0)
    const paper = await plant.certificate({
      key: 'paper',
      number: 'IS 2',
      holders: [{ entityId: aside, from: null, to: null }],
      terms: [
        term({
          decisionDate: '2022-09-01',
          issueDate: '2022-09-02',
          effectiveDate: '2022-09-02',
          expiryDate: '2025-08-31',
          edition: null,
          standard: 'ISO/IEC 27001:2022',
        }),
      ],
    })
    expect(one.id).not.toBe(paper.id)
    const found = await list(home.owner, { entity: aside, kind: 'certificate' })
    expect(found.items.map((each) => [each.subject.split(':')[2], each.dueOn])).toContainEqual([
      'expiry',
      '2025-08-31',
    ])
    expect(found.items.map((each) => each.subject.split(':')[2])).toContain('surveillance-1')
    expect(found.items.every((each) => each.recordId === paper.id)).toBe(true)
    expect((await list(home.owner, { entity: below, kind: 'certificate' })).total).toBe(0)
  })

  it('is shown as far as its reader may see', async () => {
    const elsewhere = await plant.somebody('Ren', 'contributor', aside)
    const subjects = (await list(elsewhere.caller)).items
    expect(new Set(subjects.map((one) => one.kind))).toEqual(new Set(['certificate']))
    const there = await plant.somebody('Sora', 'reader', below)
    const seen = await list(there.caller)
    expect(seen.items.map((one) => one.kind)).toContain('occurrence')
    // Which words wait to be confirmed is told to who owns them and to readers of the whole.
    expect(seen.items.map((one) => one.kind)).not.toContain('control-review')
    expect(seen.items.every((one) => one.abilities.length === 0)).toBe(true)
  })

  it('can be cut by person, kind, state, window and programme', async () => {
    const hana = (await list(home.owner, { kind: 'control-review' })).items[0]?.person?.id ?? ''
    expect((await list(home.owner, { person: hana })).total).toBe(6)
    expect((await list(home.owner, { person: 'none' })).items.map((one) => one.kind)).toContain(
      'evidence-review',
    )
    expect((await list(home.owner, { person: 'me' })).total).toBe(0)
    expect((await list(home.owner, { state: 'overdue', kind: 'occurrence' })).total).toBe(1)
    expect((await list(home.owner, { state: 'escalated', kind: 'occurrence' })).total).toBe(1)
    const window = { from: today, to: addDays(today, 30), entity: below }
    expect((await list(home.owner, window)).items.map((one) => one.dueOn)).toEqual([
      today,
      '2023-08-08',
      '2023-08-29',
    ])
    const { items } = await list(home.owner, { kind: 'programme-audit' })
    const programme = items[0]?.recordId
    expect((await list(home.owner, { programme })).items.map((one) => one.kind)).toEqual([
      'programme-audit',
      'programme-cycle',
    ])
    const counted = await answer(world.runtime, home.owner, days, window)
    expect(counted.days.map((one) => [one.day, one.total])).toEqual([
      [today, 1],
      ['2023-08-08', 1],
      ['2023-08-29', 1],
    ])
  })

  it('is paged without loss or repetition', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(home.owner, {
        limit: 2,
        ...(cursor ? { cursor } : {}),
      })
      seen.push(...page.items.map((one) => one.subject))
      cursor = page.nextCursor
    } while (cursor)
    const whole = (await list(home.owner)).items.map((one) => one.subject)
    expect(seen).toEqual(whole)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('asks the same number of queries for one thing as for hundreds', async () => {
    const how = await plant.implementation((await plant.control('MANY-01')).id, below)
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    const count = async () => {
      spy.mockClear()
      expect((await list(home.owner, { limit: 200 })).items.length).toBeGreaterThan(0)
      return spy.mock.calls.length
    }
    const few = await count()
    for (let day = 0; day < 60; day++) await plant.occurrence(how.id, addDays('2023-09-01', day))
    expect(await count()).toBe(few)
    spy.mockRestore()
  })
})

describe('what is due, found by indexes,', () => {
  it('is what the log says item by item', async () => {
    const random = seededRandom('due by index')
    const below100 = () => (random(1)[0] ?? 0) % 100
    // What was done was done by today; what holds may hold for longer.
    const day = () => addDays('2023-01-01', below100() * 2)
    const until = () => addDays('2023-01-01', below100() * 4)
    const ways = await Promise.all(
      ['INDEX-1', 'INDEX-2', 'INDEX-3', 'INDEX-4'].map(async (code) =>
        plant.implementation((await plant.control(code)).id, below),
      ),
    )
    const some = () => ways.filter(() => below100() < 40).map(({ id }) => id)
    const judge = (verdict: 'accepted' | 'rejected') => ({ verdict, personId: below, on: day(), note: null })
    for (let at = 0; at < 60; at++) {
      const review = [judge('accepted'), judge('accepted'), judge('rejected'), null][below100() % 4] ?? null
      const one = await plant.evidence(`Item ${at}`, below, {
        implementationIds: some(),
        collectedOn: day(),
        // Some end on one day, so that a tie has to be broken.
        validUntil: below100() < 30 ? '2023-10-10' : until(),
        withdrawn: below100() < 10 ? { on: day(), reason: 'Wrong.' } : null,
        review,
      })
      if (below100() < 30)
        await plant.put(evidence, { ...one, implementationIds: some(), validUntil: until() })
    }
    for (let at = 0; at < 20; at++)
      await plant.occurrence(ways[at % 4]?.id ?? '', addDays('2023-05-01', at * 9), {
        attempts: [
          {
            id: below,
            on: '2023-07-01',
            personId: null,
            outcome: at % 3 === 0 ? 'pass' : 'fail',
            note: null,
          },
        ],
      })
    const knownAt = '2023-07-31T03:00:00.000Z'
    for (const asOf of [undefined, '2023-05-05', '2023-07-30', '2023-12-01']) {
      const now = await list({ ...home.owner, asOf }, { limit: 200 })
      expect(now.items.filter((one) => one.kind === 'evidence').length).toBeGreaterThan(0)
      expect(await list({ ...home.owner, asOf, knownAt }, { limit: 200 })).toEqual({
        ...now,
        items: now.items.map((one) => ({ ...one, abilities: [] })),
      })
    }
  })
})
