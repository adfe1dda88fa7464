import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { type Risk, risk } from '../risk.ts'
import { personOf } from './commands.ts'
import { everyRisk } from './queries.ts'
import { personProblems } from './references.ts'

const input = z.strictObject({
  /** The chosen risks, each at the version that was looked at. */
  items: z
    .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
    .min(1)
    .max(500),
  /** What changes in all of them; what is absent stays. */
  set: z
    .strictObject({
      ownerId: idSchema.nullable().optional(),
      reviewMonths: z.int().min(1).max(60).nullable().optional(),
      /** Says that all of them were looked at today, and what was found. */
      review: plainText(2000).optional(),
    })
    .refine((set) => Object.values(set).some((value) => value !== undefined), { error: 'missing' }),
  reason: plainText(2000).nullable().default(null),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  items: z.array(z.strictObject({ id: idSchema, code: z.string(), fate: z.enum(['changed', 'unchanged']) })),
})

function changed(one: Risk, { ownerId, reviewMonths }: Input['set'], review: Risk['reviews']): Risk {
  return {
    ...one,
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(reviewMonths === undefined ? {} : { reviewMonths }),
    reviews: [...one.reviews, ...review],
  }
}

const isSame = (one: Risk, other: Risk) =>
  one.ownerId === other.ownerId &&
  one.reviewMonths === other.reviewMonths &&
  one.reviews.length === other.reviews.length

/** The chosen risks; refuses all when one is gone, closed, or changed by somebody else since it was looked at. */
async function chosen(ctx: Context, items: Input['items']): Promise<Risk[]> {
  const found = new Map((await everyRisk(ctx)).map((one) => [one.id, one]))
  const problems: FieldProblem[] = []
  const rows = [...new Map(items.map((item) => [item.id, item])).values()].flatMap((item, index) => {
    const one = found.get(item.id)
    const at = `/items/${index}`
    if (!one) problems.push(fieldProblem(at, 'record.reference_unknown'))
    else if (one.closed !== null)
      problems.push(fieldProblem(at, 'risk.closed_one', { code: one.code, day: one.closed.on }))
    else if (one.version !== item.version)
      problems.push(fieldProblem(at, 'risk.changed_one', { code: one.code }))
    return one ? [one] : []
  })
  refuseInvalid(problems)
  return rows
}

/**
 * Changes many risks at once: their owner, how often they are looked at, or that they were looked at today. All of them
 * or none. Nothing is accepted this way: each owner accepts each risk by itself.
 */
export const changeRisks: Command<Context, Input, z.output<typeof output>> = {
  kind: 'command',
  noun: 'risk',
  action: 'update',
  input,
  output,
  async scope(ctx, { items }) {
    const wanted = new Set(items.map((item) => item.id))
    const entities = (await everyRisk(ctx)).filter((one) => wanted.has(one.id)).map((one) => one.entityId)
    return entities.length === 0 ? 'organisation' : { entities: [...new Set(entities)] }
  },
  async run(ctx, { items, set, reason }) {
    const rows = await chosen(ctx, items)
    refuseInvalid(await personProblems(ctx, '/set/ownerId', set.ownerId ?? null))
    const review =
      set.review === undefined ? [] : [{ on: ctx.today, personId: personOf(ctx), note: set.review }]
    const pairs = rows.map((before) => ({ before, after: changed(before, set, review) }))
    const different = pairs.filter(({ before, after }) => !isSame(before, after))
    const type = review.length > 0 ? 'risk.reviewed' : 'risk.updated'
    await saveAll(
      ctx,
      risk,
      type,
      different.map(({ after }) => after),
      reason,
    )
    return {
      items: pairs.map(({ before, after }) => ({
        id: before.id,
        code: before.code,
        fate: isSame(before, after) ? 'unchanged' : 'changed',
      })),
    }
  },
}
