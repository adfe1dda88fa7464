import { daysBetween } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { taskMessages } from './task-messages.ts'

/** How far a day is from today, in words: "in 3 days", "5 days ago". */
export function useDistance(): (day: string, today: string) => string {
  const t = useWords(taskMessages)
  const format = useFormat()
  return (day, today) => {
    const days = daysBetween(today, day)
    if (days === 0) return t.today
    return days > 0 ? t.inDays(format.number(days)) : t.daysAgo(format.number(-days))
  }
}
