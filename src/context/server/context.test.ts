import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Planter, planter } from '../../../tests/support/calendar.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Context } from '../../db/context.ts'
import { reading } from '../../db/transaction.ts'
import type { Query } from '../../kernel/command.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { person } from '../../people/person.ts'
import { programme } from '../../programmes/programme.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import {
  changeObligations,
  createIssue,
  createObligation,
  createParty,
  endObligation,
  endParty,
  updateObligation,
} from './commands.ts'
import { importObligations } from './import-commands.ts'
import { climateDeterminedOn, obligationsOn, rolesOn, scopeStatementOn } from './queries.ts'
import { getContext, listIssues, listObligations, listParties } from './register-queries.ts'
import { createRole, handOverRole } from './role-commands.ts'
import { listRoles } from './role-queries.ts'
import { approveScope, draftScope, editScope, withdrawScope } from './scope-commands.ts'
import { getScope, listScopes } from './scope-queries.ts'

let world: World
let home: Home
let plant: Planter
let hana: Awaited<ReturnType<Planter['somebody']>>
let ken: Awaited<ReturnType<Planter['somebody']>>
let below: string

// Where the clock of the test's world stands.
const today = '2023-07-31'
const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('context')
  home = await foundHome(world)
  plant = planter(world, home)
  hana = await plant.somebody('Hana', 'manager', null)
  ken = await plant.somebody('Ken', 'manager', null)
  const part = await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'part', parentId: home.root.id, kind: 'company' as const, name: text },
    ...{ country: null, memberFrom: null, memberTo: null },
  })
  below = part.id
})
afterAll(() => world.close())

const codes = async (work: Promise<unknown>) =>
  (await refusal(work)).fields.map(({ pointer, code }) => `${pointer} ${code}`)

const logged = async (id: string) => {
  const rows = await reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select('type').where('recordId', '=', id).orderBy('n').execute(),
  )
  return rows.map((row) => row.type)
}

/** A loader of later nouns, asked as a query would ask it. */
const loaded = <T>(work: (ctx: Context) => Promise<T>): Promise<T> => {
  const query: Query<Context, Record<string, never>, T> = {
    ...{ kind: 'query', noun: 'obligation', action: 'read', scope: () => 'filtered', run: work },
    ...{ input: z.strictObject({}), output: z.custom<T>() },
  }
  return answer(world.runtime, home.owner, query, {})
}

const keptInput = (key: string) => ({
  ...{ key, name: { en: key, ja: key }, entityIds: [] as string[], ownerId: null as string | null },
  ...{ reviewMonths: null as number | null, from: '2022-01-01' as string | null, to: null as string | null },
})

const obligationInput = (key: string, parts: Record<string, unknown> = {}) => ({
  ...keptInput(key),
  ...{ kind: 'legal' as const, source: text, jurisdiction: 'JP', demands: text, partyId: null },
  ...{ serviceIds: [], requirements: [{ edition: 'iso27001-2022', requirement: 'A.5.34' }] },
  ...parts,
})

const as = (caller: Caller, asOf: string): Caller => ({ ...caller, asOf })

