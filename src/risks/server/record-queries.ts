import { sql } from 'kysely'
import { z } from 'zod'
import { assetsById } from '../../assets/server/queries.ts'
import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { controlsById } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { recordOn, stretchesOf } from '../../kernel/dated.ts'
import { addDays, daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import type { RecordType } from '../../kernel/record.ts'
import { namedSchema } from '../../people/server/name-queries.ts'
import { readingScope } from '../../programmes/server/reach-queries.ts'
import { type RiskAcceptance, riskAcceptance } from '../acceptance.ts'
import { riskMethod } from '../method.ts'
import { ratingOf } from '../rating.ts'
import { assessmentSchema, type Risk, risk, treatmentSchema } from '../risk.ts'
import { acceptanceStateOn, acceptanceStates } from '../state.ts'
import { substanceDigest } from '../substance.ts'
import { actionOn, isOpen, type RiskView } from '../view.ts'
import {
  actionAnswer,
  actionAnswerSchema,
  ownersNamed,
  ratingAnswer,
  ratingSchema,
  riskAnswer,
  riskAnswerSchema,
} from './answers.ts'
import { acceptancesByRisk, allMethods, findRisk, type RiskStanding, standingsOf } from './queries.ts'

const linkSchema = z.strictObject({ id: idSchema, key: z.string(), name: localText(200) })
type Link = z.output<typeof linkSchema>

const historySchema = assessmentSchema.extend({
  method: z.int(),
  person: namedSchema.nullable(),
  ratings: z.strictObject({
    inherent: ratingSchema.nullable(),
    current: ratingSchema.nullable(),
    residual: ratingSchema.nullable(),
  }),
})

/** Somebody, or nobody, for some days; null is from the beginning, and until further notice. */
const ownedSchema = z.strictObject({
  person: namedSchema.nullable(),
  from: daySchema.nullable(),
  to: daySchema.nullable(),
})

const actionRecordSchema = actionAnswerSchema.extend({
  /** Whose it was and by when it was due before, newest first, each with its last day. */
  before: z.array(z.strictObject({ owner: namedSchema.nullable(), dueOn: daySchema, to: daySchema })),
})

const recordSchema = riskAnswerSchema.extend({
  /** Whose it was until the day asked about, newest first. */
  owners: z.array(ownedSchema),
  /** SHA-256 of what would be accepted now; null as long as there is nothing to accept. */
  substance: z.string().nullable(),
  /** Newest first. */
  history: z.array(historySchema),
  treatments: z.array(treatmentSchema),
  actions: z.array(actionRecordSchema),
  /** Actions that were taken off the plan. */
  dropped: z.array(actionRecordSchema),
  reviews: z.array(z.strictObject({ on: daySchema, person: namedSchema.nullable(), note: z.string() })),
  acceptances: z.array(
    riskAcceptance.schema.extend({ state: z.enum(acceptanceStates), person: namedSchema.nullable() }),
  ),
  /** Every version of the method that an assessment names, and the one in force. */
  methods: z.array(riskMethod.schema),
  /** With the day from which what is cited is no more, where that has come. */
  assets: z.array(linkSchema.extend({ endedOn: daySchema.nullable() })),
  controls: z.array(linkSchema.extend({ retiredOn: daySchema.nullable() })),
  /** What the risk rests on now although it has ended: its assets, and the controls of its treatment and open plan. */
  ended: z.array(
    z.strictObject({ noun: z.enum(['asset', 'control']), id: idSchema, key: z.string(), on: daySchema }),
  ),
  issues: z.array(linkSchema),
  obligations: z.array(linkSchema),
})

export type RiskRecord = z.output<typeof recordSchema>

async function linksOf(ctx: Context, type: RecordType, ids: readonly Id[]): Promise<Link[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Link>`
    select id, key, name from ${rowsOf(ctx, type, 'r')} where id = any(${[...ids]}::uuid[]) order by key`.execute(
    ctx.tx,
  )
  return rows
}

/** Controls that any treatment or action until the day names, in the order of their codes. */
async function controlsOf(ctx: Context, one: Risk): Promise<RiskRecord['controls']> {
  const ids = [
    ...one.treatments.flatMap((each) => each.controlIds),
    ...one.actions.flatMap((each) => each.controlId ?? []),
  ]
  return [...(await controlsById(ctx, ids)).values()]

    .map(({ id, code, name, retiredOn }) => ({
      ...{ id, key: code, name },
      retiredOn: retiredOn !== null && retiredOn <= ctx.asOf ? retiredOn : null,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Assets that it lies at; one is in use through its last day. */
async function assetsOf(ctx: Context, one: Risk): Promise<RiskRecord['assets']> {
  return (await assetsById(ctx, one.assetIds)).map(({ id, key, name, inUseTo }) => ({
    ...{ id, key, name },
    endedOn: inUseTo !== null && inUseTo < ctx.asOf ? inUseTo : null,
  }))
}

/** What has ended under a risk that has not: of a closed one nothing is said. */
function endedOf(
  view: RiskView,
  assets: RiskRecord['assets'],
  controls: RiskRecord['controls'],
): RiskRecord['ended'] {
  if (view.closed !== null) return []
  const inForce = new Set([
    ...(view.treatment?.controlIds ?? []),
    ...view.actions.filter(isOpen).flatMap((action) => action.controlId ?? []),
  ])
  return [
    ...assets.flatMap(({ id, key, endedOn }) =>
      endedOn === null ? [] : [{ noun: 'asset' as const, id, key, on: endedOn }],
    ),
    ...controls.flatMap(({ id, key, retiredOn }) =>
      retiredOn === null || !inForce.has(id) ? [] : [{ noun: 'control' as const, id, key, on: retiredOn }],
    ),
  ]
}

/**
 * Each acceptance with its state, newest first. One that a later one replaced is judged by what stood when it was
 * replaced no more: only the newest can be in force.
 */
function acceptanceAnswers(
  all: readonly RiskAcceptance[],
  newest: Id | null,
  substance: string | null,
  day: string,
): (RiskAcceptance & { state: RiskRecord['acceptanceState'] })[] {
  const given = all.filter((one) => one.on <= day)
  return given
    .map((one) => {
      const state = acceptanceStateOn(one, substance, day)
      const replaced = one.id !== newest && (state === 'current' || state === 'stale')
      return { ...one, state: replaced ? ('ended' as const) : state }
    })
    .reverse()
}

async function recordOf(ctx: Context, found: RiskStanding): Promise<RiskRecord> {
  const { risk: one, standing } = found
  const day = ctx.asOf
  const all = (await acceptancesByRisk(ctx, [one.id])).get(one.id) ?? []
  const substance = substanceDigest(standing.view)
  const methods = await allMethods(ctx)
  const byId = new Map(methods.map((each) => [each.id, each]))
  const used = new Set([...standing.view.history.map((each) => each.methodId)])
  const reviews = one.reviews.filter((each) => each.on <= day)
  const dropped = one.actions.flatMap((each) => {
    const then = actionOn(each, day)
    return then?.dropped ? [then] : []
  })
  const ownersOver = stretchesOf(one, 'ownerId')
  const owner = await ownersNamed(ctx, [
    ...ownersOver.map((each) => each.value),
    ...one.actions.flatMap((each) => stretchesOf(each, 'ownerId').map(({ value }) => value)),
    ...one.assessments.map((each) => each.personId),
    ...reviews.map((each) => each.personId),
    ...all.map((each) => each.personId),
  ])
  const named = (id: Id | null) => {
    const person = owner(id)
    return person && { id: person.id, name: person.name }
  }
  const rated = (each: (typeof standing.view.history)[number], kind: 'inherent' | 'current' | 'residual') => {
    const method = byId.get(each.methodId)
    return ratingAnswer(method ? ratingOf(method, each[kind]) : null)
  }
  const owned = ({ value, from, to }: (typeof ownersOver)[number]) => ({ person: named(value), from, to })
  const action = (each: (typeof dropped)[number]) => ({
    ...actionAnswer(ctx, each, owner),
    before: (each.former ?? [])
      .map(({ until }) => {
        const to = addDays(until, -1)
        const { ownerId, dueOn } = recordOn(each, to)
        return { owner: named(ownerId), dueOn, to }
      })
      .reverse(),
  })
  const assets = await assetsOf(ctx, one)
  const controls = await controlsOf(ctx, one)
  return {
    ...riskAnswer(ctx, found, owner),
    owners: ownersOver.map(owned).reverse(),
    substance,
    history: standing.view.history
      .map((each) => ({
        ...each,
        method: byId.get(each.methodId)?.number ?? 0,
        person: named(each.personId),
        ratings: {
          inherent: rated(each, 'inherent'),
          current: rated(each, 'current'),
          residual: rated(each, 'residual'),
        },
      }))
      .reverse(),
    treatments: one.treatments.filter((each) => each.from <= day).reverse(),
    actions: standing.view.actions.map(action),
    dropped: dropped.map(action),
    reviews: reviews.map(({ on, note, personId }) => ({ on, note, person: named(personId) })).reverse(),
    acceptances: acceptanceAnswers(all, standing.acceptance?.id ?? null, substance, day).map((each) => ({
      ...each,
      person: named(each.personId),
    })),
    methods: methods.filter((each) => used.has(each.id) || each.id === standing.method?.id),
    assets,
    controls,
    ended: endedOf(standing.view, assets, controls),
    issues: await linksOf(ctx, issue, one.issueIds),
    obligations: await linksOf(ctx, obligation, one.obligationIds),
  }
}

/** One risk with its history, plan, acceptances and what it is linked to: a fixed number of queries. */
export const getRisk: Query<Context, { id: Id }, RiskRecord> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: recordSchema,
  scope: async (ctx, { id }) => readingScope(ctx, [(await findRisk(ctx, id)).entityId]),
  async run(ctx, { id }) {
    const [found] = await standingsOf(ctx, [await findRisk(ctx, id)], ctx.asOf)
    // On a day before it was identified there was no such risk.
    if (!found) throw notFound(risk.noun)
    return recordOf(ctx, found)
  },
}
