import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { handedNouns } from '../belonging.ts'
import { aheadProblems, handAll, refuseForeign, scopeOfThings, successorProblems } from './handing.ts'
import type { Spec, Thing } from './spec.ts'
import { thingsOf } from './things.ts'

const input = z.strictObject({
  from: idSchema,
  to: idSchema,
  /** The chosen things, each at the version that was looked at; null is all that is theirs now. */
  items: z
    .array(
      z.strictObject({
        noun: z.enum(handedNouns),
        id: idSchema,
        part: lineText(60),
        version: z.int().min(1),
      }),
    )
    .min(1)
    .max(2000)
    .nullable(),
  /** The day from which they are the other's; null is today. */
  on: daySchema.nullable().default(null),
  reason: plainText(2000),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  /** Things handed over, and the records that they are parts of. */
  things: z.int(),
  records: z.int(),
})

const keyOf = ({ noun, id, part }: Pick<Thing, 'noun' | 'id' | 'part'>) => `${noun} ${id} ${part}`

/** The chosen things, refusing all when one is no longer theirs or no longer what was looked at. */
async function chosen(ctx: Context, specs: readonly Spec[], { from, items }: Input): Promise<Thing[]> {
  const all = await thingsOf(ctx, specs, [from])
  if (items === null) return all
  const byKey = new Map(all.map((thing) => [keyOf(thing), thing]))
  const problems: FieldProblem[] = []
  const found = new Map<string, Thing>()
  for (const [index, item] of items.entries()) {
    const thing = byKey.get(keyOf(item))
    if (!thing) problems.push(fieldProblem(`/items/${index}`, 'handover.not_theirs'))
    else if (thing.version !== item.version)
      problems.push(fieldProblem(`/items/${index}`, 'handover.changed_one', { name: thing.code }))
    else found.set(keyOf(thing), thing)
  }
  refuseInvalid(problems)
  return [...found.values()]
}

/**
 * Gives what belongs to one person to another, from a day on: all of it or nothing, with an entry of the log for every
 * record. What was theirs on the days before stays so.
 */
export const carryOut = (
  specs: readonly Spec[],
): Command<Context, z.output<typeof input>, z.output<typeof output>> => ({
  kind: 'command',
  noun: 'handover',
  action: 'carry_out',
  input,
  output,
  scope: async (ctx, wanted) => {
    await findPerson(ctx, wanted.from)
    return scopeOfThings(await chosen(ctx, specs, wanted))
  },
  async run(ctx, wanted) {
    const { from, to, on, reason } = wanted
    refuseInvalid([...aheadProblems(ctx, on), ...(await successorProblems(ctx, '/to', from, to))])
    const things = await chosen(ctx, specs, wanted)
    refuseForeign(ctx, things)
    const records = await handAll(ctx, specs, things, { to: () => to, on: on ?? ctx.today, reason })
    return { things: things.length, records }
  },
})