describe('obligations', () => {
  it('are kept, reviewed in bulk and ended, each with its entry in the log', async () => {
    const one = await execute(
      world.runtime,
      hana.caller,
      createObligation,
      obligationInput('privacy-law', { ownerId: ken.id, reviewMonths: 12 }),
    )
    const before = await answer(world.runtime, hana.caller, listObligations, {})
    expect(before.items).toMatchObject([
      { key: 'privacy-law', owner: { id: ken.id, left: false }, reviewDue: '2023-01-01', reviewedOn: null },
    ])
    expect((await answer(world.runtime, hana.caller, listObligations, { review: 'overdue' })).total).toBe(1)
    const { rows } = await execute(world.runtime, hana.caller, changeObligations, {
      items: [{ id: one.id, version: 1 }],
      change: { review: { on: today } },
    })
    expect(rows).toEqual([{ id: one.id, version: 2, fate: 'changed' }])
    expect((await answer(world.runtime, hana.caller, listObligations, { review: 'overdue' })).total).toBe(0)
    // What stood before the review is still what stood.
    const past = await answer(world.runtime, as(hana.caller, '2023-07-30'), listObligations, {})
    expect(past.items).toMatchObject([{ reviewedOn: null, reviewDue: '2023-01-01' }])
    await execute(world.runtime, hana.caller, endObligation, {
      ...{ id: one.id, version: 2, to: '2023-06-30', reason: 'The act was repealed.' },
    })
    expect((await answer(world.runtime, hana.caller, listObligations, {})).total).toBe(0)
    expect((await answer(world.runtime, as(hana.caller, '2023-06-30'), listObligations, {})).total).toBe(1)
    expect(await loaded((ctx) => obligationsOn(ctx, '2023-06-30'))).toHaveLength(1)
    expect(await loaded((ctx) => obligationsOn(ctx, '2023-07-01'))).toHaveLength(0)
    expect(await logged(one.id)).toEqual(['obligation.created', 'obligation.reviewed', 'obligation.ended'])
  })

  it('that name what is not here are refused, each with its place', async () => {
    const strange = '00000000-0000-4000-8000-000000000099'
    const input = obligationInput('strange', {
      entityIds: [strange],
      serviceIds: [strange],
      partyId: strange,
      ownerId: strange,
      requirements: [
        { edition: 'iso27001-2022', requirement: 'A.9.99' },
        { edition: 'nothing', requirement: 'A.5.1' },
      ],
    })
    expect(await codes(execute(world.runtime, home.owner, createObligation, input))).toEqual([
      '/entityIds/0 record.reference_unknown',
      '/ownerId record.reference_unknown',
      '/requirements/0/requirement obligation.requirement_unknown',
      '/requirements/1/edition edition.unknown',
      '/serviceIds/0 record.reference_unknown',
      '/partyId record.reference_unknown',
    ])
  })

  it('are changed as a whole or not at all, and never over somebody else’s change', async () => {
    const first = await execute(world.runtime, hana.caller, createObligation, obligationInput('bulk-a'))
    const second = await execute(world.runtime, hana.caller, createObligation, obligationInput('bulk-b'))
    const items = [
      { id: first.id, version: 1 },
      { id: second.id, version: 7 },
    ]
    expect(
      await codes(
        execute(world.runtime, hana.caller, changeObligations, { items, change: { ownerId: ken.id } }),
      ),
    ).toEqual(['/items/1 context.changed_one'])
    const { reviews: _, ...rest } = first
    const stale = { ...rest, version: 4, reason: null }
    expect((await refusal(execute(world.runtime, hana.caller, updateObligation, stale))).code).toBe(
      'record.changed_meanwhile',
    )
    expect(await logged(first.id)).toEqual(['obligation.created'])
  })

  it('come from a file, row by row, all of it or nothing', async () => {
    const columns = ['key', 'name.en', 'kind', 'source.en', 'demands.en', 'requirements', 'owner', 'from']
    const row = (number: number, key: string, parts: Record<string, string> = {}) => ({
      row: number,
      cells: {
        key,
        ...{ 'name.en': key, kind: 'contractual', 'source.en': 'Contract 7', 'demands.en': 'Keep logs.' },
        ...{ requirements: 'iso27001-2022/A.8.15', owner: 'KEN@example.org', from: '2023-01-01' },
        ...parts,
      },
    })
    const input = { mode: 'apply' as const, columns, reason: null }
    const rows = [
      row(2, 'customer-x'),
      row(3, 'customer-x'),
      row(4, 'customer-y', { owner: 'no@one.example' }),
    ]
    expect(await codes(execute(world.runtime, hana.caller, importObligations, { ...input, rows }))).toEqual([
      '/3/key exchange.key_twice',
      '/4/owner exchange.person_unknown',
    ])
    const good = [row(2, 'customer-x'), row(3, 'bulk-a', { kind: 'regulatory' })]
    const result = await execute(world.runtime, hana.caller, importObligations, { ...input, rows: good })
    expect(result.counts).toMatchObject({ create: 1, update: 1, error: 0 })
    const again = await execute(world.runtime, hana.caller, importObligations, { ...input, rows: good })
    expect(again.counts).toMatchObject({ create: 0, update: 0, unchanged: 2 })
    const written = [row(2, 'customer-x', { from: '令和5年1月1日' })]
    const inEra = await execute(world.runtime, hana.caller, importObligations, { ...input, rows: written })
    expect(inEra.counts).toMatchObject({ update: 0, unchanged: 1 })
    const never = [row(2, 'customer-x', { from: '令和元年1月1日' })]
    expect(
      await codes(execute(world.runtime, hana.caller, importObligations, { ...input, rows: never })),
    ).toEqual(['/2/from day'])
    const { items } = await answer(world.runtime, hana.caller, listObligations, { text: 'customer-x' })
    expect(items).toMatchObject([{ ownerId: ken.id, requirements: [{ requirement: 'A.8.15' }] }])
  })

  it('are listed with a number of queries that no amount of them changes', async () => {
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    const count = async () => {
      spy.mockClear()
      await answer(world.runtime, hana.caller, listObligations, { limit: 200 })
      return spy.mock.calls.length
    }
    const few = await count()
    for (let n = 0; n < 25; n++)
      await execute(world.runtime, hana.caller, createObligation, obligationInput(`many-${n}`))
    await count()
    expect(await count()).toBeLessThanOrEqual(few)
    spy.mockRestore()
  })
})

