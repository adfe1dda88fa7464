import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'

const days = 7

/** SHA-256 of a token: what is stored, so that a copy of the database opens nothing. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A new single-use link for an invited person: 256 random bits, shown once. */
export async function newInvitation(
  ctx: Context,
  personId: Id,
): Promise<{ token: string; expiresAt: string }> {
  const token = Buffer.from(ctx.random(32)).toString('base64url')
  const expiresAt = new Date(ctx.clock.now().getTime() + days * 86_400_000).toISOString()
  await sql`insert into auth.invitation (digest, organisation_id, person_id, expires_at)
    values (${tokenDigest(token)}, ${ctx.organisationId}::uuid, ${personId}::uuid, ${expiresAt}::timestamptz)`.execute(
    ctx.tx,
  )
  return { token, expiresAt }
}

export const dropInvitations = (ctx: Context, personId: Id) =>
  sql`delete from auth.invitation where organisation_id = ${ctx.organisationId}::uuid and person_id = ${personId}::uuid`.execute(
    ctx.tx,
  )
