import fc from 'fast-check'
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
import { foundHome, type Home, makeWorld, type World } from '../support/world.ts'

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
