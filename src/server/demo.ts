import { join } from 'node:path'
import { z } from 'zod'
import { documentLimit } from '../certificates/document.ts'
import type { Context } from '../db/context.ts'
import { reading } from '../db/transaction.ts'
import { adoptEditions } from '../frameworks/server/commands.ts'
import type { Command } from '../kernel/command.ts'
import { type Day, daySchema } from '../kernel/day.ts'
import { type Id, newId } from '../kernel/id.ts'
import { inLanguage, type LocalText } from '../kernel/language.ts'
import { logIds } from '../log/server/seal.ts'
import { updateOrganisation } from '../organisation/server/commands.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { getOrganisation } from '../organisation/server/queries.ts'
import { actorGrant, isInForce, type RoleGrant } from '../people/role-grant.ts'
import { publish } from '../trust/server/publish.ts'
import { answer, execute } from './execute.ts'
import { applyWithin, type Plan, planSchema } from './programme/apply.ts'
import { readProgramme } from './programme/file.ts'
import { type ProgrammeFolder, readProgrammeFolder } from './programme/folder.ts'
import { receiveFile } from './programme/received.ts'
import type { PersonPart, Programme } from './programme/schema.ts'
import type { Caller, Runtime } from './runtime.ts'
import { systemCaller } from './system-caller.ts'

export type DemoParts = {
  /** The folder that holds `line.yaml`. */
  directory: string
  /** An account without a password for a person of the story: they are entered by the demo's own door. */
  accountFor(name: string, email: string): Promise<string>
}

type Demo = { folder: ProgrammeFolder; programme: Programme }

