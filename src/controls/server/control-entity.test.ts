import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carriedOut } from '../../../tests/support/evidence.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import { exportControls } from './control-exchange.ts'
import { endImplementation } from './implementation-commands.ts'
import { listControls } from './queries.ts'

let world: World
let home: Home
let [pay, shop]: Id[] = []

async function below(key: string, parentId: Id): Promise<Id> {
  const entity = { key, parentId, kind: 'company' as const, name: { en: key }, country: null }
  return (
    await execute(world.runtime, home.owner, createEntity, { ...entity, memberFrom: null, memberTo: null })
  ).id
}

beforeAll(async () => {
  world = await makeWorld('control-entity')
  home = await foundHome(world)
  pay = await below('pay', home.root.id)
  shop = await below('shop', home.root.id)
  const till = await below('till', pay)
  await carriedOut(world, home, 'ALL-01')
  await carriedOut(world, home, 'TOP-01', { inheritable: false })
  await carriedOut(world, home, 'PAY-01', { entityId: pay })
  await carriedOut(world, home, 'TILL-01', { entityId: till })
  const { id, version } = await carriedOut(world, home, 'OLD-01', { entityId: pay })
  await execute(world.runtime, home.owner, endImplementation, {
    id,
    version,
    endedOn: '2023-06-30',
    reason: 'Over',
  })
})
afterAll(() => world.close())

describe('controls at an entity', () => {
  const codes = async (entity?: Id, asOf?: string) => {
    const caller = { ...home.owner, ...(asOf ? { asOf } : {}) }
    const { items } = await answer(world.runtime, caller, listControls, entity ? { entity } : {})
    return items.map((one) => one.code)
  }

  it('are its own, those of all below it, and what it inherits from above', async () => {
    expect(await codes()).toEqual(['ALL-01', 'OLD-01', 'PAY-01', 'TILL-01', 'TOP-01'])
    expect(await codes(home.root.id)).toEqual(['ALL-01', 'PAY-01', 'TILL-01', 'TOP-01'])
    expect(await codes(pay)).toEqual(['ALL-01', 'PAY-01', 'TILL-01'])
    expect(await codes(shop)).toEqual(['ALL-01'])
  })

  it('are those of the day asked about', async () => {
    expect(await codes(pay, '2023-06-30')).toContain('OLD-01')
  })

  it('are exported as they are shown', async () => {
    const rows: string[][] = []
    const take = async (row: string[]) => {
      rows.push(row)
    }
    await answer(world.runtime, home.owner, exportControls(take), { entity: shop })
    expect(rows.map(([code]) => code)).toEqual(['ALL-01'])
  })
})
