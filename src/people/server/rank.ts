import type { Context } from '../../db/context.ts'
import type { ActorGrant } from '../../kernel/actor.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { actorGrant, covers, isInForce } from '../role-grant.ts'
import { findPerson, grantsOf } from './queries.ts'

/** Refuses to give, end or hand to a key what the actor does not have: one rule for every writer of rights. */
export function refuseBeyondOwn(ctx: Context, wanted: ActorGrant): void {
  if (ctx.actor.kind === 'system') return
  if (!ctx.actor.grants.some((own) => covers(own, wanted, ctx.ancestors)))
    throw new Problem('forbidden', 'grant.beyond_own')
}

/**
 * Whether the giver of a link could still act on the person whom it opens. Between giving and using a link either may
 * have been given or lost roles; a link must never be worth more than the rights of whoever may hold a copy of it.
 */
export async function stillCovers(ctx: Context, giver: Id | null, personId: Id): Promise<boolean> {
  if (giver === null) return true
  const { state } = await findPerson(ctx, giver)
  if (state !== 'active') return false
  const held = (await grantsOf(ctx, [giver, personId])).filter((grant) => isInForce(grant, ctx.today))
  const own = held.filter((grant) => grant.personId === giver).map(actorGrant)
  return held
    .filter((grant) => grant.personId === personId)
    .every((grant) => own.some((one) => covers(one, actorGrant(grant), ctx.ancestors)))
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
