import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Section } from '../../web/ui/Page.tsx'
import type { DueFilterShown } from './CalendarPage.tsx'
import { DueLine } from './DueLine.tsx'
import { Month } from './Month.tsx'
import { calendarMessages } from './messages.ts'
import { weeksOf } from './month-days.ts'
import type { DueDays, DueList } from './shapes.ts'

type MonthViewProps = {
  month: string
  today: string
  chosen: string
  filter: DueFilterShown
  onChoose: (day: string) => void
}

/** A month, and below it what is due on the chosen day. */
export function MonthView({ month, today, chosen, filter, onChoose }: MonthViewProps) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const weeks = weeksOf(month)
  const window = { from: weeks[0]?.[0], to: weeks.at(-1)?.at(-1) }
  const read = useRead<DueList>('/api/due', { ...filter, ...window, limit: 200 })
  const counts = useRead<DueDays>('/api/due/days', { ...filter, ...window })
  const ofDay = useRead<DueList>('/api/due', { ...filter, from: chosen, to: chosen, limit: 100 })
  return (
    <>
      <Loaded read={read}>
        {({ items }) => (
          <Month
            month={month}
            today={today}
            chosen={chosen}
            items={items}
            counts={new Map((counts.data?.days ?? []).map((one) => [one.day, one.total]))}
            onChoose={onChoose}
          />
        )}
      </Loaded>
      <Section title={format.day(chosen)}>
        <Loaded read={ofDay}>
          {({ items, total }) =>
            items.length === 0 ? (
              <p className="quiet">{t.nothing}</p>
            ) : (
              <>
                <ul>
                  {items.map((one) => (
                    <DueLine key={one.subject} one={one} />
                  ))}
                </ul>
                {total > items.length ? (
                  <p className="quiet">{t.more(format.number(total - items.length))}</p>
                ) : null}
              </>
            )
          }
        </Loaded>
      </Section>
    </>
  )
}
