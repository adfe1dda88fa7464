import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { forgetAnswers } from '../../log/server/erase-answers.ts'
import { erasedPerson, person } from '../person.ts'
import { forgetTries } from './account.ts'
import { findPerson } from './queries.ts'

const eraseInput = z.strictObject({ id: idSchema, version: z.int().min(1), reason: plainText(2000) })

const shown = person.schema.omit({ accountId: true })

/**
 * Removes name, address and account of somebody who left (GDPR art. 17, APPI art. 35). `reason` is the legal basis.
 * What earlier entries of the log say about them is erased by requests of the log's own, which need two people; what
 * was kept for convenience (answers for retries, counted sign-ins) goes here.
 */
export const erasePerson: Command<Context, z.output<typeof eraseInput>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'person',
  action: 'erase',
  input: eraseInput,
  output: shown,
  scope: async (ctx, { id }) => {
    const { entityId } = await findPerson(ctx, id)
    return entityId === null ? 'organisation' : { entities: [entityId] }
  },
  async run(ctx, { id, version, reason }) {
    const before = await findPerson(ctx, id)
    if (before.state !== 'left') throw new Problem('precondition', 'person.still_here')
    const erased = erasedPerson({ ...before, version })
    const { accountId: _, ...saved } = await save(ctx, person, 'person.erased', erased, reason)
    await forgetAnswers(ctx)
    await forgetTries(ctx, before.email)
    // The account may still stand for the same human elsewhere; there it stays.
    if (before.accountId)
      await sql`delete from auth."user" where "id" = ${before.accountId}
        and not exists (select 1 from people_of_account(${before.accountId}))`.execute(ctx.tx)
    return saved
  },
}
