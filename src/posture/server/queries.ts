import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query, Scope } from '../../kernel/command.ts'
import { addMonths, type Day, daySchema, daysBetween } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { allServices } from '../../organisation/server/queries.ts'
import type { Programme } from '../../programmes/programme.ts'
import { allProgrammes, editionOf, findProgramme, scopeOfProgramme } from '../../programmes/server/queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import type { RequirementAnswer } from '../answer.ts'
import type { ProgrammePosture, RequirementRow, Totals } from '../overview.ts'
import { currentHeld } from './current.ts'
import { explained, localWords, reachingAnswer, whyTogether } from './explain.ts'
import { namesFor } from './names.ts'
import {
  breakSchema,
  programmeRowSchema,
  requirementAnswerSchema,
  requirementRowSchema,
  totalsSchema,
  unitSchema,
} from './shapes.ts'

type PostureQuery<Input, Output> = Query<Context, Input, Output>

const base = { kind: 'query', noun: 'posture', action: 'read' } as const

const titleOf = (ctx: Context, edition: string, id: string): LocalText => {
  const locales = ctx.catalogue.editions.get(edition)?.locales
  return { en: locales?.en.titles[id] ?? id, ja: locales?.ja.titles[id] ?? id }
}

/** The counts at one unit alone. */
function totalsAt(rows: readonly RequirementRow[], column: number): Totals {
  const totals = { met: 0, partial: 0, failing: 0, 'not-assessed': 0, 'not-applicable': 0 }
  for (const row of rows) {
    const verdict = row.units[column]
    if (verdict) totals[verdict.state]++
  }
  return { ...totals, applicable: rows.length - totals['not-applicable'] }
}

const nextAuditOf = (one: Programme, day: Day): Day | null =>
  one.cycles
    .map((cycle) => cycle.auditOn ?? cycle.to)
    .filter((audit) => audit >= day)
    .sort()[0] ?? null

/** The columns of a programme that the reader may see: those of entities within their reach. */
const columnsSeen = (programme: ProgrammePosture, reached: readonly Id[] | null): number[] =>
  programme.units.flatMap((unit, column) =>
    reached === null || reached.includes(unit.entityId) ? [column] : [],
  )

/** Every programme with its counts, as a whole and at each unit: the matrix of entities and frameworks. */
export const overview: PostureQuery<
  Record<string, never>,
  { day: Day; programmes: z.output<typeof programmeRowSchema>[] }
