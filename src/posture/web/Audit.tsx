import { type Day, daysBetween } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'

/** The day of the next audit, and how far away it is from the day in view. */
export function NextAudit({ on, day, short }: { on: Day | null; day: Day; short?: boolean }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  if (on === null) return <span className="quiet">{t.noAudit}</span>
  const days = daysBetween(day, on)
  const away = days === 0 ? t.today : t.inDays(format.number(days))
  return (
    <span className={css.audit} data-near={days <= 60 || undefined}>
      {short ? null : <time dateTime={on}>{format.shortDay(on)}</time>}
      <span title={short ? format.day(on) : undefined}>{away}</span>
    </span>
  )
}
