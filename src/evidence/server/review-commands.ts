import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { isInvolved } from '../rules.ts'
import { findEvidence, refuseEnded, scopeOfEvidence } from './found.ts'
import { itemsNamed, scopeOfItems } from './link-commands.ts'

const verdictInput = {
  verdict: z.enum(['accepted', 'rejected']),
  note: plainText(2000).nullable().default(null),
}

type Judgement = { verdict: 'accepted' | 'rejected'; note: string | null }

/** The item with a verdict of the person who asks; nobody accepts what passed through their own hands (four eyes). */
function judged(ctx: Context, one: Evidence, { verdict, note }: Judgement): Evidence {
  refuseEnded(one)
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
    throw new Problem('precondition', 'evidence.review_needs_person')
  if (verdict === 'accepted' && isInvolved(one, ctx.actor.id))
    throw new Problem('precondition', 'evidence.own')
  return { ...one, review: { verdict, personId: ctx.actor.id, on: ctx.today, note } }
}

function refuseSilence({ verdict, note }: Judgement): void {
  if (verdict === 'rejected' && note === null) refuseInvalid([fieldProblem('/note', 'evidence.note_missing')])
}

const reviewInput = z.strictObject({ id: idSchema, version: evidence.schema.shape.version, ...verdictInput })

/** Accepts or rejects an item. A later verdict takes the place of the earlier one; both stay in the log. */
export const reviewEvidence: Command<Context, z.output<typeof reviewInput>, Evidence> = {
  kind: 'command',
  noun: 'evidence',
  action: 'review',
  input: reviewInput,
  output: evidence.schema,
  scope: (ctx, { id }) => scopeOfEvidence(ctx, id),
  async run(ctx, { id, version, ...judgement }) {
    refuseSilence(judgement)
    const before = await findEvidence(ctx, id)
    const after = judged(ctx, { ...before, version }, judgement)
    return save(ctx, evidence, `evidence.${judgement.verdict}`, after, judgement.note)
  },
}

const bulkInput = z.strictObject({
  items: z
    .array(z.strictObject({ id: idSchema, version: evidence.schema.shape.version }))
    .min(1)
    .max(200),
  ...verdictInput,
})

/** One verdict for many items, or for none. */
export const reviewMany: Command<Context, z.output<typeof bulkInput>, { items: Evidence[] }> = {
  kind: 'command',
  noun: 'evidence',
  action: 'review',
  input: bulkInput,
  output: z.strictObject({ items: z.array(evidence.schema) }),
  scope: (ctx, { items }) => scopeOfItems(ctx, items),
  async run(ctx, { items, ...judgement }) {
    refuseSilence(judgement)
    const after = (await itemsNamed(ctx, items)).map((one) => judged(ctx, one, judgement))
    return {
      items: await saveAll(ctx, evidence, `evidence.${judgement.verdict}`, after, judgement.note),
    }
  },
}
