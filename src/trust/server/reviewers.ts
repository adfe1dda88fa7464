import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { isInForce, roleGrant } from '../../people/role-grant.ts'

/** How many people may review texts today: the owners and managers of the whole organisation. */
export async function countReviewers(ctx: Context): Promise<number> {
  const grants = await ctx.tx
    .selectFrom(rowsOf(ctx, roleGrant, 'g'))
    .select(['personId', 'grantedOn', 'endedOn'])
    .where('role', 'in', ['owner', 'manager'])
    .where('entityId', 'is', null)
    .execute()
  return new Set(grants.filter((grant) => isInForce(grant, ctx.today)).map((grant) => grant.personId)).size
}
