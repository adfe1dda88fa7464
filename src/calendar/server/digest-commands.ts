import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import { rulesInForce } from './rules-queries.ts'

/** Puts a job into the queue, inside the transaction in hand: both happen, or neither. */
export type EnqueueMail = (ctx: Context, mail: { personId: Id; day: Day }) => Promise<void>

const prepareInput = z.strictObject({ day: daySchema })

/**
 * Notes a mail for every active person and puts into the queue those that still wait. Done again, it notes nobody twice
 * and queues again only what waits. A demo, whose calendar stands still, has no mail.
 */
export const prepareDigests = (
  enqueue: EnqueueMail,
): Command<Context, z.output<typeof prepareInput>, { waiting: number }> => ({
  kind: 'command',
  noun: 'digest',
  action: 'prepare',
  input: prepareInput,
  output: z.strictObject({ waiting: z.int() }),
  scope: () => 'organisation',
  async run(ctx, { day }) {
    if ((await theOrganisation(ctx)).demoDay !== null) return { waiting: 0 }
    if ((await rulesInForce(ctx)).digest)
      await sql`
        insert into digest_mail (organisation_id, person_id, day, state)
        select ${ctx.organisationId}::uuid, p.id, ${day}::date, 'waiting' from ${rowsOf(ctx, person, 'p')}
        where p.state = 'active' on conflict do nothing`.execute(ctx.tx)
    const { rows } = await sql<{ personId: Id }>`
      select person_id from digest_mail where day = ${day}::date and state = 'waiting' order by person_id`.execute(
      ctx.tx,
    )
    for (const { personId } of rows) await enqueue(ctx, { personId, day })
    // Of a year ago nobody asks whether it was sent.
    await sql`delete from digest_mail where day < ${day}::date - 366`.execute(ctx.tx)
    return { waiting: rows.length }
  },
})

const recordInput = z.strictObject({
  personId: idSchema,
  day: daySchema,
  state: z.enum(['sent', 'empty', 'refused']),
})

/** Notes what became of a mail. */
export const recordDigest: Command<Context, z.output<typeof recordInput>, Record<string, never>> = {
  kind: 'command',
  noun: 'digest',
  action: 'record',
  input: recordInput,
  output: z.strictObject({}),
  scope: () => 'organisation',
  async run(ctx, { personId, day, state }) {
    await sql`update digest_mail set state = ${state}
      where person_id = ${personId}::uuid and day = ${day}::date and state = 'waiting'`.execute(ctx.tx)
    return {}
  },
}

/** Notes that the morning's planning of a day is done. */
export const recordDailyRun: Command<Context, { day: Day }, Record<string, never>> = {
  kind: 'command',
  noun: 'digest',
  action: 'record',
  input: prepareInput,
  output: z.strictObject({}),
  scope: () => 'organisation',
  async run(ctx, { day }) {
    await sql`insert into daily_run (organisation_id, day) values (${ctx.organisationId}::uuid, ${day}::date)
      on conflict do nothing`.execute(ctx.tx)
    await sql`delete from daily_run where day < ${day}::date - 366`.execute(ctx.tx)
    return {}
  },
}
