import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { actorGrant, covers, isInForce, type RoleGrant } from '../role-grant.ts'

/** Whether the actor may do at least as much as the person, who is somebody else. */
export const isBelow = (ctx: Context, personId: Id, grants: readonly RoleGrant[]): boolean =>
  personId !== ctx.actor.id &&
  grants
    .filter((grant) => grant.personId === personId && isInForce(grant, ctx.today))
    .every(
      (grant) =>
        ctx.actor.kind === 'system' ||
        ctx.actor.grants.some((own) => covers(own, actorGrant(grant), ctx.ancestors)),
    )
