import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { emailSchema, type Person, person } from '../person.ts'
import { endSessions, forgetTries, lockAccount, servesElsewhere, setSignInAddress } from './account.ts'
import { refuseTakenEmail, scopeOfPerson } from './commands.ts'
import { dropInvitations } from './invitations.ts'
import { findPerson } from './queries.ts'
import { refuseAboveOwn } from './rank.ts'

const shown = person.schema.omit({ accountId: true })

type Shown = z.output<typeof shown>

/** The record with the new address, no link that was given for the old one, and no session. */
async function changed(ctx: Context, before: Person, email: string): Promise<Shown> {
  if (before.state === 'left') throw new Problem('precondition', 'person.has_left')
  await refuseTakenEmail(ctx, { id: before.id, email })
  await dropInvitations(ctx, before.id)
  await forgetTries(ctx, before.email)
  if (before.accountId) await endSessions(ctx, before.accountId)
  const { accountId: _, ...saved } = await save(ctx, person, 'person.address_changed', { ...before, email })
  return saved
}

const changeInput = z.strictObject({ id: idSchema, version: z.int().min(1), email: emailSchema })

/**
 * Changes somebody else's address, with which they sign in from then on. Where their account also stands for somebody
 * in another organisation, the account is not this organisation's to change: only the address listed here is.
 */
export const changeAddress: Command<Context, z.output<typeof changeInput>, Shown> = {
  kind: 'command',
  noun: 'person',
  action: 'change_address',
  input: changeInput,
  output: shown,
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, { id, version, email }) {
    const before = await findPerson(ctx, id)
    if (id === ctx.actor.id) throw new Problem('precondition', 'person.own_address')
    await refuseAboveOwn(ctx, id)
    const { accountId } = before
    if (accountId !== null) await lockAccount(ctx, accountId)
    const saved = await changed(ctx, { ...before, version }, email)
    if (accountId !== null && !(await servesElsewhere(ctx, accountId)))
      await setSignInAddress(ctx, accountId, email)
    return saved
  },
}

/** Changes the actor's own address. Only the door that asked for their password again runs it. */
export const changeOwnAddress: Command<Context, { email: string }, Shown> = {
  kind: 'command',
  noun: 'person',
  action: 'own_address',
  input: z.strictObject({ email: emailSchema }),
  output: shown,
  scope: () => 'organisation',
  async run(ctx, { email }) {
    if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
      throw new Problem('forbidden', 'access.forbidden', { permission: 'person.own_address' })
    const before = await findPerson(ctx, ctx.actor.id)
    const saved = await changed(ctx, before, email)
    if (before.accountId) await setSignInAddress(ctx, before.accountId, email)
    return saved
  },
}
