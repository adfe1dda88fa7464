import { Link } from '@tanstack/react-router'
import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import css from './certificates.module.css'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'
import { useWarningText } from './Warnings.tsx'

const horizon = 90

type Duty = { one: CertificateAnswer; what: string; day: Day }

/** What the cycles ask for until 90 days from the day in view, the most pressing first; the overdue stand on top. */
function dutiesOf(items: readonly CertificateAnswer[], day: Day, names: Names): Duty[] {
  const last = addDays(day, horizon)
  return items
    .flatMap((one) =>
      one.cycle
        .filter((point) => point.kind === 'step' || point.kind === 'expiry')
        .filter((point) => point.doneOn === null)
        .map((point) => ({ one, what: names.step(point.key), day: point.to ?? point.from })),
    )
    .filter((duty) => duty.day <= last && !['withdrawn', 'expired'].includes(duty.one.state))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

type DueProps = { items: readonly CertificateAnswer[]; day: Day; names: Names }

export function Due({ items, day, names }: DueProps) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const duties = dutiesOf(items, day, names)
  if (duties.length === 0) return <p className="quiet">{t.home.nothingDue}</p>
  return (
    <ul>
      {duties.map((duty) => {
        const days = daysBetween(day, duty.day)
        return (
          <li key={`${duty.one.id} ${duty.what} ${duty.day}`} className={css.due}>
            <span className="tabular">{format.shortDay(duty.day)}</span>
            <span>
              <Link to="/app/certificates/$id" params={{ id: duty.one.id }}>
                {duty.what}
              </Link>{' '}
              <small>{names.scheme(duty.one.scheme)}</small>
            </span>
            {days < 0 ? (
              <State tone="failing">{t.home.sinceDays(format.number(-days))}</State>
            ) : (
              <State tone={days <= 30 ? 'partial' : 'none'} icon="clock">
                {t.home.inDays(format.number(days))}
              </State>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** What would trouble the next audit, each with the record to mend. */
export function Attention({ items, names }: Omit<DueProps, 'day'>) {
  const t = useWords(certificateMessages)
  const textOf = useWarningText()
  const rank = { high: 0, medium: 1, low: 2 }
  const all = items
    .flatMap((one) => one.warnings.map((warning) => ({ one, warning })))
    .toSorted((a, b) => rank[a.warning.severity] - rank[b.warning.severity])
    .slice(0, 12)
  if (all.length === 0) return <p className="quiet">{t.home.allQuiet}</p>
  return (
    <ul>
      {all.map(({ one, warning }) => (
        <li key={`${one.id} ${warning.code} ${warning.due}`} className={css.due}>
          <State
            tone={
              warning.severity === 'high' ? 'failing' : warning.severity === 'medium' ? 'partial' : 'none'
            }
          >
            {names.scheme(one.scheme)}
          </State>
          <Link to="/app/certificates/$id" params={{ id: one.id }}>
            {textOf(warning)}
          </Link>
          <small>{warning.source}</small>
        </li>
      ))}
    </ul>
  )
}
