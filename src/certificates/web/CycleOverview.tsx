import { Link } from '@tanstack/react-router'
import { addMonths, type Day } from '../../kernel/day.ts'
import { CycleLine } from '../../web/chart/CycleLine.tsx'
import { YearAxis } from '../../web/chart/YearAxis.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { CertificateState } from './CertificateState.tsx'
import css from './certificates.module.css'
import { useCycleSentence } from './cycle-words.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'

type CycleOverviewProps = { items: readonly CertificateAnswer[]; day: Day; names: Names }

/** All cycles under each other on one scale of time, so that the line of today runs through them. */
export function CycleOverview({ items, day, names }: CycleOverviewProps) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const sentence = useCycleSentence(names)
  const from = addMonths(day, -30)
  const to = addMonths(day, 36)
  return (
    <>
      <div className={css.axis}>
        <div>
          <YearAxis from={from} to={to} />
        </div>
      </div>
      <ul className={css.lines}>
        {items.map((one) => (
          <li key={one.id} className={css.line}>
            <div>
              <Link to="/app/certificates/$id" params={{ id: one.id }}>
                {names.scheme(one.scheme)}
              </Link>
              <small>
                {one.number ? <code>{one.number}</code> : format.list(one.currentHolders.map(names.entity))}
              </small>
            </div>
            <CycleLine
              compact
              points={one.cycle}
              today={day}
              from={from}
              to={to}
              alternative={sentence(names.scheme(one.scheme), one.cycle)}
              nameOf={(point) => names.step(point.key)}
              todayLabel={t.home.today}
            />
            <div>
              <CertificateState state={one.state} />
              <small>
                {t.validUntil} {format.day(one.validUntil)}
              </small>
            </div>
          </li>
        ))}
      </ul>
      <p className={css.legend}>{t.home.legend}</p>
    </>
  )
}
