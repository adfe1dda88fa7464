import { type Day, daysBetween } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { evidenceMessages } from './messages.ts'

/** How many days an item still speaks, or has not spoken any more, in words. */
export function useDaysLeft(): (until: Day, day: Day) => string {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return (until, day) => {
    const left = daysBetween(day, until)
    if (left === 0) return t.lastDay
    if (left === 1) return t.dayLeft
    if (left === -1) return t.dayOver
    return left > 0 ? t.daysLeft(format.number(left)) : t.daysOver(format.number(-left))
  }
}

/** The days that an item is about: one day is said once. */
export function useAbout(): (one: { aboutFrom: Day; aboutTo: Day }) => string {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return ({ aboutFrom, aboutTo }) =>
    aboutFrom === aboutTo
      ? format.shortDay(aboutFrom)
      : t.range(format.shortDay(aboutFrom), format.shortDay(aboutTo))
}
