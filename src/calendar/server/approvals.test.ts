import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { scopeStatement } from '../../context/scope-statement.ts'
import { approveScope, withdrawScope } from '../../context/server/scope-commands.ts'
import { type DocumentDuty, documentDuties } from '../../documented-information/duties.ts'
import { namedDocument } from '../../documented-information/named-document.ts'
import { approveDocument } from '../../documented-information/server/commands.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { riskMethod } from '../../risks/method.ts'
import { approveMethod } from '../../risks/server/method-commands.ts'
import { startingMethod } from '../../risks/starting-method.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { withdrawStatement } from '../../soa/server/commands.ts'
import { soaVersion } from '../../soa/soa-version.ts'
import { delegateDue } from './arrange-commands.ts'
import { readDigest } from './digest-queries.ts'
import { listDue } from './queries.ts'

let world: World
let home: Home
let plant: Planter
let part: Id

type Somebody = Awaited<ReturnType<Planter['somebody']>>
let author: Somebody
let other: Somebody

const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('approvals')
  home = await foundHome(world)
  plant = planter(world, home)
  const below = await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'part', parentId: home.root.id, kind: 'company' as const, name: text },
    ...{ country: null, memberFrom: null, memberTo: null },
  })
  part = below.id
  const edition = world.runtime.catalogue.editions.get('iso27001-2013')
  duties = edition ? documentDuties(edition) : []
  author = await plant.somebody('Author', 'manager', null)
  other = await plant.somebody('Other', 'manager', null)
})
afterAll(() => world.close())

const seen = async (caller: Caller, input: object = {}) => {
  const found = await answer(world.runtime, caller, listDue([]), { kind: 'approval', ...input })
  return found.items.map((one) => `${one.title.en} ${one.dueOn} ${one.state}`)
}

let duties: DocumentDuty[] = []

/** Versions of each kind that the author drafted on a day, for the programme of an entity. */
async function drafted(on: string, entityId: Id, key: string) {
  const { id: programmeId } = await plant.programme(key.toLowerCase(), entityId, { name: { en: key } })
  const draft = { authorIds: [author.id], draftedOn: on, approval: null, withdrawn: null }
  const scope = await plant.put(scopeStatement, {
    ...{ programmeId, number: 1, scope: text, boundaries: null, entityIds: [entityId], serviceIds: [] },
    ...{ interfaces: [], exclusions: [], effectiveFrom: on, ...draft },
  })
  const statement = await plant.put(soaVersion, {
    ...{ programmeId, number: 2, edition: 'iso27001-2013', asOf: on, logSize: 1, note: null, ...draft },
    rows: [
      {
        ...{ reference: 'A.5.1.1', edition: 'iso27001-2013', applicable: false, reasons: [] },
        ...{ justification: text, state: null, since: null, controls: [], ownerIds: [], risks: [] },
        ...{ obligations: [], evidenceIds: [], evidenceCount: 0 },
      },
    ],
  })
  const [duty = '', record = ''] = ['document', 'record'].map(
    (form) => duties.find((one) => one.form === form)?.key ?? '',
  )
  const document = await plant.put(namedDocument, {
    ...{ programmeId, duty, name: { en: `Policy of ${key}` }, label: '1.0', issuedOn: on },
    ...{ evidenceId: (await plant.evidence(key, entityId)).id, reviewBy: null, namedById: author.id },
    ...{ approval: null, withdrawn: null },
  })
  // A record of what was done waits for nobody.
  await plant.put(namedDocument, {
    ...{ programmeId, duty: record, name: { en: `Minutes of ${key}` }, label: null, issuedOn: on },
    ...{ evidenceId: (await plant.evidence(`${key} 2`, entityId)).id, reviewBy: null, namedById: author.id },
    ...{ approval: null, withdrawn: null },
  })
  return { scope, statement, document, programmeId }
}

const byVersion = ({ id, version }: { id: Id; version: number }) => ({ id, version })

