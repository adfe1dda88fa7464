import { Button } from '@mantine/core'
import { useState } from 'react'
import { DayField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Times } from './defaults.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'

/** The times of an upload as a sentence that is right most of the time, and as fields when it is not. */
export function TimesLine({ times, onChange }: { times: Times; onChange: (times: Times) => void }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const { aboutFrom, aboutTo, collectedOn } = times
  if (!open) {
    const [from, to, collected] = [aboutFrom, aboutTo, collectedOn].map(format.shortDay) as [
      string,
      string,
      string,
    ]
    return (
      <p className={css.timesLine}>
        {aboutFrom === aboutTo ? t.whenDay(from, collected) : t.when(from, to, collected)}{' '}
        <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
          {t.change}
        </Button>
      </p>
    )
  }
  const set = (key: 'aboutFrom' | 'aboutTo' | 'collectedOn') => (day: string | null) => {
    if (day === null) return
    onChange({ ...times, [key]: day, ...(key === 'collectedOn' ? { collectedAt: null } : {}) })
  }
  return (
    <div className={css.days}>
      <DayField label={t.aboutFrom} value={aboutFrom} onChange={set('aboutFrom')} />
      <DayField label={t.aboutTo} value={aboutTo} onChange={set('aboutTo')} />
      <DayField label={t.collectedOn} value={collectedOn} onChange={set('collectedOn')} />
    </div>
  )
}
