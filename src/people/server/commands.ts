import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { emailSchema, type Person, person } from '../person.ts'
import { accountsThatOpen, countLink, lockAccount, renewCredentials, servesElsewhere } from './account.ts'
import { dropInvitations, newLink, spendLink } from './invitations.ts'
import { endPart, leavingDay } from './leaving-commands.ts'
import { findPerson } from './queries.ts'
import { refuseAboveOwn } from './rank.ts'

export const scopeOfPerson = (one: { entityId: string | null }) =>
  one.entityId === null ? ('organisation' as const) : { entities: [one.entityId] }

export async function refuseTakenEmail(ctx: Context, one: Pick<Person, 'id' | 'email'>): Promise<void> {
  const twin = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select('id')
    .where(sql<boolean>`lower(email) = ${one.email.toLowerCase()}`)
    .where('state', '<>', 'left')
    .where('id', '<>', one.id)
    .executeTakeFirst()
  if (twin) refuseInvalid([fieldProblem('/email', 'person.email_taken')])
}

const inviteInput = person.schema
  .pick({ name: true, entityId: true, jobTitle: true })
  .extend({ email: emailSchema })

const shown = person.schema.omit({ accountId: true })

const inviteOutput = z.strictObject({
  person: shown,
  invitation: z.strictObject({ token: z.string(), expiresAt: z.string() }),
})

/** Adds a person and gives the link, once, with which they make their account. */
export const invitePerson: Command<Context, z.output<typeof inviteInput>, z.output<typeof inviteOutput>> = {
  kind: 'command',
  noun: 'person',
  action: 'invite',
  secret: true,
  input: inviteInput,
  output: inviteOutput,
  scope: (_, input) => scopeOfPerson(input),
  async run(ctx, input) {
    const created: Person = {
      ...input,
      id: newId(ctx.random),
      version: 0,
      state: 'invited',
      accountId: null,
      leftOn: null,
    }
    if (input.entityId) await findEntity(ctx, input.entityId)
    await refuseTakenEmail(ctx, created)
    const { accountId: _, ...saved } = await save(ctx, person, 'person.invited', created)
    return { person: saved, invitation: await newLink(ctx, saved.id, 'join') }
  },
}

const idInput = z.strictObject({ id: idSchema })

/**
 * Gives a new link to somebody who has not made an account yet, or whose account came with an archive and has no
 * password here; links given before end.
 */
export const inviteAgain: Command<Context, { id: string }, z.output<typeof inviteOutput>> = {
  kind: 'command',
  noun: 'person',
  action: 'invite',
  secret: true,
  input: idInput,
  output: inviteOutput,
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, { id }) {
    const { accountId, ...one } = await findPerson(ctx, id)
    const waits =
      accountId === null
        ? one.state === 'invited'
        : one.state === 'active' && !(await accountsThatOpen(ctx, [accountId])).has(accountId)
    if (!waits) throw new Problem('precondition', 'person.not_invited')
    await refuseAboveOwn(ctx, id)
    if (accountId !== null && (await servesElsewhere(ctx, accountId)))
      throw new Problem('precondition', 'person.account_elsewhere')
    await countLink(ctx, id)
    await dropInvitations(ctx, id)
    return { person: one, invitation: await newLink(ctx, id, 'join') }
  },
}

const updateInput = person.schema.pick({
  id: true,
  version: true,
  name: true,
  entityId: true,
  jobTitle: true,
})

export const updatePerson: Command<Context, z.output<typeof updateInput>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'person',
  action: 'update',
  input: updateInput,
  output: shown,
  async scope(ctx, input) {
    const before = await findPerson(ctx, input.id)
    const entities = [before.entityId, input.entityId].filter((id): id is string => id !== null)
    return entities.length < 2 ? 'organisation' : { entities }
  },
  async run(ctx, input) {
    if (input.entityId) await findEntity(ctx, input.entityId)
    const before = await findPerson(ctx, input.id)
    if (before.state === 'left') throw new Problem('precondition', 'person.has_left')
    await refuseAboveOwn(ctx, input.id)
    const { accountId: _, ...saved } = await save(ctx, person, 'person.updated', { ...before, ...input })
    return saved
  },
}

const leaveInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  on: leavingDay,
  reason: plainText(2000),
})

/** Ends a person's part at once; what belongs to them waits to be handed over. */
export const personLeaves: Command<Context, z.output<typeof leaveInput>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'person',
  action: 'leave',
  input: leaveInput,
  output: shown,
  scope: async (ctx, { id }) => scopeOfPerson(await findPerson(ctx, id)),
  async run(ctx, input) {
    const { accountId: _, ...saved } = await endPart(ctx, input)
    return saved
  },
}

const joinInput = z.strictObject({
  id: idSchema,
  accountId: z.string().min(1).max(100),
  invitation: z.string(),
  /** The stored form of a new password, for an account that stands for somebody in another organisation already. */
  renewed: z.string().nullable().default(null),
})

/**
 * Binds the account that an invited person made, and uses up their link in the same transaction (`invitation` is its
 * digest): of several tries with one link, one succeeds. An account from another organisation is renewed: who
 * administers that one may know its password by a reset of theirs, or have left a passkey behind it.
 */
export const joinPerson: Command<Context, z.output<typeof joinInput>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'person',
  action: 'join',
  secret: true,
  input: joinInput,
  output: shown,
  scope: () => 'organisation',
  async run(ctx, { id, accountId: account, invitation, renewed }) {
    await lockAccount(ctx, account)
    if (!(await spendLink(ctx, id, invitation, 'join')))
      throw new Problem('precondition', 'access.link_invalid')
    const before = await findPerson(ctx, id)
    if (before.state !== 'invited' || before.accountId !== null)
      throw new Problem('precondition', 'person.not_invited')
    if (renewed !== null) await renewCredentials(ctx, account, renewed)
    else if (await servesElsewhere(ctx, account)) throw new Problem('conflict', 'access.sign_in_to_join')
    const { accountId: _, ...saved } = await save(ctx, person, 'person.joined', {
      ...before,
      state: 'active',
      accountId: account,
    })
    return saved
  },
}

const addInput = person.schema.omit({ id: true, version: true })

/** Adds a person as they are, with or without an account: set-up, the demo and programme files. */
export const addPerson: Command<Context, z.output<typeof addInput>, Person> = {
  kind: 'command',
  noun: 'person',
  action: 'add',
  input: addInput,
  output: person.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const created: Person = { ...input, id: newId(ctx.random), version: 0 }
    if (input.entityId) await findEntity(ctx, input.entityId)
    await refuseTakenEmail(ctx, created)
    return save(ctx, person, 'person.added', created)
  },
}
