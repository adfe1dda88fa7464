import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { Spec, Thing } from './spec.ts'

/** What concerns the whole organisation is seen by everyone who may ask; the rest by those whose grants reach it. */
export function isVisible(ctx: Context, { scope }: Thing): boolean {
  if (ctx.visible === null || scope === 'organisation') return true
  const { entities } = ctx.visible
  return scope.entities.some((id) => entities.includes(id))
}

/** Everything that belongs to some people on the day asked about, whoever may see it: one query for each kind. */
export async function everythingOf(
  ctx: Context,
  specs: readonly Spec[],
  people: readonly Id[],
): Promise<Thing[]> {
  if (people.length === 0) return []
  const found: Thing[] = []
  for (const spec of specs) {
    const things = await spec.find(ctx, people, ctx.asOf)
    found.push(...things.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)))
  }
  return found
}

/** The same as far as the actor sees it. */
export const thingsOf = async (
  ctx: Context,
  specs: readonly Spec[],
  people: readonly Id[],
): Promise<Thing[]> => (await everythingOf(ctx, specs, people)).filter((thing) => isVisible(ctx, thing))

export const mayHand = (ctx: Context, { permission, scope }: Thing): boolean => ctx.can(permission, scope)
