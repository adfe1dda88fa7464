import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { listDue } from '../../calendar/server/queries.ts'
import { recordOn } from '../../kernel/dated.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { riskMethod } from '../method.ts'
import type { Risk } from '../risk.ts'
import { startingMethod } from '../starting-method.ts'
import { acceptRisk } from './acceptance-commands.ts'
import { changeAction, planAction } from './action-commands.ts'
import { assessRisk, treatRisk } from './assess-commands.ts'
import { changeRisks } from './bulk-commands.ts'
import { createRisk, updateRisk } from './commands.ts'
import { listRisks } from './list-queries.ts'
import { treatmentPlan } from './plan-queries.ts'
import { getRisk } from './record-queries.ts'

let world: World
let home: Home
type Somebody = Awaited<ReturnType<Planter['somebody']>>
let ann: Somebody
let ben: Somebody
let cy: Somebody

const text = { en: 'Something', ja: 'なにか' }
const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

beforeAll(async () => {
  world = await makeWorld('risks-dated')
  home = await foundHome(world)
  const plant = planter(world, home)
  ann = await plant.somebody('Ann', 'manager', null)
  ben = await plant.somebody('Ben', 'manager', null)
  cy = await plant.somebody('Cy', 'manager', null)
  await plant.put(riskMethod, {
    ...{ ...startingMethod, number: 1, effectiveFrom: '2022-01-01', unreviewed: false, withdrawn: null },
    ...{ authorIds: [ann.id], draftedOn: '2022-01-01', approval: { personId: ben.id, on: '2022-01-01' } },
  })
})
afterAll(() => world.close())

const written = (ownerId: Id | null, reviewMonths: number | null = null) => ({
  ...{ name: text, scenario: text, approach: 'event' as const, threat: null, vulnerability: null },
  ...{ affects: ['integrity' as const], entityId: home.root.id, serviceIds: [], assetIds: [], issueIds: [] },
  ...{ obligationIds: [], ownerId, identifiedOn: '2023-01-10', reviewMonths, quantity: null },
})

const create = (ownerId: Id | null) =>
  execute(world.runtime, home.owner, createRisk, { ...written(ownerId), code: null })

const update = (
  { id, version, code }: Pick<Risk, 'id' | 'version' | 'code'>,
  ownerId: Id | null,
  changedFrom: Day | null,
  reviewMonths: number | null = null,
) =>
  execute(world.runtime, home.owner, updateRisk, {
    ...{ id, version, code, ...written(ownerId, reviewMonths), changedFrom },
  })

const on = (asOf?: Day, caller: Caller = home.owner): Caller => ({ ...caller, asOf })

const ownedOn = async (id: Id, asOf?: Day) => {
  const found = await answer(world.runtime, on(asOf), getRisk, { id })
  const listed = async (owner: Id) =>
    (await answer(world.runtime, on(asOf), listRisks, { owner, limit: 200 })).items.some(
      (one) => one.id === id,
    )
  const owner = found.owner?.name.en ?? null
  return [owner, await listed(ann.id), await listed(ben.id), await listed(cy.id)]
}

