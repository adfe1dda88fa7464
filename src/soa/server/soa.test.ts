import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../../tests/support/world.ts'
import { createControl } from '../../controls/server/commands.ts'
import { createImplementation } from '../../controls/server/implementation-commands.ts'
import type { Context } from '../../db/context.ts'
import type { Command, Query } from '../../kernel/command.ts'
import type { Id } from '../../kernel/id.ts'
import { createProgramme, decideApplicability, endProgramme } from '../../programmes/server/commands.ts'
import { getProgramme } from '../../programmes/server/queries.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { annexControls } from '../controls-of.ts'
import { approveStatement, draftStatement, renewStatement, withdrawStatement } from './commands.ts'
import { getDifference, getStatement, getVersion, listStatements } from './queries.ts'
import { carryDecisions, getTransition } from './transition-queries.ts'

let world: World
let home: Home
let earlier: Id
let later: Id

const text = { en: 'Something', ja: 'なにか' }
const today = '2023-07-31'

const does = <I, O>(
  command: Command<Context, I, O>,
  input: unknown,
  caller: Caller = home.owner,
): Promise<O> => execute(world.runtime, caller, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, asOf: string = today): Promise<O> =>
  answer(world.runtime, { ...home.owner, asOf }, query, input)

async function programmeOf(edition: string): Promise<Id> {
  const made = await does(createProgramme, {
    ...{
      key: edition.replaceAll('.', '-'),
      name: text,
      edition,
      categories: [],
      audiences: [],
      services: [],
    },
    entities: [{ entityId: home.root.id, from: null, to: null }],
    cycles: [{ from: '2022-01-01', to: '2024-12-31', auditOn: null }],
    ...{ ownerId: null, certificateId: null },
  })
  return made.id
}

const annexOf = (key: string): string[] => {
  const edition = world.runtime.catalogue.editions.get(key)
  if (!edition) throw new Error(`no edition ${key}`)
  return annexControls(edition)
}

/** Every control of the annex is in because of the baseline, but those of `out`. */
async function decideAll(id: Id, edition: string, out: readonly string[] = []): Promise<void> {
  const requirements = annexOf(edition).filter((one) => !out.includes(one))
  const said = { id, from: '2022-01-01' }
  await does(decideApplicability, {
    ...{ ...said, applicable: true, reasons: ['baseline'], justification: null, requirements },
  })
  if (out.length > 0)
    await does(decideApplicability, { ...said, applicable: false, justification: text, requirements: out })
}

beforeAll(async () => {
  world = await makeWorld('soa')
  home = await foundHome(world)
  earlier = await programmeOf('iso27001-2013')
  later = await programmeOf('iso27001-2022')
  const control = await does(createControl, {
    ...{ code: 'ACC-01', name: text, objective: text, practice: null, ownerId: null },
    requirementLinks: [
      {
        ...{ edition: 'iso27001-2022', requirement: 'A.5.15' },
        ...{ relationship: 'equal', rationale: 'functional', why: text },
      },
    ],
    ...{ controlLinks: [], together: [] },
  })
  await does(createImplementation, {
    ...{ controlId: control.id, entityId: home.root.id, serviceId: null, inheritable: true, ownerId: null },
    ...{ description: text, frequency: null, evidenceDays: 90 },
    phases: [
      { from: '2022-02-01', stance: 'planned', reason: text },
      { from: '2023-02-01', stance: 'operating', reason: null },
    ],
  })
})
afterAll(() => world.close())

const rowOf = (rows: readonly { reference: string }[], reference: string) =>
  rows.find((row) => row.reference === reference)

