import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { carriedOut, itemInput, sentFile } from '../../../tests/support/evidence.ts'
import { refusal } from '../../../tests/support/refusal.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Asset } from '../../assets/asset.ts'
import { createAsset } from '../../assets/server/commands.ts'
import type { Implementation } from '../../controls/implementation.ts'
import { adoptControls } from '../../controls/server/commands.ts'
import type { Context } from '../../db/context.ts'
import { addEvidence } from '../../evidence/server/commands.ts'
import type { Command } from '../../kernel/command.ts'
import type { Entity } from '../../organisation/entity.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { addPerson } from '../../people/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import { collectionFormat } from '../collection.ts'
import { type Run, run } from '../run.ts'
import { createCheck, endCheck, runCheck, updateCheck } from './commands.ts'
import { withEvaluator } from './evaluate.ts'
import { adoptChecks, listLibraryChecks } from './library-commands.ts'
import { getCheck, listChecks } from './queries.ts'
import { listAssetResults, listCheckResults, listHistory, listRuns, tryExpression } from './result-queries.ts'
import { runChecks } from './run-checks.ts'

let world: World
let home: Home
let carried: Implementation
let branch: Entity
let server: Asset
let other: Asset
let far: Asset

const text = { en: 'Something', ja: 'なにか' }

const makeAsset = (key: string, entityId: string, identifiers: string[], kind = 'system') =>
  execute(world.runtime, home.owner, createAsset, {
    key,
    name: text,
    kind,
    entityId,
    serviceIds: [],
    ownerId: null,
    identifiers,
    inUseFrom: null,
    inUseTo: null,
  })

beforeAll(async () => {
  world = await makeWorld('checks')
  home = await foundHome(world)
  carried = await carriedOut(world, home, 'NET-01')
  branch = await execute(world.runtime, home.owner, createEntity, {
    key: 'branch',
    parentId: home.root.id,
    kind: 'company',
    name: text,
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })
  server = await makeAsset('server', home.root.id, ['192.0.2.1', 'server.example'])
  other = await makeAsset('other', home.root.id, ['192.0.2.2'])
  far = await makeAsset('far', branch.id, ['192.0.2.3'])
  await makeAsset('paper', home.root.id, [], 'information')
})
afterAll(() => world.close())

let made = 0
const checkInput = (changed: Record<string, unknown> = {}) => ({
  key: `check-${++made}`,
  name: text,
  controlId: carried.controlId,
  dataKind: `kind-${made}`,
  expression: 'facts.open == 0',
  severity: 'high',
  everyDays: 7,
  toleranceDays: 1,
  resources: { kinds: ['system'], entityIds: [], serviceIds: [] },
  activeFrom: '2023-01-01',
  ...changed,
})
const make = (changed: Record<string, unknown> = {}, caller = home.manager) =>
  execute(world.runtime, caller, createCheck, checkInput(changed))

const collected = (kind: string, items: unknown[], day = '2023-07-30') =>
  JSON.stringify({
    format: collectionFormat,
    kind,
    tool: { name: 'scanner', version: '1.0' },
    host: 'collector.example',
    startedAt: `${day}T00:00:00.000Z`,
    endedAt: `${day}T00:10:00.000Z`,
    items,
  })

async function add(
  kind: string,
  content: string,
  changed: Record<string, unknown> = {},
  caller = home.manager,
) {
  const file = await sentFile(world, caller, content, 'data.json')
  const day = { aboutFrom: '2023-07-30', aboutTo: '2023-07-30', collectedOn: '2023-07-30' }
  return execute(world.runtime, caller, addEvidence, {
    ...itemInput(home, { ...day, ...changed }),
    data: { kind, file: file.id },
  })
}

const standing = async (id: string, caller: Caller = home.manager) => {
  const { items } = await answer(world.runtime, caller, listCheckResults, { id })
  const names = new Map([server, other, far].map((one) => [one.id, one.key]))
  return Object.fromEntries(items.map(({ assetId, state }) => [names.get(assetId), state]))
}

