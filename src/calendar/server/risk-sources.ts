import type { Context } from '../../db/context.ts'
import { type RiskStanding, risksOn } from '../../risks/server/queries.ts'
import { isOpen } from '../../risks/view.ts'
import type { DueKind } from '../due.ts'
import type { Asked, ComputedDue } from './source.ts'

/** Open risks that the actor may see. */
const seen = (all: readonly RiskStanding[], { reached }: Asked): RiskStanding[] =>
  all.filter(
    ({ risk, standing }) =>
      standing.view.closed === null && (reached === null || reached.includes(risk.entityId)),
  )

const about = ({ risk }: RiskStanding) => ({
  ...{ step: null, recordId: risk.id, entities: [risk.entityId], programmes: [] },
})

/** Risks to look at again (8.2). */
const reviews = (found: readonly RiskStanding[], { leadDays }: Asked): ComputedDue[] =>
  found.flatMap((one): ComputedDue[] =>
    one.standing.reviewDue === null
      ? []
      : [
          {
            ...about(one),
            ...{ subject: `risk-review:${one.risk.id}`, kind: 'risk-review', due: one.standing.reviewDue },
            ...{ lead: leadDays['risk-review'], name: one.risk.name, ownerId: one.risk.ownerId },
          },
        ],
  )

/** Open actions of treatment plans (8.3); one without an owner is its risk's owner's. */
const actions = (found: readonly RiskStanding[], { leadDays }: Asked): ComputedDue[] =>
  found.flatMap((one) =>
    one.standing.view.actions.filter(isOpen).map(
      (action): ComputedDue => ({
        ...about(one),
        ...{ subject: `risk-action:${one.risk.id}:${action.key}`, kind: 'risk-action', due: action.dueOn },
        ...{ lead: leadDays['risk-action'], name: action.name },
        ownerId: action.ownerId ?? one.risk.ownerId,
      }),
    ),
  )

/** Acceptances in force that end on a day, for their owners to give anew. */
const acceptances = (found: readonly RiskStanding[], { leadDays }: Asked): ComputedDue[] =>
  found.flatMap((one): ComputedDue[] => {
    const { acceptance, acceptanceState } = one.standing
    const over = acceptanceState === 'current' || acceptanceState === 'ended'
    if (!acceptance?.until || !over) return []
    return [
      {
        ...about(one),
        ...{ subject: `risk-acceptance:${one.risk.id}`, kind: 'risk-acceptance', due: acceptance.until },
        ...{ lead: leadDays['risk-acceptance'], name: one.risk.name, ownerId: one.risk.ownerId },
      },
    ]
  })

/** What is due of risks, of the kinds that are asked for: three queries and arithmetic. */
export async function risksDue(
  ctx: Context,
  asked: Asked,
  isAsked: (kind: DueKind) => boolean,
): Promise<ComputedDue[]> {
  const sources = { 'risk-review': reviews, 'risk-action': actions, 'risk-acceptance': acceptances } as const
  const wanted = (Object.keys(sources) as (keyof typeof sources)[]).filter(isAsked)
  if (wanted.length === 0) return []
  const found = seen(await risksOn(ctx, ctx.asOf), asked)
  return wanted.flatMap((kind) => sources[kind](found, asked))
}