describe('the statement of a programme', () => {
  it('has every control of the annex once, with the state of the day asked for', async () => {
    const now = await asks(getStatement, { id: later })
    expect(now.rows.map((row) => row.reference)).toEqual(annexOf('iso27001-2022'))
    expect(rowOf(now.rows, 'A.5.15')).toMatchObject({ state: 'implemented', since: '2023-02-01' })
    expect(rowOf(now.rows, 'A.5.16')).toMatchObject({ state: 'not-implemented' })
    const before = await asks(getStatement, { id: later }, '2022-06-01')
    expect(rowOf(before.rows, 'A.5.15')).toMatchObject({ state: 'planned', since: null })
    expect((await asks(getStatement, { id: earlier })).rows).toHaveLength(114)
  })

  it('is not approved with gaps, nor by whoever wrote it, nor by a key', async () => {
    const draft = await does(draftStatement, { id: later })
    const { id, version } = draft
    expect(draft).toMatchObject({ number: 1, asOf: today, approval: null })
    await expect(does(approveStatement, { id, version }, home.manager)).rejects.toMatchObject({
      code: 'soa.gaps',
    })
    await decideAll(later, 'iso27001-2022')
    const renewed = await does(renewStatement, { id, version })
    await expect(does(approveStatement, { id, version: renewed.version })).rejects.toMatchObject({
      fields: [{ code: 'approval.own_work' }],
    })
    const key = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, { kind: 'key' })
    await expect(does(approveStatement, { id, version: renewed.version }, key)).rejects.toMatchObject({
      code: 'approval.person_only',
    })
    const approved = await does(approveStatement, { id, version: renewed.version }, home.manager)
    expect(approved.approval).toEqual({ personId: home.manager.actor.id, on: today })
  })

  it('stays as it was approved, while the statement of today goes on', async () => {
    const { versions } = await asks(getStatement, { id: later })
    const id = versions[0]?.id ?? ''
    await does(decideApplicability, {
      ...{ id: later, from: today, applicable: false, justification: text, requirements: ['A.8.30'] },
    })
    const kept = await asks(getVersion, { id })
    expect(kept.state).toBe('approved')
    expect(rowOf(kept.rows, 'A.8.30')).toMatchObject({ applicable: true })
    const { changes } = await asks(getDifference, { id })
    expect(changes.map((one) => [one.reference, one.fields.includes('applicable')])).toEqual([
      ['A.8.30', true],
    ])
    await expect(does(renewStatement, { id, version: kept.version })).rejects.toMatchObject({
      code: 'soa.not_draft',
    })
  })

  it('is refused when what it states changed after it was drafted', async () => {
    const { id, version } = await does(draftStatement, { id: later })
    await expect(does(draftStatement, { id: later })).rejects.toMatchObject({ code: 'soa.draft_open' })
    await does(decideApplicability, {
      ...{ id: later, from: today, applicable: true, reasons: ['business'], justification: null },
      requirements: ['A.8.30'],
    })
    await expect(does(approveStatement, { id, version }, home.manager)).rejects.toMatchObject({
      code: 'soa.outdated',
    })
    const renewed = await does(renewStatement, { id, version }, home.manager)
    await expect(
      does(approveStatement, { id, version: renewed.version }, home.manager),
    ).rejects.toMatchObject({
      fields: [{ code: 'approval.own_work' }],
    })
    const withdrawn = await does(withdrawStatement, { id, version: renewed.version, reason: 'Not needed' })
    expect(withdrawn.withdrawn).toEqual({ on: today, reason: 'Not needed' })
  })

  it('cannot be as of a day to come', async () => {
    await expect(does(draftStatement, { id: later, asOf: '2030-01-01' })).rejects.toMatchObject({
      fields: [{ code: 'soa.in_future' }],
    })
  })

  it('belongs to ISO/IEC 27001 alone', async () => {
    const pci = await programmeOf('pci-dss-4.0.1')
    await expect(asks(getStatement, { id: pci })).rejects.toMatchObject({ code: 'soa.not_iso' })
    const { items } = await asks(listStatements, {})
    expect(items.map((one) => [one.edition, one.approved?.number ?? null])).toEqual([
      ['iso27001-2013', null],
      ['iso27001-2022', 1],
    ])
  })
})

describe('the transition of editions', () => {
  it('proposes what follows from the decisions of before, and records many decisions as one', async () => {
    await decideAll(earlier, 'iso27001-2013', ['A.14.2.7'])
    const { steps, leftBehind } = await asks(getTransition, { id: later, from: earlier })
    expect(steps).toHaveLength(93)
    expect(leftBehind).toEqual([])
    const origins = Map.groupBy(steps, (step) => step.origin)
    expect([...origins].map(([origin, { length }]) => [origin, length]).sort()).toEqual([
      ['merged', 24],
      ['new', 11],
      ['one-to-one', 58],
    ])
    expect(rowOf(steps, 'A.8.8')).toMatchObject({ alsoIn: ['A.5.36'] })
    expect(rowOf(steps, 'A.8.30')).toMatchObject({ proposal: 'exclude', justifications: [text] })
    const carried = await does(carryDecisions, {
      ...{ id: later, from: today },
      decisions: [
        { requirement: 'A.8.30', applicable: false, justification: text },
        { requirement: 'A.5.7', applicable: true, reasons: ['business'], justification: null },
      ],
    })
    expect(carried).toEqual({ decided: 2 })
    await expect(
      does(carryDecisions, {
        ...{ id: later, from: today },
        decisions: [
          { requirement: 'A.5.8', applicable: false, justification: text },
          { requirement: 'A.8.11', applicable: false, justification: null },
        ],
      }),
    ).rejects.toMatchObject({ kind: 'invalid' })
    const { rows } = await asks(getStatement, { id: later })
    expect([rowOf(rows, 'A.8.30'), rowOf(rows, 'A.5.8')]).toMatchObject([
      { applicable: false },
      { applicable: true },
    ])
  })
})

describe('a programme that ran for a time', () => {
  it('is stated as of its last day ever after, and not at all before it began', async () => {
    const before = await asks(getStatement, { id: earlier }, '2023-03-31')
    const { version } = await answer(world.runtime, home.owner, getProgramme, { id: earlier })
    await does(endProgramme, {
      id: earlier,
      version,
      endedOn: '2023-03-31',
      reason: 'the edition was replaced',
    })
    const after = await asks(getStatement, { id: earlier })
    expect(after.rows).toEqual(before.rows)
    expect([after.day, after.rows.length]).toEqual(['2023-03-31', 114])
    expect((await asks(getStatement, { id: earlier }, '2021-12-31')).rows).toEqual([])
  })
})
