import { z } from 'zod'
import { controlsById } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Query } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { draftStateOn, draftStates, isDraft } from '../../people/approval.ts'
import type { Programme } from '../../programmes/programme.ts'
import { lastDayBy } from '../../programmes/programme.ts'
import { allProgrammes, editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { comparedFields, diffOf } from '../diff.ts'
import { gapKinds, gapsOf, totalsOf } from '../gaps.ts'
import { type SoaRow, type SoaVersion, soaRowSchema, soaVersion } from '../soa-version.ts'
import { statementOf } from './facts-queries.ts'
import { type Labels, labelsOf, labelsSchema } from './labels-queries.ts'
import { findVersion, scopeOfStatement, versionsOf } from './versions-queries.ts'

type SoaQuery<Input, Output> = Query<Context, Input, Output>

const base = { kind: 'query', noun: 'soa', action: 'read' } as const

const totalsSchema = z.strictObject({
  controls: z.int(),
  applicable: z.int(),
  excluded: z.int(),
  implemented: z.int(),
  partial: z.int(),
  planned: z.int(),
  'not-implemented': z.int(),
})

const gapSchema = z.strictObject({ reference: z.string(), kind: z.enum(gapKinds) })

/** A version without its rows, as lists show it. */
const headSchema = soaVersion.schema.omit({ rows: true }).extend({
  state: z.enum(draftStates),
  totals: totalsSchema,
  abilities: z.array(z.string()),
})

const statementSchema = z.strictObject({
  programmeId: idSchema,
  programmeName: localText(200),
  edition: z.string(),
  editionName: localText(400),
  day: daySchema,
  rows: z.array(soaRowSchema),
  totals: totalsSchema,
  gaps: z.array(gapSchema),
  labels: labelsSchema,
  versions: z.array(headSchema),
  abilities: z.array(z.string()),
})

export type StatementAnswer = z.output<typeof statementSchema>

async function abilitiesOf(ctx: Context, one: SoaVersion): Promise<string[]> {
  const scope = await scopeOfStatement(ctx, one.programmeId)
  const may = (action: string) => ctx.can(`soa.${action}`, scope)
  const own = ctx.actor.id !== null && one.authorIds.includes(ctx.actor.id)
  return [
    ...(isDraft(one) && may('draft') ? ['renew'] : []),
    ...(isDraft(one) && may('approve') && ctx.actor.kind === 'person' && !own ? ['approve'] : []),
    ...(one.withdrawn === null && may('withdraw') ? ['withdraw'] : []),
  ]
}

/** Versions that existed on a day: what was drafted later is not there yet. */
const versionsOn = (all: readonly SoaVersion[], day: Day) => all.filter((one) => one.draftedOn <= day)

async function headsOf(ctx: Context, all: readonly SoaVersion[]): Promise<z.output<typeof headSchema>[]> {
  const known = versionsOn(all, ctx.asOf)
  return Promise.all(
    known.map(async ({ rows, ...head }) => ({
      ...head,
      state: draftStateOn({ ...head, rows }, known, ctx.asOf),
      totals: totalsOf(rows),
      abilities: await abilitiesOf(ctx, { ...head, rows }),
    })),
  )
}

const byId = z.strictObject({ id: idSchema })

/** The statement of a programme as it stands on a day, generated, with the versions kept of it. */
export const getStatement: SoaQuery<{ id: Id }, StatementAnswer> = {
  ...base,
  input: byId,
  output: statementSchema,
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  async run(ctx, { id }) {
    const one = await findProgramme(ctx, id)
    const rows = await statementOf(ctx, one, ctx.asOf)
    const all = await versionsOf(ctx, [id])
    const scope = await scopeOfStatement(ctx, id)
    return {
      ...{ programmeId: id, programmeName: one.name, edition: one.edition, day: lastDayBy(one, ctx.asOf) },
      editionName: editionOf(ctx, one).framework.name,
      ...{ rows, totals: totalsOf(rows), gaps: gapsOf(rows) },
      labels: await labelsOf(ctx, [rows], one.edition),
      versions: (await headsOf(ctx, all)).reverse(),
      abilities: [
        ...(!all.some(isDraft) && ctx.can('soa.draft', scope) ? ['draft'] : []),
        ...(one.endedOn === null && ctx.can('applicability.decide', scope) ? ['decide'] : []),
      ],
    }
  },
}

const versionSchema = headSchema.extend({
  programmeName: localText(200),
  editionName: localText(400),
  rows: z.array(soaRowSchema),
  gaps: z.array(gapSchema),
  labels: labelsSchema,
  /** Controls that it names and that are retired on the day asked about. */
  ended: z.array(z.strictObject({ id: idSchema, code: z.string(), on: daySchema })),
})

async function retiredOf(
  ctx: Context,
  rows: readonly SoaRow[],
): Promise<{ id: Id; code: string; on: Day }[]> {
  const named = [...new Set(rows.flatMap((row) => row.controls.map((each) => each.id)))]
  return [...(await controlsById(ctx, named)).values()]
    .flatMap(({ id, code, retiredOn }) =>
      retiredOn !== null && retiredOn <= ctx.asOf ? [{ id, code, on: retiredOn }] : [],
    )
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** One version, word for word as it was stated. */
export const getVersion: SoaQuery<{ id: Id }, z.output<typeof versionSchema>> = {
  ...base,
  input: byId,
  output: versionSchema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findVersion(ctx, id)).programmeId),
  async run(ctx, { id }) {
    const one = await findVersion(ctx, id)
    const programme = await findProgramme(ctx, one.programmeId)
    const heads = await headsOf(ctx, await versionsOf(ctx, [one.programmeId]))
    const head = heads.find((each) => each.id === id)
    if (!head) throw notFound('soa')
    return {
      ...head,
      programmeName: programme.name,
      editionName: editionOf(ctx, one).framework.name,
      ...{ rows: one.rows, gaps: gapsOf(one.rows) },
      ended: await retiredOf(ctx, one.rows),
      labels: await labelsOf(ctx, [one.rows], one.edition, [
        ...one.authorIds,
        ...(one.approval ? [one.approval.personId] : []),
      ]),
    }
  },
}