describe('the owner of a risk', () => {
  it('is on a past day who it was, on its page and in the register, whatever it has become since', async () => {
    const one = await create(ann.id)
    const two = await update(one, ben.id, '2023-04-01')
    await update(two, null, null)
    expect(await ownedOn(one.id, '2023-03-31')).toEqual(['Ann', true, false, false])
    expect(await ownedOn(one.id, '2023-04-01')).toEqual(['Ben', false, true, false])
    expect(await ownedOn(one.id, '2023-07-30')).toEqual(['Ben', false, true, false])
    expect(await ownedOn(one.id)).toEqual([null, false, false, false])
    const owners = async (asOf?: Day) =>
      (await answer(world.runtime, on(asOf), getRisk, { id: one.id })).owners.map(({ person, from, to }) => [
        ...[person?.name.en ?? null, from, to],
      ])
    expect(await owners()).toEqual([
      [null, '2023-07-31', null],
      ['Ben', '2023-04-01', '2023-07-30'],
      ['Ann', null, '2023-03-31'],
    ])
    // What came later is not told on a day before.
    expect(await owners('2023-03-31')).toEqual([['Ann', null, null]])
  })

  it('is dated for many at once too, and by nobody ahead of today or before there was a risk', async () => {
    const one = await create(ann.id)
    const codes = async (changedFrom: Day) =>
      update(one, ben.id, changedFrom).then(
        () => [],
        (error: unknown) =>
          error instanceof Problem ? error.fields.map(({ pointer, code }) => `${pointer} ${code}`) : [error],
      )
    expect(await codes('2023-08-01')).toEqual(['/changedFrom risk.in_future'])
    expect(await codes('2023-01-09')).toEqual(['/changedFrom risk.before_identified'])
    await execute(world.runtime, home.owner, changeRisks, {
      items: [{ id: one.id, version: one.version }],
      set: { ownerId: cy.id },
    })
    expect([await ownedOn(one.id, '2023-07-30'), await ownedOn(one.id)]).toEqual([
      ['Ann', true, false, false],
      ['Cy', false, false, true],
    ])
  })

  it('was known or not at an instant, whatever day is asked about', async () => {
    const one = await create(ann.id)
    world.clock.set('2023-07-31T05:00:00.000Z')
    await update(one, ben.id, '2023-02-01')
    world.clock.set('2023-07-31T06:00:00.000Z')
    const at = async (knownAt: string, asOf: Day) => {
      const caller = { ...home.owner, knownAt, asOf }
      const found = await answer(world.runtime, caller, getRisk, { id: one.id })
      const { total } = await answer(world.runtime, caller, listRisks, { owner: ben.id, text: one.code })
      return [found.owner?.name.en, total]
    }
    expect(await at('2023-07-31T04:30:00.000Z', '2023-03-01')).toEqual(['Ann', 0])
    expect(await at('2023-07-31T05:30:00.000Z', '2023-03-01')).toEqual(['Ben', 1])
    expect(await at('2023-07-31T05:30:00.000Z', '2023-01-31')).toEqual(['Ann', 0])
  })

  it('is by the database whose the rule says it was, after any changes', async () => {
    const people = [ann.id, ben.id, cy.id, null]
    const change = fc.record({
      owner: fc.constantFrom(...people),
      months: fc.constantFrom(null, 3, 12),
      day: fc.integer({ min: 0, max: 200 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        let one = await create(ann.id)
        for (const { owner, months, day } of changes)
          one = await update(one, owner, addDays('2023-01-10', day), months)
        for (const asOf of ['2023-01-10', '2023-04-01', '2023-06-15', '2023-07-30']) {
          const rule = recordOn(one, asOf)
          const found = await answer(world.runtime, on(asOf), listRisks, { text: one.code })
          const { ownerId, reviewMonths, former } = found.items[0] ?? {}
          expect([ownerId, reviewMonths, former]).toEqual([rule.ownerId, rule.reviewMonths, rule.former])
        }
      }),
      { numRuns: 12, seed: 5 },
    )
  })
})

describe('when a risk and what is done about it are due', () => {
  it('is on a past day what it was, in the list of due things and for its acceptance', async () => {
    const made = await create(ann.id)
    const judged = await execute(world.runtime, home.owner, assessRisk, {
      ...{ id: made.id, version: made.version, on: '2023-02-01', inherent: value(4, 4) },
      ...{ current: value(3, 3), residual: value(1, 2), rationale: 'Judged', exception: null },
    })
    const treated = await execute(world.runtime, home.owner, treatRisk, {
      ...{ id: made.id, version: judged.version, from: '2023-02-10', option: 'modify', why: text },
      controlIds: [],
    })
    const planned = await execute(world.runtime, home.owner, planAction, {
      ...{ id: made.id, version: treated.version, name: text, ownerId: ann.id, dueOn: '2023-09-30' },
      ...{ cost: null, controlId: null, key: null, plannedOn: '2023-02-15' },
    })
    const first = await answer(world.runtime, home.owner, getRisk, { id: made.id })
    world.clock.set('2023-07-31T07:00:00.000Z')
    await execute(world.runtime, ann.caller, acceptRisk, {
      ...{ id: made.id, version: planned.version, substance: first.substance ?? '', note: 'Fine' },
    })
    const moved = await execute(world.runtime, home.owner, changeAction, {
      ...{ id: made.id, version: planned.version, key: 'a1', name: text, ownerId: ben.id },
      ...{ dueOn: '2023-12-31', cost: null, controlId: null, changedFrom: '2023-06-01' },
    })
    await update(moved, ann.id, '2023-06-01', 3)
    const look = async (asOf?: Day) => {
      const found = await answer(world.runtime, on(asOf), getRisk, { id: made.id })
      const { items } = await answer(world.runtime, on(asOf), listDue([]), {})
      const theirs = items.filter((one) => one.recordId === made.id)
      const plan = await answer(world.runtime, on(asOf), treatmentPlan, { owner: ben.id, state: 'all' })
      return {
        review: found.reviewDue,
        action: found.actions.map((one) => [one.owner?.name.en, one.dueOn]),
        due: theirs.map((one) => [one.kind, one.dueOn, one.person?.name.en]),
        bens: plan.items.filter((one) => one.risk.id === made.id).length,
      }
    }
    expect(await look('2023-05-31')).toEqual({
      review: '2024-02-01',
      action: [['Ann', '2023-09-30']],
      due: [
        ['risk-action', '2023-09-30', 'Ann'],
        ['risk-review', '2024-02-01', 'Ann'],
      ],
      bens: 0,
    })
    const later = {
      review: '2023-05-01',
      action: [['Ben', '2023-12-31']],
      due: [
        ['risk-review', '2023-05-01', 'Ann'],
        ['risk-action', '2023-12-31', 'Ben'],
      ],
      bens: 1,
    }
    expect(await look('2023-06-01')).toEqual(later)
    expect(await look()).toEqual(later)
    const now = await answer(world.runtime, home.owner, getRisk, { id: made.id })
    expect(now.actions[0]?.before).toMatchObject([
      { owner: { name: { en: 'Ann' } }, dueOn: '2023-09-30', to: '2023-05-31' },
    ])
    // Another plan was accepted than the one that stands now.
    expect(now.acceptanceState).toBe('stale')
  })
})
