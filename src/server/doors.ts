import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../db/context.ts'
import { adoptEditions } from '../frameworks/server/commands.ts'
import type { Command } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import { type Id, newId } from '../kernel/id.ts'
import { inLanguage, localText } from '../kernel/language.ts'
import { organisation } from '../organisation/organisation.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { foundOrganisation } from '../organisation/server/found.ts'
import { emailSchema } from '../people/person.ts'
import { addPerson } from '../people/server/commands.ts'
import { giveGrant } from '../people/server/grant-commands.ts'
import { tokenDigest } from '../people/server/invitations.ts'
import type { Auth } from './auth.ts'
import { accountFor, tokenSchema } from './doors-account.ts'
import { registerInvitationDoor } from './doors-invitation.ts'
import { execute } from './execute.ts'
import { parseInput } from './input.ts'
import { countAttempt, networkOf } from './limiter.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'
import { systemCaller } from './system-caller.ts'

export type { systemCaller }

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
      leftOn: null,
    }
    const { id: personId } = await addPerson.run(ctx, person)
    await giveGrant.run(ctx, { personId, role: 'owner', entityId: null, certificateId: null })
  },
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
  registerInvitationDoor(app, runtime, auth, { checkPassword, limited })
}
