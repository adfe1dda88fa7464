import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Check } from '../check.ts'
import { checkMessages } from './messages.ts'

/** How often a check is asked, in words. */
export function useSchedule(): (one: Pick<Check, 'everyDays'>) => string {
  const t = useWords(checkMessages)
  const format = useFormat()
  return ({ everyDays }) => (everyDays === 1 ? t.everyDay : t.every(format.number(everyDays)))
}
