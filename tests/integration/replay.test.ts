import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reading } from '../../src/db/transaction.ts'
import { replayFindings } from '../../src/log/server/replay.ts'
import {
  createEntity,
  createService,
  updateEntity,
  updateOrganisation,
  updateService,
} from '../../src/organisation/server/commands.ts'
import { getOrganisation, listEntities, listServices } from '../../src/organisation/server/queries.ts'
import { answer, execute } from '../../src/server/execute.ts'
import { recordTypes } from '../../src/server/nouns.ts'
import { makeProgramme } from '../support/trust-world.ts'
import { foundHome, type Home, makeWorld, type World } from '../support/world.ts'
import { type Doing, doings, type Step as ProgrammeStep, step, works } from './replay-steps.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('replay')
  home = await foundHome(world)
})
afterAll(() => world.close())

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((value) => `n${value.replaceAll(/[\p{C}\p{Z}\u00AD]/gu, '')}`)
const day = fc.constantFrom(null, '2019-12-31', '2020-02-29', '2024-07-01')
const pick = fc.nat(1000)

const command = fc.oneof(
  fc.record({ do: fc.constant('organisation' as const), name: text }),
  fc.record({ do: fc.constant('entity' as const), name: text, from: day, to: day, at: pick }),
  fc.record({ do: fc.constant('change entity' as const), name: text, from: day, to: day, at: pick }),
  fc.record({ do: fc.constant('service' as const), name: text, from: day, to: day, at: pick }),
  fc.record({ do: fc.constant('change service' as const), name: text, from: day, to: day, at: pick }),
)

type Step = typeof command extends fc.Arbitrary<infer T> ? T : never

let counter = 0

const one = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)]

/** Carries out one command; a refusal is as good as a success, as long as it leaves nothing behind. */
async function carryOut(step: Step): Promise<void> {
  const { runtime } = world
  const name = { en: step.name, ja: `${step.name}・日本` }
  if (step.do === 'organisation') {
    const {
      today: _t,
      abilities: _a,
      id: _i,
      ...before
    } = await answer(runtime, home.owner, getOrganisation, {})
    await execute(runtime, home.owner, updateOrganisation, { ...before, name })
    return
  }
  const entity = one((await answer(runtime, home.owner, listEntities, {})).items, step.at)
  const service = one((await answer(runtime, home.owner, listServices, {})).items, step.at)
  const key = `k${++counter}`
  const member = { memberFrom: step.from, memberTo: step.to }
  const offered = { offeredFrom: step.from, offeredTo: step.to }
  if (step.do === 'entity' && entity)
    await execute(runtime, home.owner, createEntity, {
      key,
      parentId: entity.id,
      kind: 'site',
      name,
      country: null,
      ...member,
    })
  if (step.do === 'change entity' && entity) {
    const { member: _m, abilities: _a, ...before } = entity
    await execute(runtime, home.owner, updateEntity, { ...before, name, ...member })
  }
  if (step.do === 'service' && entity)
    await execute(runtime, home.owner, createService, {
      key,
      entityId: entity.id,
      kind: 'product',
      name,
      ...offered,
    })
  if (step.do === 'change service' && service) {
    const { abilities: _a, ...before } = service
    await execute(runtime, home.owner, updateService, { ...before, name, ...offered })
  }
}

const replayed = (organisationId: string) =>
  reading(world.database, organisationId, (tx) => replayFindings(tx, organisationId, recordTypes))

describe('the log of a whole programme', () => {
  it('rebuilds the tables of every noun after any sequence of commands, and a change by hand is seen', async () => {
    const programme = await makeProgramme(world)
    const { organisationId } = programme.home
    const work = works(world, programme)
    const done = new Map<Doing, number>()
    const each = (times: number) =>
      doings.map((doing, at) => ({ do: doing, name: `n${at}`, at: at * times, role: 'reader' as const }))
    const carry = async (sequence: readonly ProgrammeStep[]) => {
      for (const one of sequence) {
        const refused = await work[one.do](one).then(
          (result) => (result === undefined ? 'nothing to work on' : null),
          (error: unknown) => error,
        )
        if (refused === null) done.set(one.do, (done.get(one.do) ?? 0) + 1)
        else if (refused !== 'nothing to work on')
          expect(refused).toMatchObject({
            kind: expect.stringMatching(
              /invalid|conflict|precondition|forbidden|not_found|unavailable|too_many/,
            ),
          })
      }
      expect((await replayed(organisationId)).findings).toEqual([])
    }
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), carry), {
      numRuns: 8,
      seed: 20230731,
      examples: [[each(1)], [each(3)], [each(5)]],
    })
    // Every kind of step has been carried out: a refusal of all of one kind would prove nothing about it.
    expect(doings.filter((doing) => !done.has(doing))).toEqual([])
    // And every noun has records: replaying nothing would prove as little.
    const empty = (await recordCounts(organisationId)).filter(({ records }) => records === 0)
    expect(empty.map(({ noun }) => noun)).toEqual([])
    await seesChangesByHand(organisationId)
  }, 240_000)
})

/** How many records each noun has, by table. */
const recordCounts = (organisationId: string) =>
  reading(world.database, organisationId, async (tx) => {
    const counts: { noun: string; table: string; records: number }[] = []
    for (const { noun, table } of recordTypes) {
      const { rows } = await sql<{
        records: number
      }>`select count(*)::int as records from ${sql.table(table)}`.execute(tx)
      counts.push({ noun, table, records: rows[0]?.records ?? 0 })
    }
    return counts
  })

/** The negative control: a change by hand in the table of each noun is seen, each of them, and only those. */
async function seesChangesByHand(organisationId: string): Promise<void> {
  const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
  await client.connect()
  const moveVersions = async (by: number) => {
    for (const { table } of recordTypes)
      await client.query(
        `update ${table} set version = version + $2 where organisation_id = $1 and id =
           (select id from ${table} where organisation_id = $1 order by id limit 1)`,
        [organisationId, by],
      )
  }
  try {
    await moveVersions(1)
    const { findings } = await replayed(organisationId)
    expect(findings.map(({ code, detail }) => `${code}: ${detail.split(' ')[0]}`)).toEqual(
      recordTypes.map(({ noun }) => `record_differs: ${noun}`),
    )
    await moveVersions(-1)
    expect((await replayed(organisationId)).findings).toEqual([])
  } finally {
    await client.end()
  }
}

describe('the log', () => {
  it('rebuilds every table exactly after any sequence of commands', async () => {
    const steps = fc.array(command, { minLength: 1, maxLength: 12 })
    let carried = 0
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        for (const step of sequence) {
          await carryOut(step).then(
            () => (carried += 1),
            (error) => expect(error).toMatchObject({ kind: expect.stringMatching(/invalid|conflict/) }),
          )
        }
        const result = await reading(world.database, home.organisationId, (tx) =>
          replayFindings(tx, home.organisationId, recordTypes),
        )
        expect(result.findings).toEqual([])
        expect(result.records).toBeGreaterThan(1)
      }),
      { numRuns: 15, seed: 4600 },
    )
    expect(carried).toBeGreaterThan(40)
  })
})
