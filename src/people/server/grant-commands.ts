import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { ActorGrant } from '../../kernel/actor.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { grantProblems, isInForce, type RoleGrant, roleGrant } from '../role-grant.ts'
import { dropInvitations } from './invitations.ts'
import { findGrant, findPerson, grantsOf, lockOwners, ownerIds } from './queries.ts'
import { refuseBeyondOwn } from './rank.ts'

const giveInput = roleGrant.schema.pick({ personId: true, role: true, entityId: true, certificateId: true })

const scopeOfGrant = (one: Pick<RoleGrant, 'entityId'>) =>
  one.entityId === null ? ('organisation' as const) : { entities: [one.entityId] }

/** One rule for giving and ending, so that neither is the way around the other. */
function refuseOwnOrBeyond(ctx: Context, one: ActorGrant & { personId: Id }): void {
  if (one.personId === ctx.actor.id) throw new Problem('forbidden', 'grant.own_role')
  refuseBeyondOwn(ctx, one)
}

export const giveGrant: Command<Context, z.output<typeof giveInput>, RoleGrant> = {
  kind: 'command',
  noun: 'grant',
  action: 'give',
  input: giveInput,
  output: roleGrant.schema,
  scope: (_, input) => scopeOfGrant(input),
  async run(ctx, input) {
    refuseOwnOrBeyond(ctx, input)
    refuseInvalid(grantProblems(input))
    const receiver = await findPerson(ctx, input.personId)
    if (receiver.state === 'left') throw new Problem('precondition', 'person.has_left')
    if (input.entityId) await findEntity(ctx, input.entityId)
    const same = (await grantsOf(ctx, [input.personId])).some(
      (one) =>
        isInForce(one, ctx.today) &&
        one.role === input.role &&
        one.entityId === input.entityId &&
        one.certificateId === input.certificateId,
    )
    if (same) refuseInvalid([fieldProblem('/role', 'grant.exists')])
    // Whoever holds the link becomes the person, so a link that a lesser inviter holds must not become an owner's.
    if (input.role === 'owner') await dropInvitations(ctx, receiver.id, { except: ctx.actor.id })
    return save(ctx, roleGrant, 'grant.given', {
      ...input,
      id: newId(ctx.random),
      version: 0,
      grantedOn: ctx.today,
      endedOn: null,
    })
  },
}

const endInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  reason: plainText(2000).nullable().default(null),
})

/** Takes effect at once: the next request of the person is answered without the grant. */
export const endGrant: Command<Context, z.output<typeof endInput>, RoleGrant> = {
  kind: 'command',
  noun: 'grant',
  action: 'end',
  input: endInput,
  output: roleGrant.schema,
  scope: async (ctx, { id }) => scopeOfGrant(await findGrant(ctx, id)),
  async run(ctx, { id, version, reason }) {
    const before = await findGrant(ctx, id)
    refuseOwnOrBeyond(ctx, before)
    if (before.endedOn !== null) throw new Problem('precondition', 'grant.ended')
    await lockOwners(ctx)
    const owners = await ownerIds(ctx)
    const last =
      before.role === 'owner' &&
      before.entityId === null &&
      owners.length === 1 &&
      owners[0] === before.personId
    if (last) throw new Problem('precondition', 'person.last_owner')
    return save(ctx, roleGrant, 'grant.ended', { ...before, version, endedOn: ctx.today }, reason)
  },
}
