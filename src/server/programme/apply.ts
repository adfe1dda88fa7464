import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command } from '../../kernel/command.ts'
import { bringAssets } from './assets.ts'
import { bringCalendar } from './calendar.ts'
import { bringCertificates } from './certificates.ts'
import { type Change, changeActions, changeSchema } from './change.ts'
import { bringCheckEnds, bringChecks, bringRuns } from './checks.ts'
import { bringContext } from './context.ts'
import { bringControls } from './controls.ts'
import { bringDocuments } from './documents.ts'
import { bringEvidence } from './evidence.ts'
import { type ProgrammeFile, readProgramme } from './file.ts'
import { bringImplementations } from './implementations.ts'
import { bringNamedDocuments } from './named-documents.ts'
import { bringObjectives } from './objectives.ts'
import { bringOccurrences } from './occurrences.ts'
import { bringEntities, bringOrganisation, bringServices } from './organisation.ts'
import { bringGrants, bringLeavings, bringPeople } from './people.ts'
import { bringProgrammes } from './programmes.ts'
import { bringRisks } from './risks.ts'
import type { Run } from './run.ts'
import { bringStatements } from './statements.ts'
import { bringPublications, bringTexts } from './texts.ts'
import { yamlLimit } from './yaml.ts'

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: 'digest' })

/** The YAML text, the texts of files that it includes, and the digests of files that were sent before, by path. */
export const programmeInput = z.strictObject({
  programme: z.string().max(yamlLimit),
  includes: z.record(z.string().max(500), z.string().max(yamlLimit)).default({}),
  files: z.record(z.string().max(500), digestSchema).default({}),
})

export const planSchema = z.strictObject({
  counts: z.record(z.enum(changeActions), z.int().min(0)),
  changes: z.array(changeSchema),
  /** Digests of named files that have to be sent before the programme can be applied. */
  missing: z.array(z.string()),
})

export type Plan = z.output<typeof planSchema>

export type Options = Partial<Pick<Run, 'files' | 'rehearsal' | 'accounts'>>

const countsOf = (changes: readonly Change[]): Plan['counts'] => {
  const counts = { create: 0, update: 0, unchanged: 0, waiting: 0, left: 0 }
  for (const { action } of changes) counts[action] += 1
  return counts
}

/** Makes the organisation as the programme says, in the order in which its parts need each other. */
export async function applyWithin(ctx: Context, file: ProgrammeFile, options: Options = {}): Promise<Plan> {
  const run: Run = {
    ...file,
    ctx,
    changes: [],
    files: options.files ?? {},
    missing: new Set(),
    texts: new Map(),
    rehearsal: options.rehearsal ?? false,
    accounts: options.accounts ?? new Map(),
    gone: new Set(),
    termIds: new Map(),
    ids: {
      ...{ entity: new Map(), service: new Map(), person: new Map(), certificate: new Map() },
      ...{ asset: new Map(), programme: new Map(), control: new Map() },
    },
  }
  await bringOrganisation(run)
  await bringEntities(run)
  await bringServices(run)
  await bringPeople(run)
  await bringDocuments(run, await bringCertificates(run))
  await bringGrants(run)
  await bringAssets(run)
  await bringProgrammes(run)
  await bringContext(run)
  await bringObjectives(run)
  await bringControls(run)
  const placed = await bringImplementations(run)
  await bringOccurrences(run, placed)
  await bringRisks(run)
  await bringChecks(run)
  const { saved, keys } = await bringEvidence(run, placed)
  await bringRuns(run, saved)
  await bringCalendar(run, keys)
  await bringCheckEnds(run)
  await bringNamedDocuments(run)
  await bringStatements(run)
  await bringTexts(run)
  await bringPublications(run)
  await bringLeavings(run)
  return { counts: countsOf(run.changes), changes: run.changes, missing: [...run.missing].sort() }
}

type ProgrammeCommand = Command<Context, z.output<typeof programmeInput>, Plan>

/** Makes the organisation as a programme file says, in one transaction: all of it or nothing. Twice is once. */
export const applyProgramme: ProgrammeCommand = {
  kind: 'command',
  noun: 'programme-file',
  action: 'apply',
  seal: true,
  input: programmeInput,
  output: planSchema,
  scope: () => 'organisation',
  run: (ctx, { programme, includes, files }) =>
    applyWithin(ctx, readProgramme(programme, includes), { files }),
}

/**
 * Says what applying would do, by doing it and taking it back: every rule of every noun is asked, and nothing is
 * changed or logged.
 */
export const planProgramme: ProgrammeCommand = {
  ...applyProgramme,
  action: 'plan',
  seal: false,
  async run(ctx, { programme, includes, files }) {
    const file = readProgramme(programme, includes)
    await sql`savepoint rehearsal`.execute(ctx.tx)
    const plan = await applyWithin(ctx, file, { files, rehearsal: true })
    await sql`rollback to savepoint rehearsal`.execute(ctx.tx)
    ctx.entries.length = 0
    ctx.loaded.clear()
    ctx.afterCommit.length = 0
    return plan
  },
}
