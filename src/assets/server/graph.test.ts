import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Asset } from '../asset.ts'
import type { GraphAnswer } from '../drawing/shapes.ts'
import { forEach } from '../property.ts'
import { createAsset } from './commands.ts'
import { assetGraph } from './graph-query.ts'
import { listAssets } from './list-query.ts'
import { assetReach } from './reach-query.ts'

let world: World
let home: Home
let branchId = ''
const made = new Map<string, Asset>()

const does = <I, O>(command: Command<Context, I, O>, input: unknown): Promise<O> =>
  execute(world.runtime, home.owner, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, caller: object = {}): Promise<O> =>
  answer(world.runtime, { ...home.owner, ...caller } as Caller, query, input)

const idOf = (key: string) => made.get(key)?.id ?? ''
const keyOf = (id: string) => [...made.values()].find((one) => one.id === id)?.key ?? id

async function make(key: string, parts: Partial<Asset>, needs: readonly string[] = []): Promise<void> {
  const one = await does(createAsset, {
    ...{ key, name: { en: `The ${key}`, ja: `${key}です` }, kind: 'system', entityId: home.root.id },
    ...{ dependsOn: needs.map(idOf), ...parts },
  })
  made.set(key, one)
}

const boxesOf = ({ boxes }: GraphAnswer) =>
  boxes.map(({ id, type, assets }) => `${keyOf(id)} ${type} ${assets}`).sort()
const linesOf = ({ edges }: GraphAnswer) =>
  edges.map(([from, to, count]) => `${keyOf(from)} ${keyOf(to)} ${count}`).sort()

beforeAll(async () => {
  world = await makeWorld('asset-graph')
  home = await foundHome(world, 'Graph', 'graph')
  const branch = await does(createEntity, {
    ...{ key: 'branch', parentId: home.root.id, kind: 'company', name: { en: 'Branch' }, country: 'JP' },
    ...{ memberFrom: null, memberTo: null },
  })
  branchId = branch.id
  const worth = (level: number) => forEach(() => level)
  await make('hall', { kind: 'site', classification: 'internal' })
  await make('host', {}, ['hall'])
  await make('spare', { inUseTo: '2023-01-31' }, ['hall'])
  await make('shop', { entityId: branchId, cardData: true }, ['host'])
  await make('till', { entityId: branchId, cardData: true, value: worth(2) }, ['host', 'shop'])
  await make('orders', { kind: 'information', personalData: true, value: worth(4) }, ['shop'])
})
afterAll(() => world.close())

