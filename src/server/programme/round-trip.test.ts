import { fileURLToPath } from 'node:url'
import type { Selectable } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callerWith, grantAll, makeWorld, type World } from '../../../tests/support/world.ts'
import { changeAssets } from '../../assets/server/bulk-command.ts'
import { delegateDue, snoozeDue } from '../../calendar/server/arrange-commands.ts'
import { listDue } from '../../calendar/server/queries.ts'
import { setReminder } from '../../calendar/server/reminder-commands.ts'
import { setCalendarRules } from '../../calendar/server/rules-commands.ts'
import { createImplementation, endImplementation } from '../../controls/server/implementation-commands.ts'
import type { Context } from '../../db/context.ts'
import type { Tables } from '../../db/tables.gen.ts'
import { reading } from '../../db/transaction.ts'
import { reviseEvidence } from '../../evidence/server/commands.ts'
import { disposeEvidence, retainEvidence, withdrawEvidence } from '../../evidence/server/keeping-commands.ts'
import type { Command } from '../../kernel/command.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { foundOrganisation } from '../../organisation/server/found.ts'
import { changeRisks } from '../../risks/server/bulk-commands.ts'
import { loadDemo } from '../demo.ts'
import { answer, execute } from '../execute.ts'
import type { Caller } from '../runtime.ts'
import { systemCaller } from '../system-caller.ts'
import { applyProgramme, type Plan } from './apply.ts'
import { readProgramme } from './file.ts'
import { getProgramme } from './queries.ts'
import { receiveFile } from './received.ts'

const directory = fileURLToPath(new URL('../../../demo/', import.meta.url))

let told: World
let fresh: World
let organisationId: Id

beforeAll(async () => {
  told = await makeWorld('round-trip-told')
  fresh = await makeWorld('round-trip-fresh')
  organisationId =
    (await loadDemo(told.runtime, { directory, accountFor: async (_, email) => `account of ${email}` })) ?? ''
})
afterAll(async () => {
  await told.close()
  await fresh.close()
})

const ownerOf = (world: World, id: Id, parts = {}): Caller =>
  callerWith(id, [grantAll('owner')], world.runtime.random, parts)

const written = async (world: World, caller: Caller) =>
  (await answer(world.runtime, caller, getProgramme, {})).programme

const digestsOf = (text: string) => [
  ...new Set([...text.matchAll(/objects\/([0-9a-f]{64})/g)].map(([, one]) => one as string)),
]

async function* once(bytes: Uint8Array) {
  yield bytes
}

/** Brings a file into an organisation: by an owner first, then by everybody whose review the file names. */
async function bring(world: World, from: World, id: Id, programme: string): Promise<Plan[]> {
  const owner = ownerOf(world, id)
  const files: Record<string, string> = {}
  for (const digest of digestsOf(programme)) {
    const stored = await world.runtime.objects.put(once(await from.runtime.objects.get(digest)), 1e9)
    await execute(world.runtime, owner, receiveFile, stored)
    files[`objects/${digest}`] = digest
  }
  const apply = (caller: Caller) =>
    execute(world.runtime, caller, applyProgramme, { programme, includes: {}, files })
  const plans = [await apply(owner)]
  const { people, texts } = readProgramme(programme, {}).programme
  const reviewers = new Set(texts.map((text) => text.reviewedBy))
  const emails = people.filter((one) => reviewers.has(one.key)).map((one) => one.email)
  const here = await reading(world.database, id, (tx) =>
    tx.selectFrom('person').select(['id']).where('email', 'in', emails).execute(),
  )
  for (const { id: personId } of here) plans.push(await apply(ownerOf(world, id, { id: personId })))
  return plans
}

const every = <T extends keyof Tables>(world: World, id: Id, table: T) =>
  reading(
    world.database,
    id,
    async (tx) => (await tx.selectFrom(table).selectAll().execute()) as Selectable<Tables[T]>[],
  )

