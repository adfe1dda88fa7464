import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'

const hour = 3_600_000
const day = 24 * hour
const joinDays = 7
// It opens what is there already, so it lives no longer than handing it over takes.
const resetHours = 24

/** SHA-256 of a token: what is stored, so that a copy of the database opens nothing. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex')

export type LinkPurpose = 'join' | 'reset'

/** A new single-use link for a person: 256 random bits, shown once. */
export async function newLink(
  ctx: Context,
  personId: Id,
  purpose: LinkPurpose,
): Promise<{ token: string; expiresAt: string }> {
  const token = Buffer.from(ctx.random(32)).toString('base64url')
  const lasts = purpose === 'join' ? joinDays * day : resetHours * hour
  const expiresAt = new Date(ctx.clock.now().getTime() + lasts).toISOString()
  await sql`insert into auth.invitation (digest, organisation_id, person_id, issued_by, purpose, expires_at)
    values (${tokenDigest(token)}, ${ctx.organisationId}::uuid, ${personId}::uuid, ${ctx.actor.id}::uuid,
      ${purpose}, ${expiresAt}::timestamptz)`.execute(ctx.tx)
  return { token, expiresAt }
}

/** Ends a person's links; `except` spares those that this actor gave. */
export const dropInvitations = (ctx: Context, personId: Id, { except }: { except?: Id | null } = {}) =>
  sql`delete from auth.invitation where organisation_id = ${ctx.organisationId}::uuid
    and person_id = ${personId}::uuid and (${except ?? null}::uuid is null or issued_by is distinct from ${except ?? null}::uuid)`.execute(
    ctx.tx,
  )

/** Uses a link up and answers who gave it; null when it is unknown, used, over or for something else. */
export async function spendLink(
  ctx: Context,
  personId: Id,
  digest: string,
  purpose: LinkPurpose,
): Promise<{ issuedBy: Id | null } | null> {
  const now = ctx.clock.now().toISOString()
  const { rows } = await sql<{ issuedBy: Id | null }>`delete from auth.invitation
    where digest = ${digest} and person_id = ${personId}::uuid and organisation_id = ${ctx.organisationId}::uuid
      and purpose = ${purpose} and expires_at > ${now}::timestamptz
    returning issued_by`.execute(ctx.tx)
  return rows[0] ?? null
}
