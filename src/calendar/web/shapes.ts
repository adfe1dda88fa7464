import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { DueKind, DueState } from '../due.ts'

type Named = { id: string; name: LocalText }

/** A due thing as the API answers it. */
export type DueThing = {
  subject: string
  kind: DueKind
  title: LocalText
  dueOn: Day
  leadDays: number
  state: DueState
  escalated: boolean
  recordId: string
  controlId: string | null
  entities: readonly string[]
  programmes: readonly string[]
  owner: Named | null
  person: Named | null
  arranged: {
    id: string
    version: number
    assigneeId: string | null
    snoozedUntil: Day | null
    reason: string
    by: Named | null
  } | null
  abilities: readonly ('delegate' | 'snooze' | 'clear')[]
}

export type DueList = {
  day: Day
  items: readonly DueThing[]
  nextCursor: string | null
  total: number
  overdue: number
  dueSoon: number
  upcoming: number
  escalated: number
}

export type DueDays = { day: Day; days: readonly { day: Day; total: number }[] }

export type FeedShown = { id: string; reach: 'mine' | 'all'; language: 'en' | 'ja'; createdOn: Day }

export type ReminderShown = { version: number; digest: boolean; language: 'en' | 'ja' }

export type RulesShown = {
  version: number
  escalationDays: number
  leadDays: Partial<Record<DueKind, number>>
  usualLeadDays: Record<DueKind, number>
  digestHour: number
  digest: boolean
  language: 'en' | 'ja'
  mail: boolean
  abilities: readonly string[]
}