/** What people do after a file was brought: end, start again, take back, replace, dispose of, hand on and put aside. */
async function live(): Promise<void> {
  const { runtime } = told
  const people = await every(told, organisationId, 'person')
  const owner = ownerOf(told, organisationId, { id: people[0]?.id })
  const does = <I, O>(command: Command<Context, I, O>, input: unknown) =>
    execute(runtime, owner, command, input)
  const running = (await every(told, organisationId, 'implementation')).filter((one) => one.endedOn === null)
  const { id, version, ...was } = running.find((one) => one.frequency !== null) as (typeof running)[0]
  const { organisationId: _, endedOn: __, former: ___, ...place } = was
  await does(endImplementation, { id, version, endedOn: '2023-07-30', reason: 'Done otherwise.' })
  await does(createImplementation, {
    ...place,
    phases: [{ from: '2023-07-31', stance: 'operating', reason: null }],
  })
  const titles = ['Risk treatment plan, state of July', 'Message to merchants about the matrix of duties']
  const held = await every(told, organisationId, 'evidence')
  const items = titles.flatMap((each) => held.filter((one) => one.title === each && one.review === null))
  const [first, second] = items as [(typeof items)[0], (typeof items)[0]]
  const { aboutFrom, aboutTo, collectedOn, title, description, source } = first
  const facts = { aboutFrom, aboutTo, collectedOn, title, description, source }
  const keep = (first.files as { id: Id }[]).map((file) => file.id)
  const next = await does(reviseEvidence, { ...facts, id: first.id, keep })
  await does(withdrawEvidence, { id: next.id, version: next.version, reason: 'Of the wrong system.' })
  const retained = await does(retainEvidence, {
    id: second.id,
    version: second.version,
    retainUntil: '2023-07-01',
  })
  await does(disposeEvidence, { id: second.id, version: retained.version, basis: 'Retention is over.' })
  const [risk] = await every(told, organisationId, 'risk')
  const other = people.find((one) => one.id !== risk?.ownerId && one.state !== 'left')
  const handed = await does(changeRisks, {
    items: [{ id: risk?.id, version: risk?.version }],
    set: { ownerId: other?.id, reviewMonths: 5 },
  })
  expect(handed.items.map(({ fate }) => fate)).toEqual(['changed'])
  const [asset] = (await every(told, organisationId, 'asset')).filter((one) => one.ownerId !== other?.id)
  const assets = { items: [{ id: asset?.id, version: asset?.version }], change: { ownerId: other?.id } }
  await does(changeAssets, { ...assets, reason: 'Took it over.' })
  await does(setCalendarRules, {
    version: 0,
    ...{ escalationDays: 3, leadDays: { occurrence: 20 }, digestHour: 6, digest: true, language: 'ja' },
  })
  await does(setReminder, { version: 0, digest: false, language: 'en' })
  const due = (await answer(runtime, owner, listDue([]), { limit: 200 })).items
  const kinds = Map.groupBy(due, (one) => one.kind)
  for (const [, [one]] of kinds)
    if (one)
      await does(snoozeDue([]), { subject: one.subject, until: '2023-08-20', reason: 'After the holidays.' })
  const [task] = kinds.get('occurrence')?.slice(1) ?? []
  const colleague = people.find((one) => one.email === 'mika.sato@line.example') ?? people[1]
  await does(delegateDue([]), { subject: task?.subject, personId: colleague?.id, reason: 'On leave.' })
}

it('gives the same bytes again from an empty installation that it was brought into', async () => {
  await live()
  const before = await written(told, ownerOf(told, organisationId))
  const id = newId(fresh.runtime.random)
  await execute(fresh.runtime, systemCaller(id), foundOrganisation, {
    name: { en: 'Empty' },
    timeZone: 'UTC',
    host: null,
    demoDay: '2023-07-31',
  })
  await bring(fresh, told, id, before)
  const after = await written(fresh, ownerOf(fresh, id))
  expect(after.split('\n')).toEqual(before.split('\n'))
  const again = (await bring(fresh, told, id, after)).flatMap(({ changes }) => changes)
  expect(again.filter(({ action }) => action !== 'unchanged')).toEqual([])
  // What was done is in the file, and what was disposed of is in neither the file nor the new installation.
  const { controls, evidence, calendar, risks, assets } = readProgramme(before, {}).programme
  // Whose something was before stays said.
  expect(risks.flatMap((one) => one.former.map(({ until }) => until)).sort()).toEqual([
    '2023-04-01',
    '2023-07-31',
  ])
  expect(assets.flatMap((one) => one.former.map(({ until }) => until))).toEqual(['2023-07-31'])
  expect(controls.flatMap((one) => one.implementations).map((one) => one.ended)).toContain('2023-07-30')
  expect(evidence.filter((one) => one.withdrawn)).toHaveLength(1)
  const [gone] = evidence.filter((one) => one.disposed)
  expect(gone).toMatchObject({
    files: [],
    data: null,
    disposed: { on: '2023-07-31', basis: 'Retention is over.' },
  })
  for (const { digest } of gone?.disposed?.files ?? [])
    expect(await fresh.runtime.objects.has(digest)).toBe(false)
  expect(gone?.disposed?.files.length).toBeGreaterThan(0)
  expect(calendar.rules).toMatchObject({ digestHour: 6 })
  expect(calendar.reminders).toHaveLength(1)
  expect(new Set(calendar.arrangements.map(({ due }) => due.kind)).size).toBeGreaterThan(3)
  expect(calendar.arrangements.filter((one) => one.assignee !== null)).toHaveLength(1)
}, 120_000)
