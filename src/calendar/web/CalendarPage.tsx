import { Button, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { addDays, isDay } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useMe } from '../../web/frame/me.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { Agenda } from './Agenda.tsx'
import css from './calendar.module.css'
import { Filters } from './Filters.tsx'
import { MonthView } from './MonthView.tsx'
import { calendarMessages } from './messages.ts'
import { isMonth, monthAfter, monthOf } from './month-days.ts'
import type { DueList } from './shapes.ts'

const FeedDialog = lazy(() => import('./FeedDialog.tsx'))

const daysAhead = 92
const step = 50
const mostShown = 200

export type CalendarSearch = {
  view?: string | undefined
  month?: string | undefined
  day?: string | undefined
  person?: string | undefined
  kind?: string | undefined
  programme?: string | undefined
}

/** What the address says, with the filters as the API takes them. */
export function useCalendarSearch() {
  const search: CalendarSearch = useSearch({ strict: false })
  const today = useDay()
  const entity = useEntityScope()
  const day = search.day !== undefined && isDay(search.day) ? search.day : null
  const month = isMonth(search.month) ? search.month : monthOf(day ?? today)
  const { person, kind, programme } = search
  return {
    view: search.view === 'list' ? ('list' as const) : ('month' as const),
    month,
    today,
    chosen: day !== null && monthOf(day) === month ? day : monthOf(today) === month ? today : `${month}-01`,
    filter: { person, kind, programme, entity },
  }
}

/** Everything due, as a month or as a list; on a phone always as a list. */
export function CalendarPage() {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const me = useMe().data
  const [subscribing, setSubscribing] = useState(false)
  const { view, month, today, chosen, filter } = useCalendarSearch()
  const totals = useRead<DueList>('/api/due', { ...filter, to: addDays(today, daysAhead), limit: 1 })
  const go = (changed: CalendarSearch) =>
    navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, ...changed }) })
  const monthly = view === 'month' && !narrow
  return (
    <Page
      title={t.title}
      wide={monthly}
      beside={
        totals.data ? (
          <Count>{t.count(format.number(totals.data.total), format.number(totals.data.overdue))}</Count>
        ) : null
      }
      actions={
        me?.person ? (
          <Button variant="default" leftSection={<Icon name="link" />} onClick={() => setSubscribing(true)}>
            {t.subscribe}
          </Button>
        ) : null
      }
    >
      <div className={css.tools}>
        {narrow ? null : (
          <SegmentedControl
            size="xs"
            aria-label={t.view}
            value={view}
            data={[
              { value: 'month', label: t.month },
              { value: 'list', label: t.agenda },
            ]}
            onChange={(next) => go({ view: next })}
          />
        )}
        {monthly ? (
          <div className={css.months}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t.earlier}
              onClick={() => go({ month: monthAfter(month, -1) })}
            >
              ‹
            </Button>
            <h2 aria-live="polite">{format.month(`${month}-01`)}</h2>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t.later}
              onClick={() => go({ month: monthAfter(month, 1) })}
            >
              ›
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => go({ month: monthOf(today), day: today })}
            >
              {t.today}
            </Button>
          </div>
        ) : null}
        <Filters filter={filter} onChange={go} />
      </div>
      {monthly ? (
        <MonthView
          month={month}
          today={today}
          chosen={chosen}
          filter={filter}
          onChoose={(day) => go({ day, month: monthOf(day) })}
        />
      ) : (
        <List today={today} filter={filter} />
      )}
      <Suspense>{subscribing ? <FeedDialog onClose={() => setSubscribing(false)} /> : null}</Suspense>
    </Page>
  )
}

export type DueFilterShown = ReturnType<typeof useCalendarSearch>['filter']

function List({ today, filter }: { today: string; filter: DueFilterShown }) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const [limit, setLimit] = useState(step)
  const read = useRead<DueList>('/api/due', { ...filter, to: addDays(today, daysAhead), limit })
  return (
    <Loaded read={read}>
      {({ items, total, day }) =>
        items.length === 0 ? (
          <Empty title={t.nothing}>{t.nothingText}</Empty>
        ) : (
          <>
            <Agenda items={items} today={day} />
            {total > items.length && limit < mostShown ? (
              <Button variant="default" mt="md" onClick={() => setLimit(Math.min(mostShown, limit + step))}>
                {t.showMore} ({format.number(total - items.length)})
              </Button>
            ) : total > items.length ? (
              <p className="quiet">{t.more(format.number(total - items.length))}</p>
            ) : null}
          </>
        )
      }
    </Loaded>
  )
}
