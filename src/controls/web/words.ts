import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Tone } from '../../web/ui/State.tsx'
import type { Frequency } from '../frequency.ts'
import type { Stance } from '../implementation.ts'
import type { OccurrenceState } from '../occurrence-state.ts'
import { controlMessages } from './messages.ts'

export const stanceTones: Record<Stance, Tone> = {
  operating: 'met',
  planned: 'accent',
  'not-implemented': 'failing',
  excluded: 'none',
}

export const occurrenceTones: Record<OccurrenceState, Tone> = {
  planned: 'none',
  open: 'accent',
  'on-time': 'met',
  late: 'partial',
  failed: 'failing',
  missed: 'failing',
  cancelled: 'none',
}

/** How often, in one phrase: "every 3 months from 1 April 2023, 7 days of grace". */
export function useFrequencyWords(): (frequency: Frequency | null) => string {
  const t = useWords(controlMessages)
  const format = useFormat()
  return (frequency) => {
    if (frequency === null) return t.frequency.none
    const grace = (days: number) => (days > 0 ? t.frequency.withGrace(format.number(days)) : '')
    switch (frequency.kind) {
      case 'calendar':
        return t.frequency.calendarText(
          t.frequency.periods[frequency.every],
          format.shortDay(frequency.anchor),
          grace(frequency.graceDays),
        )
      case 'own':
        return t.frequency.ownText(
          format.number(frequency.days),
          format.shortDay(frequency.anchor),
          grace(frequency.graceDays),
        )
      case 'event':
        return frequency.withinDays === 0
          ? t.frequency.eventNow(format.text(frequency.trigger))
          : t.frequency.eventText(format.text(frequency.trigger), format.number(frequency.withinDays))
    }
  }
}