const differenceInput = z.strictObject({
  id: idSchema,
  /** Id of the later version; the statement as it stands on the day when absent. */
  to: idSchema.optional(),
})

const changeSchema = z.strictObject({
  reference: z.string(),
  before: soaRowSchema.nullable(),
  after: soaRowSchema.nullable(),
  fields: z.array(z.enum(comparedFields)),
})

const differenceSchema = z.strictObject({
  from: z.strictObject({ number: z.int(), asOf: daySchema }),
  to: z.strictObject({ number: z.int().nullable(), asOf: daySchema }),
  changes: z.array(changeSchema),
  labels: labelsSchema,
})

/** What changed from one version to another of the same programme, or to the statement as it stands. */
export const getDifference: SoaQuery<z.output<typeof differenceInput>, z.output<typeof differenceSchema>> = {
  ...base,
  input: differenceInput,
  output: differenceSchema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findVersion(ctx, id)).programmeId),
  async run(ctx, { id, to }) {
    const before = await findVersion(ctx, id)
    const programme = await findProgramme(ctx, before.programmeId)
    const later = to === undefined ? null : await findVersion(ctx, to)
    if (later !== null && later.programmeId !== before.programmeId) throw notFound('soa')
    const rows: readonly SoaRow[] = later?.rows ?? (await statementOf(ctx, programme, ctx.asOf))
    return {
      from: { number: before.number, asOf: before.asOf },
      to: { number: later?.number ?? null, asOf: later?.asOf ?? lastDayBy(programme, ctx.asOf) },
      changes: diffOf(before.rows, rows),
      labels: await labelsOf(ctx, [before.rows, rows], before.edition),
    }
  },
}

const overviewSchema = z.strictObject({
  day: daySchema,
  items: z.array(
    z.strictObject({
      programmeId: idSchema,
      programmeName: localText(200),
      edition: z.string(),
      certificateId: idSchema.nullable(),
      /** The version in force on the day, and a draft that waits. */
      approved: headSchema.nullable(),
      draft: headSchema.nullable(),
      versions: z.int(),
      /** All of them, the latest last: what a search finds by number. */
      numbers: z.array(headSchema.pick({ id: true, number: true, state: true })),
    }),
  ),
})

/** Every programme that has a statement, with the version in force. */
export const listStatements: SoaQuery<Record<string, never>, z.output<typeof overviewSchema>> = {
  ...base,
  input: z.strictObject({}),
  output: overviewSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const isms = (await allProgrammes(ctx)).filter((one: Programme) => isIsms(editionOf(ctx, one)))
    const all = await versionsOf(
      ctx,
      isms.map((one) => one.id),
    )
    const items = isms.map(async (one) => {
      const heads = await headsOf(
        ctx,
        all.filter((each) => each.programmeId === one.id),
      )
      return {
        ...{ programmeId: one.id, programmeName: one.name, edition: one.edition },
        certificateId: one.certificateId,
        approved: heads.find((head) => head.state === 'approved') ?? null,
        draft: heads.find((head) => head.state === 'draft') ?? null,
        versions: heads.length,
        numbers: heads.map(({ id, number, state }) => ({ id, number, state })),
      }
    })
    return { day: ctx.asOf, items: await Promise.all(items) }
  },
}

export type { Labels }
