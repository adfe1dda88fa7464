import type { Context } from '../../db/context.ts'
import { Problem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type Approval, approvalProblems, type Drafted } from '../approval.ts'

/** Who writes: a person, or a key under its own name. Assay itself writes nothing that is to be approved. */
export function authorOf(ctx: Context): Id {
  if (ctx.actor.id === null) throw new Problem('forbidden', 'approval.no_author')
  return ctx.actor.id
}

/** The word of the person who acts, today. Keys and programs approve nothing. */
export function approvalBy(ctx: Context, one: Drafted): Approval {
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
    throw new Problem('forbidden', 'approval.person_only')
  refuseInvalid(approvalProblems(one, ctx.actor.id))
  return { personId: ctx.actor.id, on: ctx.today }
}