describe('the whole drawing', () => {
  it('puts assets together by entity and kind, with counts, worth and flags', async () => {
    const closed = await asks(assetGraph, { open: '-' })
    const root = home.root.key
    expect(boxesOf(closed)).toEqual([`${root} group 4`, 'branch group 2'].sort())
    expect(linesOf(closed)).toEqual([`${root} branch 1`, `branch ${root} 2`].sort())
    expect(closed.boxes.find((one) => one.id === root)).toMatchObject({
      ...{ personal: 1, card: 0, notInUse: 1, open: false, effective: forEach(() => 4) },
    })
    expect(closed.boxes.find((one) => one.id === 'branch')).toMatchObject({
      ...{ personal: 0, card: 2, notInUse: 0, entityId: branchId },
      // What is sold passes through the shop.
      effective: forEach(() => 4),
    })
  })

  it('opens groups where they stand, and shows an asset that is asked for', async () => {
    const root = home.root.key
    const open = await asks(assetGraph, { open: `branch,branch/system,${root}` })
    expect(boxesOf(open)).toEqual(
      [
        ...[`${root} group 4`, `${root}/information group 1`, `${root}/site group 1`],
        ...[`${root}/system group 2`, 'branch group 2', 'branch/system group 2'],
        ...['shop asset 1', 'till asset 1'],
      ].sort(),
    )
    expect(linesOf(open)).toEqual(
      [
        ...[`${root}/information shop 1`, `${root}/system ${root}/site 2`, `shop ${root}/system 1`],
        ...[`till ${root}/system 1`, 'till shop 1'],
      ].sort(),
    )
    const shown = await asks(assetGraph, { open: '-', show: idOf('host') })
    expect(shown.boxes.find((one) => one.id === idOf('host'))).toMatchObject({ parent: `${root}/system` })
    const kinds = await asks(assetGraph, { by: 'kind', open: 'system' })
    expect(boxesOf(kinds)).toEqual(
      [
        ...['information group 1', 'site group 1', 'system group 4'],
        ...[`system/${root} group 2`, 'system/branch group 2'],
      ].sort(),
    )
  })

  it.each([
    {},
    { kind: 'system' },
    { text: 'ho' },
    { text: 'hostです' },
    { classification: 'internal' },
    { classification: 'none' },
    { owner: 'none' },
    { personal: 'yes' },
    { card: 'no' },
    { use: 'in-use' },
    { use: 'not-in-use' },
    { valued: 'yes' },
  ])('stands for as many assets as the register has under %j, now and as it was known', async (filter) => {
    world.clock.set('2023-07-31T06:00:00.000Z')
    for (const times of [{}, { knownAt: '2023-07-31T06:00:00.000Z' }]) {
      const { total } = await asks(listAssets, filter, times)
      const drawing = await asks(assetGraph, { ...filter, open: '*' }, times)
      expect(drawing.total).toBe(total)
      expect(drawing.boxes.filter((one) => one.type === 'asset')).toHaveLength(total)
      const closed = await asks(assetGraph, { ...filter, open: '-' }, times)
      expect(closed.boxes.reduce((sum, one) => sum + one.assets, 0)).toBe(total)
    }
  })

  it('and under the filters that name something', async () => {
    for (const filter of [{ entity: branchId }, { needs: idOf('host') }, { neededBy: idOf('till') }]) {
      const { total } = await asks(listAssets, filter)
      expect(total).toBe(2)
      expect((await asks(assetGraph, filter)).total).toBe(total)
    }
  })

  it('shows on a day what is in use then', async () => {
    const spare = async (asOf: string) =>
      (await asks(assetGraph, { open: '*' }, { asOf })).boxes.find((one) => one.id === idOf('spare'))
    expect((await spare('2023-01-31'))?.notInUse).toBe(0)
    expect((await spare('2023-02-01'))?.notInUse).toBe(1)
  })

  it('asks as much of the database for many assets as for few', async () => {
    const counted = async (input: object) => {
      const sent = vi.spyOn(pg.Client.prototype, 'query')
      await asks(assetGraph, input)
      const statements = sent.mock.calls.length
      sent.mockRestore()
      return statements
    }
    await counted({ open: '*' })
    const [few, closed] = [await counted({ open: '*' }), await counted({ open: '-' })]
    for (let n = 0; n < 12; n++) await make(`many-${n}`, { kind: n % 2 ? 'people' : 'supplier' })
    await counted({ open: '*' })
    expect(await counted({ open: '*' })).toBe(few)
    expect(await counted({ open: '-' })).toBe(closed)
  })

  it('refuses what names no group', async () => {
    const refused = asks(assetGraph, { open: "x'; drop table asset" })
    await expect(refused).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('what is around an asset', () => {
  it('is drawn one by one as far as asked, and says what lies beyond', async () => {
    const near = await asks(assetGraph, { focus: idOf('shop'), hops: 1 })
    expect(boxesOf(near)).toEqual(['host asset 1', 'orders asset 1', 'shop asset 1', 'till asset 1'])
    expect(near.boxes.find((one) => one.id === idOf('host'))?.beyond).toBe(1)
    const further = await asks(assetGraph, { focus: idOf('shop'), hops: 3 })
    expect(boxesOf(further)).toContain('spare asset 1')
    const narrowed = await asks(assetGraph, { focus: idOf('shop'), hops: 2, card: 'yes' })
    expect(boxesOf(narrowed)).toEqual(['shop asset 1', 'till asset 1'])
  })

  it('is nothing for an asset that is not there', async () => {
    const nothing = await asks(assetGraph, { focus: home.root.id })
    expect(nothing).toEqual({ boxes: [], edges: [], total: 0, edgesLeft: 0 })
  })
})

describe('what an asset reaches', () => {
  it('is told as boxes, through closed groups too, with how many assets it is', async () => {
    const root = home.root.key
    const reach = await asks(assetReach, { id: idOf('orders'), open: `branch,branch/system,${root}` })
    expect(reach.needs.assets).toBe(3)
    expect(reach.needs.boxes.map(keyOf).sort()).toEqual([`${root}/site`, `${root}/system`, 'shop'].sort())
    expect(reach.neededBy).toEqual({ assets: 0, boxes: [] })
    const hall = await asks(assetReach, { id: idOf('hall'), open: '-' })
    expect(hall.neededBy.assets).toBe(5)
    expect(hall.neededBy.boxes).toEqual([root, 'branch'].sort())
  })

  it('ends where the reader may not look', async () => {
    const grants = [{ role: 'reader', entityId: branchId, certificateId: null }]
    const reader = { actor: { ...home.owner.actor, grants } }
    const drawing = await asks(assetGraph, { open: '*' }, reader)
    expect(drawing.boxes.filter((one) => one.type === 'asset').map((one) => keyOf(one.id))).toEqual([
      'shop',
      'till',
    ])
    const reach = await asks(assetReach, { id: idOf('till'), open: '*' }, reader)
    expect(reach.needs).toEqual({ assets: 1, boxes: [idOf('shop')] })
  })
})
