import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { planter } from '../../tests/support/calendar.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { overview } from '../posture/server/queries.ts'
import { answer } from './execute.ts'
import { warmPostures } from './warm-postures.ts'

let world: World
let home: Home
const never = new AbortController().signal

beforeAll(async () => {
  world = await makeWorld('warm')
  home = await foundHome(world)
  const plant = planter(world, home)
  const how = await plant.implementation((await plant.control('ACC-01')).id, home.root.id)
  await plant.evidence('Export', home.root.id, { implementationIds: [how.id] })
  await plant.occurrence(how.id, '2023-07-20')
})
afterAll(() => world.close())

/** How often evidence, occurrences and runs were read whole while something was done. */
async function loads(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return spy.mock.calls.filter(([text]) => String(text).includes('declare pieces')).length / 3
  } finally {
    spy.mockRestore()
  }
}

const ask = () => answer(world.runtime, home.owner, overview, {})

describe('a posture', () => {
  it('is read once for all who ask at the same time', async () => {
    world.runtime.postures.clear()
    expect(await loads(() => Promise.all([ask(), ask(), ask()]))).toBe(1)
    expect(await loads(ask)).toBe(0)
  })

  it('is read again after a reading that failed, by whoever waited for it', async () => {
    world.runtime.postures.clear()
    const failed = Promise.reject(new Error('gone'))
    failed.catch(() => undefined)
    world.runtime.postures.set(home.organisationId, failed)
    expect(await loads(ask)).toBe(1)
  })

  it('is ready after a start, before anybody asks', async () => {
    world.runtime.postures.clear()
    const told: unknown[] = []
    expect(await loads(() => warmPostures(world.runtime, (line) => told.push(line), never))).toBe(1)
    expect(await loads(ask)).toBe(0)
    expect(told).toEqual([])
  })

  it('is not made while the program stops, and no failure to make it keeps the program from running', async () => {
    world.runtime.postures.clear()
    expect(await loads(() => warmPostures(world.runtime, () => undefined, AbortSignal.abort()))).toBe(0)
    const told: unknown[] = []
    const broken = { ...world.runtime, matrix: new Map() }
    await warmPostures(broken, (line) => told.push(line), never)
    expect(told).toMatchObject([{ event: 'posture_not_ready' }])
  })
})
