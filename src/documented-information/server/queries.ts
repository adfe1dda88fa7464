import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import { type Edition, isIsms } from '../../frameworks/edition.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type LocalText, localText } from '../../kernel/language.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { decisionOn } from '../../programmes/applicability.ts'
import type { Programme } from '../../programmes/programme.ts'
import { isRunning } from '../../programmes/programme.ts'
import { allProgrammes, applicabilityOf, editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { type DocumentDuty, documentDuties } from '../duties.ts'
import { type NamedDocument, namedDocument } from '../named-document.ts'
import {
  dutyStateOn,
  dutyStates,
  type Holder,
  holderStateOn,
  keptKinds,
  namedHolderOn,
  trackerTotals,
} from '../tracker.ts'
import { keptFor } from './kept.ts'

const base = { kind: 'query', noun: 'named-document', action: 'read' } as const

const holderSchema = z.strictObject({
  kind: z.enum([...keptKinds, 'named']),
  id: idSchema.nullable(),
  name: localText(300).nullable(),
  label: z.string().nullable(),
  issuedOn: daySchema.nullable(),
  approvedOn: daySchema.nullable(),
  approvers: z.array(namedSchema),
  reviewBy: daySchema.nullable(),
  parts: z.strictObject({ all: z.int(), open: z.int() }).nullable(),
  state: z.enum(dutyStates),
  /** Of a named document: its version for changes, the item of evidence, and what the reader may do with it. */
  named: z
    .strictObject({ version: z.int(), evidenceId: idSchema, abilities: z.array(z.string()) })
    .nullable(),
})

const dutySchema = z.strictObject({
  key: z.string(),
  requirement: z.string(),
  clause: z.string(),
  form: z.enum(['document', 'record', 'either']),
  basis: z.enum(['clause', 'annex']),
  title: localText(400),
  state: z.enum(dutyStates),
  holders: z.array(holderSchema),
})

const totalsSchema = z.strictObject({
  ...{ current: z.int(), outdated: z.int(), unapproved: z.int(), incomplete: z.int(), missing: z.int() },
  ...{ 'not-applicable': z.int(), required: z.int() },
})

const trackerSchema = z.strictObject({
  programmeId: idSchema,
  programmeName: localText(200),
  edition: z.string(),
  editionName: localText(400),
  day: daySchema,
  duties: z.array(dutySchema),
  totals: totalsSchema,
  abilities: z.array(z.string()),
})

export type TrackerAnswer = z.output<typeof trackerSchema>

export async function findNamed(ctx: Context, id: Id): Promise<NamedDocument> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, namedDocument, 'd'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('named-document')
  return found
}

/** Named documents of a programme whose file nobody withdrew. */
async function namedOf(ctx: Context, programmeId: Id): Promise<NamedDocument[]> {
  const all = [...(await everyOf(ctx, namedDocument)).values()].filter(
    (one) => one.programmeId === programmeId,
  )
  if (all.length === 0) return []
  const items = await ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .select(['id', 'withdrawn'])
    .where(
      'id',
      'in',
      all.map((one) => one.evidenceId),
    )
    .execute()
  const gone = new Set(
    items.filter((one) => one.withdrawn !== null && one.withdrawn.on <= ctx.asOf).map((one) => one.id),
  )
  return all.filter((one) => !gone.has(one.evidenceId)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

const titleOf = (edition: Edition, duty: DocumentDuty): LocalText => {
  const named = (language: 'en' | 'ja') => {
    const words = edition.locales[language]
    return words.documents[duty.key] ?? words.titles[duty.requirement] ?? duty.key
  }
  return { en: named('en'), ja: named('ja') }
}

function abilitiesOf(ctx: Context, one: NamedDocument, may: (action: string) => boolean): string[] {
  if (one.withdrawn !== null) return []
  const mine = ctx.actor.id === one.namedById
  return [
    ...(one.approval === null && may('approve') && ctx.actor.kind === 'person' && !mine ? ['approve'] : []),
    ...(may('withdraw') ? ['withdraw'] : []),
  ]
}

/** What each duty of a programme is satisfied by on the day of the question. */
export async function trackerOf(ctx: Context, programme: Programme): Promise<TrackerAnswer> {
  const day = ctx.asOf
  const edition = editionOf(ctx, programme)
  const duties = isIsms(edition) ? documentDuties(edition) : []
  const kept = await keptFor(ctx, programme, day)
  const named = await namedOf(ctx, programme.id)
  const decisions = new Map((await applicabilityOf(ctx, [programme.id])).map((one) => [one.requirement, one]))
  const scope = await scopeOfStatement(ctx, programme.id)
  const may = (action: string) => ctx.can(`named-document.${action}`, scope)
  const known = new Map(named.map((one) => [one.id, one]))
  const held = duties.map((duty) => ({
    duty,
    holders: [
      ...(kept.get(duty.key) ?? []),
      ...named.filter((one) => one.duty === duty.key).flatMap((one) => namedHolderOn(one, day) ?? []),
    ],
  }))
  const nameOf = await peopleNamed(
    ctx,
    held.flatMap(({ holders }) => holders.flatMap((one) => one.approverIds)),
  )
  const shown = (duty: DocumentDuty, one: Holder) => {
    const { approverIds, ...rest } = one
    const document = one.kind === 'named' && one.id !== null ? known.get(one.id) : undefined
    return {
      ...{ ...rest, approvers: approverIds.flatMap((id) => nameOf(id) ?? []) },
      state: holderStateOn(duty, one, day),
      named: document
        ? {
            version: document.version,
            evidenceId: document.evidenceId,
            abilities: abilitiesOf(ctx, document, may),
          }
        : null,
    }
  }
  const answers = held.map(({ duty, holders }) => {
    const decision = decisions.get(duty.requirement)
    const applicable = (decision ? decisionOn(decision, day)?.applicable : true) ?? true
    return {
      ...{ ...duty, title: titleOf(edition, duty) },
      state: dutyStateOn(duty, holders, applicable, day),
      holders: holders.map((one) => shown(duty, one)),
    }
  })
  return {
    ...{ programmeId: programme.id, programmeName: programme.name, day },
    ...{ edition: programme.edition, editionName: edition.framework.name },
    duties: answers,
    totals: trackerTotals(answers.map((one) => one.state)),
    abilities: may('name') ? ['name'] : [],
  }
}

export const getTracker: Query<Context, { id: Id }, TrackerAnswer> = {
  ...base,
  input: z.strictObject({ id: idSchema }),
  output: trackerSchema,
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  run: async (ctx, { id }) => trackerOf(ctx, await findProgramme(ctx, id)),
}

const overviewSchema = z.strictObject({
  day: daySchema,
  items: z.array(trackerSchema.pick({ programmeId: true, programmeName: true, edition: true, totals: true })),
})

/** How complete the documented information of each running ISMS programme is: for Home. */
export const listTrackers: Query<Context, Record<string, never>, z.output<typeof overviewSchema>> = {
  ...base,
  input: z.strictObject({}),
  output: overviewSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const running = (await allProgrammes(ctx)).filter(
      (one) => isRunning(one, ctx.asOf) && isIsms(editionOf(ctx, one)),
    )
    const items: z.output<typeof overviewSchema>['items'] = []
    // One after the other: what they share is read once and kept in the context.
    for (const one of running) {
      const { programmeId, programmeName, edition, totals } = await trackerOf(ctx, one)
      items.push({ programmeId, programmeName, edition, totals })
    }
    return { day: ctx.asOf, items }
  },
}
