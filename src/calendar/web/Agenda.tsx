import { Fragment } from 'react'
import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './calendar.module.css'
import { DueLine } from './DueLine.tsx'
import { calendarMessages } from './messages.ts'
import type { DueThing } from './shapes.ts'

/** Due things by their days, with a line where today is. */
export function Agenda({ items, today }: { items: readonly DueThing[]; today: Day }) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const days = [...Map.groupBy(items, (one) => one.dueOn)]
  const after = days.findIndex(([day]) => day >= today)
  const line = (
    <div className={css.todayLine} id="today">
      <span>{t.todayLine(format.day(today))}</span>
    </div>
  )
  return (
    <div className={css.agenda}>
      {days.map(([day, its], index) => (
        <Fragment key={day}>
          {index === after ? line : null}
          <section aria-labelledby={`day-${day}`} className={css.agendaDay}>
            <h2 id={`day-${day}`} className="tabular">
              {format.day(day)}
            </h2>
            <ul>
              {its.map((one) => (
                <DueLine key={one.subject} one={one} />
              ))}
            </ul>
          </section>
        </Fragment>
      ))}
      {after === -1 ? line : null}
    </div>
  )
}