describe('a check', () => {
  it('may have somebody who answers for it, from a day on, by whom the register is cut', async () => {
    const { runtime } = world
    const add = async (key: string, state: 'active' | 'left') =>
      execute(runtime, home.system, addPerson, {
        ...{ name: { en: key }, email: `${key}@example.org`, entityId: null, jobTitle: null },
        ...{ state, accountId: null },
      })
    const [ann, ben, gone] = [
      await add('ann', 'active'),
      await add('ben', 'active'),
      await add('gone', 'left'),
    ]
    const one = await make({ ownerId: ann.id })
    const { fields } = await refusal(make({ ownerId: gone.id }))
    expect(fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/ownerId check.owner_left'])
    expect((await refusal(make({ ownerId: home.root.id }))).code).toBe('record.not_found')
    const { version, activeTo: _, ...said } = one
    const changed = await execute(runtime, home.manager, updateCheck, {
      ...{ ...said, version, ownerId: ben.id, changedFrom: '2023-06-01' },
    })
    const kept = await execute(runtime, home.manager, updateCheck, {
      ...{ ...said, ownerId: undefined, version: changed.version, everyDays: 14 },
    })
    expect([kept.ownerId, kept.everyDays]).toEqual([ben.id, 14])
    const found = async (asOf: string) => {
      const caller = { ...home.manager, asOf }
      const { owner } = await answer(runtime, caller, getCheck, { id: one.id })
      const of = async (person: string) =>
        (await answer(runtime, caller, listChecks, { owner: person })).items.map(({ id }) => id)
      const nobody = await of('none')
      return [owner?.name.en, await of(ann.id), await of(ben.id), nobody.includes(one.id)]
    }
    expect(await found('2023-05-31')).toEqual(['ann', [one.id], [], false])
    expect(await found('2023-07-31')).toEqual(['ben', [], [one.id], false])
    const handover = await answer(runtime, home.manager, listChecks, { handover: 'yes' })
    expect(handover.items).toEqual([])
  })

  it('is refused with everything that is wrong with it', async () => {
    const bad = {
      expression: 'facts.open =',
      resources: { kinds: [], entityIds: [carried.id], serviceIds: [] },
    }
    const { fields } = await refusal(make(bad))
    expect(fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/expression check.expression_syntax',
      '/resources/entityIds/0 record.reference_unknown',
    ])
    const one = await make()
    expect((await refusal(make({ key: one.key }))).fields[0]?.code).toBe('record.key_taken')
    expect((await refusal(make({ controlId: one.id }))).code).toBe('record.not_found')
  })

  it('says nothing of an asset until it has looked: that is not run, and no success', async () => {
    const one = await make()
    expect(await standing(one.id)).toEqual({ server: 'not-run', other: 'not-run', far: 'not-run' })
    const listed = await answer(world.runtime, home.manager, listChecks, { text: one.key })
    expect(listed.items[0]?.counts).toEqual({ pass: 0, fail: 0, error: 0, 'not-run': 3 })
  })

  it('is asked of new evidence with its kind of data, in the transaction that adds it', async () => {
    const one = await make()
    const items = [
      { resource: 'SERVER.example', facts: { open: 0 } },
      { resource: 'unheard-of', names: ['192.0.2.2'], facts: { open: 3 } },
      { resource: '192.0.2.3', facts: {} },
      { resource: 'nobody.example', facts: { open: 9 } },
    ]
    await add(one.dataKind, collected(one.dataKind, items))
    expect(await standing(one.id)).toEqual({ server: 'pass', other: 'fail', far: 'error' })
    const { items: runs } = await answer(world.runtime, home.manager, listRuns, { id: one.id })
    expect(runs).toMatchObject([
      {
        unresolved: ['nobody.example'],
        unresolvedCount: 1,
        problem: null,
        ranOn: '2023-07-30',
        validUntil: '2023-08-07',
      },
    ])
    const { items: past } = await answer(world.runtime, home.manager, listHistory, {
      id: one.id,
      assetId: far.id,
    })
    expect(past).toMatchObject([{ outcome: 'error', detail: '192.0.2.3: No such key: open' }])
    const { counts } = await answer(world.runtime, home.manager, getCheck, { id: one.id })
    expect(counts).toEqual({ pass: 1, fail: 1, error: 1, 'not-run': 0 })
  })

  it('keeps a failure in history after the pass that followed, and a failure until then', async () => {
    const one = await make()
    const look = (day: string, open: number) =>
      add(one.dataKind, collected(one.dataKind, [{ resource: '192.0.2.1', facts: { open } }], day), {
        aboutFrom: day,
        aboutTo: day,
        collectedOn: day,
      })
    await look('2023-06-01', 2)
    expect((await standing(one.id)).server).toBe('fail')
    await look('2023-06-02', 0)
    expect((await standing(one.id)).server).toBe('not-run')
    await look('2023-07-29', 0)
    expect((await standing(one.id)).server).toBe('pass')
    const { items } = await answer(world.runtime, home.manager, listHistory, {
      id: one.id,
      assetId: server.id,
    })
    expect(items.map(({ outcome, ranOn }) => `${ranOn} ${outcome}`)).toEqual([
      '2023-07-29 pass',
      '2023-06-02 pass',
      '2023-06-01 fail',
    ])
    const then = { ...home.manager, asOf: '2023-06-01' }
    expect((await standing(one.id, then)).server).toBe('fail')
  })

  it('answers for no asset outside the entity of the evidence', async () => {
    const one = await make()
    await add(one.dataKind, collected(one.dataKind, [{ resource: '192.0.2.1', facts: { open: 0 } }]), {
      entityId: branch.id,
    })
    expect((await standing(one.id)).server).toBe('not-run')
    const { items } = await answer(world.runtime, home.manager, listRuns, { id: one.id })
    expect(items[0]).toMatchObject({ unresolved: ['192.0.2.1'], counts: { pass: 0, fail: 0, error: 0 } })
  })

  it.each([
    ['another form', '{"format":"assay-collection/1","items":{}}', /^not-it: /],
    ['no form at all', '["what", "ever"]', /^not-it: /],
    ['too deep', `${'['.repeat(50)}1${']'.repeat(50)}`, /^too-large: /],
  ])('takes data of %s for unreadable, never for clean', async (_, content, problem) => {
    const one = await make()
    await add(one.dataKind, content)
    const { items } = await answer(world.runtime, home.manager, listRuns, { id: one.id })
    expect(items).toMatchObject([{ problem: expect.stringMatching(problem), unresolvedCount: 0 }])
    expect(await standing(one.id)).toEqual({ server: 'not-run', other: 'not-run', far: 'not-run' })
  })

  it('bounds an expression that burns time or memory: an error of that item, with the reason', async () => {
    const regex = await make({ expression: '!facts.s.matches("^(a+)+$")' })
    const hungry = await make({
      dataKind: regex.dataKind,
      expression: 'facts.l.map(a, facts.l.map(b, facts.l.map(c, [a, b, c, facts.s]))).size() > 0',
    })
    const l = Array.from({ length: 400 }, (_, index) => index)
    const items = [
      { resource: '192.0.2.1', facts: { s: `${'a'.repeat(60)}!`, l } },
      { resource: '192.0.2.2', facts: { s: 'b', l: [1] } },
    ]
    await add(regex.dataKind, collected(regex.dataKind, items))
    expect(await standing(regex.id)).toMatchObject({ server: 'error', other: 'pass' })
    expect(await standing(hungry.id)).toMatchObject({ server: 'error', other: 'pass' })
    const { items: results } = await answer(world.runtime, home.manager, listAssetResults, { id: server.id })
    const of = (id: string) => results.find(({ checkId }) => checkId === id)?.detail
    expect(of(regex.id)).toBe('192.0.2.1: the evaluation took too long')
    expect(of(hungry.id)).toMatch(/too much memory|took too long/)
  })

  it('can be asked again of the same evidence once it is mended, and the later answer counts', async () => {
    const one = await make({ expression: 'facts.open == 1' })
    const item = await add(
      one.dataKind,
      collected(one.dataKind, [{ resource: '192.0.2.1', facts: { open: 0 } }]),
    )
    expect((await standing(one.id)).server).toBe('fail')
    const { activeTo: _, ...was } = one
    await execute(world.runtime, home.manager, updateCheck, { ...was, expression: 'facts.open == 0' })
    const again = await execute(world.runtime, home.manager, runCheck, { id: one.id, evidenceId: item.id })
    expect(again.expression).toBe('facts.open == 0')
    expect((await standing(one.id)).server).toBe('pass')
    const plain = await add('else', '[{"resource": "192.0.2.1", "open": 1}]')
    const wrong = execute(world.runtime, home.manager, runCheck, { id: one.id, evidenceId: plain.id })
    expect((await refusal(wrong)).code).toBe('check.other_data')
  })

  it('asked of data that is gone has a result that says so, and every other goes on', async () => {
    const [one, two] = [await make(), await make()]
    const good = collected(one.dataKind, [{ resource: '192.0.2.1', facts: { open: 0 } }])
    const lost = await add(one.dataKind, good)
    await world.runtime.objects.remove(lost.data?.digest ?? '')
    const input = { id: one.id, evidenceId: lost.id }
    expect(await execute(world.runtime, home.manager, runCheck, input)).toMatchObject({
      ...{ problem: 'gone: its bytes are not in the store', results: [], unresolvedCount: 0 },
    })
    const tried = answer(world.runtime, home.manager, tryExpression, {
      ...{ expression: 'true', evidenceId: lost.id },
    })
    expect((await refusal(tried)).code).toBe('check.data_unreadable')
    const kept = await add(
      one.dataKind,
      collected(one.dataKind, [{ resource: '192.0.2.2', facts: { open: 0 } }]),
    )
    const disposed = { ...lost, disposed: { on: '2023-07-31', basis: 'Its time was over.' } }
    const asked: Command<Context, Record<string, never>, Run[]> = {
      ...{ kind: 'command', noun: 'check', action: 'run', input: z.strictObject({}) },
      ...{ output: z.array(run.schema), scope: () => 'organisation' },
      run: (ctx) =>
        withEvaluator(async (evaluator) => [
          ...(await runChecks(ctx, disposed, [one, two], evaluator)),
          ...(await runChecks(ctx, kept, [one], evaluator)),
        ]),
    }
    const runs = await execute(world.runtime, home.manager, asked, {})
    expect(runs.map(({ checkId, problem, results }) => [checkId, problem, results.length])).toEqual([
      [one.id, 'gone: the evidence was disposed of on 2023-07-31', 0],
      [two.id, 'gone: the evidence was disposed of on 2023-07-31', 0],
      [one.id, null, 1],
    ])
  })

  it('ends, and is asked no more', async () => {
    const one = await make()
    const end = { id: one.id, version: one.version, on: '2023-07-01', reason: 'replaced' }
    await execute(world.runtime, home.manager, endCheck, end)
    await add(one.dataKind, collected(one.dataKind, [{ resource: '192.0.2.1', facts: { open: 0 } }]))
    expect((await answer(world.runtime, home.manager, listRuns, { id: one.id })).items).toEqual([])
    expect((await refusal(execute(world.runtime, home.manager, endCheck, { ...end, version: 2 }))).code).toBe(
      'check.ended',
    )
  })

  it('is tried without leaving anything', async () => {
    const item = await add('tried', '[{"resource": "a", "n": 1}, {"resource": "b", "n": 2.5}]')
    const tried = await answer(world.runtime, home.manager, tryExpression, {
      expression: 'facts.n > 2',
      evidenceId: item.id,
    })
    expect(tried.items.map(({ resource, outcome }) => `${resource} ${outcome}`)).toEqual(['a fail', 'b pass'])
    const wrong = answer(world.runtime, home.manager, tryExpression, { expression: 'fact.n > 2' })
    expect((await refusal(wrong)).fields[0]?.code).toBe('check.expression_unknown_name')
  })

  it('stands the same in the index over results and by the log, in whatever order results come', async () => {
    const one = await make()
    const look = (day: string, facts: object) =>
      add(one.dataKind, collected(one.dataKind, [{ resource: '192.0.2.1', facts }], day), {
        aboutFrom: day,
        aboutTo: day,
        collectedOn: day,
      })
    // The newest is delivered first; then an older failure, and an error that takes nothing away.
    const days: [string, object][] = [
      ['2023-07-28', { open: 0 }],
      ['2023-07-20', { open: 1 }],
      ['2023-07-29', {}],
      ['2023-07-28', { open: 2 }],
    ]
    const found: unknown[] = []
    for (const [day, facts] of days) {
      await look(day, facts)
      const read = (caller: Caller) => answer(world.runtime, caller, listCheckResults, { id: one.id })
      const present = await read(home.manager)
      // Read from the log, which knows nothing of the index.
      const { items } = await read({ ...home.manager, knownAt: '2023-07-31T03:00:00.000Z' })
      expect(items).toEqual(present.items)
      found.push(items.find(({ assetId }) => assetId === server.id)?.state)
    }
    expect(found).toEqual(['pass', 'pass', 'pass', 'fail'])
  })

  it('is adopted with the control that it tests, once', async () => {
    const adopt = (...checks: string[]) => execute(world.runtime, home.manager, adoptChecks, { checks })
    const { fields } = await refusal(adopt('ssh-ciphers', 'nonsense'))
    expect(fields.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/checks/0 check.control_not_adopted',
      '/checks/1 check.library_unknown',
    ])
    const { items: controls } = await execute(world.runtime, home.manager, adoptControls, {
      controls: ['CRY-01'],
    })
    const { items } = await adopt('ssh-ciphers', 'ssh-macs')
    expect(items.map(({ key, controlId }) => [key, controlId])).toEqual([
      ['ssh-ciphers', controls[0]?.id],
      ['ssh-macs', controls[0]?.id],
    ])
    expect((await refusal(adopt('ssh-ciphers'))).fields[0]?.code).toBe('record.key_taken')
    const library = await answer(world.runtime, home.manager, listLibraryChecks, {})
    const found = library.items.filter(({ adopted, adoptable }) => adopted || adoptable).map(({ id }) => id)
    expect(found).toEqual(['ssh-ciphers', 'ssh-macs', 'ssh-key-exchange', 'tls-protocols'])
  })

  it('shows each reader what their grant reaches', async () => {
    const reader = callerWith(
      home.organisationId,
      [{ role: 'reader', entityId: branch.id, certificateId: null }],
      world.runtime.random,
    )
    const one = await make()
    expect(await standing(one.id, reader)).toEqual({ far: 'not-run' })
    expect((await refusal(make({}, reader))).kind).toBe('forbidden')
    const elsewhere = answer(world.runtime, reader, listAssetResults, { id: server.id })
    expect((await refusal(elsewhere)).kind).toBe('not_found')
  })
})