describe('parties and issues', () => {
  it('a need that is answered says how, and a party that is cited does not end', async () => {
    const need = { text, addressed: true, answer: null }
    const input = { ...keptInput('customers'), kind: 'customer' as const, needs: [need] }
    expect(await codes(execute(world.runtime, hana.caller, createParty, input))).toEqual([
      '/needs/0/answer party.answer_missing',
    ])
    const needs = [
      { text, addressed: true, answer: text },
      { text, addressed: false, answer: null },
    ]
    const one = await execute(world.runtime, hana.caller, createParty, { ...input, needs })
    expect((await answer(world.runtime, hana.caller, listParties, { open: 'yes' })).total).toBe(1)
    await execute(world.runtime, hana.caller, createObligation, obligationInput('terms', { partyId: one.id }))
    const end = { id: one.id, version: 1, to: '2023-12-31', reason: 'Merged.' }
    const refused = await refusal(execute(world.runtime, hana.caller, endParty, end))
    expect(refused.fields).toMatchObject([{ code: 'party.still_cited', params: { keys: 'terms' } }])
  })

  it('say whether anything was determined about climate change by a day', async () => {
    expect((await answer(world.runtime, hana.caller, getContext, {})).climate).toEqual([])
    const input = { ...keptInput('heat'), origin: 'external' as const, topic: 'climate' as const }
    await execute(world.runtime, hana.caller, createIssue, {
      ...{ ...input, from: '2023-06-01', relevant: false, effect: text },
    })
    expect((await answer(world.runtime, hana.caller, getContext, {})).climate).toMatchObject([
      { relevant: false, from: '2023-06-01' },
    ])
    expect((await answer(world.runtime, as(hana.caller, '2023-05-31'), getContext, {})).climate).toEqual([])
    expect(await loaded((ctx) => climateDeterminedOn(ctx, '2023-05-31'))).toEqual([])
  })

  it('of one entity are seen and kept by those who answer for it, those of all by nobody of a part', async () => {
    const local = await plant.somebody('Local Manager', 'manager', below)
    const input = { ...keptInput('local'), origin: 'internal' as const, topic: 'people' as const }
    const issue = { ...input, relevant: true, effect: text }
    const whole = execute(world.runtime, local.caller, createIssue, issue)
    expect((await refusal(whole)).kind).toBe('forbidden')
    await execute(world.runtime, local.caller, createIssue, { ...issue, entityIds: [below] })
    const elsewhere = { ...keptInput('root-only'), origin: 'internal' as const, topic: 'people' as const }
    await execute(world.runtime, home.owner, createIssue, {
      ...{ ...elsewhere, relevant: true, effect: text, entityIds: [home.root.id] },
    })
    const { items } = await answer(world.runtime, local.caller, listIssues, {})
    expect(items.map((one) => [one.key, one.abilities])).toEqual([
      ['heat', []],
      ['local', ['update']],
    ])
  })
})

