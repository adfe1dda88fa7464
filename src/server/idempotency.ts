import { sql } from 'kysely'
import type { Context, Tx } from '../db/context.ts'
import type { Actor } from '../kernel/actor.ts'
import { Problem } from '../kernel/error.ts'

/** The caller's key and a digest of what was asked, so that a key used twice for different things is refused. */
export type IdempotencyKey = { key: string; requestDigest: string }

/** The answer that this key got before, if any. Takes a lock first: of two retries at once, one waits. */
export async function rememberedAnswer<T>(
  tx: Tx,
  actor: Actor,
  idempotency: IdempotencyKey,
): Promise<{ answer: T } | null> {
  if (!actor.id) return null
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.organisationId}/${actor.id}/${idempotency.key}`}, 0))`.execute(
    tx,
  )
  const row = await tx
    .selectFrom('idempotency')
    .select(['requestDigest', 'answer'])
    .where('actorId', '=', actor.id)
    .where('key', '=', idempotency.key)
    .executeTakeFirst()
  if (!row) return null
  if (row.requestDigest !== idempotency.requestDigest)
    throw new Problem('conflict', 'request.idempotency_reused')
  return { answer: JSON.parse(row.answer) as T }
}

export async function rememberAnswer(
  tx: Tx,
  ctx: Context,
  idempotency: IdempotencyKey,
  output: unknown,
): Promise<void> {
  if (!ctx.actor.id) return
  await tx
    .insertInto('idempotency')
    .values({
      organisationId: ctx.organisationId,
      actorId: ctx.actor.id,
      key: idempotency.key,
      requestDigest: idempotency.requestDigest,
      status: 200,
      answer: JSON.stringify(output ?? null),
      createdAt: ctx.clock.now().toISOString(),
    })
    .execute()
}
