import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal } from '../../../tests/support/refusal.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { ActorGrant } from '../../kernel/actor.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Implementation } from '../implementation.ts'
import { protectControls } from './bulk-commands.ts'
import { adoptControls, createControl, retireControl, reviewControl, updateControl } from './commands.ts'
import { getControl } from './control-record.ts'
import { createImplementation, endImplementation, updateImplementation } from './implementation-commands.ts'
import { explainMissed, performOccurrence, planOccurrences, raiseOccurrence } from './occurrence-commands.ts'
import { listOccurrences } from './occurrence-queries.ts'
import { listControls } from './queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('controls')
  home = await foundHome(world)
})
afterAll(() => world.close())

// Where the clock of the test's world stands.
const today = '2023-07-31'

const text = { en: 'Something', ja: 'なにか' }

const own = (code: string, changed: Record<string, unknown> = {}) => ({
  code,
  name: text,
  objective: text,
  practice: null,
  requirementLinks: [],
  controlLinks: [],
  together: [],
  ownerId: null,
  ...changed,
})

const place = (controlId: string, changed: Partial<Implementation> = {}) => ({
  controlId,
  entityId: home.root.id,
  serviceId: null,
  inheritable: true,
  ownerId: null,
  description: text,
  frequency: null,
  evidenceDays: 365,
  phases: [{ from: '2023-01-01', stance: 'operating' as const, reason: null }],
  ...changed,
})

describe('controls', () => {
  it('of the library are adopted unreviewed, once, until a named person confirms them', async () => {
    const { items } = await execute(world.runtime, home.owner, adoptControls, {
      controls: ['ACC-03', 'ACC-04'],
    })
    expect(items.map((one) => [one.code, one.libraryId, one.review])).toEqual([
      ['ACC-03', 'ACC-03', null],
      ['ACC-04', 'ACC-04', null],
    ])
    const twice = await refusal(execute(world.runtime, home.owner, adoptControls, { controls: ['ACC-03'] }))
    expect(twice.fields.map((field) => field.code)).toEqual(['control.adopted_already'])
    const [first] = items
    if (!first) throw new Error('nothing was adopted')
    const bySystem = await refusal(
      execute(world.runtime, home.system, reviewControl, { id: first.id, version: first.version }),
    )
    expect(bySystem.code).toBe('control.review_needs_person')
    const reviewed = await execute(world.runtime, home.owner, reviewControl, {
      id: first.id,
      version: first.version,
    })
    expect(reviewed.review?.personId).toBe(home.owner.actor.id)
    const waiting = await answer(world.runtime, home.owner, listControls, { unreviewed: 'yes' })
    expect(waiting.items.map((one) => one.code)).toEqual(['ACC-04'])
  })

  it('say what they protect, one or many at once, which reviews no words', async () => {
    const { items } = await execute(world.runtime, home.owner, adoptControls, {
      controls: ['OPS-05', 'VUL-01'],
    })
    const chosen = items.map(({ id, version }) => ({ id, version }))
    const protects = { properties: ['integrity' as const], kinds: ['system' as const, 'people' as const] }
    const many = (input: object) =>
      execute(world.runtime, home.owner, protectControls, { items: chosen, ...input })
    const twice = { properties: ['integrity', 'integrity'], kinds: [] }
    expect((await refusal(many({ protects: twice }))).fields).toMatchObject([
      { pointer: '/protects/properties' },
    ])
    expect(await many({ protects, reason: 'As judged' })).toEqual({ changed: 2, unchanged: 0 })
    // Said again with the versions of before: it is so already.
    expect(await many({ protects })).toEqual({ changed: 0, unchanged: 2 })
    const [first, second] = await Promise.all(
      items.map(({ id }) => answer(world.runtime, home.owner, getControl, { id })),
    )
    expect([first?.protects, second?.protects]).toEqual([protects, protects])
    expect([first?.review, second?.review]).toEqual([null, null])
    const stale = many({ protects: { properties: [], kinds: [] } })
    expect((await refusal(stale)).fields.map(({ code }) => code)).toEqual([
      'control.changed_one',
      'control.changed_one',
    ])
    const one = await execute(world.runtime, home.owner, createControl, own('PRO-01', { protects }))
    const { id, version } = one
    const kept = { ...own('PRO-01'), id, version }
    expect((await execute(world.runtime, home.owner, updateControl, kept)).protects).toEqual(protects)
  })

  it('that name nothing, themselves or a circle are refused with the place', async () => {
    const link = { relationship: 'superset' as const, rationale: 'functional' as const, why: text }
    const unknown = await refusal(
      execute(
        world.runtime,
        home.owner,
        createControl,
        own('OWN-01', { requirementLinks: [{ edition: 'iso27001-2022', requirement: 'A.9.9', ...link }] }),
      ),
    )
    expect(unknown.fields).toMatchObject([
      { pointer: '/requirementLinks/0', code: 'control.requirement_unknown' },
    ])
    const first = await execute(world.runtime, home.owner, createControl, own('OWN-01'))
    const second = await execute(
      world.runtime,
      home.owner,
      createControl,
      own('OWN-02', { controlLinks: [{ controlId: first.id, ...link }] }),
    )
    const change = (controlId: string) =>
      refusal(
        execute(world.runtime, home.owner, updateControl, {
          ...own('OWN-01', { controlLinks: [{ controlId, ...link }] }),
          id: first.id,
          version: first.version,
        }),
      )
    expect((await change(first.id)).fields).toMatchObject([{ code: 'control.itself' }])
    expect((await change(second.id)).fields).toMatchObject([
      { code: 'control.circle', params: { through: 'OWN-02' } },
    ])
    expect(
      (await refusal(execute(world.runtime, home.owner, createControl, own('own-02')))).fields,
    ).toMatchObject([{ pointer: '/code', code: 'control.code_taken' }])
  })

  it('are retired only when nobody carries them out any more, and stay readable', async () => {
    const one = await execute(world.runtime, home.owner, createControl, own('END-01'))
    const carried = await execute(world.runtime, home.owner, createImplementation, place(one.id))
    const retire = { id: one.id, version: one.version, on: '2024-06-01', reason: 'Replaced' }
    expect((await refusal(execute(world.runtime, home.owner, retireControl, retire))).code).toBe(
      'control.still_operating',
    )
    const end = { id: carried.id, version: carried.version, endedOn: '2024-05-31', reason: 'Replaced' }
    await execute(world.runtime, home.owner, endImplementation, end)
    await execute(world.runtime, home.owner, retireControl, retire)
    const shown = await answer(world.runtime, { ...home.owner, asOf: '2024-01-01' }, getControl, {
      id: one.id,
    })
    expect(shown.carriedOut.map((each) => each.stance)).toEqual(['operating'])
  })
})

