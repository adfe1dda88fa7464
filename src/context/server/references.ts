import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { entitiesById, servicesById } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import type { Kept } from '../kept.ts'

/** Ids that are nobody's here: one of another organisation is as unknown as an invented one. */
export const unknownIn = (
  pointer: string,
  ids: readonly Id[],
  known: { has(id: Id): boolean },
): FieldProblem[] =>
  ids.flatMap((id, index) =>
    known.has(id) ? [] : [fieldProblem(`${pointer}/${index}`, 'record.reference_unknown')],
  )

/** A person named newly must be here; one who has left since stays named until it is handed over. */
export async function keeperProblems(
  ctx: Context,
  pointer: string,
  id: Id | null,
  before: Id | null,
): Promise<FieldProblem[]> {
  if (id === null) return []
  const one = (await everyOf(ctx, person)).get(id)
  if (!one) return [fieldProblem(pointer, 'record.reference_unknown')]
  return one.state === 'left' && id !== before ? [fieldProblem(pointer, 'context.owner_left')] : []
}

/** What of the names that every entry has is not here. */
export const referenceProblems = async (
  ctx: Context,
  one: Kept,
  before: Kept | undefined,
): Promise<FieldProblem[]> => [
  ...unknownIn('/entityIds', one.entityIds, await entitiesById(ctx)),
  ...(await keeperProblems(ctx, '/ownerId', one.ownerId, before?.ownerId ?? null)),
]

/** What of named services is not here. */
export const serviceProblems = async (ctx: Context, serviceIds: readonly Id[]): Promise<FieldProblem[]> =>
  unknownIn('/serviceIds', serviceIds, await servicesById(ctx))
