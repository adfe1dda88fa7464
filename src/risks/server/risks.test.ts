import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { refusal } from '../../../tests/support/refusal.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { listDue } from '../../calendar/server/queries.ts'
import { createControl } from '../../controls/server/commands.ts'
import type { Context } from '../../db/context.ts'
import { reading } from '../../db/transaction.ts'
import type { Role } from '../../kernel/actor.ts'
import type { Command, Query } from '../../kernel/command.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { addPerson, personLeaves } from '../../people/server/commands.ts'
import { getPerson } from '../../people/server/queries.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Risk } from '../risk.ts'
import { startingMethod } from '../starting-method.ts'
import { acceptRisk, revokeAcceptance } from './acceptance-commands.ts'
import { changeAction, doAction, dropAction, planAction } from './action-commands.ts'
import { assessRisk, treatRisk } from './assess-commands.ts'
import { changeRisks } from './bulk-commands.ts'
import { closeRisk, createRisk, reopenRisk, reviewRisk, updateRisk } from './commands.ts'
import { listRisks, nextRiskCode } from './list-queries.ts'
import { mapRisks } from './map-queries.ts'
import { approveMethod, draftMethod, startMethod, updateMethod, withdrawMethod } from './method-commands.ts'
import { listMethods } from './method-queries.ts'
import { treatmentPlan } from './plan-queries.ts'
import { simulateRisk } from './quantity-queries.ts'
import { getRisk } from './record-queries.ts'

let world: World
let home: Home
let controlId: Id
let methodId: Id
let risky: { id: Id; caller: Caller }
let manager: { id: Id; caller: Caller }

// Where the clock of the test's world stands.
const today = '2023-07-31'
const text = { en: 'Something', ja: 'なにか' }
const value = (likelihood: number, consequence: number) => ({ likelihood, consequence })

const does = <I, O>(
  command: Command<Context, I, O>,
  input: unknown,
  caller: Caller = home.owner,
): Promise<O> => execute(world.runtime, caller, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, asOf: string = today): Promise<O> =>
  answer(world.runtime, { ...home.owner, asOf }, query, input)

const codesOf = async (work: Promise<unknown>) => {
  const { code, fields } = await refusal(work)
  return code === 'input.invalid' ? fields.map((field) => `${field.pointer} ${field.code}`) : [code]
}

let people = 0

async function member(role: Role, entityId: Id | null = null): Promise<{ id: Id; caller: Caller }> {
  const { id } = await does(
    addPerson,
    {
      ...{ name: { en: `Member ${++people}` }, email: `member-${people}@example.com` },
      ...{ entityId: null, jobTitle: null, state: 'active', accountId: null },
    },
    home.system,
  )
  const grant = { role, entityId, certificateId: null }
  return { id, caller: callerWith(home.organisationId, [grant], world.runtime.random, { id }) }
}

const leaves = async (id: Id) => {
  const { version } = await asks(getPerson, { id })
  await does(personLeaves, { id, version, reason: 'Found another job' })
}

/** The newest entries of the log: what each says happened, and to which kind of record. */
const logged = (count: number) =>
  reading(world.database, home.organisationId, async (tx) => {
    const { rows } = await sql<{ type: string; noun: string }>`
      select type, noun from log_entry order by idx desc limit ${count}`.execute(tx)
    return rows.map(({ type, noun }) => `${noun} ${type}`)
  })

const written = (changed: Record<string, unknown> = {}) => ({
  ...{ name: text, scenario: text, approach: 'event', threat: null, vulnerability: null },
  ...{ affects: ['confidentiality'], entityId: home.root.id, serviceIds: [], assetIds: [], issueIds: [] },
  ...{ obligationIds: [], ownerId: risky.id, identifiedOn: '2023-01-10', reviewMonths: null, quantity: null },
  ...changed,
})

const judged = (on: string, changed: Record<string, unknown> = {}) => ({
  ...{ on, inherent: value(4, 4), current: value(3, 3), residual: value(1, 2) },
  ...{ rationale: 'Judged in a session', exception: null },
  ...changed,
})