> = {
  ...base,
  input: z.strictObject({}),
  output: z.strictObject({ day: daySchema, programmes: z.array(programmeRowSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const { posture } = await currentHeld(ctx)
    const seen = await allProgrammes(ctx)
    const reached = await reachedEntities(ctx)
    const names = await namesFor(ctx, [])
    const found = new Map(posture.all(ctx.asOf).programmes.map((one) => [one.programmeId, one]))
    const programmes = seen.flatMap((one) => {
      const stands = found.get(one.id)
      if (stands === undefined || stands.requirements.length === 0) return []
      return [
        {
          programmeId: one.id,
          name: one.name,
          edition: one.edition,
          editionName: editionOf(ctx, one).framework.name,
          totals: stands.totals,
          units: columnsSeen(stands, reached).flatMap((column) => {
            const unit = stands.units[column]
            return unit ? [{ ...names.unit(unit), totals: totalsAt(stands.requirements, column) }] : []
          }),
          nextAudit: nextAuditOf(one, ctx.asOf),
        },
      ]
    })
    return { day: ctx.asOf, programmes }
  },
}

const ofProgramme = async (ctx: Context, { id }: { id: Id }): Promise<Scope> =>
  scopeOfProgramme(await findProgramme(ctx, id), await allServices(ctx))

const byId = z.strictObject({ id: idSchema })

const programmeAnswerSchema = z.strictObject({
  day: daySchema,
  totals: totalsSchema,
  units: z.array(unitSchema),
  requirements: z.array(requirementRowSchema),
})

/** Every requirement of a programme with its state, as a whole and at each unit. */
export const programmePosture: PostureQuery<{ id: Id }, z.output<typeof programmeAnswerSchema>> = {
  ...base,
  input: byId,
  output: programmeAnswerSchema,
  scope: ofProgramme,
  async run(ctx, { id }) {
    const { posture } = await currentHeld(ctx)
    const stands = posture.all(ctx.asOf).programmes.find((one) => one.programmeId === id)
    const none = { met: 0, partial: 0, failing: 0, 'not-assessed': 0, 'not-applicable': 0, applicable: 0 }
    if (stands === undefined) return { day: ctx.asOf, totals: none, units: [], requirements: [] }
    const columns = columnsSeen(stands, await reachedEntities(ctx))
    const names = await namesFor(ctx, [])
    const parents = new Map(
      [...new Set(stands.requirements.map((row) => row.edition))].flatMap((key) =>
        (ctx.catalogue.editions.get(key)?.requirements ?? []).map((node) => [
          `${key} ${node.id}`,
          node.parent,
        ]),
      ),
    )
    return {
      day: ctx.asOf,
      totals: stands.totals,
      units: columns.flatMap((column) => {
        const unit = stands.units[column]
        return unit ? [names.unit(unit)] : []
      }),
      requirements: stands.requirements.map((row) => ({
        requirement: row.requirement,
        edition: row.edition,
        title: titleOf(ctx, row.edition, row.requirement),
        parent: parents.get(`${row.edition} ${row.requirement}`) ?? null,
        state: row.state,
        coverage: row.coverage,
        assurance: row.assurance,
        units: columns.flatMap((column) => {
          const verdict = row.units[column]
          return verdict ? [{ ...verdict }] : []
        }),
      })),
    }
  },
}

const requirementInput = z.strictObject({ id: idSchema, requirement: z.string().max(40) })

/** One requirement of a programme with all its reasons, down to the evidence. */
export const requirementPosture: PostureQuery<
  z.output<typeof requirementInput>,
  z.output<typeof requirementAnswerSchema>
> = {
  ...base,
  input: requirementInput,
  output: requirementAnswerSchema,
  scope: ofProgramme,
  async run(ctx, { id, requirement }) {
    const held = await currentHeld(ctx)
    const { edition } = await findProgramme(ctx, id)
    const found = held.posture.requirement(id, { edition, requirement }, ctx.asOf)
    if (found === null)
      throw new Problem('not_found', 'posture.requirement_unknown', { requirement, day: ctx.asOf })
    const reached = await reachedEntities(ctx)
    const units = found.units.filter(({ unit }) => reached === null || reached.includes(unit.entityId))
    return answerOf(ctx, held, { ...found, units })
  },
}

async function answerOf(
  ctx: Context,
  held: Awaited<ReturnType<typeof currentHeld>>,
  found: RequirementAnswer,
): Promise<z.output<typeof requirementAnswerSchema>> {
  const members = found.units.flatMap((one) => one.together.flatMap((group) => group.members))
  const onTheWay = found.units.flatMap((one) =>
    one.controls.flatMap(({ path }) => path.flatMap(({ to }) => ('control' in to ? [to.control] : []))),
  )
  const names = await namesFor(
    ctx,
    found.units.flatMap((one) => one.controls),
    [...members.map((member) => member.controlId), ...onTheWay],
  )
  const around = { catalogue: ctx.catalogue, held }
  const { programmeId, day, requirement, edition, state, coverage, assurance } = found
  return {
    ...{ programmeId, day, requirement, edition, state, coverage, assurance },
    title: titleOf(ctx, edition, requirement),
    units: found.units.map((one) => ({
      unit: names.unit(one.unit),
      state: one.state,
      coverage: one.coverage,
      assurance: one.assurance,
      notApplicable: localWords(one.notApplicable?.justification),
      controls: one.controls.map((each) => reachingAnswer(each, one.unit, names, around)),
      together: one.together.map((group) => ({
        state: group.state,
        members: group.members.map((member) => ({
          control: names.control(member.controlId),
          state: member.state,
        })),
        why: whyTogether(group, around),
      })),
    })),
  }
}

const breaksInput = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(20) })

/** What will break the next audit, most urgent first, of what the reader may see. */
export const breaks: PostureQuery<
  z.output<typeof breaksInput>,
  { day: Day; items: z.output<typeof breakSchema>[] }
