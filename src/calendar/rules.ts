import { z } from 'zod'
import type { Id } from '../kernel/id.ts'
import { languageSchema } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { type DueKind, dueKinds, usualEscalationDays, usualLeadDays } from './due.ts'

const days = z.int().min(0).max(366)

/** How an organisation is reminded. Its id is the organisation's; without a record, what is usual holds. */
export const calendarRules = recordType('calendar_rules', 'calendar_rules', {
  /** Days overdue from which managers are told. */
  escalationDays: z.int().min(1).max(366),
  /** Days ahead of its due day from which a thing asks for attention; kinds without a word of their own have the usual. */
  leadDays: z.partialRecord(z.enum(dueKinds), days),
  /** The hour, in the organisation's time zone, from which the day's mail is sent. */
  digestHour: z.int().min(0).max(23),
  /** Whether people are sent a mail on days on which something is due. */
  digest: z.boolean(),
  /** Of mails to people who chose none. */
  language: languageSchema,
})

export type CalendarRules = RecordOf<typeof calendarRules>

export const usualRules = (organisationId: Id): CalendarRules => ({
  id: organisationId,
  version: 0,
  escalationDays: usualEscalationDays,
  leadDays: {},
  digestHour: 7,
  digest: true,
  language: 'en',
})

/** Lead time of every kind under some rules. */
export const leadDaysOf = ({ leadDays }: Pick<CalendarRules, 'leadDays'>): Record<DueKind, number> => ({
  ...usualLeadDays,
  ...(leadDays as Partial<Record<DueKind, number>>),
})