describe('implementations', () => {
  it('need a reason where they do not operate, and one place has one at a time', async () => {
    const one = await execute(world.runtime, home.owner, createControl, own('IMP-01'))
    const unexplained = place(one.id, { phases: [{ from: '2023-01-01', stance: 'planned', reason: null }] })
    expect(
      (await refusal(execute(world.runtime, home.owner, createImplementation, unexplained))).fields,
    ).toMatchObject([{ pointer: '/phases/0/reason', code: 'implementation.reason_missing' }])
    await execute(world.runtime, home.owner, createImplementation, place(one.id))
    expect(
      (await refusal(execute(world.runtime, home.owner, createImplementation, place(one.id)))).fields,
    ).toMatchObject([{ code: 'implementation.exists' }])
  })

  it('of another entity are out of reach for whoever is granted one entity', async () => {
    const company = (key: string) => ({
      key,
      parentId: home.root.id,
      kind: 'company' as const,
      name: text,
      country: null,
      memberFrom: null,
      memberTo: null,
    })
    const mine = await execute(world.runtime, home.owner, createEntity, company('mine'))
    const theirs = await execute(world.runtime, home.owner, createEntity, company('theirs'))
    const one = await execute(world.runtime, home.owner, createControl, own('IMP-02'))
    const grant: ActorGrant = { role: 'contributor', entityId: mine.id, certificateId: null }
    const contributor: Caller = callerWith(home.organisationId, [grant], world.runtime.random)
    await execute(world.runtime, contributor, createImplementation, place(one.id, { entityId: mine.id }))
    const elsewhere = place(one.id, { entityId: theirs.id })
    const refused = await refusal(execute(world.runtime, contributor, createImplementation, elsewhere))
    expect(refused.kind).toBe('not_found')
    await execute(world.runtime, home.owner, createImplementation, elsewhere)
    const seen = await answer(world.runtime, contributor, getControl, { id: one.id })
    expect(seen.carriedOut.map((each) => each.entityId)).toEqual([mine.id])
  })
})