async function readDemo(directory: string): Promise<Demo> {
  const folder = await readProgrammeFolder(join(directory, 'line.yaml'))
  return { folder, programme: readProgramme(folder.programme, folder.includes).programme }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** What the work on certification is told in: it speaks of days up to the last edition. */
const noWork = {
  assets: [],
  programmes: [],
  context: [],
  objectives: [],
  controls: [],
  checks: [],
  riskMethods: [],
  risks: [],
  evidence: [],
  statements: [],
  documents: [],
  calendar: { rules: null, reminders: [], arrangements: [] },
} satisfies Partial<Programme>

/**
 * The programme applied by Assay itself, which alone may give new people the accounts that it made for them. The register
 * is enough for the editions of the public page; the work behind it is told on the last day.
 */
const applyDemo = (
  demo: Demo,
  accounts: ReadonlyMap<string, string>,
  isWhole = false,
): Command<Context, { today: Day }, Plan> => ({
  kind: 'command',
  noun: 'programme-file',
  action: 'apply',
  input: z.strictObject({ today: daySchema }),
  output: planSchema,
  scope: () => 'organisation',
  run(ctx, { today }) {
    const { programme, includes, files } = demo.folder
    const file = readProgramme(programme, includes)
    const { organisation } = file.programme
    // The calendar stands at the day of the edition being told; editions are published one by one, each on its day.
    const calendar = organisation ? { organisation: { ...organisation, demoDay: today } } : {}
    // Nobody has left yet while the work is not there that would be theirs.
    const people = file.programme.people.map((part) => ({ ...part, left: isWhole && part.left }))
    const told = { ...file.programme, ...calendar, people, ...(isWhole ? {} : noWork), publications: [] }
    return applyWithin(ctx, { ...file, programme: told }, { files, accounts })
  },
})

async function found(runtime: Runtime, { programme }: Demo, day: Day): Promise<Id> {
  const organisationId = newId(runtime.random)
  const system = systemCaller(organisationId)
  const { name, timeZone } = programme.organisation ?? { name: { en: 'Demo' }, timeZone: 'Asia/Tokyo' }
  await execute(runtime, system, foundOrganisation, { name, timeZone, host: null, demoDay: day })
  return organisationId
}

/** A person of the story as the one who acts: with the roles that the programme gave them, and no others. */
async function personCaller(runtime: Runtime, organisationId: Id, email: string, day: Day): Promise<Caller> {
  const { person, grants } = await reading(runtime.database, organisationId, async (tx) => {
    const person = await tx
      .selectFrom('person')
      .select(['id', 'name'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const grants = await tx.selectFrom('roleGrant').selectAll().where('personId', '=', person.id).execute()
    return { person, grants: grants as unknown as RoleGrant[] }
  })
  const name = inLanguage(person.name as LocalText, 'en')
  const held = grants.filter((grant) => isInForce(grant, day)).map(actorGrant)
  return {
    actor: { kind: 'person', id: person.id, name, organisationId, grants: held, scopes: null },
    language: 'en',
  }
}

/** Accounts for the people of the story who are not here yet. */
async function accountsOf(
  runtime: Runtime,
  organisationId: Id,
  people: readonly PersonPart[],
  { accountFor }: DemoParts,
) {
  const here = await reading(runtime.database, organisationId, (tx) =>
    tx.selectFrom('person').select('email').execute(),
  )
  const known = new Set(here.map((one) => one.email))
  const accounts = new Map<string, string>()
  for (const { name, email } of people) {
    if (!known.has(email)) accounts.set(email, await accountFor(inLanguage(name, 'en'), email))
  }
  return accounts
}

/** Everything that the story needs before its first edition: the files, the records, and each reviewer's own review. */
async function tell(
  runtime: Runtime,
  organisationId: Id,
  demo: Demo,
  parts: DemoParts,
  today: Day,
): Promise<void> {
  const system = systemCaller(organisationId)
  await execute(runtime, system, adoptEditions, {})
  for (const bytes of demo.folder.bytes.values())
    await execute(runtime, system, receiveFile, await runtime.objects.put(once(bytes), documentLimit))
  const { people, texts } = demo.programme
  const accounts = await accountsOf(runtime, organisationId, people, parts)
  await execute(runtime, system, applyDemo(demo, accounts), { today })
  const reviewers = new Set(texts.map((text) => text.reviewedBy))
  for (const { email } of people.filter((one) => reviewers.has(one.key))) {
    const reviewer = await personCaller(runtime, organisationId, email, today)
    await execute(runtime, reviewer, applyDemo(demo, new Map()), { today })
  }
}

const publishedDays = (runtime: Runtime, organisationId: Id) =>
  reading(runtime.database, organisationId, (tx) => tx.selectFrom('publication').select('asOf').execute())

/**
 * Makes the demo organisation on the first run: the programme in `line.yaml` is applied, its texts are reviewed by the
 * people whom it names, and each of its editions is published on a calendar that stands at that edition's day. What an
 * earlier, interrupted run did is not done again, and a finished demo is left to its visitors. Returns its id, or null
 * where the installation's organisation is a real one. The log's times are those of the clock.
 */
export async function loadDemo(runtime: Runtime, parts: DemoParts): Promise<Id | null> {
  const [present] = await logIds(runtime.database)
  if (present !== undefined) {
    const { demoDay } = await answer(runtime, systemCaller(present), getOrganisation, {})
    if (demoDay === null) return null
  }
  const demo = await readDemo(parts.directory)
  const editions = demo.programme.publications.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))
  const owner = demo.programme.people.find((one) => one.roles.some(({ role }) => role === 'owner'))
  const first = editions[0]
  if (!owner || !first) throw new Error('a demo needs an owner and an edition')
  const organisationId = present ?? (await found(runtime, demo, first.asOf))
  const published = new Set((await publishedDays(runtime, organisationId)).map((one) => one.asOf))
  const rest = editions.filter((one) => !published.has(one.asOf))
  if (rest.length === 0) return organisationId
  if (published.size === 0) await tell(runtime, organisationId, demo, parts, first.asOf)
  for (const edition of rest) {
    const {
      id: _,
      today,
      abilities,
      ...before
    } = await answer(runtime, systemCaller(organisationId), getOrganisation, {})
    if (today !== edition.asOf)
      await execute(runtime, systemCaller(organisationId), updateOrganisation, {
        ...before,
        demoDay: edition.asOf,
      })
    if (edition === editions.at(-1))
      await execute(runtime, systemCaller(organisationId), applyDemo(demo, new Map(), true), {
        today: edition.asOf,
      })
    const caller = await personCaller(runtime, organisationId, owner.email, edition.asOf)
    await execute(runtime, caller, publish, edition)
  }
  return organisationId
}