describe('a scope statement', () => {
  const content = () => ({
    ...{ scope: text, boundaries: null, entityIds: [home.root.id], serviceIds: [], interfaces: [] },
    ...{ exclusions: [], effectiveFrom: '2023-01-01' },
  })

  it('is drafted from the programme, approved by somebody else, and knows when it is no longer true', async () => {
    const isms = await plant.programme('isms', home.root.id)
    const { id } = isms
    const open = await answer(world.runtime, hana.caller, getScope, { id })
    expect(open).toMatchObject({
      versions: [],
      proposal: { entityIds: [home.root.id] },
      abilities: ['draft'],
    })
    const excluded = { what: text }
    expect(
      await codes(
        execute(world.runtime, hana.caller, draftScope, { id, ...content(), exclusions: [excluded] }),
      ),
    ).toEqual(['/exclusions/0/justification scope.justification_missing'])
    const draft = await execute(world.runtime, hana.caller, draftScope, { id, ...content() })
    const second = execute(world.runtime, ken.caller, draftScope, { id, ...content() })
    expect((await refusal(second)).code).toBe('scope.draft_open')
    const own = execute(world.runtime, hana.caller, approveScope, { id: draft.id, version: 1 })
    expect((await refusal(own)).fields.map((one) => one.code)).toEqual(['approval.own_work'])
    const bySystem = execute(world.runtime, home.system, approveScope, { id: draft.id, version: 1 })
    expect((await refusal(bySystem)).code).toBe('approval.person_only')
    const approved = await execute(world.runtime, ken.caller, approveScope, { id: draft.id, version: 1 })
    expect(approved.approval).toEqual({ personId: ken.id, on: today })
    const edit = { ...content(), id: draft.id, version: 2 }
    const late = execute(world.runtime, ken.caller, editScope, edit)
    expect((await refusal(late)).code).toBe('approval.already')
    expect(await loaded((ctx) => scopeStatementOn(ctx, id, today))).toMatchObject({ number: 1 })
    expect(await loaded((ctx) => scopeStatementOn(ctx, id, '2023-07-30'))).toBeNull()
    await plant.put(programme, {
      ...isms,
      entities: [...isms.entities, { entityId: below, from: null, to: null }],
    })
    const now = await answer(world.runtime, hana.caller, getScope, { id })
    expect(now.drift?.entities).toEqual({ added: [below], removed: [] })
    const lines = await answer(world.runtime, hana.caller, listScopes, {})
    expect(lines.items).toMatchObject([{ inForce: { number: 1 }, openDraft: null, drifted: true }])
    await execute(world.runtime, ken.caller, withdrawScope, { id: draft.id, version: 2, reason: 'Wrong.' })
    expect(await loaded((ctx) => scopeStatementOn(ctx, id, today))).toBeNull()
    expect(await logged(draft.id)).toEqual([
      'scope-statement.drafted',
      'scope-statement.approved',
      'scope-statement.withdrawn',
    ])
  })

  it('is for programmes of management systems only', async () => {
    const other = await plant.programme('soc2', home.root.id, { edition: 'tsc-2017' })
    const draft = execute(world.runtime, hana.caller, draftScope, { id: other.id, ...content() })
    expect((await refusal(draft)).code).toBe('scope.not_iso')
  })
})

describe('roles', () => {
  it('are handed over on a day, and a holder who leaves makes a gap', async () => {
    const one = await execute(world.runtime, hana.caller, createRole, {
      ...{ key: 'ciso', name: text, responsibilities: text, authority: null, clauses: ['5.3 a', '5.3 b'] },
      ...{ entityId: null, from: '2022-01-01', to: null },
      holders: [{ personId: hana.id, deputyId: null, from: '2022-01-01', to: null }],
    })
    const mina = await plant.somebody('Mina', 'reader', null)
    await execute(world.runtime, hana.caller, handOverRole, {
      ...{ id: one.id, version: 1, personId: mina.id, deputyId: hana.id, from: '2023-07-01' },
    })
    const before = await answer(world.runtime, as(hana.caller, '2023-06-30'), listRoles, {})
    expect(before.items[0]?.holding).toMatchObject([{ person: { id: hana.id } }])
    const after = await answer(world.runtime, hana.caller, listRoles, {})
    expect(after.items[0]?.holding).toMatchObject([{ person: { id: mina.id }, deputy: { id: hana.id } }])
    expect([after.items[0]?.gap, after.unassigned]).toEqual([null, []])
    const { caller: _, ...record } = mina
    await plant.put(person, { ...record, state: 'left' })
    const gone = await answer(world.runtime, hana.caller, listRoles, {})
    expect([gone.items[0]?.gap, gone.unassigned]).toEqual(['left', ['5.3 a', '5.3 b']])
    const { gaps } = await loaded((ctx) => rolesOn(ctx, today))
    expect(gaps[0]).toMatchObject({ kind: 'left', personId: mina.id })
    const back = execute(world.runtime, hana.caller, handOverRole, {
      ...{ id: one.id, version: 2, personId: mina.id, from: '2023-07-31' },
    })
    expect((await refusal(back)).fields.map((field) => `${field.pointer} ${field.code}`)).toEqual([
      '/personId context.owner_left',
    ])
    expect(await logged(one.id)).toEqual(['isms-role.created', 'isms-role.handed-over'])
  })
})
