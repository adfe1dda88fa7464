import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { invitePerson } from '../../people/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Caller } from '../../server/runtime.ts'
import type { Frequency } from '../frequency.ts'
import { assignControls, reviewControls } from './bulk-commands.ts'
import { adoptControls, createControl } from './commands.ts'
import { getControl } from './control-record.ts'
import { createImplementation, updateImplementation } from './implementation-commands.ts'
import { explainMissed, performOccurrence, planOccurrences } from './occurrence-commands.ts'
import { listOccurrences } from './occurrence-queries.ts'
import { listTasks } from './task-queries.ts'

let world: World
let home: Home
let person: string
let mine: Caller

const today = '2023-07-31'
const text = { en: 'Something', ja: 'なにか' }

beforeAll(async () => {
  world = await makeWorld('tasks')
  home = await foundHome(world)
  const invited = await execute(world.runtime, home.owner, invitePerson, {
    name: { en: 'Control Owner', ja: '管理 太郎' },
    email: 'owner@example.org',
    entityId: null,
    jobTitle: null,
  })
  person = invited.person.id
  const grant = { role: 'contributor' as const, entityId: home.root.id, certificateId: null }
  mine = callerWith(home.organisationId, [grant], world.runtime.random, { id: person })
})
afterAll(() => world.close())

async function carried(
  code: string,
  changed: { ownerId?: string | null; controlOwner?: string; frequency?: Frequency },
) {
  const one = await execute(world.runtime, home.owner, createControl, {
    code,
    name: text,
    objective: text,
    practice: { en: `Do ${code}` },
    requirementLinks: [],
    controlLinks: [],
    together: [],
    ownerId: changed.controlOwner ?? null,
  })
  const implementation = await execute(world.runtime, home.owner, createImplementation, {
    controlId: one.id,
    entityId: home.root.id,
    serviceId: null,
    inheritable: true,
    ownerId: changed.ownerId ?? null,
    description: text,
    frequency: changed.frequency ?? {
      kind: 'calendar',
      every: 'monthly',
      anchor: '2023-05-01',
      graceDays: 0,
    },
    evidenceDays: 365,
    phases: [{ from: '2023-05-01', stance: 'operating', reason: null }],
  })
  return { one, implementation }
}