/** A risk that is assessed and has a treatment with one action. */
async function treated(changed: Record<string, unknown> = {}): Promise<Risk> {
  const { id, version } = await does(createRisk, written(changed))
  const one = await does(assessRisk, { id, version, ...judged('2023-02-01') })
  const two = await does(treatRisk, {
    ...{ id, version: one.version, from: '2023-02-10', option: 'modify', why: text },
    controlIds: [controlId],
  })
  return does(planAction, {
    ...{ id, version: two.version, name: text, ownerId: null, dueOn: '2023-06-30' },
    ...{ cost: { amount: 500_000, currency: 'JPY' }, controlId, plannedOn: '2023-02-10' },
  })
}

const accept = async (id: Id, caller: Caller, changed: Record<string, unknown> = {}) => {
  const { version, substance } = await asks(getRisk, { id })
  return does(acceptRisk, { id, version, substance, ...changed }, caller)
}

beforeAll(async () => {
  // As main.ts has it: what is kept between requests must never be told once it is not true any more.
  world = await makeWorld('risks', { heldRisks: new Map() })
  home = await foundHome(world)
  risky = await member('contributor')
  manager = await member('manager')
  const control = await does(createControl, {
    ...{ code: 'ACC-01', name: text, objective: text, practice: null, ownerId: null },
    ...{ requirementLinks: [], controlLinks: [], together: [] },
  })
  controlId = control.id
})
afterAll(() => world.close())

describe('the method', () => {
  it('that is shipped becomes a draft read by nobody, and is approved by another person than who edited it', async () => {
    const draft = await does(startMethod, {}, manager.caller)
    expect([draft.number, draft.unreviewed, draft.approval]).toEqual([1, true, null])
    expect(await codesOf(does(startMethod, {}))).toEqual(['risk_method.draft_open'])
    const { id } = draft
    const edited = await does(
      updateMethod,
      { ...startingMethod, id, version: 1, effectiveFrom: '2023-01-01', name: text },
      manager.caller,
    )
    expect([edited.unreviewed, edited.authorIds]).toEqual([false, [manager.id]])
    expect(await codesOf(does(approveMethod, { id, version: 2 }, manager.caller))).toEqual([
      '/approval approval.own_work',
    ])
    const key = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, { kind: 'key' })
    expect(await codesOf(does(approveMethod, { id, version: 2 }, key))).toEqual(['approval.person_only'])
    const approved = await does(approveMethod, { id, version: 2 })
    expect(approved.approval).toEqual({ personId: home.owner.actor.id, on: today })
    expect(await logged(1)).toEqual(['risk-method risk-method.approved'])
    expect(
      await codesOf(does(updateMethod, { ...startingMethod, id, version: 3, effectiveFrom: today })),
    ).toEqual(['risk_method.not_draft'])
  })

  it('is refused where it contradicts itself', async () => {
    const matrix = startingMethod.matrix.map((row) => row.toReversed())
    const found = await codesOf(does(draftMethod, { ...startingMethod, matrix, effectiveFrom: today }))
    expect(found).toContain('/matrix/0/2 risk_method.falls')
  })
})

