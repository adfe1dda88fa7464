import type { Context } from '../../db/context.ts'
import type { Scope } from '../../kernel/command.ts'
import type { Day } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { findPerson } from '../../people/server/queries.ts'
import type { Spec, Thing } from './spec.ts'
import { mayHand } from './things.ts'

/** Names in a refusal; the rest is counted. */
const mostNamed = 5

/** What some things are called, the first of many. */
export function codesOf(things: readonly Thing[]): string {
  const codes = [...new Set(things.map((thing) => thing.code))]
  return [...codes.slice(0, mostNamed), ...(codes.length > mostNamed ? ['…'] : [])].join(', ')
}

/** Everywhere that some things lie. */
export function scopeOfThings(things: readonly Pick<Thing, 'scope'>[]): Scope {
  const entities = new Set<Id>()
  for (const { scope } of things) {
    if (scope === 'organisation') return 'organisation'
    for (const id of scope.entities) entities.add(id)
  }
  return entities.size === 0 ? 'organisation' : { entities: [...entities] }
}

/** Handing over is a fact of today or of a day before. */
export const aheadProblems = (ctx: Context, on: Day | null): FieldProblem[] =>
  on !== null && on > ctx.today
    ? [fieldProblem('/on', 'record.change_ahead', { day: on, today: ctx.today })]
    : []

/** A successor is another person, and is here. */
export async function successorProblems(
  ctx: Context,
  pointer: string,
  from: Id,
  to: Id,
): Promise<FieldProblem[]> {
  const successor = await findPerson(ctx, to)
  const name = inLanguage(successor.name, ctx.language)
  return [
    ...(from === to ? [fieldProblem(pointer, 'handover.same_person')] : []),
    ...(successor.state === 'left' ? [fieldProblem(pointer, 'handover.to_left', { name })] : []),
  ]
}

/** The right to change each thing where it lies: handing over is no way around it. */
export function refuseForeign(ctx: Context, things: readonly Thing[]): void {
  const beyond = things.filter((thing) => !mayHand(ctx, thing))
  if (beyond.length > 0)
    throw new Problem('forbidden', 'handover.no_right', { count: beyond.length, names: codesOf(beyond) })
}

type Handing = { to: (noun: string) => Id; on: Day; reason: string }

/** Gives things to whoever takes their kind over; the number of records that were changed. */
export async function handAll(
  ctx: Context,
  specs: readonly Spec[],
  things: readonly Thing[],
  { to, on, reason }: Handing,
): Promise<number> {
  let records = 0
  for (const spec of specs) {
    const theirs = things.filter((thing) => thing.noun === spec.noun)
    if (theirs.length > 0) records += await spec.hand(ctx, theirs, to(spec.noun), on, reason)
  }
  return records
}