describe('tasks', () => {
  it('are what one owns and has not done: missed, failed, open and about to begin, with the last example', async () => {
    const { implementation } = await carried('TSK-01', { ownerId: person })
    await execute(world.runtime, home.owner, planOccurrences, { from: '2023-05-01' })
    const all = await answer(world.runtime, mine, listOccurrences, { implementation: implementation.id })
    expect(all.items.map((one) => one.state)).toEqual(['missed', 'missed', 'open', 'planned', 'planned'])
    const [may, june, july] = all.items
    if (!may || !june || !july) throw new Error('nothing is on the plan')
    await execute(world.runtime, mine, performOccurrence, {
      id: may.id,
      version: may.version,
      on: '2023-05-20',
      outcome: 'pass',
      note: 'Looked at the list of May',
      personId: null,
    })
    const failed = await execute(world.runtime, mine, performOccurrence, {
      id: july.id,
      version: july.version,
      on: today,
      outcome: 'fail',
      note: 'Two were wrong',
      personId: null,
    })
    const tasks = await answer(world.runtime, mine, listTasks, {})
    expect(tasks.person?.name.en).toBe('Control Owner')
    expect(tasks.items.map((one) => [one.periodFrom, one.state])).toEqual([
      ['2023-06-01', 'missed'],
      ['2023-07-01', 'failed'],
      ['2023-08-01', 'planned'],
    ])
    expect(tasks.items[0]).toMatchObject({
      practice: { en: 'Do TSK-01' },
      last: { on: '2023-05-20', note: 'Looked at the list of May', by: { id: person } },
    })
    // Explained stays missed but asks for nothing more; passed is done, though it failed first.
    await execute(world.runtime, mine, explainMissed, { id: june.id, version: june.version, reason: 'Away' })
    await execute(world.runtime, mine, performOccurrence, {
      id: july.id,
      version: failed.version,
      on: today,
      outcome: 'pass',
      note: null,
      personId: null,
    })
    expect((await answer(world.runtime, mine, listTasks, { ahead: 0 })).items).toEqual([])
    const july2 = await answer(world.runtime, mine, listOccurrences, { implementation: implementation.id })
    expect(july2.items[2]).toMatchObject({ state: 'on-time', hadFailure: true })
  })

  it('go to the owner of the control where the implementation has none, and to nobody else', async () => {
    await carried('TSK-02', { controlOwner: person })
    await carried('TSK-03', { ownerId: null })
    const { items } = await answer(world.runtime, mine, listTasks, { ahead: 0 })
    expect(items.map((one) => one.control.code)).toEqual(['TSK-02'])
    const others = await answer(world.runtime, home.manager, listTasks, {})
    expect(others.items).toEqual([])
    const seen = await answer(world.runtime, home.manager, listTasks, { person, ahead: 0 })
    expect(seen.items.map((one) => one.control.code)).toEqual(['TSK-02'])
  })

  it('name the unreviewed controls that one owns, until each is confirmed by a named person', async () => {
    const { items } = await execute(world.runtime, home.owner, adoptControls, {
      controls: ['ACC-03', 'ACC-04'],
    })
    const chosen = items.map(({ id, version }) => ({ id, version }))
    await execute(world.runtime, home.owner, assignControls, { items: chosen, ownerId: person })
    const waiting = await answer(world.runtime, mine, listTasks, {})
    expect(waiting.unreviewed.map((one) => one.code)).toEqual(['ACC-03', 'ACC-04'])
    // Setting the owner changed both: the words were looked at before that.
    await expect(execute(world.runtime, home.owner, reviewControls, { items: chosen })).rejects.toMatchObject(
      { fields: [{ code: 'control.changed_one' }, { code: 'control.changed_one' }] },
    )
    const fresh = waiting.unreviewed.map(({ id, version }) => ({ id, version }))
    await expect(execute(world.runtime, home.system, reviewControls, { items: fresh })).rejects.toMatchObject(
      {
        code: 'control.review_needs_person',
      },
    )
    const done = await execute(world.runtime, home.owner, reviewControls, { items: fresh })
    expect(done).toEqual({ changed: 2, unchanged: 0 })
    expect(await execute(world.runtime, home.owner, reviewControls, { items: fresh })).toEqual({
      changed: 0,
      unchanged: 2,
    })
    expect((await answer(world.runtime, mine, listTasks, {})).unreviewed).toEqual([])
  })
})

describe('a record', () => {
  it('names what the library says it answers, an own link in its place, and how each place stands', async () => {
    const { items } = await execute(world.runtime, home.owner, adoptControls, { controls: ['ACC-05'] })
    const [adopted] = items
    if (!adopted) throw new Error('nothing was adopted')
    const read = await answer(world.runtime, home.owner, getControl, { id: adopted.id })
    const iso = read.links.editions.find((one) => one.edition === 'iso27001-2022')
    expect(iso?.links.length).toBeGreaterThan(0)
    expect(new Set(iso?.links.map((one) => one.source))).toEqual(new Set(['library']))
    expect(read.places).toEqual([
      {
        entityId: home.root.id,
        serviceId: null,
        kind: 'none',
        stance: null,
        reason: null,
        implementationId: null,
        fromEntityId: null,
        overridesEntityId: null,
      },
    ])
  })

  it('of an implementation that changes its rhythm keeps what has begun and takes the rest off the plan', async () => {
    const { one, implementation } = await carried('RHY-01', {})
    const { endedOn: _, ...before } = implementation
    await execute(world.runtime, home.owner, updateImplementation, {
      ...before,
      frequency: { kind: 'calendar', every: '12-months', anchor: '2023-01-01', graceDays: 10 },
      reason: 'Once a year is enough',
    })
    const { items } = await answer(world.runtime, home.owner, listOccurrences, { control: one.id })
    const states = items.map((each) => [each.periodFrom, each.state])
    expect(states).toContainEqual(['2023-07-01', 'open'])
    expect(states).toContainEqual(['2023-08-01', 'cancelled'])
    expect(states).toContainEqual(['2024-01-01', 'planned'])
  })
})
