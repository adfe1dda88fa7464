import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { person } from '../person.ts'
import { accountsThatOpen, countLink, lockAccount, servesElsewhere, setPassword } from './account.ts'
import { scopeOfPerson } from './commands.ts'
import { dropInvitations, newLink, spendLink } from './invitations.ts'
import { findPerson } from './queries.ts'
import { refuseAboveOwn, stillCovers } from './rank.ts'

const resetOutput = z.strictObject({
  person: person.schema.omit({ accountId: true }),
  reset: z.strictObject({ token: z.string(), expiresAt: z.string() }),
})

/**
 * Gives the link, once, with which an active person sets a new password. Whoever holds it can become that person, so
 * it is refused for somebody who may do more than the actor, for the actor themself (an unattended session must not
 * become a password) and for an account that also stands for somebody in another organisation. Links from before end.
 */
export const issueReset: Command<Context, { id: string }, z.output<typeof resetOutput>> = {
  kind: 'command',
  noun: 'person',
  action: 'reset',
  secret: true,
  input: z.strictObject({ id: idSchema }),
  output: resetOutput,
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, { id }) {
    const before = await findPerson(ctx, id)
    if (before.state !== 'active' || before.accountId === null)
      throw new Problem('precondition', 'person.not_active')
    if (id === ctx.actor.id) throw new Problem('precondition', 'person.reset_own')
    await refuseAboveOwn(ctx, id)
    if (!(await accountsThatOpen(ctx, [before.accountId])).has(before.accountId))
      throw new Problem('precondition', 'person.no_password')
    if (await servesElsewhere(ctx, before.accountId))
      throw new Problem('precondition', 'person.account_elsewhere')
    await countLink(ctx, id)
    await dropInvitations(ctx, id)
    const { accountId: _, ...saved } = await save(ctx, person, 'person.reset_issued', before)
    return { person: saved, reset: await newLink(ctx, id, 'reset') }
  },
}

const finishInput = z.strictObject({
  id: idSchema,
  /** The digest of the link. */
  link: z.string(),
  /** The stored form of the new password. */
  hash: z.string(),
})

/**
 * Sets the password for which a link was given, uses the link up and ends every session of the account, all in this
 * transaction. Second factor and passkeys stay: a link stands for a forgotten password and for nothing else.
 */
export const finishReset: Command<Context, z.output<typeof finishInput>, { accountId: string }> = {
  kind: 'command',
  noun: 'person',
  action: 'finish_reset',
  secret: true,
  input: finishInput,
  output: z.strictObject({ accountId: z.string() }),
  scope: () => 'organisation',
  async run(ctx, { id, link, hash }) {
    const spent = await spendLink(ctx, id, link, 'reset')
    if (!spent) throw new Problem('precondition', 'access.link_invalid')
    const before = await findPerson(ctx, id)
    const { accountId } = before
    if (accountId !== null) await lockAccount(ctx, accountId)
    const holds =
      before.state === 'active' &&
      accountId !== null &&
      (await stillCovers(ctx, spent.issuedBy, id)) &&
      !(await servesElsewhere(ctx, accountId))
    if (!holds) throw new Problem('precondition', 'access.link_invalid')
    await save(ctx, person, 'person.password_reset', before)
    await setPassword(ctx, accountId, hash)
    return { accountId }
  },
}