describe('occurrences', () => {
  it('are on the plan before their period begins; planning again changes nothing', async () => {
    const one = await execute(world.runtime, home.owner, createControl, own('OCC-01'))
    const frequency = { kind: 'calendar' as const, every: 'monthly' as const, anchor: today, graceDays: 3 }
    const phases = [{ from: today, stance: 'operating' as const, reason: null }]
    const carried = await execute(
      world.runtime,
      home.owner,
      createImplementation,
      place(one.id, { frequency, phases }),
    )
    const list = () =>
      answer(world.runtime, home.owner, listOccurrences, { implementation: carried.id, limit: 50 })
    const planned = (await list()).items
    expect(planned.map((each) => each.state)).toEqual(['open', 'planned'])
    expect(await execute(world.runtime, home.owner, planOccurrences, { from: null })).toEqual({
      added: 0,
      cancelled: 0,
    })
    const [current] = planned
    if (!current) throw new Error('nothing is on the plan')
    const perform = { id: current.id, version: current.version, on: today, note: null, personId: null }
    const failed = await execute(world.runtime, home.owner, performOccurrence, {
      ...perform,
      outcome: 'fail',
    })
    await execute(world.runtime, home.owner, performOccurrence, {
      ...perform,
      version: failed.version,
      outcome: 'pass',
    })
    expect((await list()).items[0]).toMatchObject({ state: 'on-time', hadFailure: true })
    const { items } = await answer(world.runtime, home.owner, listOccurrences, {
      implementation: carried.id,
      state: 'on-time',
    })
    expect(items).toHaveLength(1)
    const changed = await execute(world.runtime, home.owner, updateImplementation, {
      ...place(one.id, { frequency: { ...frequency, every: '3-months' }, phases }),
      id: carried.id,
      version: carried.version,
      reason: null,
    })
    const after = (await list()).items
    expect(after.map((each) => each.state)).toContain('cancelled')
    await execute(world.runtime, home.owner, endImplementation, {
      id: carried.id,
      version: changed.version,
      endedOn: today,
      reason: 'Over',
    })
    expect((await list()).items.filter((each) => each.state === 'planned')).toEqual([])
  })

  it('that were missed say why once, and stay missed; what has not come cannot be performed', async () => {
    const one = await execute(world.runtime, home.owner, createControl, own('OCC-02'))
    const frequency = { kind: 'event' as const, trigger: text, withinDays: 0 }
    const carried = await execute(
      world.runtime,
      home.owner,
      createImplementation,
      place(one.id, { frequency }),
    )
    const raised = await execute(world.runtime, home.owner, raiseOccurrence, {
      id: carried.id,
      on: '2023-02-01',
      trigger: 'A new firewall',
    })
    const explain = { id: raised.id, version: raised.version, reason: 'Nobody was told.' }
    const explained = await execute(world.runtime, home.owner, explainMissed, explain)
    expect(
      (
        await refusal(
          execute(world.runtime, home.owner, explainMissed, { ...explain, version: explained.version }),
        )
      ).code,
    ).toBe('occurrence.explained_already')
    const future = { id: raised.id, version: explained.version, on: '2150-01-01', note: null, personId: null }
    expect(
      (await refusal(execute(world.runtime, home.owner, performOccurrence, { ...future, outcome: 'pass' })))
        .fields,
    ).toMatchObject([{ pointer: '/on', code: 'occurrence.in_future' }])
    const late = await execute(world.runtime, home.owner, performOccurrence, {
      ...future,
      on: today,
      outcome: 'pass',
    })
    const { items } = await answer(world.runtime, home.owner, listOccurrences, { implementation: carried.id })
    expect(items).toMatchObject([
      { state: 'late', missed: { reason: 'Nobody was told.' }, version: late.version },
    ])
  })
})