// Approved on the day of the test, it judges nothing of days before: its history needs one that was approved then.
describe('a risk', () => {
  it('is assessed only by a method that was approved on the day', async () => {
    const { id, version } = await does(createRisk, written())
    expect(await codesOf(does(assessRisk, { id, version, ...judged('2023-02-01') }))).toEqual([
      '/on risk.no_method',
    ])
    world.clock.set('2023-01-20T03:00:00.000Z')
    const first = await does(draftMethod, { ...startingMethod, effectiveFrom: '2023-08-01' }, manager.caller)
    await does(withdrawMethod, { id: first.id, version: 1, reason: 'Began anew' })
    const second = await does(draftMethod, { ...startingMethod, effectiveFrom: '2023-01-15' }, manager.caller)
    await does(approveMethod, { id: second.id, version: 1 })
    methodId = second.id
    world.clock.set('2023-07-31T03:00:00.000Z')
    const { items } = await asks(listMethods, {})
    expect(items.map((one) => [one.number, one.state, one.inForce])).toEqual([
      [3, 'approved', true],
      [2, 'withdrawn', false],
      [1, 'superseded', false],
    ])
    const one = await does(assessRisk, { id, version, ...judged('2023-02-01') })
    expect(one.assessments[0]).toMatchObject({ methodId, personId: home.owner.actor.id })
    expect(await logged(1)).toEqual(['risk risk.assessed'])
  })

  it('gets the next free code, keeps its own from others, and is found by it', async () => {
    const { code } = await asks(nextRiskCode, {})
    const one = await does(createRisk, written())
    expect(one.code).toBe(code)
    expect(await codesOf(does(createRisk, written({ code: one.code.toLowerCase() })))).toEqual([
      '/code risk.code_taken',
    ])
    const { items } = await asks(listRisks, { text: one.code })
    expect(items.map(({ id, state }) => [id, state])).toEqual([[one.id, 'identified']])
  })

  it('is not there on a day before it was identified', async () => {
    const one = await does(createRisk, written({ identifiedOn: '2023-05-01' }))
    expect((await refusal(asks(getRisk, { id: one.id }, '2023-04-30'))).kind).toBe('not_found')
    expect((await asks(getRisk, { id: one.id }, '2023-05-01')).state).toBe('identified')
    expect((await asks(listRisks, { text: one.code }, '2023-04-30')).total).toBe(0)
  })

  it('cites only what is here, and is given to nobody who left', async () => {
    const stranger = '00000000-0000-4000-8000-000000000001'
    const found = await codesOf(
      does(
        createRisk,
        written({
          assetIds: [stranger],
          issueIds: [stranger],
          obligationIds: [stranger],
          serviceIds: [stranger],
        }),
      ),
    )
    expect(found).toEqual(
      ['/serviceIds/0', '/assetIds/0', '/issueIds/0', '/obligationIds/0'].map(
        (pointer) => `${pointer} record.reference_unknown`,
      ),
    )
    const gone = await member('contributor')
    await leaves(gone.id)
    expect(await codesOf(does(createRisk, written({ ownerId: gone.id })))).toEqual([
      '/ownerId risk.owner_left',
    ])
  })

  it('keeps its values off the scales and rising without a reason out', async () => {
    const { id, version } = await does(createRisk, written())
    const assess = (changed: Record<string, unknown>) =>
      does(assessRisk, { id, version, ...judged('2023-02-01', changed) })
    expect(await codesOf(assess({ inherent: value(5, 4) }))).toEqual([
      '/inherent/likelihood risk.outside_scale',
    ])
    expect(await codesOf(assess({ residual: value(4, 4) }))).toEqual(['/exception risk.rises_without_reason'])
    expect(await codesOf(assess({ on: '2023-01-09' }))).toEqual(['/on risk.before_identified'])
    expect(await codesOf(assess({ on: '2023-08-01' }))).toEqual(['/on risk.in_future'])
    const one = await assess({ residual: value(4, 4), exception: 'A supplier left' })
    const back = await does(assessRisk, { id, version: one.version, ...judged('2023-01-20') })
    // Brought later, it stands where its day belongs.
    expect(back.assessments.map((each) => each.on)).toEqual(['2023-01-20', '2023-02-01'])
    expect((await asks(getRisk, { id }, '2023-01-31')).assessment?.residual).toEqual(value(1, 2))
  })

  it('is changed by one of two who do it at once', async () => {
    const one = await does(createRisk, written())
    const { code } = one
    await does(updateRisk, { ...written(), id: one.id, code, version: one.version, name: { en: 'Mine' } })
    const late = await refusal(
      does(updateRisk, { ...written(), id: one.id, code, version: one.version, name: { en: 'Theirs' } }),
    )
    expect([late.kind, late.code]).toEqual(['conflict', 'record.changed_meanwhile'])
  })

  it('is closed when nothing of its plan is open', async () => {
    const one = await treated()
    const close = (version: number) =>
      does(closeRisk, { id: one.id, version, on: today, reason: 'The service ended' })
    expect(await codesOf(close(one.version))).toEqual(['risk.actions_open'])
    const dropped = await does(dropAction, {
      id: one.id,
      version: one.version,
      key: 'a1',
      reason: 'Not needed',
    })
    await close(dropped.version)
    expect(await logged(1)).toEqual(['risk risk.closed'])
    expect((await asks(listRisks, { text: one.code })).total).toBe(0)
    expect((await asks(listRisks, { text: one.code, closed: 'yes' })).total).toBe(1)
    expect((await asks(listRisks, { text: one.code }, '2023-07-30')).items[0]?.state).not.toBe('closed')
    expect(await codesOf(does(reviewRisk, { id: one.id, version: dropped.version + 1, note: 'x' }))).toEqual([
      'risk.closed',
    ])
  })

  it('is opened again with a reason, and stays closed for the days between', async () => {
    const one = await treated()
    const { id, code } = one
    const reopen = (version: number, reason = 'It is back') => does(reopenRisk, { id, version, reason })
    expect(await codesOf(reopen(one.version))).toEqual(['risk.not_closed'])
    const { version } = await does(dropAction, { id, version: one.version, key: 'a1', reason: 'Not needed' })
    const first = await does(closeRisk, { id, version, on: '2023-07-01', reason: 'It ended' })
    expect((await asks(getRisk, { id })).abilities).toEqual(['reopen'])
    expect(await codesOf(reopen(first.version, ''))).toContain('/reason blank')
    const again = await reopen(first.version)
    expect(await logged(1)).toEqual(['risk risk.reopened'])
    const closing = { closed: { on: '2023-07-01', reason: 'It ended' }, on: today, reason: 'It is back' }
    expect(again).toMatchObject({ closed: null, reopened: [closing] })
    expect((await asks(listRisks, { text: code })).items[0]?.abilities).toContain('assess')
    for (const [day, state] of [
      ['2023-06-30', 'no'],
      ['2023-07-01', 'yes'],
      ['2023-07-30', 'yes'],
      [today, 'no'],
    ] as const) {
      const other = state === 'yes' ? 'no' : 'yes'
      expect((await asks(listRisks, { text: code, closed: state }, day)).total, day).toBe(1)
      expect((await asks(listRisks, { text: code, closed: other }, day)).total, day).toBe(0)
      const read = await asks(getRisk, { id }, day)
      expect(read.state === 'closed' ? 'yes' : 'no', day).toBe(state)
    }
    const late = await does(closeRisk, { id, version: again.version, on: today, reason: 'For good' })
    const twice = await reopen(late.version, 'Not for good')
    expect(twice.reopened.map(({ reason }) => reason)).toEqual(['It is back', 'Not for good'])
  })

  it('is found under its entity and under each above it, in the register, on the map and in the plan', async () => {
    const place = async (key: string, parentId: string) =>
      does(createEntity, {
        ...{ key, parentId, kind: 'company' as const, name: { en: key }, country: null },
        ...{ memberFrom: null, memberTo: null },
      })
    const group = await place('group', home.root.id)
    const shop = await place('shop', group.id)
    const other = await place('other', home.root.id)
    const before = await treated()
    const at = ({ id, version }: Risk) => ({ id, version })
    const moved = await does(updateRisk, {
      ...{ ...written(), id: before.id, version: before.version, code: before.code, entityId: shop.id },
    })
    const found = async (entity: string) => [
      (await asks(listRisks, { entity })).items.some(({ id }) => id === moved.id),
      (await asks(mapRisks, { entity })).points.some(({ id }) => id === moved.id),
      (await asks(treatmentPlan, { entity })).items.some(({ risk: { id } }) => id === moved.id),
    ]
    for (const entity of [shop, group, home.root]) expect(await found(entity.id)).toEqual([true, true, true])
    expect(await found(other.id)).toEqual([false, false, false])
    const { id, version } = await does(dropAction, { ...at(moved), key: 'a1', reason: 'Not needed' })
    await does(closeRisk, { id, version, on: today, reason: 'Over' })
  })
})

