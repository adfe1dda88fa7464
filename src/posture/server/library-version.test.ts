import { afterAll, beforeAll, expect, it } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import type { Control } from '../../controls/control.ts'
import { adoptControls } from '../../controls/server/commands.ts'
import { getControl } from '../../controls/server/control-record.ts'
import { createImplementation } from '../../controls/server/implementation-commands.ts'
import { takeLibrary } from '../../controls/server/library-commands.ts'
import { reading } from '../../db/transaction.ts'
import type { Catalogue } from '../../frameworks/catalogue.ts'
import type { Links } from '../../frameworks/library.ts'
import { createProgramme } from '../../programmes/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import { requirementPosture } from './queries.ts'

const edition = 'iso27001-2022'
const text = { en: 'Something', ja: 'なにか' }
const codes = ['ACC-02', 'ACC-03', 'ACC-06']

let world: World
let home: Home
let adopted: Control[]
let programmeId: string

beforeAll(async () => {
  world = await makeWorld('library-version')
  home = await foundHome(world)
  const { runtime } = world
  adopted = (await execute(runtime, home.owner, adoptControls, { controls: codes })).items
  for (const { id } of adopted)
    await execute(runtime, home.owner, createImplementation, {
      controlId: id,
      entityId: home.root.id,
      serviceId: null,
      inheritable: true,
      ownerId: null,
      description: text,
      frequency: null,
      evidenceDays: 90,
      phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
    })
  const programme = await execute(runtime, home.owner, createProgramme, {
    key: 'isms',
    name: text,
    edition,
    categories: [],
    audiences: [],
    entities: [{ entityId: home.root.id, from: null, to: null }],
    services: [],
    cycles: [{ from: '2023-01-01', to: '2023-12-31', auditOn: null }],
    ownerId: null,
    certificateId: null,
  })
  programmeId = programme.id
})
afterAll(() => world.close())

const linksOf = () => world.runtime.catalogue.library.links.get(edition) as Links

/** The library moves on: what is shipped now is the past, and its links to the edition are as `change` makes them. */
function ship(version: string, change: (links: Links) => Links): void {
  const { library, ...rest } = world.runtime.catalogue
  const next: Catalogue = {
    ...rest,
    library: {
      ...library,
      version,
      links: new Map([...library.links, [edition, change(linksOf())]]),
      past: new Map([...library.past, [library.version, library.links]]),
    },
  }
  world.runtime.catalogue = next
}

const groupOf = (code: string) => {
  const found = linksOf().together.find(({ controls }) => controls.includes(code))
  if (!found) throw new Error(`${code} is in no group`)
  return found
}

const record = (one: Control) => answer(world.runtime, home.owner, getControl, { id: one.id })

async function reaching(requirement: string) {
  const { units } = await answer(world.runtime, home.owner, requirementPosture, {
    id: programmeId,
    requirement,
  })
  const [unit] = units
  return {
    controls: unit?.controls.map(({ control, relationship }) => `${control.code} ${relationship}`).sort(),
    together: unit?.together.length,
  }
}

it('keeps the links of the version of adoption until somebody takes the new ones over, and posture follows', async () => {
  const [joiner, , review] = adopted as [Control, Control, Control]
  const { version } = world.runtime.catalogue.library
  expect(adopted.map((one) => one.libraryVersion)).toEqual([version, version, version])
  expect((await record(review)).libraryNews).toBeNull()
  const link = linksOf().links.find(({ control }) => control === 'ACC-06') as Links['links'][number]
  const [requirement] = link.requirements as [string]
  const before = await reaching(requirement)
  expect(before.controls).toContain(`ACC-06 ${link.relationship}`)
  const count = (await record(review)).links.editions.find((one) => one.edition === edition)?.links.length

  ship('9.0.0', (links) => ({ ...links, links: links.links.filter((one) => one !== link) }))
  expect(await reaching(requirement)).toEqual(before)
  const told = await record(review)
  expect(told.libraryNews).toEqual({
    version: '9.0.0',
    changes: link.requirements.map((one) => ({
      ...{ edition, requirement: one, before: link.relationship, after: null, words: false },
    })),
  })
  expect(told.links.editions.find((one) => one.edition === edition)?.links).toHaveLength(count ?? 0)
  expect(told.abilities).toContain('take_library')
  // A control whose links stay the same has nothing to tell.
  expect((await record(joiner)).libraryNews).toBeNull()

  const controls = [{ id: review.id, version: review.version }]
  const refused = (caller: typeof home.owner, input: unknown) =>
    execute(world.runtime, caller, takeLibrary, input).then(
      () => null,
      (error) => [error.code, ...error.fields.map(({ code }: { code: string }) => code)].join(' '),
    )
  expect(await refused(home.owner, { library: version, controls })).toBe('control.library_moved')
  const { items } = await execute(world.runtime, home.owner, takeLibrary, { library: '9.0.0', controls })
  expect(items).toMatchObject([{ libraryVersion: '9.0.0', name: review.name, version: review.version + 1 }])
  expect((await record(review)).libraryNews).toBeNull()
  expect((await reaching(requirement)).controls).not.toContain(`ACC-06 ${link.relationship}`)
  const again = [{ id: review.id, version: review.version + 1 }]
  expect(await refused(home.owner, { library: '9.0.0', controls: again })).toBe(
    'input.invalid control.library_taken',
  )
  const entries = await reading(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select(['type', 'statement']).where('recordId', '=', review.id).execute(),
  )
  expect(entries.map(({ type }) => type)).toEqual(['control.adopted', 'control.library_taken'])
  expect(JSON.parse(entries[1]?.statement ?? '')).toMatchObject({
    reason: 'Library 9.0.0',
    record: { libraryVersion: '9.0.0' },
  })
})

it('holds a group of the library where it stands in the version of each of its members', async () => {
  const group = groupOf('ACC-02')
  const more = group.controls.filter((id) => !codes.includes(id))
  const { items } = more.length
    ? await execute(world.runtime, home.owner, adoptControls, { controls: more })
    : { items: [] }
  // Those that were adopted first have the first version; the group is the same in both.
  expect((await reaching(group.requirement)).together).toBeGreaterThan(0)
  const before = (await reaching(group.requirement)).together ?? 0
  ship('9.1.0', (links) => ({ ...links, together: links.together.filter((one) => one !== group) }))
  expect((await reaching(group.requirement)).together).toBe(before)
  const [joiner] = adopted as [Control]
  const [member] = [joiner, ...items]
  expect((await record(joiner)).libraryNews?.changes).toContainEqual({
    ...{ edition, requirement: group.requirement, words: true },
    ...{ before: expect.anything(), after: expect.anything() },
  })
  const controls = [{ id: member?.id, version: member?.version }]
  await execute(world.runtime, home.owner, takeLibrary, { library: '9.1.0', controls })
  expect((await reaching(group.requirement)).together).toBe(before - 1)
})
