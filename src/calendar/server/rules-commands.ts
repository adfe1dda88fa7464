import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type CalendarRules, calendarRules } from '../rules.ts'

const input = calendarRules.schema.omit({ id: true }).extend({
  /** 0 where nothing was set before. */
  version: z.int().min(0),
})

/** Sets how the organisation is reminded. */
export const setCalendarRules: Command<Context, z.output<typeof input>, CalendarRules> = {
  kind: 'command',
  noun: 'calendar_rules',
  action: 'update',
  input,
  output: calendarRules.schema,
  scope: () => 'organisation',
  run: (ctx, said) => save(ctx, calendarRules, 'calendar_rules.set', { ...said, id: ctx.organisationId }),
}
