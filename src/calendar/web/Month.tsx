import { VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { addDays, type Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './calendar.module.css'
import { calendarMessages } from './messages.ts'
import { monthAfter, monthOf, weeksOf } from './month-days.ts'
import type { DueThing } from './shapes.ts'

const shownInCell = 3

type MonthProps = {
  month: string
  today: Day
  chosen: Day
  items: readonly DueThing[]
  counts: ReadonlyMap<Day, number>
  /** A day was chosen by pointer or key; it may lie in another month. */
  onChoose: (day: Day) => void
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** A month as a table of days, one of them in the order of Tab: arrows go from day to day, Page Up and Page Down from month to month. */
export function Month({ month, today, chosen, items, counts, onChoose }: MonthProps) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    // Only after a key: a page that opens does not take the focus.
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${chosen}"]`)?.focus()
  }, [chosen])
  const byDay = Map.groupBy(items, (one) => one.dueOn)
  const weeks = weeksOf(month)
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const month = event.key === 'PageUp' ? -1 : event.key === 'PageDown' ? 1 : null
    if (step === undefined && month === null) return
    event.preventDefault()
    moved.current = true
    onChoose(step === undefined ? `${monthAfter(monthOf(chosen), month ?? 0)}-01` : addDays(chosen, step))
  }
  const weekday = new Intl.DateTimeFormat(format.language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <table className={css.month} aria-label={format.month(`${month}-01`)} ref={grid} onKeyDown={onKey}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map((day) => (
            <th key={day} scope="col">
              {weekday.format(new Date(`${day}T00:00:00Z`))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const its = byDay.get(day) ?? []
              const total = counts.get(day) ?? its.length
              const label = t.onDay(format.day(day), format.number(total))
              return (
                <td key={day} data-outside={monthOf(day) !== month || undefined}>
                  <button
                    type="button"
                    className={css.day}
                    data-day={day}
                    data-chosen={day === chosen || undefined}
                    aria-current={day === today ? 'date' : undefined}
                    aria-pressed={day === chosen}
                    tabIndex={day === chosen ? 0 : -1}
                    onClick={() => onChoose(day)}
                  >
                    <VisuallyHidden>{label}</VisuallyHidden>
                    <span className={css.number} aria-hidden="true">
                      {Number(day.slice(8))}
                    </span>
                    {its.slice(0, total > shownInCell ? shownInCell - 1 : shownInCell).map((one) => (
                      <span key={one.subject} className={css.chip} data-state={one.state}>
                        {format.text(one.title)}
                      </span>
                    ))}
                    {total > shownInCell ? (
                      <span className={css.rest}>{t.more(format.number(total - shownInCell + 1))}</span>
                    ) : null}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
