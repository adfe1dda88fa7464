import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { OccurrenceAnswer } from './shapes.ts'

/** Every attempt in the order in which it was made; nothing is replaced. */
export function Attempts({ one }: { one: Pick<OccurrenceAnswer, 'attempts' | 'people'> }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const people = new Map(one.people.map((each) => [each.id, format.text(each.name)]))
  if (one.attempts.length === 0) return <p className="quiet">{t.occurrence.noAttempts}</p>
  return (
    <ol className={css.attempts}>
      {one.attempts.map((attempt) => (
        <li key={attempt.id} data-outcome={attempt.outcome}>
          <State tone={attempt.outcome === 'pass' ? 'met' : 'failing'}>{t.occurrence[attempt.outcome]}</State>
          <time dateTime={attempt.on}>{format.shortDay(attempt.on)}</time>
          <span className="quiet">
            {attempt.personId ? t.occurrence.by(people.get(attempt.personId) ?? '—') : t.occurrence.bySystem}
          </span>
          {attempt.note ? <p>{attempt.note}</p> : null}
        </li>
      ))}
    </ol>
  )
}
