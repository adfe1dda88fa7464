import type { Context } from '../../db/context.ts'
import { Problem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type Approval, approvalProblems, type Drafted } from '../approval.ts'
import { findPerson } from './queries.ts'

/** The person who is writing or approving; a program or an API key is nobody who could answer for it. */
export const actingPerson = (ctx: Context): Id | null => (ctx.actor.kind === 'person' ? ctx.actor.id : null)

/**
 * The approval of a version by whoever is asking: a person of the organisation who is there and wrote nothing of it
 * (four eyes, see `approvalProblems`). Throws `precondition` for a program or for somebody who has left.
 */
export async function approvalNow(ctx: Context, one: Drafted): Promise<Approval> {
  const personId = actingPerson(ctx)
  if (personId === null) throw new Problem('precondition', 'approval.needs_person')
  refuseInvalid(approvalProblems(one, personId))
  const person = await findPerson(ctx, personId)
  if (person.state !== 'active') throw new Problem('precondition', 'approval.not_active')
  return { personId, on: ctx.today }
}