describe('a treatment plan', () => {
  it('has actions that are done, reopened, changed and dropped', async () => {
    const one = await treated()
    const { id } = one
    expect(await codesOf(does(doAction, { id, version: one.version, key: 'a9', on: today }))).toEqual([
      'risk.action_unknown',
    ])
    const done = await does(doAction, { id, version: one.version, key: 'a1', on: '2023-06-01' })
    expect(await codesOf(does(dropAction, { id, version: done.version, key: 'a1', reason: 'x' }))).toEqual([
      'risk.action_settled',
    ])
    const open = await does(doAction, { id, version: done.version, key: 'a1', on: null })
    const given = { name: text, ownerId: risky.id, dueOn: '2023-02-01', cost: null, controlId: null }
    expect(await codesOf(does(changeAction, { id, version: open.version, key: 'a1', ...given }))).toEqual([
      '/dueOn risk.due_before_planned',
    ])
    const changed = await does(changeAction, {
      ...{ id, version: open.version, key: 'a1', ...given },
      dueOn: '2023-09-30',
    })
    expect(await logged(3)).toEqual([
      'risk risk.action_changed',
      'risk risk.action_reopened',
      'risk risk.action_done',
    ])
    expect(changed.actions[0]).toMatchObject({ dueOn: '2023-09-30', doneOn: null, ownerId: risky.id })
  })

  it('over all risks sums costs and counts what is late, as it stood on the day', async () => {
    const one = await treated()
    const late = await asks(treatmentPlan, { state: 'overdue', limit: 200 })
    expect(late.items.some((line) => line.risk.id === one.id)).toBe(true)
    expect(late.costs).toEqual([{ currency: 'JPY', planned: 500_000 * late.total, done: 0 }])
    const earlier = await asks(treatmentPlan, { state: 'overdue' }, '2023-06-30')
    expect([earlier.total, earlier.counts.overdue]).toEqual([0, 0])
    expect((await asks(treatmentPlan, { state: 'all' }, '2023-02-09')).total).toBe(0)
    const first = await asks(treatmentPlan, { state: 'all', limit: 1 })
    expect(first.nextCursor).toBe('1')
    expect((await asks(treatmentPlan, { state: 'all', limit: 1, cursor: '1' })).items).not.toEqual(
      first.items,
    )
    expect(await codesOf(asks(treatmentPlan, { cursor: 'x' }))).toEqual(['/cursor request.cursor'])
  })

  it('needs controls that are here and in use', async () => {
    const { id, version } = await does(createRisk, written())
    const treat = (changed: Record<string, unknown>) =>
      does(treatRisk, { id, version, from: today, option: 'modify', why: text, controlIds: [], ...changed })
    expect(await codesOf(treat({}))).toEqual(['/from risk.not_assessed'])
    const one = await does(assessRisk, { id, version, ...judged('2023-02-01') })
    const stranger = '00000000-0000-4000-8000-000000000001'
    expect(await codesOf(treat({ version: one.version, controlIds: [stranger] }))).toEqual([
      '/controlIds/0 record.reference_unknown',
    ])
  })
})

