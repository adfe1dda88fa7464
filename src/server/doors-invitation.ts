import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { reading } from '../db/transaction.ts'
import { Problem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { inLanguage, type LocalText } from '../kernel/language.ts'
import { joinPerson } from '../people/server/commands.ts'
import { tokenDigest } from '../people/server/invitations.ts'
import { finishReset } from '../people/server/reset-commands.ts'
import type { Auth } from './auth.ts'
import { accountFor, tokenSchema } from './doors-account.ts'
import { execute } from './execute.ts'
import { parseInput } from './input.ts'
import { returnWithPassword } from './returning.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'
import { chooseOrganisation } from './session-organisation.ts'
import { systemCaller } from './system-caller.ts'

const joinInput = z.strictObject({
  token: tokenSchema,
  /** New in every case: also for somebody who is signed in and joins with the account that they have. */
  password: z.string().max(1024),
})

type Link = { digest: string; organisationId: Id; personId: Id; purpose: 'join' | 'reset' }

type Linked = { name: LocalText; email: string; state: string; accountId: string | null }

async function linkOf(runtime: Runtime, auth: Auth, token: string): Promise<Link> {
  const digest = tokenDigest(token)
  const { rows } = await auth.pool.query<{ organisation_id: Id; person_id: Id; purpose: Link['purpose'] }>(
    'select organisation_id, person_id, purpose from auth.invitation where digest = $1 and expires_at > $2',
    [digest, runtime.clock.now().toISOString()],
  )
  const row = rows[0]
  if (!row) throw new Problem('precondition', 'access.link_invalid')
  return { digest, organisationId: row.organisation_id, personId: row.person_id, purpose: row.purpose }
}

const linkedPerson = (runtime: Runtime, { organisationId, personId }: Link): Promise<Linked | undefined> =>
  reading(runtime.database, organisationId, async (tx) => {
    const row = await tx
      .selectFrom('person')
      .select(['email', 'name', 'state', 'accountId'])
      .where('id', '=', personId)
      .executeTakeFirst()
    return row && { ...row, name: row.name as LocalText }
  })

const joinWith = (runtime: Runtime, link: Link, accountId: string, renewed: string | null = null) =>
  execute(runtime, systemCaller(link.organisationId), joinPerson, {
    id: link.personId,
    accountId,
    invitation: link.digest,
    renewed,
  })

async function join(runtime: Runtime, auth: Auth, link: Link, password: string): Promise<string> {
  const invited = await linkedPerson(runtime, link)
  if (invited?.state === 'active' && invited.accountId !== null) {
    const { accountId } = invited
    const now = runtime.clock.now()
    return returnWithPassword(
      auth,
      { personId: link.personId, accountId, digest: link.digest, now },
      password,
    )
  }
  if (invited?.state !== 'invited') throw new Problem('precondition', 'access.link_invalid')
  const known = await auth.findAccount(invited.email)
  if (known !== null && (await standsForSomebody(runtime, known)))
    throw new Problem('conflict', 'access.sign_in_to_join')
  const name = inLanguage(invited.name, 'en')
  const accountId = await accountFor(runtime, auth, name, invited.email, password)
  await joinWith(runtime, link, accountId)
  return accountId
}

const standsForSomebody = async (runtime: Runtime, accountId: string): Promise<boolean> =>
  (await sql`select 1 from people_of_account(${accountId})`.execute(runtime.database.kysely)).rows.length > 0

/**
 * Joins with the account of the session, which must be the one of the invited address: the link alone does not prove
 * whose that account is, and the session alone is not an invitation. The password is a new one and passkeys are gone:
 * who administers the other organisation may know the one, and own one of the others. Answers the new session's cookie,
 * which works in the new organisation at once; null where the session is of another account, or there is none.
 */
async function joinSignedIn(
  runtime: Runtime,
  auth: Auth,
  link: Link,
  { cookie, password }: { cookie: string; password: string },
): Promise<string | null> {
  const session = await auth.sessionOf(new Headers({ cookie }))
  const invited = await linkedPerson(runtime, link)
  if (!session || link.purpose !== 'join' || invited?.state !== 'invited') return null
  const { accountId } = session
  if ((await auth.findAccount(invited.email)) !== accountId) return null
  await joinWith(runtime, link, accountId, await auth.hashPassword(password))
  const begun = await auth.beginSession(accountId)
  const next = await auth.sessionOf(new Headers({ cookie: begun.slice(0, begun.indexOf(';')) }))
  if (next) await chooseOrganisation(runtime, auth, next, link.organisationId)
  return begun
}

/** Sets the new password; a second factor, where there is one, is still asked for at the sign-in that follows. */
async function reset(runtime: Runtime, auth: Auth, link: Link, password: string): Promise<string | null> {
  const hash = await auth.hashPassword(password)
  const { accountId } = await execute(runtime, systemCaller(link.organisationId), finishReset, {
    id: link.personId,
    link: link.digest,
    hash,
  })
  const { rowCount } = await auth.pool.query(
    'select 1 from auth."user" where "id" = $1 and "twoFactorEnabled"',
    [accountId],
  )
  return rowCount ? null : accountId
}

export type DoorRules = {
  checkPassword(password: string): void
  /** Counts a try from an address, and refuses it when there were too many. */
  limited(ip: string): Promise<void>
}

/** `POST /api/invitation`: what a link of an invitation or of a password reset opens, once. */
export function registerInvitationDoor(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  { checkPassword, limited }: DoorRules,
): void {
  app.post('/api/invitation', async (request, reply) => {
    refuseCrossSite(request)
    await limited(request.ip)
    const { token, password } = parseInput(joinInput, request.body)
    checkPassword(password)
    const link = await linkOf(runtime, auth, token)
    const cookie = request.headers.cookie ?? ''
    const joined = await joinSignedIn(runtime, auth, link, { cookie, password })
    if (joined !== null) return reply.header('set-cookie', joined).code(204).send()
    const accountId =
      link.purpose === 'reset'
        ? await reset(runtime, auth, link, password)
        : await join(runtime, auth, link, password)
    if (accountId === null) return reply.send({ signIn: true })
    return reply
      .header('set-cookie', await auth.beginSession(accountId))
      .code(204)
      .send()
  })
}
