import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { refusal } from '../../../tests/support/refusal.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import { reading } from '../../db/transaction.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { addPerson, personLeaves } from '../../people/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Asset } from '../asset.ts'
import { forEach } from '../property.ts'
import { startingScale } from '../starting-scale.ts'
import { changeAssets } from './bulk-command.ts'
import { createAsset, updateAsset } from './commands.ts'
import { listAssets } from './list-query.ts'
import { getAsset } from './record-query.ts'
import { setAssetScale } from './scale-commands.ts'
import { getAssetScale } from './scale-queries.ts'

let world: World
let home: Home

const does = <I, O>(command: Command<Context, I, O>, input: unknown): Promise<O> =>
  execute(world.runtime, home.owner, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, times: object = {}): Promise<O> =>
  answer(world.runtime, { ...home.owner, ...times }, query, input)

const worth = (level: number | null) => forEach(() => level)

const make = (key: string, parts: Partial<Asset> = {}): Promise<Asset> =>
  does(createAsset, {
    ...{ key, name: { en: `The ${key}`, ja: `${key}です` }, kind: 'system', entityId: home.root.id },
    ...parts,
  })

const record = (id: string, times: object = {}) => asks(getAsset, { id }, times)

const logged = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select(['type', 'n']).orderBy('idx').execute()
    return rows.map(({ type, n }) => `${type} ${n}`)
  })

const keysOf = (page: { items: { key: string }[] }) => page.items.map((one) => one.key)

beforeAll(async () => {
  world = await makeWorld('assets')
})
afterAll(() => world.close())

describe('the scale', () => {
  beforeAll(async () => {
    home = await foundHome(world, 'Scale', 'scale')
  })

  it('is one of our own until an asset is valued, and is laid down with it', async () => {
    expect(await asks(getAssetScale, {})).toMatchObject({ version: 0, levels: startingScale.levels })
    const before = (await logged()).length
    await make('plain')
    expect((await logged()).slice(before)).toEqual(['asset.created 1'])
    await make('valued', { value: worth(3), classification: 'internal' })
    expect((await logged()).slice(before + 1)).toEqual(['asset-scale.created 1', 'asset.created 1'])
    await make('valued-too', { value: worth(1) })
    expect((await logged()).slice(before + 3)).toEqual(['asset.created 1'])
    expect(await asks(getAssetScale, {})).toMatchObject({ version: 1, levels: startingScale.levels })
  })

  it('keeps the levels and classifications that assets have', async () => {
    const [first, second, , fourth] = startingScale.levels
    const without = {
      levels: [first, second, fourth],
      classifications: startingScale.classifications.slice(2),
      version: 1,
    }
    const refused = await refusal(does(setAssetScale, without))
    expect(refused.fields.map(({ code, params }) => [code, params])).toEqual([
      ['asset-scale.level_in_use', { level: 3, assets: 1 }],
      ['asset-scale.classification_in_use', { key: 'internal', assets: 1 }],
    ])
    const saved = await does(setAssetScale, {
      ...startingScale,
      levels: startingScale.levels.slice(0, 3),
      version: 1,
    })
    expect(saved).toMatchObject({ version: 2 })
    expect((await refusal(does(setAssetScale, { ...startingScale, version: 1 }))).kind).toBe('conflict')
  })

  it('rises, asks for no less on the way up, and has what assets name', async () => {
    const [one, two, ...rest] = startingScale.levels
    const refused = await refusal(
      does(setAssetScale, { ...startingScale, levels: [two, { ...one, needs: 1 }, ...rest], version: 2 }),
    )
    expect(refused.fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/levels/1/number asset-scale.level_order',
      '/levels/1/needs asset-scale.needs_fall',
    ])
    const unknown = await refusal(make('high', { value: worth(4), classification: 'top-secret' }))
    expect(unknown.fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/classification asset.classification_unknown',
      '/value/confidentiality asset.level_unknown',
      '/value/integrity asset.level_unknown',
      '/value/availability asset.level_unknown',
    ])
  })
})

describe('dependencies', () => {
  let hall: Asset
  let host: Asset
  let app: Asset

  beforeAll(async () => {
    home = await foundHome(world, 'Dependencies', 'dependencies')
    hall = await make('hall', { kind: 'site' })
    host = await make('host', { dependsOn: [hall.id] })
    app = await make('app', { dependsOn: [host.id], value: { ...worth(2), confidentiality: 4 } })
  })

  it('pass on what an asset is worth, and the record says by which way', async () => {
    const shown = await record(hall.id)
    expect(shown.effective).toEqual({ confidentiality: 4, integrity: 2, availability: 2 })
    expect(shown.explained.confidentiality).toMatchObject({ level: 4, by: 'inheritance' })
    expect(shown.explained.confidentiality.path.map((one) => one?.key)).toEqual(['app', 'host', 'hall'])
    expect(shown.neededBy).toMatchObject({ total: 1, items: [{ key: 'host' }] })
    expect(shown.needs).toEqual([])
  })

  it('follow every change, and what was known before stays answerable', async () => {
    const before = world.clock.now().toISOString()
    world.clock.set('2023-07-31T04:00:00.000Z')
    app = await does(updateAsset, { ...app, value: { ...app.value, availability: 3 } })
    const over = { ...forEach(() => null), integrity: { level: 1, reason: 'Signed by the application.' } }
    host = await does(updateAsset, { ...host, override: over })
    expect((await record(hall.id)).effective).toEqual({ confidentiality: 4, integrity: 1, availability: 3 })
    expect((await record(hall.id, { knownAt: before })).effective).toEqual({
      ...{ confidentiality: 4, integrity: 2, availability: 2 },
    })
  })

  it('close no circle; the refusal names it', async () => {
    const refused = await refusal(does(updateAsset, { ...hall, dependsOn: [app.id] }))
    expect(refused.fields).toEqual([
      { pointer: '/dependsOn', code: 'asset.circle', params: { path: 'hall → app → host → hall' } },
    ])
    const itself = await refusal(does(updateAsset, { ...hall, dependsOn: [hall.id] }))
    expect(itself.fields[0]?.code).toBe('asset.depends_on_itself')
  })

  it('name assets of this organisation only', async () => {
    const here = home
    home = await foundHome(world, 'Elsewhere', 'elsewhere')
    const foreign = await make('foreign')
    home = here
    const refused = await refusal(make('stranger', { dependsOn: [foreign.id] }))
    expect(refused.fields).toEqual([{ pointer: '/dependsOn/0', code: 'record.reference_unknown' }])
  })

  it('keep an asset from being ended under those that need it, unless there is a reason', async () => {
    const refused = await refusal(does(updateAsset, { ...hall, inUseTo: '2023-06-30' }))
    expect(refused).toMatchObject({ code: 'asset.needed', params: { count: 1, assets: 'host' } })
    hall = await does(updateAsset, { ...hall, inUseTo: '2023-06-30', reason: 'The hall is given up.' })
    expect((await record(hall.id)).effective).toEqual(worth(null))
    expect((await record(hall.id, { asOf: '2023-06-30' })).effective.confidentiality).toBe(4)
  })
})

