import type { Context } from '../../db/context.ts'
import type { ActorGrant } from '../../kernel/actor.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { actorGrant, covers, isInForce } from '../role-grant.ts'
import { grantsOf } from './queries.ts'

/** Refuses to give, end or hand to a key what the actor does not have: one rule for every writer of rights. */
export function refuseBeyondOwn(ctx: Context, wanted: ActorGrant): void {
  if (ctx.actor.kind === 'system') return
  if (!ctx.actor.grants.some((own) => covers(own, wanted, ctx.ancestors)))
    throw new Problem('forbidden', 'grant.beyond_own')
}

/**
 * Refuses to act on a person who may do more than the actor: whoever can end, invite again or rewrite an owner is
 * as good as an owner.
 */
export async function refuseAboveOwn(ctx: Context, personId: Id): Promise<void> {
  if (personId === ctx.actor.id) return
  for (const grant of await grantsOf(ctx, [personId])) {
    if (isInForce(grant, ctx.today)) refuseBeyondOwn(ctx, actorGrant(grant))
  }
}
