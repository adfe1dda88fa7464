import { Link } from '@tanstack/react-router'
import { addDays, type Day } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { DueLine } from './DueLine.tsx'
import { calendarMessages } from './messages.ts'
import type { DueList } from './shapes.ts'

const horizon = 90
const most = 12

/** What is overdue, and due in the next 90 days: the first of it. */
export function DueAtHome({ day }: { day: Day }) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const entity = useEntityScope()
  const read = useRead<DueList>('/api/due', { entity, to: addDays(day, horizon), limit: most })
  return (
    <Loaded read={read}>
      {({ items, total }) =>
        items.length === 0 ? (
          <p className="quiet">{t.nothing}</p>
        ) : (
          <>
            <ul>
              {items.map((one) => (
                <DueLine key={one.subject} one={one} withDay />
              ))}
            </ul>
            {total > items.length ? (
              <p>
                <Link to="/app/calendar" search={(before: object) => ({ ...before, view: 'list' })}>
                  {t.more(format.number(total - items.length))}
                </Link>
              </p>
            ) : null}
          </>
        )
      }
    </Loaded>
  )
}
