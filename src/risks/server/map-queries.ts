import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { entitiesBelow } from '../../organisation/server/queries.ts'
import { type RiskMethod, riskMethod } from '../method.ts'
import { haveSameScales, methodInForce } from '../method-rules.ts'
import { aggregated, valueKinds } from '../rating.ts'
import { type RiskValue, riskValueSchema } from '../risk.ts'
import { ratingAnswer, ratingSchema } from './answers.ts'
import { allMethods, type RiskStanding, risksInReach, standingsOf } from './queries.ts'

const mapInput = z.strictObject({
  /** The earlier day from which movement is drawn. */
  from: daySchema.optional(),
  which: z.enum(valueKinds).default('residual'),
  entity: idSchema.optional(),
  /** The version whose matrix is drawn; the one in force when absent. */
  method: idSchema.optional(),
})

const pointSchema = z.strictObject({
  id: idSchema,
  code: z.string(),
  name: localText(200),
  entityId: idSchema,
  /** Null where the risk was not there, not assessed, or judged by other scales on that day. */
  before: riskValueSchema.nullable(),
  now: riskValueSchema.nullable(),
  /** By the version of each assessment: what was judged before is never judged again in silence. */
  was: ratingSchema.nullable(),
  is: ratingSchema.nullable(),
})

const groupSchema = z.strictObject({
  entityId: idSchema,
  risks: z.int(),
  /** The band that the method makes of them together. */
  index: z.int().nullable(),
})

const mapSchema = z.strictObject({
  method: riskMethod.schema.nullable(),
  points: z.array(pointSchema),
  /** Open risks whose values no cell of this matrix holds. */
  unassessed: z.int(),
  otherVersions: z.array(z.strictObject({ id: idSchema, number: z.int(), risks: z.int() })),
  groups: z.array(groupSchema),
})

export type RiskMap = z.output<typeof mapSchema>
type MapInput = z.output<typeof mapInput>

const isOpen = ({ standing }: RiskStanding) => standing.view.closed === null

type Place = { value: RiskValue; rating: z.output<typeof ratingSchema> | null }

/** Where each risk lies by its id, of those that were judged by a version that `counts`. */
function places(
  found: readonly RiskStanding[],
  counts: (method: RiskMethod) => boolean,
  which: MapInput['which'],
): ReadonlyMap<Id, Place> {
  return new Map(
    found.flatMap(({ risk, standing: { view, method, ratings } }) =>
      view.assessment && method && counts(method)
        ? [[risk.id, { value: view.assessment[which], rating: ratingAnswer(ratings[which]) }] as const]
        : [],
    ),
  )
}

function otherVersions(found: readonly RiskStanding[], method: Id): RiskMap['otherVersions'] {
  const others = new Map<Id, { id: Id; number: number; risks: number }>()
  for (const { standing } of found) {
    const its = standing.method
    if (its === null || its.id === method) continue
    const known = others.get(its.id) ?? { id: its.id, number: its.number, risks: 0 }
    others.set(its.id, { ...known, risks: known.risks + 1 })
  }
  return [...others.values()].sort((a, b) => a.number - b.number)
}

/** The heat map of a day with where each risk was on an earlier one: five queries, however many risks. */
export const mapRisks: Query<Context, MapInput, RiskMap> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: mapInput,
  output: mapSchema,
  scope: () => 'filtered',
  async run(ctx, { from, which, entity, method: wanted }) {
    const all = await allMethods(ctx)
    const method = wanted ? all.find((one) => one.id === wanted) : methodInForce(all, ctx.asOf)
    const below = entity === undefined ? null : await entitiesBelow(ctx, entity)
    const risks = (await risksInReach(ctx)).filter((one) => below === null || below.has(one.entityId))
    const now = (await standingsOf(ctx, risks, ctx.asOf, true)).filter(isOpen)
    if (!method) return { method: null, points: [], unassessed: now.length, otherVersions: [], groups: [] }
    const then = from === undefined ? [] : (await standingsOf(ctx, risks, from, true)).filter(isOpen)
    // A level means the same where the scales are the same, whatever the matrix makes of it.
    const before = places(then, (one) => haveSameScales(one, method), which)
    const after = places(now, (one) => one.id === method.id, which)
    const points = risks.flatMap(({ id, code, name, entityId }) => {
      const [old, present] = [before.get(id), after.get(id)]
      // Judged by another version now, it is told of beside the matrix and not on it.
      if (!present && now.some(({ risk, standing }) => risk.id === id && standing.view.assessment)) return []
      const point = {
        ...{ before: old?.value ?? null, was: old?.rating ?? null },
        ...{ now: present?.value ?? null, is: present?.rating ?? null },
      }
      return old || present ? [{ id, code, name, entityId, ...point }] : []
    })
    const here = now.filter(({ risk }) => after.has(risk.id))
    const groups = [...Map.groupBy(here, ({ risk }) => risk.entityId)].map(([entityId, members]) => ({
      entityId,
      risks: members.length,
      index: aggregated(
        method,
        members.flatMap(({ standing }) => standing.ratings[which]?.index ?? []),
      ),
    }))
    return {
      method,
      points,
      unassessed: now.filter(({ standing }) => standing.view.assessment === null).length,
      otherVersions: otherVersions(now, method.id),
      groups: groups.sort((a, b) => (b.index ?? -1) - (a.index ?? -1) || b.risks - a.risks),
    }
  },
}
