import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { unsaid } from '../../assets/asset.ts'
import { createAsset } from '../../assets/server/commands.ts'
import { adoptControls } from '../../controls/server/commands.ts'
import { reading } from '../../db/transaction.ts'
import { newId } from '../../kernel/id.ts'
import { createService } from '../../organisation/server/commands.ts'
import { createProgramme } from '../../programmes/server/commands.ts'
import { createRisk } from '../../risks/server/commands.ts'
import { approveMethod, startMethod } from '../../risks/server/method-commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { updateOnboarding } from './commands.ts'
import { getOnboarding } from './queries.ts'

let world: World
let home: Home
let plant: Planter

const today = '2023-07-31'
const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('onboarding')
  home = await foundHome(world)
  plant = planter(world, home)
})
afterAll(() => world.close())

const ask = (who: Caller = home.owner) => answer(world.runtime, who, getOnboarding, {})

const states = async (who: Caller = home.owner) =>
  Object.fromEntries((await ask(who)).progress?.steps.map(({ key, state }) => [key, state]) ?? [])

type Said = Parameters<typeof updateOnboarding.run>[1]

const say = (part: Partial<Said>, who: Caller = home.owner) =>
  execute(world.runtime, who, updateOnboarding, {
    ...{ version: 0, scopeEntityIds: [], scopeServiceIds: [], skipped: [], putAway: false },
    ...part,
  })

const logged = (id: string) =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select('type').where('recordId', '=', id).orderBy('n').execute(),
  )

describe('the beginning', () => {
  it('is read from what is there, and nobody has said anything yet', async () => {
    const { version, progress, putAwayOn, abilities } = await ask()
    expect([version, putAwayOn, abilities, progress?.complete]).toEqual([0, null, ['update'], false])
    expect(await states()).toEqual({
      ...{ entities: 'done', scope: 'open', people: 'open', frameworks: 'open' },
      ...{ method: 'open', assets: 'open', risks: 'open' },
    })
  })

  it('keeps the scope that is meant, each part once, with an entry of the log', async () => {
    const saved = await say({ scopeEntityIds: [home.root.id, home.root.id] })
    expect([saved.version, saved.scopeEntityIds]).toEqual([1, [home.root.id]])
    expect(await logged(home.organisationId)).toContainEqual({ type: 'onboarding.updated' })
    expect((await states()).scope).toBe('done')
  })

  it('refuses what is not here, and two who say something at once', async () => {
    const strange = newId(world.runtime.random)
    const foreign = await foundHome(world, 'Other', 'other')
    const { fields } = await refusal(
      say({ version: 1, scopeEntityIds: [home.root.id, foreign.root.id], scopeServiceIds: [strange] }),
    )
    expect(fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/scopeEntityIds/1 record.reference_unknown',
      '/scopeServiceIds/0 record.reference_unknown',
    ])
    expect((await refusal(say({ version: 0 }))).kind).toBe('conflict')
    expect((await ask()).version).toBe(1)
  })

  it('lets steps be skipped and taken up again, and is put away with its day, once', async () => {
    await say({ version: 1, skipped: ['risks', 'assets'], putAway: true })
    expect(await states()).toMatchObject({ assets: 'skipped', risks: 'skipped' })
    world.clock.set('2023-08-05T03:00:00.000Z')
    const again = await say({ version: 2, skipped: ['risks'], putAway: true })
    expect([again.putAwayOn, again.skipped]).toEqual([today, ['risks']])
    expect((await say({ version: 3 })).putAwayOn).toBeNull()
    world.clock.set('2023-07-31T03:00:00.000Z')
  })

  it('goes on with everything that is added, and a draft of the method is not a method yet', async () => {
    const { runtime } = world
    const hana = await plant.somebody('Hana', 'manager', null)
    const ken = await plant.somebody('Ken', 'manager', null)
    expect(await states()).toMatchObject({ people: 'done', frameworks: 'open' })
    await execute(runtime, home.owner, createService, {
      ...{ key: 'messenger', entityId: home.root.id, kind: 'product' as const, name: text },
      ...{ offeredFrom: null, offeredTo: null },
    })
    expect((await states()).scope).toBe('begun')
    await execute(runtime, home.owner, createProgramme, {
      ...{ key: 'isms', name: text, edition: 'iso27001-2022', categories: [], audiences: [] },
      ...{ entities: [{ entityId: home.root.id, from: null, to: null }], services: [] },
      ...{ cycles: [{ from: today, to: '2024-07-30', auditOn: null }], ownerId: null, certificateId: null },
    })
    expect(await states()).toMatchObject({ scope: 'done', frameworks: 'begun' })
    await execute(runtime, home.owner, adoptControls, { controls: ['ACC-06'] })
    const drafted = await execute(runtime, hana.caller, startMethod, {})
    expect(await states()).toMatchObject({ frameworks: 'done', method: 'begun' })
    await execute(runtime, ken.caller, approveMethod, { id: drafted.id, version: 1 })
    expect(await states()).toMatchObject({ method: 'done', assets: 'open' })
    await execute(runtime, home.owner, createAsset, {
      ...unsaid,
      ...{ key: 'mail', name: text, kind: 'system' as const, entityId: home.root.id },
    })
    await execute(runtime, home.owner, createRisk, {
      ...{ name: text, scenario: text, approach: 'event' as const, threat: null, vulnerability: null },
      ...{ affects: ['availability' as const], entityId: home.root.id, serviceIds: [], assetIds: [] },
      ...{ issueIds: [], obligationIds: [], ownerId: null, identifiedOn: today, reviewMonths: null },
      ...{ quantity: null, code: null },
    })
    const { progress } = await ask()
    expect(progress?.complete).toBe(true)
    expect(progress?.counts).toMatchObject({ people: 2, approvers: 2, controls: 1, assets: 1, risks: 1 })
  })

  it('is about nobody who manages a part, and closed to who manages nothing', async () => {
    const part = { role: 'manager' as const, entityId: home.root.id, certificateId: null }
    const { random } = world.runtime
    const manages = callerWith(home.organisationId, [part], random)
    const { progress, abilities, scopeEntityIds } = await ask(manages)
    expect([progress, abilities, scopeEntityIds]).toEqual([null, [], []])
    expect((await refusal(say({ version: 4 }, manages))).kind).toBe('forbidden')
    const reads = callerWith(home.organisationId, [grantAll('reader')], random)
    expect((await refusal(ask(reads))).kind).toBe('forbidden')
  })

  it('of an earlier day is what held then, and more of everything costs no more queries', async () => {
    const then = await answer(world.runtime, { ...home.owner, asOf: '2023-07-30' }, getOnboarding, {})
    expect(then.progress?.steps.find(({ key }) => key === 'method')?.state).toBe('open')
    expect(then.progress?.counts.risks).toBe(0)
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    const count = async () => {
      spy.mockClear()
      await ask()
      return spy.mock.calls.length
    }
    const few = await count()
    for (let n = 0; n < 20; n++)
      await execute(world.runtime, home.owner, createAsset, {
        ...unsaid,
        ...{ key: `more-${n}`, name: text, kind: 'system' as const, entityId: home.root.id },
      })
    await count()
    expect(await count()).toBeLessThanOrEqual(few)
    spy.mockRestore()
  })
})
