import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { pageOfRows } from '../../db/list.ts'
import type { Query } from '../../kernel/command.ts'
import { isDay } from '../../kernel/day.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { isInvolved } from '../rules.ts'
import { evidenceStates, freshnessOn, reviewOn, stateOn } from '../state.ts'
import { evidenceCandidates, evidenceFilter, evidenceRows } from './conditions.ts'

export { findEvidence, refuseEnded } from './found.ts'

export const evidenceAnswerSchema = evidence.schema.extend({
  state: z.enum(evidenceStates),
  freshness: z.enum(['not-yet', 'valid', 'tolerance', 'expired']),
  reviewed: z.enum(['awaiting', 'accepted', 'rejected']),
  abilities: z.array(z.string()),
})

export type EvidenceAnswer = z.output<typeof evidenceAnswerSchema>

/** What the actor could do with an item now; `accept` and `reject` are the two ends of `review`. */
function abilitiesOf(ctx: Context, one: Evidence): string[] {
  const may = (action: string) => ctx.can(`evidence.${action}`, { entities: [one.entityId] })
  const here = one.disposed === null
  const open = here && one.withdrawn === null
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const possible: [string, string, boolean][] = [
    ['revise', 'revise', open],
    ['link', 'link', open],
    ['accept', 'review', open && person !== null && !isInvolved(one, person)],
    ['reject', 'review', open && person !== null],
    ['withdraw', 'withdraw', open],
    ['hold', 'hold', here && one.hold === null && person !== null],
    ['release', 'hold', one.hold !== null],
    ['retain', 'retain', here],
    [
      'dispose',
      'dispose',
      here && one.hold === null && one.retainUntil !== null && one.retainUntil < ctx.today,
    ],
  ]
  return possible.flatMap(([ability, action, now]) => (now && may(action) ? [ability] : []))
}

export const answerOf = (ctx: Context, one: Evidence): EvidenceAnswer => ({
  ...one,
  state: stateOn(one, ctx.asOf),
  freshness: freshnessOn(one, ctx.asOf),
  reviewed: reviewOn(one, ctx.asOf),
  abilities: abilitiesOf(ctx, one),
})

const sorts = {
  about: sql<string>`about_to`,
  collected: sql<string>`collected_on`,
  validity: sql<string>`valid_until`,
  title: sql<string>`title`,
} satisfies Record<string, RawBuilder<string>>

const listInput = z.strictObject({
  ...pageInput,
  ...evidenceFilter,
  sort: z.enum(['about', 'collected', 'validity', 'title']).default('about'),
  order: z.enum(['asc', 'desc']).default('desc'),
})

/** A page of the register of evidence: two queries, two for what only its own index finds, and one for the tree or the engagements where they are asked for. */
export const listEvidence: Query<Context, z.output<typeof listInput>, Page<EvidenceAnswer>> = {
  kind: 'query',
  noun: 'evidence',
  action: 'read',
  input: listInput,
  output: pageOf(evidenceAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const { sort } = input
    const order = {
      name: sort,
      by: sorts[sort],
      down: input.order === 'desc',
      isPlace: sort === 'title' ? undefined : isDay,
    }
    const candidates = () => evidenceCandidates(ctx, input)
    const page = await pageOfRows(ctx, evidence, await evidenceRows(ctx, input), order, input, candidates)
    return { ...page, items: page.items.map((one) => answerOf(ctx, one)) }
  },
}