describe('an acceptance', () => {
  it('is the owner’s alone, for exactly what was read, and goes stale with it', async () => {
    const one = await treated()
    const { id } = one
    expect(await codesOf(accept(id, manager.caller))).toEqual(['risk_acceptance.not_owner'])
    const key = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, {
      ...{ kind: 'key', id: risky.id },
    })
    expect(await codesOf(accept(id, key))).toEqual(['risk_acceptance.person_only'])
    expect(await codesOf(accept(id, risky.caller, { substance: '0'.repeat(64) }))).toEqual([
      'risk_acceptance.other_substance',
    ])
    expect(await codesOf(accept(id, risky.caller, { version: one.version - 1 }))).toEqual([
      'record.changed_meanwhile',
    ])
    const given = await accept(id, risky.caller)
    expect(given).toMatchObject({ riskId: id, riskVersion: one.version, personId: risky.id, on: today })
    expect(await logged(1)).toEqual(['risk-acceptance risk.accepted'])
    expect((await asks(getRisk, { id })).state).toBe('accepted')
    expect(await codesOf(accept(id, risky.caller))).toEqual(['risk_acceptance.already'])
    const done = await does(doAction, { id, version: one.version, key: 'a1', on: today })
    expect((await asks(getRisk, { id })).acceptanceState).toBe('current')
    await does(assessRisk, { id, version: done.version, ...judged(today, { residual: value(2, 2) }) })
    const after = await asks(getRisk, { id })
    expect([after.state, after.acceptances[0]?.state]).toEqual(['stale', 'stale'])
    expect((await asks(listRisks, { state: 'stale' })).items.map((each) => each.id)).toContain(id)
  })

  it('of a band that may not be retained needs a reason', async () => {
    const one = await treated()
    const { id } = one
    await does(assessRisk, { id, version: one.version, ...judged('2023-03-01', { residual: value(3, 3) }) })
    expect(await codesOf(accept(id, risky.caller))).toEqual(['/note risk_acceptance.reason_missing'])
    const given = await accept(id, risky.caller, { note: 'Until the new system runs', until: '2023-09-30' })
    expect(given.until).toBe('2023-09-30')
    const later = await asks(getRisk, { id }, '2023-10-01')
    expect([later.acceptanceState, later.state]).toEqual(['ended', 'stale'])
  })

  it('is refused while the owner is missing or has left, until the risk is handed over', async () => {
    const unowned = await treated({ ownerId: null })
    expect(await codesOf(accept(unowned.id, risky.caller))).toEqual(['risk_acceptance.no_owner'])
    const leaver = await member('contributor')
    const one = await treated({ ownerId: leaver.id })
    await leaves(leaver.id)
    expect(await codesOf(accept(one.id, leaver.caller))).toEqual(['risk_acceptance.owner_left'])
    const found = await asks(listRisks, { handover: 'yes' })
    expect(found.items.map((each) => [each.id, each.needsHandover])).toEqual([[one.id, true]])
    const changed = await does(changeRisks, {
      items: [{ id: one.id, version: one.version }],
      set: { ownerId: risky.id },
    })
    expect(changed.items).toEqual([{ id: one.id, code: one.code, fate: 'changed' }])
    expect((await accept(one.id, risky.caller)).personId).toBe(risky.id)
  })

  it('is taken back with a reason by its owner or a manager, once', async () => {
    const one = await treated()
    const { id } = await accept(one.id, risky.caller)
    const other = await member('contributor')
    const revoke = (caller: Caller) => does(revokeAcceptance, { id, version: 1, reason: 'Too early' }, caller)
    expect(await codesOf(revoke(other.caller))).toEqual(['risk_acceptance.not_yours'])
    await revoke(manager.caller)
    expect(await codesOf(revoke(risky.caller))).toEqual(['risk_acceptance.revoked'])
    expect((await asks(getRisk, { id: one.id })).state).toBe('planned')
  })
})

