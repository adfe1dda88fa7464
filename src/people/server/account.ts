import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'

/** Of some accounts, those that something opens: a password or a passkey. An account from an archive has neither. */
export async function accountsThatOpen(
  ctx: Context,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select "userId" as id from auth."account" where "userId" = any(${[...accountIds]}::text[])
    union select "userId" from auth."passkey" where "userId" = any(${[...accountIds]}::text[])`.execute(
    ctx.tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/** True where the account also stands for somebody in another organisation, whose rights nobody here may give away. */
export async function servesElsewhere(ctx: Context, accountId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from people_of_account(${accountId})
    where organisation_id <> ${ctx.organisationId}::uuid`.execute(ctx.tx)
  return rows.length > 0
}

/**
 * Makes whoever decides by what an account stands for wait for whoever changes that, to the end of the transaction:
 * otherwise a reset could pass in the moment in which its account joins another organisation.
 */
export const lockAccount = (ctx: Context, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`account/${accountId}`}, 0))`.execute(ctx.tx)

export const endSessions = (ctx: Context, accountId: string) =>
  sql`delete from auth."session" where "userId" = ${accountId}`.execute(ctx.tx)

/** Sets the password by its stored form; the database ends the account's sessions with it. */
export async function setPassword(ctx: Context, accountId: string, hash: string): Promise<void> {
  const now = ctx.clock.now().toISOString()
  const changed = await sql`update auth."account" set "password" = ${hash}, "updatedAt" = ${now}::timestamptz
    where "userId" = ${accountId} and "providerId" = 'credential'`.execute(ctx.tx)
  if (changed.numAffectedRows === 0n)
    await sql`insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      values (${Buffer.from(ctx.random(24)).toString('base64url')}, ${accountId}, 'credential', ${accountId}, ${hash},
        ${now}::timestamptz)`.execute(ctx.tx)
  await endSessions(ctx, accountId)
}

/**
 * A new password, no passkey and no session from before. A second factor stays: whoever is signed in has shown it, and
 * nobody else could have.
 */
export async function renewCredentials(ctx: Context, accountId: string, hash: string): Promise<void> {
  await sql`delete from auth."passkey" where "userId" = ${accountId}`.execute(ctx.tx)
  await setPassword(ctx, accountId, hash)
}

/** Sets the address with which somebody signs in; the database ends the account's sessions with it. */
export async function setSignInAddress(ctx: Context, accountId: string, email: string): Promise<void> {
  const { rows } =
    await sql`select 1 from auth."user" where "email" = ${email} and "id" <> ${accountId}`.execute(ctx.tx)
  if (rows.length > 0) throw new Problem('conflict', 'person.email_taken')
  await sql`update auth."user" set "email" = ${email}, "updatedAt" = ${ctx.clock.now().toISOString()}::timestamptz
    where "id" = ${accountId}`.execute(ctx.tx)
}

/** Forgets the sign-ins that were counted for an address: the counter is named by it. */
export const forgetTries = (ctx: Context, email: string) =>
  sql`delete from auth.attempt where key = ${`sign-in:${email.toLowerCase()}`}`.execute(ctx.tx)

const linksPerHour = 5

/** Counts a link about to be given for a person, and refuses the sixth within an hour (`request.too_many`). */
export async function countLink(ctx: Context, personId: Id): Promise<void> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - 3_600_000).toISOString()
  const { rows } = await sql<{ count: number; windowStart: string }>`
    insert into auth.attempt as a (key, window_start, count)
    values (${`link:${ctx.organisationId}/${personId}`}, ${now.toISOString()}::timestamptz, 1)
    on conflict (key) do update set
      count = case when a.window_start <= ${since}::timestamptz then 1 else a.count + 1 end,
      window_start = case when a.window_start <= ${since}::timestamptz then excluded.window_start else a.window_start end
    returning count, window_start`.execute(ctx.tx)
  const row = rows[0]
  if (!row || row.count <= linksPerHour) return
  const wait = Math.ceil((Date.parse(row.windowStart) + 3_600_000 - now.getTime()) / 1000)
  throw new Problem('limited', 'request.too_many', { seconds: Math.max(1, wait) })
}
