import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { clearArrangement, delegateDue, snoozeDue } from './arrange-commands.ts'
import { createFeed, listFeeds, revokeFeed } from './feed-commands.ts'
import { countDueDays, listDue } from './queries.ts'
import { getReminder, setReminder } from './reminder-commands.ts'
import { setCalendarRules } from './rules-commands.ts'
import { getCalendarRules } from './rules-queries.ts'
import type { DueSource } from './source.ts'

/** `sources`: due things of nouns that come after this one. */
export const calendarRoutes = (sources: readonly DueSource[]): readonly Route<Context>[] => [
  route('GET', '/api/due', listDue(sources), 'Everything due, in the order of its days'),
  route('GET', '/api/due/days', countDueDays(sources), 'How much is due on each day'),
  route('POST', '/api/due/delegate', delegateDue(sources), 'Hand a due thing to somebody else'),
  route('POST', '/api/due/snooze', snoozeDue(sources), 'Put a due thing aside until a day'),
  route('POST', '/api/due/clear', clearArrangement(sources), 'Take back what was arranged'),
  route('GET', '/api/feeds', listFeeds, 'Your calendars at secret addresses'),
  route('POST', '/api/feeds', createFeed, 'Make a calendar at a secret address'),
  route('POST', '/api/feeds/:id/revoke', revokeFeed, 'End a calendar feed'),
  route('GET', '/api/reminder', getReminder, 'How you are reminded'),
  route('PUT', '/api/reminder', setReminder, 'Change how you are reminded'),
  route('GET', '/api/calendar-rules', getCalendarRules, 'How the organisation is reminded'),
  route('PUT', '/api/calendar-rules', setCalendarRules, 'Change how the organisation is reminded'),
]