describe('many risks', () => {
  it('change together or not at all, with what became of each', async () => {
    const [one, two] = [await treated(), await treated()]
    const items = [one, two].map(({ id, version }) => ({ id, version }))
    const result = await does(changeRisks, { items, set: { reviewMonths: 6, review: 'Nothing changed' } })
    expect(result.items.map((each) => each.fate)).toEqual(['changed', 'changed'])
    expect(await logged(2)).toEqual(['risk risk.reviewed', 'risk risk.reviewed'])
    expect(await codesOf(does(changeRisks, { items, set: { reviewMonths: 12 } }))).toEqual([
      '/items/0 risk.changed_one',
      '/items/1 risk.changed_one',
    ])
    const now = items.map((item) => ({ ...item, version: item.version + 1 }))
    const same = await does(changeRisks, { items: now, set: { reviewMonths: 6 } })
    expect(same.items.map((each) => each.fate)).toEqual(['unchanged', 'unchanged'])
  })

  it('stand on the map of one version, with where they were', async () => {
    const one = await treated()
    await does(assessRisk, {
      id: one.id,
      version: one.version,
      ...judged('2023-06-01', { residual: value(0, 1) }),
    })
    const map = await asks(mapRisks, { from: '2023-03-01' })
    expect(map.points.find((point) => point.id === one.id)).toMatchObject({
      before: value(1, 2),
      now: value(0, 1),
    })
    const levels = map.points.flatMap(({ now }) =>
      now ? (startingMethod.matrix[now.likelihood]?.[now.consequence] ?? []) : [],
    )
    expect(map.groups).toEqual([{ entityId: home.root.id, risks: levels.length, index: Math.max(...levels) }])
    const cell = { which: 'residual', likelihood: 0, consequence: 1, method: methodId }
    const here = map.points.filter((point) => point.now?.likelihood === 0 && point.now.consequence === 1)
    expect((await asks(listRisks, cell)).items.map((each) => each.id)).toEqual(here.map((point) => point.id))
  })

  it('judged by an earlier version keep it and are listed as work when another takes effect', async () => {
    const one = await treated()
    const next = await does(draftMethod, { ...startingMethod, effectiveFrom: today }, manager.caller)
    await does(approveMethod, { id: next.id, version: 1 })
    const found = await asks(getRisk, { id: one.id })
    expect([found.outdated, found.method?.id, found.ratings.residual?.key]).toEqual([
      true,
      methodId,
      'moderate',
    ])
    expect((await asks(listRisks, { outdated: 'yes', limit: 200 })).items.map((each) => each.id)).toContain(
      one.id,
    )
    const map = await asks(mapRisks, {})
    expect(map.otherVersions.map((other) => other.id)).toEqual([methodId])
    expect((await asks(listMethods, {})).items.find((each) => each.id === methodId)?.state).toBe('superseded')
    await does(withdrawMethod, { id: next.id, version: 2, reason: 'Not yet' })
    expect((await asks(getRisk, { id: one.id })).outdated).toBe(false)
  })

  it('are listed by level in an order that pages keep', async () => {
    const all = await asks(listRisks, { sort: 'level', order: 'desc', limit: 200 })
    const indexes = all.items.map((each) => each.ratings.residual?.index ?? -1)
    expect(indexes).toEqual([...indexes].sort((a, b) => b - a))
    const first = await asks(listRisks, { sort: 'level', order: 'desc', limit: 2 })
    const second = await asks(listRisks, {
      ...{ sort: 'level', order: 'desc', limit: 2, cursor: first.nextCursor ?? undefined },
    })
    expect([...first.items, ...second.items].map((each) => each.id)).toEqual(
      all.items.slice(0, 4).map((each) => each.id),
    )
  })

  it('take a number of queries that does not grow with them', async () => {
    const count = async (limit: number) => {
      const spy = vi.spyOn(pg.Client.prototype, 'query')
      await asks(listRisks, { limit, overdue: 'yes' })
      const calls = spy.mock.calls.length
      spy.mockRestore()
      return calls
    }
    await count(1)
    expect(await count(1)).toBe(await count(200))
    expect(await count(200)).toBeLessThanOrEqual(16)
  })

  it('of another entity are not seen by who has a role elsewhere', async () => {
    const branch = await does(createEntity, {
      ...{ key: 'branch', parentId: home.root.id, kind: 'company', name: text, country: 'JP' },
      ...{ memberFrom: null, memberTo: null },
    })
    const inBranch = await member('manager', branch.id)
    const one = await treated()
    const theirs = await answer(world.runtime, inBranch.caller, listRisks, {})
    expect(theirs.total).toBe(0)
    expect((await refusal(answer(world.runtime, inBranch.caller, getRisk, { id: one.id }))).kind).toBe(
      'not_found',
    )
    const mine = await does(createRisk, written({ entityId: branch.id }), inBranch.caller)
    expect(
      (await answer(world.runtime, inBranch.caller, listRisks, {})).items.map((each) => each.id),
    ).toEqual([mine.id])
    const moved = {
      ...written({ entityId: home.root.id }),
      id: mine.id,
      code: mine.code,
      version: mine.version,
    }
    expect((await refusal(does(updateRisk, moved, inBranch.caller))).kind).toBe('forbidden')
  })
})

