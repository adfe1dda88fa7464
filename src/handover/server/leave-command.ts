import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { person } from '../../people/person.ts'
import { scopeOfPerson } from '../../people/server/commands.ts'
import { endPart, leavingDay } from '../../people/server/leaving-commands.ts'
import { findPerson } from '../../people/server/queries.ts'
import { handedNouns } from '../belonging.ts'
import { codesOf, handAll, refuseForeign, successorProblems } from './handing.ts'
import type { Spec, Thing } from './spec.ts'
import { everythingOf, isVisible } from './things.ts'

const input = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  /** The day from which they are gone and everything is the others'; null is today. */
  on: leavingDay,
  /** Who takes over all that no successor of its kind does; null is nobody. */
  successor: idSchema.nullable().default(null),
  /** Who takes over the things of a kind, where it is somebody else. */
  successors: z.partialRecord(z.enum(handedNouns), idSchema).default({}),
  /** What to do with things that nobody takes over: refuse all of it, or leave them on the list of what waits. */
  leftOver: z.enum(['refuse', 'list']).default('refuse'),
  reason: plainText(2000),
})

type Input = z.output<typeof input>

const output = z.strictObject({
  person: person.schema.omit({ accountId: true }),
  /** Things handed over, the records that they are parts of, and things that wait for somebody. */
  things: z.int(),
  records: z.int(),
  waiting: z.int(),
})

const successorOf = ({ successor, successors }: Input, noun: string): Id | null =>
  (successors as Readonly<Record<string, Id>>)[noun] ?? successor

async function problemsOf(ctx: Context, wanted: Input): Promise<FieldProblem[]> {
  const { id, successor, successors } = wanted
  const problems = successor === null ? [] : await successorProblems(ctx, '/successor', id, successor)
  for (const [noun, to] of Object.entries(successors))
    problems.push(...(await successorProblems(ctx, `/successors/${noun}`, id, to)))
  return problems
}

type Split = { given: Thing[]; waiting: Thing[] }

/** What goes to somebody, and what nobody takes over: also what the actor does not see, so that it is not forgotten. */
async function split(ctx: Context, specs: readonly Spec[], wanted: Input): Promise<Split> {
  const all = await everythingOf(ctx, specs, [wanted.id])
  const goes = (thing: Thing) => isVisible(ctx, thing) && successorOf(wanted, thing.noun) !== null
  return { given: all.filter(goes), waiting: all.filter((thing) => !goes(thing)) }
}

/** Nobody goes while something would be nobody's, unless it was said that it may wait. */
function refuseLeftOver(ctx: Context, waiting: readonly Thing[]): void {
  const seen = waiting.filter((thing) => isVisible(ctx, thing))
  if (seen.length > 0)
    throw new Problem('precondition', 'handover.left_over', { count: seen.length, names: codesOf(seen) })
  if (waiting.length > 0) throw new Problem('precondition', 'handover.left_beyond', { count: waiting.length })
}

/**
 * Somebody leaves on a day, and what belongs to them goes to their successors from that day on, in one transaction: all
 * of it or nothing (ISO/IEC 27001 5.3, A.5.11, A.6.5).
 */
export const leaveWithHandover = (
  specs: readonly Spec[],
): Command<Context, Input, z.output<typeof output>> => ({
  kind: 'command',
  noun: 'handover',
  action: 'leave',
  input,
  output,
  // What is handed over asks for a right of its own, thing by thing.
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, wanted) {
    const { id, version, on, reason } = wanted
    const permission = 'person.leave'
    if (!ctx.can(permission, scopeOfPerson(await findPerson(ctx, id))))
      throw new Problem('forbidden', 'access.forbidden', { permission })
    refuseInvalid(await problemsOf(ctx, wanted))
    const { given, waiting } = await split(ctx, specs, wanted)
    if (wanted.leftOver === 'refuse') refuseLeftOver(ctx, waiting)
    refuseForeign(ctx, given)
    const to = (noun: string) => {
      const successor = successorOf(wanted, noun)
      if (successor === null) throw new Error(`nobody takes over ${noun}`)
      return successor
    }
    const records = await handAll(ctx, specs, given, { to, on: on ?? ctx.today, reason })
    const { accountId: _, ...left } = await endPart(ctx, { id, version, on, reason })
    return { person: left, things: given.length, records, waiting: waiting.length }
  },
})
