import { sql } from 'kysely'
import type { Context, Tx } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { person } from '../../people/person.ts'
import { isInForce, roleGrant } from '../../people/role-grant.ts'
import { newLink } from '../../people/server/invitations.ts'

/** A link by which one imported person sets their first password here. */
export type WayIn = { personId: Id; name: string; email: string; owner: boolean; token: string }

/** What an empty installation may still hold of an interrupted set-up: it must open nothing of what is coming. */
export async function clearAccounts(tx: Tx): Promise<void> {
  await sql`delete from auth.setup_token`.execute(tx)
  await sql`delete from auth.invitation`.execute(tx)
  await sql`delete from auth."user"`.execute(tx)
}

/** An account without any credential for everybody who had one: the same id, because records name it. */
async function makeAccounts(ctx: Context): Promise<void> {
  const people = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .selectAll()
    .where('state', '<>', 'left')
    .where('accountId', 'is not', null)
    .execute()
  const now = ctx.clock.now().toISOString()
  for (const { accountId, name, email } of people) {
    await sql`insert into auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
      values (${accountId}, ${inLanguage(name, 'en')}, ${email.toLowerCase()}, true, ${now}::timestamptz,
        ${now}::timestamptz)`.execute(ctx.tx)
  }
}

/** Accounts for everybody, and a link each for those who had a way in or were invited. Owners come first. */
export async function waysIn(ctx: Context): Promise<WayIn[]> {
  await makeAccounts(ctx)
  const people = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .selectAll()
    .orderBy('email')
    .execute()
  const grants = await ctx.tx
    .selectFrom(rowsOf(ctx, roleGrant, 'g'))
    .selectAll()
    .where('role', '=', 'owner')
    .execute()
  const owners = new Set(
    grants.filter((grant) => isInForce(grant, ctx.today)).map(({ personId }) => personId),
  )
  const ways: WayIn[] = []
  for (const { id, name, email, state, accountId } of people) {
    const had = (state === 'active' && accountId !== null) || (state === 'invited' && accountId === null)
    if (!had) continue
    const { token } = await newLink(ctx, id, 'join')
    ways.push({ personId: id, name: inLanguage(name, 'en'), email, owner: owners.has(id), token })
  }
  return ways.sort((a, b) => Number(b.owner) - Number(a.owner))
}