describe('what is due of a risk', () => {
  it('is its next review, each open action and the end of its acceptance, each with who is to do it', async () => {
    const one = await treated({ reviewMonths: 6 })
    await accept(one.id, risky.caller, { until: '2023-08-31' })
    const dueOf = async (kind: string) => {
      const { items } = await asks(listDue([]), { kind, limit: 200 })
      return items
        .filter((each) => each.recordId === one.id)
        .map(({ subject, dueOn, person, state }) => [subject, dueOn, person?.id, state])
    }
    expect(await dueOf('risk-review')).toEqual([
      [`risk-review:${one.id}`, '2023-08-01', risky.id, 'due-soon'],
    ])
    expect(await dueOf('risk-action')).toEqual([
      [`risk-action:${one.id}:a1`, '2023-06-30', risky.id, 'overdue'],
    ])
    expect(await dueOf('risk-acceptance')).toEqual([
      [`risk-acceptance:${one.id}`, '2023-08-31', risky.id, 'upcoming'],
    ])
    await does(doAction, { id: one.id, version: one.version, key: 'a1', on: today })
    expect(await dueOf('risk-action')).toEqual([])
  })
})

describe('an estimate in numbers', () => {
  it('is simulated the same every time, and refused where its range is turned', async () => {
    const quantity = {
      ...{ frequency: { low: 0.2, high: 3 }, loss: { low: 1e6, high: 4e7 }, currency: 'JPY' },
      ...{ trials: 10_000, seed: 7, why: 'From the incidents of five years' },
    }
    const one = await does(createRisk, written({ quantity }))
    const found = await asks(simulateRisk, { id: one.id })
    expect(await asks(simulateRisk, { id: one.id })).toEqual(found)
    expect(Math.abs(found.mean / found.expected - 1)).toBeLessThan(0.1)
    const turned = { ...quantity, loss: { low: 2, high: 1 } }
    expect(await codesOf(does(createRisk, written({ quantity: turned })))).toEqual([
      '/quantity/loss/low risk.range_turned',
    ])
    const none = await does(createRisk, written())
    expect(await codesOf(asks(simulateRisk, { id: none.id }))).toEqual(['risk.no_estimate'])
  })
})

describe('what was known at an instant', () => {
  it('is told as it was, whatever was recorded later about earlier days', async () => {
    const one = await does(createRisk, written())
    world.clock.set('2023-07-31T05:00:00.000Z')
    await does(assessRisk, { id: one.id, version: one.version, ...judged('2023-02-01') })
    const at = (knownAt: string) =>
      answer(world.runtime, { ...home.owner, asOf: '2023-07-31', knownAt }, getRisk, { id: one.id })
    expect((await at('2023-07-31T04:00:00.000Z')).state).toBe('identified')
    expect((await at('2023-07-31T05:00:00.000Z')).state).toBe('assessed')
    const list = await answer(
      world.runtime,
      { ...home.owner, asOf: '2023-07-31', knownAt: '2023-07-31T04:00:00.000Z' },
      listRisks,
      { state: 'identified', limit: 200 },
    )
    expect(list.items.map((each) => each.id)).toContain(one.id)
  })
})
