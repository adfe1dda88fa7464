import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carriedOut, itemInput, sentFile } from '../../../tests/support/evidence.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { forEach } from '../../assets/property.ts'
import { createAsset } from '../../assets/server/commands.ts'
import { startingScale } from '../../assets/starting-scale.ts'
import { updateControl } from '../../controls/server/commands.ts'
import { getControl } from '../../controls/server/control-record.ts'
import type { Context } from '../../db/context.ts'
import { addEvidence } from '../../evidence/server/commands.ts'
import { reviewEvidence } from '../../evidence/server/review-commands.ts'
import type { Query } from '../../kernel/command.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { assetBalance, balanceReasons, groupedBalance } from './balance-queries.ts'

let world: World
let home: Home
let branchId = ''
const ids = new Map<string, string>()

const asks = <I, O>(query: Query<Context, I, O>, input: unknown, who: Partial<Caller> = {}): Promise<O> =>
  answer(world.runtime, { ...home.owner, ...who }, query, input)

const balanceOf = (key: string, times: object = {}) => asks(assetBalance, { id: ids.get(key) }, times)

const make = async (key: string, entityId: string, level: number | null) => {
  const made = await execute(world.runtime, home.owner, createAsset, {
    ...{ key, name: { en: key }, kind: 'system', entityId, value: forEach(() => level) },
  })
  ids.set(key, made.id)
}

/** A control that says what it protects. */
async function protecting(code: string, properties: string[], changed: object = {}) {
  const carried = await carriedOut(world, home, code, changed)
  const one = await asks(getControl, { id: carried.controlId })
  await execute(world.runtime, home.owner, updateControl, {
    ...{ id: one.id, version: one.version, code, name: one.name, objective: one.objective, practice: null },
    ...{ requirementLinks: [], controlLinks: [], together: [], ownerId: null },
    protects: { properties, kinds: ['system'] },
  })
  return carried
}

beforeAll(async () => {
  world = await makeWorld('balance')
  home = await foundHome(world)
  const branch = await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'branch', parentId: home.root.id, kind: 'company', name: { en: 'Branch' }, country: 'JP' },
    ...{ memberFrom: null, memberTo: null },
  })
  branchId = branch.id
  await make('host', home.root.id, 1)
  await make('far', branchId, 2)
  await make('plain', home.root.id, null)
  await protecting('SAID-01', ['confidentiality', 'integrity'])
  await protecting('SAID-02', ['confidentiality'])
  await protecting('SAID-03', ['confidentiality'])
  await protecting('SAID-04', ['confidentiality'])
  await protecting('PLAN-01', ['availability'], {
    phases: [{ from: '2023-01-01', stance: 'planned', reason: { en: 'Next year.' } }],
  })
})
afterAll(() => world.close())

describe('the balance of an asset', () => {
  it('counts a half for what is said and not shown, and nothing for what is planned', async () => {
    const { standing, controls, neglected } = await balanceOf('host')
    expect(startingScale.levels[0]?.needs).toBe(2)
    expect(standing).toEqual({
      confidentiality: { value: 1, protection: 1, strength: 2, gap: 0 },
      integrity: { value: 1, protection: 0, strength: 0.5, gap: 1 },
      availability: { value: 1, protection: 0, strength: 0, gap: 1 },
    })
    expect(neglected).toEqual(['integrity', 'availability'])
    expect(controls.map((one) => [one.code, one.state, one.weight])).toEqual([
      ['PLAN-01', 'failing', 0],
      ['SAID-01', 'not-assessed', 0.5],
      ['SAID-02', 'not-assessed', 0.5],
      ['SAID-03', 'not-assessed', 0.5],
      ['SAID-04', 'not-assessed', 0.5],
    ])
  })

  it('was another one before the controls were carried out, and says nothing of what nobody valued', async () => {
    const { standing } = await balanceOf('host', { asOf: '2022-12-31' })
    expect(standing?.confidentiality).toEqual({ value: 1, protection: 0, strength: 0, gap: 1 })
    expect((await balanceOf('plain')).standing?.confidentiality).toMatchObject({ value: 0, gap: null })
  })

  it('offers what the common library has for its kind', async () => {
    const { offered } = await balanceOf('host')
    expect(offered.map((one) => one.id)).toContain('ACC-03')
    expect(offered.map((one) => one.id)).not.toContain('GOV-01')
  })

  it('rises with evidence', async () => {
    const carried = await protecting('SHOWN-01', ['integrity', 'availability'])
    const file = await sentFile(world, home.owner)
    const item = await execute(world.runtime, home.owner, addEvidence, {
      ...itemInput(home, { implementationIds: [carried.id], validUntil: '2023-12-31' }),
      files: [file.id],
    })
    expect((await balanceOf('host')).standing?.availability.strength).toBe(0.5)
    await execute(world.runtime, home.manager, reviewEvidence, {
      ...{ id: item.id, version: item.version, verdict: 'accepted', note: null },
    })
    expect((await balanceOf('host')).standing?.availability.strength).toBe(1)
    expect((await balanceOf('far')).standing?.availability.strength).toBe(1)
  })
})

describe('the balance of groups', () => {
  it('puts the most neglected first, and sums up the whole', async () => {
    const { groups, whole } = await asks(groupedBalance, { by: 'entity' })
    expect(groups.map((one) => one.key)).toEqual([branchId, home.root.id])
    expect(groups[0]?.integrity).toEqual({ valued: 1, value: 2, protection: 0, behind: 1, shortfall: 2 })
    expect(groups[1]).toMatchObject({ assets: 2, confidentiality: { valued: 1, behind: 0 } })
    expect(whole).toMatchObject({ assets: 3, integrity: { valued: 2, behind: 2, shortfall: 1.5 } })
  })

  it('says why: how many assets each control protects, and which stay behind', async () => {
    const { assets, controls, furthest } = await asks(balanceReasons, {
      ...{ by: 'kind', key: 'system', property: 'confidentiality' },
    })
    expect(assets).toBe(3)
    expect(controls.find((one) => one.code === 'SAID-01')).toMatchObject({ shown: 0, said: 3, not: 0 })
    expect(furthest.map((one) => [one.key, one.gap])).toEqual([['far', 1]])
  })

  it('shows a reader of one entity what is there, and nothing else', async () => {
    const grant = { role: 'reader' as const, entityId: branchId, certificateId: null }
    const reader = callerWith(home.organisationId, [grant], world.runtime.random)
    const { groups, whole } = await asks(groupedBalance, { by: 'entity' }, reader)
    expect(groups.map((one) => one.key)).toEqual([branchId])
    expect(whole?.assets).toBe(1)
    await expect(asks(assetBalance, { id: ids.get('host') }, reader)).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})
