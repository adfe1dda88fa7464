import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { reading } from '../../db/transaction.ts'
import { type Evidence, evidence } from '../../evidence/evidence.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { createProgramme, decideApplicability } from '../../programmes/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { approveDocument, nameDocument, withdrawDocument } from './commands.ts'
import { getTracker, listTrackers } from './queries.ts'

let world: World
let home: Home
let programmeId: Id
let item: Id

const text = { en: 'Something', ja: 'なにか' }
const today = '2023-07-31'

const does = <I, O>(
  command: Command<Context, I, O>,
  input: unknown,
  caller: Caller = home.owner,
): Promise<O> => execute(world.runtime, caller, command, input)
const asks = <I, O>(query: Query<Context, I, O>, input: unknown, asOf: string = today): Promise<O> =>
  answer(world.runtime, { ...home.owner, asOf }, query, input)

/** Writes an item of evidence as it is; how one comes in has tests of its own. */
const plant: Command<Context, Evidence, Evidence> = {
  ...{ kind: 'command', noun: 'organisation', action: 'found' },
  ...{ input: z.any(), output: z.any() },
  scope: () => 'organisation',
  run: (ctx, one) => save(ctx, evidence, 'evidence.planted', one),
}

beforeAll(async () => {
  world = await makeWorld('documented')
  home = await foundHome(world)
  programmeId = (
    await does(createProgramme, {
      ...{ key: 'iso', name: text, edition: 'iso27001-2022', categories: [], audiences: [], services: [] },
      entities: [{ entityId: home.root.id, from: null, to: null }],
      cycles: [{ from: '2022-01-01', to: '2024-12-31', auditOn: null }],
      ...{ ownerId: null, certificateId: null },
    })
  ).id
  const planted: Evidence = {
    ...{ id: newId(world.runtime.random), version: 0, title: 'Policy', description: null, location: null },
    ...{ entityId: home.root.id, source: 'uploaded', collector: null, collectorId: null, addedById: null },
    ...{ aboutFrom: '2023-01-01', aboutTo: '2023-01-01', collectedOn: '2023-01-01', collectedAt: null },
    ...{ validUntil: '2024-12-31', validityStated: true, toleranceDays: 0, files: [], data: null },
    ...{ implementationIds: [], occurrenceIds: [], requirements: [], assetIds: [], review: null },
    ...{ replaces: null, withdrawn: null, retainUntil: null, hold: null, disposed: null },
  }
  item = (await does(plant, planted, home.system)).id
})
afterAll(() => world.close())

const lastEntry = () =>
  reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirstOrThrow(),
  )

const dutyOn = async (key: string, day = today) =>
  (await asks(getTracker, { id: programmeId }, day)).duties.find((duty) => duty.key === key)

const policy = () => ({
  ...{ id: programmeId, duty: 'security-policy', name: text, label: '3.1', evidenceId: item },
  ...{ issuedOn: '2023-02-01', reviewBy: '2024-01-31' },
})

describe('the tracker of documented information', () => {
  it('lists every document and record of the clauses, and those that applicable controls expect', async () => {
    const { duties, totals } = await asks(getTracker, { id: programmeId })
    expect(duties.filter((duty) => duty.basis === 'clause')).toHaveLength(17)
    expect(duties.filter((duty) => duty.basis === 'annex')).toHaveLength(20)
    expect(totals).toMatchObject({ required: 37, missing: 37 })
    expect(await dutyOn('statement-of-applicability')).toMatchObject({
      ...{ clause: '6.1.3 d', state: 'missing' },
      title: { en: 'Statement of Applicability' },
    })
  })

  it('asks for nothing about a control that was decided not to apply', async () => {
    await does(decideApplicability, {
      ...{ id: programmeId, from: '2023-05-01', applicable: false, justification: text },
      requirements: ['A.8.27'],
    })
    expect(await dutyOn('a-8-27')).toMatchObject({ state: 'not-applicable' })
    expect(await dutyOn('a-8-27', '2023-04-30')).toMatchObject({ state: 'missing' })
    const { items } = await asks(listTrackers, {})
    expect(items).toMatchObject([{ programmeId, totals: { required: 36 } }])
  })

  it('takes a document for current only after somebody else approved it', async () => {
    const { id, version } = await does(nameDocument, policy())
    expect(await dutyOn('security-policy')).toMatchObject({ state: 'unapproved' })
    await expect(does(approveDocument, { id, version })).rejects.toMatchObject({
      fields: [{ code: 'approval.own_work' }],
    })
    const approved = await does(approveDocument, { id, version }, home.manager)
    expect(await dutyOn('security-policy')).toMatchObject({
      state: 'current',
      holders: [{ label: '3.1', approvedOn: today, named: { evidenceId: item, abilities: ['withdraw'] } }],
    })
    expect(await lastEntry()).toMatchObject({ type: 'named-document.approved', recordId: id })
    await does(withdrawDocument, { id, version: approved.version, reason: 'Replaced by 4.0' })
    expect(await dutyOn('security-policy')).toMatchObject({ state: 'missing', holders: [] })
  })

  it('refuses what cannot be: an unknown duty, a file that is not there, days in the wrong order', async () => {
    const wrong = { duty: 'nothing', evidenceId: newId(world.runtime.random), reviewBy: '2022-01-01' }
    await expect(does(nameDocument, { ...policy(), ...wrong })).rejects.toMatchObject({
      fields: [
        { pointer: '/duty', code: 'documented.duty_unknown' },
        { pointer: '/evidenceId', code: 'record.reference_unknown' },
        { pointer: '/reviewBy', code: 'documented.review_before_issue' },
      ],
    })
    await expect(
      does(nameDocument, { ...policy(), issuedOn: '2030-01-01', reviewBy: null }),
    ).rejects.toMatchObject({
      fields: [{ code: 'documented.future' }],
    })
  })
})
