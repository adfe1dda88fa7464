import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { foundHome, type Home, makeWorld, seededRandom, type World } from '../../../tests/support/world.ts'
import { reading, writing } from '../../db/transaction.ts'
import { newId } from '../../kernel/id.ts'
import { answer } from '../../server/execute.ts'
import { listEvidence } from './queries.ts'

// What was known at an instant is read from the log, where no index is: the same question asked both ways must have the
// same answer. The clock of the world stands there.
const knownAt = '2023-07-31T03:00:00.000Z'

let world: World
let home: Home
let plant: Planter
let other: Home
let elsewhere: Planter

beforeAll(async () => {
  world = await makeWorld('search')
  home = await foundHome(world)
  plant = planter(world, home)
  other = await foundHome(world, 'Other Corporation', 'other')
  elsewhere = planter(world, other)
})
afterAll(() => world.close())

const file = (name: string) => ({
  id: newId(world.runtime.random),
  name,
  mediaType: 'text/plain',
  size: 3,
  digest: '0'.repeat(64),
  cardNumbers: 'clean' as const,
  notInspected: [],
})

const found = (input: Record<string, unknown>, at: Record<string, unknown> = {}) =>
  answer(world.runtime, { ...home.owner, ...at }, listEvidence, { limit: 200, ...input })

const ids = async (input: Record<string, unknown>, at: Record<string, unknown> = {}) =>
  (await found(input, at)).items.map(({ id }) => id).sort()

const words = [
  'Access review',
  '第3四半期',
  '監査',
  '権限の棚卸し',
  'BACKUP',
  'a_b',
  '50%',
  'C:\\x',
  '"quoted"',
  'é',
  '😀',
  'ß',
  'Ⅳ',
  '結果ok',
]

describe('evidence by a text', () => {
  it('is found by the index as it is without one, in every language and with every sign', async () => {
    const random = seededRandom('texts')
    const one = () => words[(random(1)[0] ?? 0) % words.length] ?? ''
    const some = () => `${one()}${one()} ${one()}`
    for (let at = 0; at < 40; at++) {
      await plant.evidence(some(), home.root.id, {
        description: at % 3 === 0 ? `${some()}\n${some()}` : null,
        collector: at % 4 === 0 ? some() : null,
        files: at % 5 === 0 ? [file(`${one()}.csv`), file(one())] : [],
      })
      await elsewhere.evidence(some(), other.root.id)
    }
    const parts = words.flatMap((word) => {
      const signs = [...word]
      return [
        word,
        word.toUpperCase(),
        signs.slice(1).join(''),
        ...signs,
        ...signs.map((_, at) => signs.slice(at, at + 2).join('')),
      ]
    })
    const needles = [
      ...new Set([...parts, 'review監査', '査 第3', 'nothing of this', '  ', '%', '_', 'ok.csv']),
    ]
    const matched = new Set<number>()
    for (const text of needles.filter((needle) => needle !== '')) {
      const seen = await ids({ text })
      matched.add(seen.length)
      expect([text, seen]).toEqual([text, await ids({ text }, { knownAt })])
    }
    // Some are everywhere, some nowhere: the comparison was one of different answers.
    expect(matched.has(0)).toBe(true)
    expect(matched.size).toBeGreaterThan(5)
  })

  it('is found together with other filters, and page by page', async () => {
    for (const input of [
      { text: '監査', sort: 'title' },
      { text: 'review', from: '2023-01-05', to: '2023-01-20' },
    ]) {
      const whole = (await found(input)).items.map(({ id }) => id)
      expect(whole.length).toBeGreaterThan(4)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof found>> = await found({
          ...input,
          limit: 3,
          ...(cursor ? { cursor } : {}),
        })
        expect(page.total).toBe(whole.length)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor)
      expect(seen).toEqual(whole)
    }
  })
})