describe('what waits for an approval', () => {
  it('is asked of everyone who may give it and did not write it, until it is given or the draft given up', async () => {
    const { scope, statement, document } = await drafted('2023-07-20', part, 'Cloud')
    const method = await plant.put(riskMethod, {
      ...{ ...startingMethod, number: 1, effectiveFrom: '2023-07-20', unreviewed: false },
      ...{ authorIds: [author.id], draftedOn: '2023-07-10', approval: null, withdrawn: null },
    })
    const lines = [
      'Approve: risk method 1 2023-07-24 overdue',
      'Approve: Policy of Cloud 2023-08-03 due-soon',
      'Approve: scope statement 1, Cloud 2023-08-03 due-soon',
      'Approve: statement of applicability 2, Cloud 2023-08-03 due-soon',
    ]
    expect((await seen(other.caller)).toSorted()).toEqual(lines.toSorted())
    expect((await seen(other.caller, { person: 'me' })).length).toBe(4)
    expect(await seen(author.caller)).toEqual([])
    const here = await plant.somebody('Here', 'manager', part)
    const reader = await plant.somebody('Reader', 'reader', null)
    // Who manages a part approves what is of that part; who only reads approves nothing.
    expect((await seen(here.caller)).toSorted()).toEqual(lines.slice(1).toSorted())
    expect(await seen(reader.caller)).toEqual([])
    const { runtime } = world
    await execute(runtime, other.caller, approveScope, byVersion(scope))
    await execute(runtime, other.caller, approveDocument, byVersion(document))
    await execute(runtime, other.caller, approveMethod, byVersion(method))
    await execute(runtime, author.caller, withdrawStatement, { ...byVersion(statement), reason: 'Too early' })
    expect(await seen(other.caller)).toEqual([])
    // On a day before they were given, they waited.
    expect((await seen({ ...other.caller, asOf: '2023-07-30' })).length).toBe(4)
    expect((await seen({ ...other.caller, asOf: '2023-07-15' })).length).toBe(1)
  })

  it('is handed to one who may, and never to who wrote it', async () => {
    const { scope, statement, document } = await drafted('2023-07-25', part, 'Shop')
    const subject = `approval:${scope.id}:scope-statement`
    const give = (personId: Id) =>
      execute(world.runtime, home.system, delegateDue([]), { subject, personId, reason: 'Please' })
    const codes = async (personId: Id) =>
      give(personId).then(
        () => [],
        (error: unknown) => (error instanceof Problem ? error.fields.map((field) => field.code) : error),
      )
    const reader = await plant.somebody('Onlooker', 'reader', null)
    expect(await codes(author.id)).toEqual(['approval.own_work'])
    expect(await codes(reader.id)).toEqual(['arrangement.person_may_not'])
    const third = await plant.somebody('Third', 'manager', null)
    await give(third.id)
    const mine = await seen(third.caller, { person: 'me' })
    const line = 'Approve: scope statement 1, Shop 2023-08-08 due-soon'
    expect(mine).toContain(line)
    expect(await seen(other.caller, { person: 'me' })).not.toContain(line)
    const { runtime } = world
    await execute(runtime, author.caller, withdrawScope, { ...byVersion(scope), reason: 'Not now' })
    await execute(runtime, author.caller, withdrawStatement, { ...byVersion(statement), reason: 'Not now' })
    await execute(runtime, other.caller, approveDocument, byVersion(document))
    expect(await seen(third.caller)).toEqual([])
  })

  it('is in the mail of who may approve it, once', async () => {
    const { scope } = await drafted('2023-07-01', part, 'Late')
    const digest = (caller: Caller) => answer(world.runtime, caller, readDigest([]), {})
    const found = await digest(other.caller)
    const mine = found.overdue.map((one) => one.title.en)
    expect(mine).toContain('Approve: scope statement 1, Late')
    expect(found.escalated.map((one) => one.title.en)).not.toContain('Approve: scope statement 1, Late')
    expect((await digest(author.caller)).overdue.map((one) => one.title.en)).not.toContain(mine[0])
    expect(scope.approval).toBeNull()
  })
})

describe('a document that is current until a day', () => {
  it('is to be reviewed by then, unless another serves longer', async () => {
    const owner = await plant.somebody('Keeper', 'manager', null)
    const { id: programmeId } = await plant.programme('docs', home.root.id, { ownerId: owner.id })
    const approval = { personId: other.id, on: '2023-07-01' }
    const one = async (label: string, duty: string, reviewBy: string | null) =>
      plant.put(namedDocument, {
        ...{ programmeId, duty, name: { en: label }, label, issuedOn: '2023-07-01', reviewBy },
        ...{ evidenceId: (await plant.evidence(label, home.root.id)).id, namedById: author.id },
        ...{ approval, withdrawn: null },
      })
    await one('Policy 1', 'policy', '2023-08-10')
    await one('Policy 2', 'policy', '2023-09-10')
    await one('Plan 1', 'plan', '2023-08-15')
    await one('Plan 2', 'plan', null)
    const lines = async (asOf?: string) => {
      const caller = { ...owner.caller, asOf }
      const found = await answer(world.runtime, caller, listDue([]), {
        kind: 'document-review',
        person: 'me',
      })
      return found.items.map((each) => `${each.title.en} ${each.dueOn} ${each.state}`)
    }
    expect(await lines()).toEqual(['Review the document: Policy 2 2023-09-10 upcoming'])
    expect(await lines('2023-06-30')).toEqual([])
  })
})
