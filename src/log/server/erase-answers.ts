import type { Context } from '../../db/context.ts'

/**
 * Forgets every answer that is remembered for retries, because any of them may repeat what is being erased, in any
 * wording. A retry that comes after it is done anew or refused by its noun: that is the lesser harm.
 */
export const forgetAnswers = (ctx: Context) =>
  ctx.tx.deleteFrom('idempotency').where('organisationId', '=', ctx.organisationId).execute()
