import { Button, Popover } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import css from './frame.module.css'
import { useMe } from './me.ts'
import { type Times, useTimes } from './times.ts'

// The calendar is not needed for the first paint.
const TimeForm = lazy(() => import('./TimeForm.tsx'))

export function useGoTo(): (times: Times) => void {
  const navigate = useNavigate()
  return (times) => {
    navigate({
      to: '.',
      search: (search: object) => ({ ...search, asOf: times.asOf, knownAt: times.knownAt }),
    })
  }
}

/** The day that every page is about. */
export function TimeMachine() {
  const t = useWords(shellMessages)
  const format = useFormat()
  const me = useMe()
  const times = useTimes()
  const goTo = useGoTo()
  const [open, setOpen] = useState(false)
  const today = me.data?.today
  const past = times.asOf !== undefined || times.knownAt !== undefined
  const day = times.asOf ?? today
  const label = day === undefined ? t.time.title : past ? t.time.asOf(format.day(day)) : format.shortDay(day)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={css.barButton}
          data-past={past || undefined}
          aria-haspopup="dialog"
          aria-expanded={open}
          aria-label={`${t.time.choose}: ${label}`}
          onClick={() => setOpen(!open)}
        >
          <Icon name="clock" />
          <span className={`${css.hidePhone} tabular`}>{label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.time.title}>
        {today && open ? (
          <Suspense fallback={null}>
            <TimeForm
              today={today}
              times={times}
              onChoose={(next) => {
                goTo(next)
                setOpen(false)
              }}
            />
          </Suspense>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Says, on every page, that this is not today, and leads back. */
export function PastBanner() {
  const t = useWords(shellMessages)
  const format = useFormat()
  const me = useMe()
  const { asOf, knownAt } = useTimes()
  const goTo = useGoTo()
  if (asOf === undefined && knownAt === undefined) return null
  const day = format.day(asOf ?? me.data?.today)
  return (
    <div className={css.past} role="status">
      <Icon name="clock" />
      <span>
        {knownAt === undefined ? t.time.banner(day) : t.time.bannerKnown(day, format.instant(knownAt))}
      </span>
      <Button variant="default" size="compact-xs" onClick={() => goTo({})}>
        {t.time.back}
      </Button>
    </div>
  )
}