describe('the register', () => {
  let branchId = ''

  beforeAll(async () => {
    home = await foundHome(world, 'Register', 'register')
    const branch = await does(createEntity, {
      ...{ key: 'branch', parentId: home.root.id, kind: 'company', name: { en: 'Branch' }, country: 'JP' },
      ...{ memberFrom: null, memberTo: null },
    })
    branchId = branch.id
    await make('alpha', { classification: 'secret', personalData: true })
    await make('beta', { entityId: branchId, identifiers: ['Beta-1.example'], inUseTo: '2023-01-31' })
    await make('gamma', { kind: 'information', value: worth(2), cardData: true })
  })

  it.each([
    [{}, ['alpha', 'beta', 'gamma']],
    [{ text: 'BETA-1' }, ['beta']],
    [{ text: 'gammaです' }, ['gamma']],
    [{ kind: 'information' }, ['gamma']],
    [{ classification: 'secret' }, ['alpha']],
    [{ classification: 'none' }, ['beta', 'gamma']],
    [{ owner: 'none' }, ['alpha', 'beta', 'gamma']],
    [{ personal: 'yes' }, ['alpha']],
    [{ card: 'no' }, ['alpha', 'beta']],
    [{ use: 'not-in-use' }, ['beta']],
    [{ valued: 'yes' }, ['gamma']],
    [{ sort: 'classification', order: 'desc' }, ['alpha']],
  ])('answers %j, now and as it was known', async (filter, expected) => {
    world.clock.set('2023-07-31T05:00:00.000Z')
    const first = await asks(listAssets, filter)
    expect(keysOf(first).slice(0, expected.length)).toEqual(expected)
    const then = await asks(listAssets, filter, { knownAt: '2023-07-31T05:00:00.000Z' })
    expect(keysOf(then)).toEqual(keysOf(first))
  })

  it('takes as many queries for a page of many as for one of few', async () => {
    const counted = async () => {
      const sent = vi.spyOn(pg.Client.prototype, 'query')
      const { total } = await asks(listAssets, {})
      const statements = sent.mock.calls.length
      sent.mockRestore()
      return { total, statements }
    }
    await counted()
    const few = await counted()
    for (let n = 0; n < 20; n++) await make(`many-${n}`)
    await counted()
    const many = await counted()
    expect(many.total).toBe(few.total + 20)
    expect(many.statements).toBe(few.statements)
  })

  it('shows that an owner left', async () => {
    const owner = await execute(world.runtime, home.system, addPerson, {
      ...{ name: { en: 'Owner' }, email: 'owner@example.com', entityId: null, jobTitle: null },
      ...{ state: 'active', accountId: null },
    })
    const owned = await make('owned', { ownerId: owner.id })
    expect((await record(owned.id)).owner).toMatchObject({ id: owner.id, left: false })
    await does(personLeaves, { id: owner.id, version: owner.version, reason: 'Left.' })
    expect((await record(owned.id)).owner).toMatchObject({ id: owner.id, left: true })
  })

  it('changes many at once and says of each what became of it', async () => {
    const { items } = await asks(listAssets, {})
    const of = (key: string) => items.find((one) => one.key === key)
    const chosen = ['alpha', 'beta', 'gamma'].flatMap((key) => of(key) ?? [])
    const before = (await logged()).length
    const done = await does(changeAssets, {
      items: chosen.map(({ id, version }, at) => ({ id, version: at === 1 ? version + 1 : version })),
      change: { classification: 'secret', value: { integrity: 3 } },
    })
    expect(done.counts).toEqual({ changed: 2, unchanged: 0, refused: 1 })
    expect(done.rows.map((row) => [row.key, row.fate, row.problems[0]?.code])).toEqual([
      ['alpha', 'changed', undefined],
      ['beta', 'refused', 'asset.changed_meanwhile'],
      ['gamma', 'changed', undefined],
    ])
    expect((await logged()).slice(before)).toEqual(['asset.updated 2', 'asset.updated 2'])
    expect((await record(of('gamma')?.id ?? '')).value).toEqual({ ...worth(2), integrity: 3 })
    const nothing = await refusal(does(changeAssets, { items: chosen, change: {} }))
    expect(nothing.kind).toBe('invalid')
  })
})
