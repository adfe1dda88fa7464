import type { Page } from '../../kernel/page.ts'
import type { HistoryItem } from '../../log/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { EvidenceDetail } from './shapes.ts'
import { useAbout } from './validity.ts'

/** When it was, when somebody looked, and when that was written down: three times that are often confused. */
export function ThreeTimes({ one }: { one: EvidenceDetail }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const about = useAbout()
  const history = useRead<Page<HistoryItem>>(`/api/log/records/evidence/${one.id}/history`, { limit: 100 })
  const first = history.data?.items.find(({ n }) => n === 1)
  const times = [
    { label: t.about, value: about(one), hint: t.aboutHint },
    {
      label: t.collected,
      value: one.collectedAt ? format.instant(one.collectedAt) : format.shortDay(one.collectedOn),
      hint: t.collectedHint,
    },
    { label: t.recorded, value: first ? format.instant(first.recordedAt) : '—', hint: t.recordedHint },
  ]
  return (
    <dl className={css.times}>
      {times.map(({ label, value, hint }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            <small>{hint}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
