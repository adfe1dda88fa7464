import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Context, Tx } from '../db/context.ts'
import { reading } from '../db/transaction.ts'
import { adoptEditions } from '../frameworks/server/commands.ts'
import type { Command } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import { type Id, newId } from '../kernel/id.ts'
import { inLanguage, type LocalText, localText } from '../kernel/language.ts'
import { organisation } from '../organisation/organisation.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { emailSchema } from '../people/person.ts'
import { addPerson, joinPerson } from '../people/server/commands.ts'
import { giveGrant } from '../people/server/grant-commands.ts'
import { tokenDigest } from '../people/server/invitations.ts'
import type { Auth } from './auth.ts'
import { execute } from './execute.ts'
import { parseInput } from './input.ts'
import { countAttempt, networkOf } from './limiter.ts'
import { returnWithPassword } from './returning.ts'
import type { Caller, Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'

/** Assay itself as an actor of an organisation: founds it, imports it, opens its doors. */
export const systemCaller = (organisationId: Id): Caller => ({
  actor: { kind: 'system', id: null, name: 'Assay', organisationId, grants: [], scopes: null },
  language: 'en',
})

const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The one-time address that makes the first organisation and its owner; earlier ones end. Null when there is an organisation. */
export async function newSetupToken(runtime: Runtime, auth: Auth): Promise<string | null> {
  const { rows } = await sql<{ id: Id }>`select organisation_ids() as id`.execute(runtime.database.kysely)
  if (rows.length > 0) return null
  const token = Buffer.from(runtime.random(32)).toString('base64url')
  const expires = new Date(runtime.clock.now().getTime() + 86_400_000)
  await auth.pool.query('delete from auth.setup_token')
  await auth.pool.query('insert into auth.setup_token (digest, expires_at) values ($1, $2)', [
    tokenDigest(token),
    expires.toISOString(),
  ])
  return token
}

const setupInput = z.strictObject({
  token: tokenSchema,
  organisation: organisation.schema.pick({ name: true, timeZone: true }),
  owner: z.strictObject({ name: localText(200), email: emailSchema, password: z.string().max(1024) }),
})

type SetUpInput = z.output<typeof setupInput>

/** The founding of an organisation with its top entity and its owner, and the end of the set-up link: all or nothing. */
const setUp: Command<Context, SetUpInput & { accountId: string }, void> = {
  kind: 'command',
  noun: 'organisation',
  action: 'found',
  input: setupInput.extend({ accountId: z.string() }),
  output: z.void(),
  scope: () => 'organisation',
  async run(ctx, { token, organisation: { name, timeZone }, owner, accountId }) {
    const now = ctx.clock.now().toISOString()
    const used =
      await sql`delete from auth.setup_token where digest = ${tokenDigest(token)} and expires_at > ${now}::timestamptz`.execute(
        ctx.tx,
      )
    if (used.numAffectedRows !== 1n) throw new Problem('precondition', 'access.link_invalid')
    await foundOrganisation.run(ctx, { name, timeZone, host: null, demoDay: null })
    await adoptEditions.run(ctx, {})
    const open = { memberFrom: null, memberTo: null }
    const top = await createEntity.run(ctx, {
      key: 'organisation',
      parentId: null,
      kind: 'company',
      name,
      country: null,
      ...open,
    })
    const person = {
      name: owner.name,
      email: owner.email,
      entityId: top.id,
      jobTitle: null,
      state: 'active' as const,
      accountId,
    }
    const { id: personId } = await addPerson.run(ctx, person)
    await giveGrant.run(ctx, { personId, role: 'owner', entityId: null, certificateId: null })
  },
}

/** An account for somebody who proved their right to one; takes over what an interrupted try left behind. */
async function accountFor(
  runtime: Runtime,
  auth: Auth,
  name: string,
  email: string,
  password: string,
): Promise<string> {
  const known = await auth.findAccount(email)
  if (known === null) return auth.createAccount({ name, email, password })
  const { rows } = await sql`select 1 from people_of_account(${known})`.execute(runtime.database.kysely)
  // The account stands for somebody already: this link does not prove that it is theirs.
  if (rows.length > 0) throw new Problem('conflict', 'person.email_taken')
  await auth.takeOver(known, password)
  return known
}

const joinInput = z.strictObject({ token: tokenSchema, password: z.string().max(1024) })

async function join(
  runtime: Runtime,
  auth: Auth,
  { token, password }: z.output<typeof joinInput>,
): Promise<string> {
  const invitation = tokenDigest(token)
  const { rows } = await auth.pool.query<{ organisation_id: Id; person_id: Id }>(
    'select organisation_id, person_id from auth.invitation where digest = $1 and expires_at > $2',
    [invitation, runtime.clock.now().toISOString()],
  )
  const link = rows[0]
  if (!link) throw new Problem('precondition', 'access.link_invalid')
  const invited = await reading(runtime.database, link.organisation_id, (tx) =>
    tx
      .selectFrom('person')
      .select(['email', 'name', 'state', 'accountId'])
      .where('id', '=', link.person_id)
      .executeTakeFirst(),
  )
  if (invited?.state === 'active' && invited.accountId !== null) {
    const { accountId } = invited
    const now = runtime.clock.now()
    return returnWithPassword(
      auth,
      { personId: link.person_id, accountId, digest: invitation, now },
      password,
    )
  }
  if (invited?.state !== 'invited') throw new Problem('precondition', 'access.link_invalid')
  const name = inLanguage(invited.name as LocalText, 'en')
  const accountId = await accountFor(runtime, auth, name, invited.email, password)
  await execute(runtime, systemCaller(link.organisation_id), joinPerson, {
    id: link.person_id,
    accountId,
    invitation,
  })
  return accountId
}

/** The doors through which accounts come to be: set-up and invitation. */
export function registerDoors(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  checkPassword: (password: string) => void,
): void {
  const limited = async (ip: string) =>
    countAttempt(auth.pool, runtime.clock.now(), { key: `door:${networkOf(ip)}`, most: 20, seconds: 300 })
  app.post('/api/setup', async (request, reply) => {
    refuseCrossSite(request)
    await limited(request.ip)
    const input = parseInput(setupInput, request.body)
    checkPassword(input.owner.password)
    const digest = tokenDigest(input.token)
    const { rowCount } = await auth.pool.query(
      'select 1 from auth.setup_token where digest = $1 and expires_at > $2',
      [digest, runtime.clock.now().toISOString()],
    )
    if (!rowCount) throw new Problem('precondition', 'access.link_invalid')
    const { name, email, password } = input.owner
    const accountId = await accountFor(runtime, auth, inLanguage(name, 'en'), email, password)
    await execute(runtime, systemCaller(newId(runtime.random)), setUp, { ...input, accountId })
    return reply
      .header('set-cookie', await auth.beginSession(accountId))
      .code(204)
      .send()
  })
  app.post('/api/invitation', async (request, reply) => {
    refuseCrossSite(request)
    await limited(request.ip)
    const input = parseInput(joinInput, request.body)
    checkPassword(input.password)
    return reply
      .header('set-cookie', await auth.beginSession(await join(runtime, auth, input)))
      .code(204)
      .send()
  })
}

type DemoPerson = { id: Id; name: unknown; jobTitle: unknown; roles: string[] }

/** A real organisation has no such door, even where somebody left the demo switched on: it is asked at each request. */
async function refuseOutsideDemo(tx: Tx): Promise<void> {
  const row = await tx.selectFrom('organisation').select('demoDay').executeTakeFirst()
  if (!row?.demoDay) throw new Problem('not_found', 'request.not_found')
}

/** The demo's people by one click. Registered only where the running installation is a demo; elsewhere there is no such address. */
export function registerDemoDoor(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  organisationId: Id,
): void {
  app.get('/api/demo/people', async (_request, reply) => {
    const items = await reading(runtime.database, organisationId, async (tx) => {
      await refuseOutsideDemo(tx)
      const { rows } = await sql<DemoPerson>`
        select p.id, p.name, p.job_title, coalesce((select jsonb_agg(distinct g.role) from role_grant g where g.person_id = p.id and g.ended_on is null), '[]') as roles
        from person p where p.state = 'active' and p.account_id is not null order by p.email`.execute(tx)
      return rows
    })
    return reply.header('cache-control', 'no-store').send({ items })
  })
  app.post('/api/demo/sign-in', async (request, reply) => {
    refuseCrossSite(request)
    const { personId } = parseInput(z.strictObject({ personId: z.uuid() }), request.body)
    const found = await reading(runtime.database, organisationId, async (tx) => {
      await refuseOutsideDemo(tx)
      return tx
        .selectFrom('person')
        .select('accountId')
        .where('id', '=', personId)
        .where('state', '=', 'active')
        .executeTakeFirst()
    })
    if (!found?.accountId) throw new Problem('not_found', 'record.not_found', { noun: 'person' })
    return reply
      .header('set-cookie', await auth.beginSession(found.accountId))
      .code(204)
      .send()
  })
}
