import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { dueKinds, usualLeadDays } from '../due.ts'
import { type CalendarRules, calendarRules, usualRules } from '../rules.ts'

/** The rules that the organisation set, or the usual ones. */
export async function rulesInForce(ctx: Context): Promise<CalendarRules> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, calendarRules, 'r'))
    .selectAll()
    .executeTakeFirst()
  return found ?? usualRules(ctx.organisationId)
}

const answerSchema = calendarRules.schema.omit({ version: true }).extend({
  /** 0 while nobody has set anything. */
  version: z.int().min(0),
  usualLeadDays: z.record(z.enum(dueKinds), z.int()),
  /** Whether this installation can send mail at all. */
  mail: z.boolean(),
  abilities: z.array(z.string()),
})

export const getCalendarRules: Query<Context, Record<string, never>, z.output<typeof answerSchema>> = {
  kind: 'query',
  noun: 'calendar_rules',
  action: 'read',
  input: z.strictObject({}),
  output: answerSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const abilities = ctx.can('calendar_rules.update', 'organisation') ? ['update'] : []
    return { ...(await rulesInForce(ctx)), usualLeadDays: { ...usualLeadDays }, mail: ctx.mails, abilities }
  },
}
