import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { type Reminder, reminder } from '../reminder.ts'
import { ownId, ownReach } from './feed-commands.ts'
import { rulesInForce } from './rules-queries.ts'

const chosen = (ctx: Context, personId: Id): Promise<Reminder | undefined> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, reminder, 'r'))
    .selectAll()
    .where('personId', '=', personId)
    .executeTakeFirst()

const shown = reminder.schema.pick({ digest: true, language: true }).extend({
  /** 0 where nothing was chosen. */
  version: z.int().min(0),
})

/** How somebody is reminded: as they chose, else as the organisation says. */
export async function reminderOf(ctx: Context, personId: Id): Promise<z.output<typeof shown>> {
  const found = await chosen(ctx, personId)
  if (found) return { version: found.version, digest: found.digest, language: found.language }
  const rules = await rulesInForce(ctx)
  return { version: 0, digest: rules.digest, language: rules.language }
}

export const getReminder: Query<Context, Record<string, never>, z.output<typeof shown>> = {
  kind: 'query',
  noun: 'reminder',
  action: 'read',
  input: z.strictObject({}),
  output: shown,
  scope: () => 'filtered',
  run: (ctx) => reminderOf(ctx, ownId(ctx)),
}

export const setReminder: Command<Context, z.output<typeof shown>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'reminder',
  action: 'update',
  input: shown,
  output: shown,
  scope: ownReach,
  async run(ctx, { version, digest, language }) {
    const personId = ownId(ctx)
    const id = (await chosen(ctx, personId))?.id ?? newId(ctx.random)
    const saved = await save(ctx, reminder, 'reminder.set', { id, version, personId, digest, language })
    return { version: saved.version, digest, language }
  },
}