> = {
  ...base,
  input: breaksInput,
  output: z.strictObject({ day: daySchema, items: z.array(breakSchema) }),
  scope: () => 'filtered',
  async run(ctx, { limit }) {
    const { posture } = await currentHeld(ctx)
    const reached = await reachedEntities(ctx)
    const programmes = new Map((await allProgrammes(ctx)).map((one) => [one.id, one]))
    const isSeen = (entityId: Id) => reached === null || reached.includes(entityId)
    const all = posture.breaks(ctx.asOf, reached === null ? limit : Number.MAX_SAFE_INTEGER)
    const found = all.filter(({ unit }) => isSeen(unit.entityId)).slice(0, limit)
    const spoken = found.map((one) => ({
      ...one,
      implementationId: posture.control(one.controlId, one.unit, ctx.asOf).implementationId,
    }))
    const names = await namesFor(ctx, spoken)
    const items = spoken.map((one) => ({
      control: names.control(one.controlId),
      unit: names.unit(one.unit),
      severity: one.severity,
      breaksOn: one.breaksOn,
      requirements: one.requirements,
      programmes: one.programmes.flatMap((id) => {
        const programme = programmes.get(id)
        return programme ? [{ id, name: programme.name }] : []
      }),
      nextAudit: one.nextAudit,
      owner: names.owner(one.implementationId, one.controlId),
      implementationId: one.implementationId,
      reasons: one.reasons.map((reason) => explained(reason, names)),
    }))
    return { day: ctx.asOf, items }
  },
}

const trendInput = z.strictObject({
  id: idSchema,
  months: z.coerce.number().int().min(1).max(60).default(12),
})

/** How a programme stood at the end of each of the last months, and stands on the day asked about. */
export const trend: PostureQuery<
  z.output<typeof trendInput>,
  { points: { day: Day; totals: z.output<typeof totalsSchema> }[] }
> = {
  ...base,
  input: trendInput,
  output: z.strictObject({ points: z.array(z.strictObject({ day: daySchema, totals: totalsSchema })) }),
  scope: ofProgramme,
  async run(ctx, { id, months }) {
    const { posture } = await currentHeld(ctx)
    const days = Array.from({ length: months + 1 }, (_, back) => addMonths(ctx.asOf, back - months))
    const points = days.flatMap((day) => {
      const stands = posture.all(day).programmes.find((one) => one.programmeId === id)
      return stands && stands.requirements.length > 0 ? [{ day, totals: stands.totals }] : []
    })
    return { points }
  },
}

const windowInput = z.strictObject({
  id: idSchema,
  entity: idSchema,
  service: idSchema.optional(),
  from: daySchema,
  to: daySchema,
})

const effectivenessSchema = z.strictObject({
  spans: z.array(z.strictObject({ from: daySchema, to: daySchema, state: z.string() })),
  gaps: z.array(z.strictObject({ from: daySchema, to: daySchema, days: z.int() })),
})

/** How a control stood at a unit throughout a window: its spans, and the gaps in which nothing showed that it worked. */
export const effectiveness: PostureQuery<
  z.output<typeof windowInput>,
  z.output<typeof effectivenessSchema>
> = {
  ...base,
  input: windowInput,
  output: effectivenessSchema,
  async scope(ctx, { entity }) {
    const reached = await reachedEntities(ctx)
    if (reached !== null && !reached.includes(entity)) return { entities: [entity] }
    return 'filtered'
  },
  async run(ctx, { id, entity, service, from, to }) {
    if (to < from || daysBetween(from, to) > 3660) refuseInvalid([fieldProblem('/to', 'posture.window')])
    const { posture } = await currentHeld(ctx)
    const found = posture.effectiveness(id, { entityId: entity, serviceId: service ?? null }, { from, to })
    return { spans: found.spans.map((span) => ({ ...span })), gaps: found.gaps.map((gap) => ({ ...gap })) }
  },
}

const matrixSchema = z.strictObject({
  day: daySchema,
  units: z.array(unitSchema),
  controls: z.array(z.strictObject({ controlId: idSchema, states: z.array(z.string()) })),
})

/** The state of every control at every unit that the reader may see. */
export const controlsPosture: PostureQuery<Record<string, never>, z.output<typeof matrixSchema>> = {
  ...base,
  input: z.strictObject({}),
  output: matrixSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const { posture } = await currentHeld(ctx)
    const reached = await reachedEntities(ctx)
    const names = await namesFor(ctx, [])
    const { units, controls } = posture.controls(ctx.asOf)
    const columns = units.flatMap((unit, column) =>
      reached === null || reached.includes(unit.entityId) ? [column] : [],
    )
    return {
      day: ctx.asOf,
      units: columns.flatMap((column) => {
        const unit = units[column]
        return unit ? [names.unit(unit)] : []
      }),
      controls: controls.map((one) => ({
        controlId: one.controlId,
        states: columns.map((column) => one.states[column] ?? 'absent'),
      })),
    }
  },
}
