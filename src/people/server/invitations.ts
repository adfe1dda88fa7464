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
  await sql`insert into auth.invitation (digest, organisation_id, person_id, issued_by, expires_at)
    values (${tokenDigest(token)}, ${ctx.organisationId}::uuid, ${personId}::uuid, ${ctx.actor.id}::uuid,
      ${expiresAt}::timestamptz)`.execute(ctx.tx)
  return { token, expiresAt }
}

/** Ends a person's links; `except` spares those that this actor gave. */
export const dropInvitations = (ctx: Context, personId: Id, { except }: { except?: Id | null } = {}) =>
  sql`delete from auth.invitation where organisation_id = ${ctx.organisationId}::uuid
    and person_id = ${personId}::uuid and (${except ?? null}::uuid is null or issued_by is distinct from ${except ?? null}::uuid)`.execute(
    ctx.tx,
  )

/** Uses a link up; false when it is unknown, used or over. */
export async function spendInvitation(ctx: Context, personId: Id, digest: string): Promise<boolean> {
  const now = ctx.clock.now().toISOString()
  const used = await sql`delete from auth.invitation
    where digest = ${digest} and person_id = ${personId}::uuid and expires_at > ${now}::timestamptz`.execute(
    ctx.tx,
  )
  return used.numAffectedRows === 1n
}

/** True for an account that nothing opens: it came with an archive, and its person has set no password here yet. */
export async function hasNoCredential(ctx: Context, accountId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from auth."account" where "userId" = ${accountId}
    union all select 1 from auth."passkey" where "userId" = ${accountId}`.execute(ctx.tx)
  return rows.length === 0
}
