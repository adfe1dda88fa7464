import type { Context } from '../../db/context.ts'
import { oneOf } from '../../db/loaded.ts'
import { Problem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type Approval, approvalProblems, type Drafted } from '../approval.ts'
import { person as personType } from '../person.ts'

/** Who writes: a person, or a key under its own name. Assay itself writes nothing that is to be approved. */
export function authorOf(ctx: Context): Id {
  if (ctx.actor.id === null) throw new Problem('forbidden', 'approval.no_author')
  return ctx.actor.id
}

/**
 * The word of the person who acts, today. Keys and programs approve nothing; nor does somebody who left while their
 * request was on its way.
 */
export async function approvalBy(ctx: Context, one: Drafted): Promise<Approval> {
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
    throw new Problem('forbidden', 'approval.person_only')
  const person = await oneOf(ctx, personType, ctx.actor.id)
  if (person?.state === 'left') throw new Problem('forbidden', 'approval.left')
  refuseInvalid(approvalProblems(one, ctx.actor.id))
  return { personId: ctx.actor.id, on: ctx.today }
}
