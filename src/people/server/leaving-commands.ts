import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { apiKey } from '../api-key.ts'
import { type Person, person } from '../person.ts'
import { roleGrant } from '../role-grant.ts'
import { endSessions } from './account.ts'
import { dropInvitations } from './invitations.ts'
import { findPerson, grantsOf, lockOwners, ownerIds } from './queries.ts'
import { refuseAboveOwn } from './rank.ts'

/** The day from which somebody is gone; null is today. */
export const leavingDay = daySchema.nullable().default(null)

type Leaving = { id: Id; version: number; on: Day | null; reason: string }

/** Their roles end with the day, and never before they began. */
async function endGrants(ctx: Context, id: Id, on: Day, reason: string): Promise<void> {
  const running = (await grantsOf(ctx, [id])).filter(
    (grant) => grant.endedOn === null || ctx.today < grant.endedOn,
  )
  const ended = running.map((grant) => ({ ...grant, endedOn: grant.grantedOn > on ? grant.grantedOn : on }))
  await saveAll(ctx, roleGrant, 'grant.ended', ended, reason)
}

async function revokeKeys(ctx: Context, id: Id, reason: string): Promise<void> {
  const keys = await ctx.tx
    .selectFrom(rowsOf(ctx, apiKey, 'k'))
    .selectAll()
    .where('createdBy', '=', id)
    .where('revokedAt', 'is', null)
    .execute()
  const revokedAt = ctx.clock.now().toISOString()
  await saveAll(
    ctx,
    apiKey,
    'api_key.revoked',
    keys.map((key) => ({ ...key, revokedAt })),
    reason,
  )
}

/**
 * Ends a person's part: their grants, their sessions and the keys they made, all in this transaction, so that
 * there is no moment in which somebody who left can still act. Their history stays.
 */
export async function endPart(ctx: Context, { id, version, on, reason }: Leaving): Promise<Person> {
  const before = await findPerson(ctx, id)
  if (before.state === 'left') throw new Problem('precondition', 'person.has_left')
  if (on !== null && on > ctx.today)
    refuseInvalid([fieldProblem('/on', 'person.leaves_ahead', { day: on, today: ctx.today })])
  await refuseAboveOwn(ctx, id)
  await lockOwners(ctx)
  const owners = await ownerIds(ctx)
  if (owners.length === 1 && owners[0] === id) throw new Problem('precondition', 'person.last_owner')
  const leftOn = on ?? ctx.today
  const after: Person = { ...before, version, state: 'left', leftOn }
  const saved = await save(ctx, person, 'person.left', after, reason)
  await endGrants(ctx, id, leftOn, reason)
  await revokeKeys(ctx, id, reason)
  await dropInvitations(ctx, id)
  if (saved.accountId) await endSessions(ctx, saved.accountId)
  return saved
}
