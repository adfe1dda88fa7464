import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { lineText, plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { handedNouns } from '../belonging.ts'
import type { Thing } from './spec.ts'
import { specs } from './specs.ts'
import { mayHand, thingsOf } from './things.ts'

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
  reason: plainText(2000),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  /** Things handed over, and the records that they are parts of. */
  things: z.int(),
  records: z.int(),
})

const keyOf = ({ noun, id, part }: Pick<Thing, 'noun' | 'id' | 'part'>) => `${noun} ${id} ${part}`

/** Names in a refusal; the rest is counted. */
const mostNamed = 5

/** The chosen things, refusing all when one is no longer theirs or no longer what was looked at. */
async function chosen(ctx: Context, { from, items }: Input): Promise<Thing[]> {
  const all = await thingsOf(ctx, [from])
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

const union = (things: readonly Thing[]): Scope => {
  const entities = new Set<Id>()
  for (const { scope } of things) {
    if (scope === 'organisation') return 'organisation'
    for (const id of scope.entities) entities.add(id)
  }
  return entities.size === 0 ? 'organisation' : { entities: [...entities] }
}

async function refuseSuccessor(ctx: Context, { from, to }: Input): Promise<void> {
  const successor = await findPerson(ctx, to)
  const name = inLanguage(successor.name, ctx.language)
  refuseInvalid([
    ...(from === to ? [fieldProblem('/to', 'handover.same_person')] : []),
    ...(successor.state === 'left' ? [fieldProblem('/to', 'handover.to_left', { name })] : []),
  ])
}

/** The right to change each thing where it lies: handing over is no way around it. */
function refuseForeign(ctx: Context, things: readonly Thing[]): void {
  const beyond = things.filter((thing) => !mayHand(ctx, thing))
  if (beyond.length === 0) return
  const names = beyond.slice(0, mostNamed).map((thing) => thing.code)
  if (beyond.length > mostNamed) names.push('…')
  throw new Problem('forbidden', 'handover.no_right', { count: beyond.length, names: names.join(', ') })
}

/**
 * Gives what belongs to one person to another, from today on: all of it or nothing, with an entry of the log for every
 * record. What was theirs on past days stays so.
 */
export const carryOut: Command<Context, Input, z.output<typeof output>> = {
  kind: 'command',
  noun: 'handover',
  action: 'carry_out',
  input,
  output,
  scope: async (ctx, wanted) => {
    await findPerson(ctx, wanted.from)
    return union(await chosen(ctx, wanted))
  },
  async run(ctx, wanted) {
    await refuseSuccessor(ctx, wanted)
    const things = await chosen(ctx, wanted)
    refuseForeign(ctx, things)
    let records = 0
    for (const spec of specs) {
      const theirs = things.filter((thing) => thing.noun === spec.noun)
      if (theirs.length > 0) records += await spec.hand(ctx, theirs, wanted.to, wanted.reason)
    }
    return { things: things.length, records }
  },
}
