import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { hasLeft, person } from '../../people/person.ts'
import { namedSchema } from '../../people/server/name-queries.ts'
import { riskAcceptance } from '../acceptance.ts'
import { tones } from '../method.ts'
import type { Rating } from '../rating.ts'
import { actionSchema, assessmentSchema, type Risk, risk, treatmentSchema } from '../risk.ts'
import { acceptanceStates, riskStates } from '../state.ts'
import { isOpen, isOverdue } from '../view.ts'
import type { RiskStanding } from './queries.ts'

export const ratingSchema = z.strictObject({
  /** Place of the band in the method's list, from the lowest. */
  index: z.int(),
  key: z.string(),
  name: localText(80),
  tone: z.enum(tones),
  acceptable: z.boolean(),
})

export type RatingAnswer = z.output<typeof ratingSchema>

export const ratingAnswer = (rating: Rating | null): RatingAnswer | null => {
  if (rating === null) return null
  const { key, name, tone, acceptable } = rating.band
  return { index: rating.index, key, name, tone, acceptable }
}

const ownerSchema = namedSchema.extend({ left: z.boolean() })

export type OwnerAnswer = z.output<typeof ownerSchema>

const ratings = z.strictObject({
  inherent: ratingSchema.nullable(),
  current: ratingSchema.nullable(),
  residual: ratingSchema.nullable(),
})

/** What a day says of a risk, in the form in which readers are told. */
const told = {
  state: z.enum(riskStates),
  owner: ownerSchema.nullable(),
  /** The owner left: somebody must take the risk over before anything about it is accepted. */
  needsHandover: z.boolean(),
  method: z.strictObject({ id: idSchema, number: z.int() }).nullable(),
  outdated: z.boolean(),
  ratings,
  assessment: assessmentSchema.nullable(),
  treatment: treatmentSchema.nullable(),
  acceptance: riskAcceptance.schema.nullable(),
  acceptanceState: z.enum(acceptanceStates),
  reviewDue: daySchema.nullable(),
  progress: z.strictObject({ actions: z.int(), done: z.int(), open: z.int(), overdue: z.int() }),
  abilities: z.array(z.string()),
}

export const riskAnswerSchema = risk.schema
  .omit({ assessments: true, treatments: true, actions: true, reviews: true })
  .extend(told)

export type RiskAnswer = z.output<typeof riskAnswerSchema>

export const actionAnswerSchema = actionSchema.extend({
  owner: ownerSchema.nullable(),
  overdue: z.boolean(),
  open: z.boolean(),
})

/** The names of some people and whether they have left, in one query. */
export async function ownersNamed(
  ctx: Context,
  ids: Iterable<Id | null>,
): Promise<(id: Id | null) => OwnerAnswer | null> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))]
  const rows =
    wanted.length === 0
      ? []
      : await ctx.tx
          .selectFrom(rowsOf(ctx, person, 'p'))
          .select(['id', 'name', 'state', 'leftOn'])
          .where(sql<boolean>`id = any(${wanted}::uuid[])`)
          .execute()
  const byId = new Map(rows.map(({ id, name, ...one }) => [id, { id, name, left: hasLeft(one, ctx.asOf) }]))
  return (id) => (id === null ? null : (byId.get(id) ?? null))
}

const changes = ['update', 'assess', 'treat', 'act', 'review', 'close'] as const

function abilitiesOf(ctx: Context, one: Risk, { standing }: RiskStanding): string[] {
  const scope = { entities: [one.entityId] }
  if (one.closed !== null) return ctx.can('risk.close', scope) ? ['reopen'] : []
  const { assessment, treatment } = standing.view
  const theirs = ctx.actor.kind === 'person' && ctx.actor.id === one.ownerId
  const waits = assessment !== null && treatment !== null && standing.acceptanceState !== 'current'
  return [
    ...changes.filter((action) => ctx.can(`risk.${action}`, scope)),
    ...(theirs && waits && ctx.can('risk-acceptance.accept', scope) ? ['accept'] : []),
    ...(standing.acceptanceState === 'current' &&
    ctx.can('risk-acceptance.revoke', scope) &&
    (theirs || ctx.can('risk.close', scope))
      ? ['revoke']
      : []),
  ]
}

/** What readers are told of a risk. */
export function riskAnswer(
  ctx: Context,
  found: RiskStanding,
  owner: (id: Id | null) => OwnerAnswer | null,
): RiskAnswer {
  const { standing } = found
  const { assessments: _a, treatments: _t, actions: _p, reviews: _r, ...one } = found.risk
  const { method, ratings: rated } = standing
  const named = owner(one.ownerId)
  return {
    ...one,
    closed: standing.view.closed,
    state: standing.state,
    owner: named,
    needsHandover: named?.left === true && standing.view.closed === null,
    method: method && { id: method.id, number: method.number },
    outdated: standing.outdated,
    ratings: {
      inherent: ratingAnswer(rated.inherent),
      current: ratingAnswer(rated.current),
      residual: ratingAnswer(rated.residual),
    },
    assessment: standing.view.assessment,
    treatment: standing.view.treatment,
    acceptance: standing.acceptance,
    acceptanceState: standing.acceptanceState,
    reviewDue: standing.reviewDue,
    progress: standing.progress,
    abilities: abilitiesOf(ctx, found.risk, found),
  }
}

/** An action as readers are told of it on the day asked about. */
export const actionAnswer = (
  ctx: Context,
  action: Risk['actions'][number],
  owner: (id: Id | null) => OwnerAnswer | null,
): z.output<typeof actionAnswerSchema> => ({
  ...action,
  owner: owner(action.ownerId),
  open: isOpen(action),
  overdue: isOverdue(action, ctx.asOf),
})