describe('evidence by what it is linked to', () => {
  it('is found by the index as it is without one', async () => {
    const how = await plant.implementation((await plant.control('ACC-01')).id, home.root.id)
    const due = await plant.occurrence(how.id, '2023-07-20')
    const asset = newId(world.runtime.random)
    const requirements = [{ edition: 'iso27001-2022', requirement: 'A.5.1' }]
    await plant.evidence('One', home.root.id, { implementationIds: [how.id], requirements })
    await plant.evidence('Two', home.root.id, { occurrenceIds: [due.id], assetIds: [asset] })
    await plant.evidence('Three', home.root.id, { implementationIds: [how.id], occurrenceIds: [due.id] })
    const edition = 'iso27001-2022'
    for (const [input, count] of [
      [{ implementation: how.id }, 2],
      [{ occurrence: due.id }, 2],
      [{ asset }, 1],
      [{ edition }, 1],
      [{ edition, requirement: 'A.5.1' }, 1],
      [{ edition, requirement: 'A.5.2' }, 0],
      [{ implementation: how.id, occurrence: due.id }, 1],
      [{ implementation: how.id, text: 'thre' }, 1],
      [{ edition: '', text: 'two' }, 1],
    ] as const) {
      expect([input, await ids(input)]).toEqual([input, await ids(input, { knownAt })])
      expect((await found(input)).total).toBe(count)
    }
  })
})

type Asked = { named?: string; text?: string; most?: number }

/** What the function itself answers to the application, in an organisation or in none. */
const candidates = (organisationId: string, { named, text, most = 5 }: Asked) =>
  reading(world.database, organisationId, async (tx) => {
    const { rows } = await sql<{ ids: string[] | null }>`
      select evidence_candidates(${named ? JSON.stringify([named]) : null}::jsonb, null, null, null, ${text ?? null}, ${most}::int) as ids`.execute(
      tx,
    )
    return rows[0]?.ids ?? null
  })

describe('the function that looks past row-level security', () => {
  it('tells no row of another organisation, and none to nobody', async () => {
    const how = await elsewhere.implementation((await elsewhere.control('ACC-01')).id, other.root.id)
    const secret = await elsewhere.evidence('Zebra crossing', other.root.id, { implementationIds: [how.id] })
    expect(await candidates(other.organisationId, { text: 'zebra' })).toEqual([secret.id])
    expect(await candidates(other.organisationId, { named: how.id })).toEqual([secret.id])
    const nobody = newId(world.runtime.random)
    for (const organisationId of [home.organisationId, nobody]) {
      expect(await candidates(organisationId, { text: 'zebra' })).toEqual([])
      expect(await candidates(organisationId, { named: how.id })).toEqual([])
    }
    const { rows } = await sql<{ ids: string[] }>`
      select evidence_candidates(null, null, null, null, 'zebra', 5) as ids`.execute(world.database.kysely)
    expect(rows[0]?.ids).toEqual([])
    expect((await found({ text: 'zebra' })).total).toBe(0)
  })

  it('tells nothing where it would have to tell much, or has nothing to look for', async () => {
    expect(await candidates(home.organisationId, { text: 'review', most: 1 })).toBeNull()
    expect(await candidates(home.organisationId, { text: 'ab' })).toBeNull()
    expect(await candidates(home.organisationId, { text: '査' })).toBeNull()
    expect(await candidates(home.organisationId, {})).toBeNull()
  })

  it('is there for the application and for nobody else', async () => {
    const { rows } = await sql<{ may: boolean; rest: boolean }>`
      select has_function_privilege('assay_app', p.oid, 'execute') as may, coalesce(p.proacl::text, '=X') ~ '[{,]=X' as rest
      from pg_proc p where proname = 'evidence_candidates'`.execute(world.database.kysely)
    expect(rows).toEqual([{ may: true, rest: false }])
  })
})

describe('the index of the implementations in evidence', () => {
  it('follows evidence, and nobody else writes it', async () => {
    const linked = () =>
      reading(world.database, home.organisationId, async (tx) => {
        const { rows } = await sql<{ same: boolean }>`
          select not exists (
            (select evidence_id, implementation_id, valid_until from evidence_link
              except select e.id, named.id::uuid, e.valid_until from evidence e, jsonb_array_elements_text(e.implementation_ids) as named(id))
            union all
            (select e.id, named.id::uuid, e.valid_until from evidence e, jsonb_array_elements_text(e.implementation_ids) as named(id)
              except select evidence_id, implementation_id, valid_until from evidence_link)) as same`.execute(
          tx,
        )
        return rows[0]?.same
      })
    expect(await linked()).toBe(true)
    await expect(
      writing(world.database, home.organisationId, (tx) =>
        sql`insert into evidence_link values (${home.organisationId}::uuid, ${home.root.id}::uuid, ${home.root.id}::uuid, '2023-01-01')`.execute(
          tx,
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
