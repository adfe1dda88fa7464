import { useState } from 'react'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { useDay } from './day.ts'
import type { EvidenceTarget } from './EvidenceFor.tsx'
import css from './evidence.module.css'
import { FilesWithPreview } from './FilesWithPreview.tsx'
import { evidenceMessages } from './messages.ts'
import type { EvidenceAnswer } from './shapes.ts'

/** What was given for the same control the time before, so that nobody has to guess what is wanted. */
export function LastTime({ target }: { target: EvidenceTarget }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const day = useDay()
  const [open, setOpen] = useState(false)
  const before = target.period?.from ?? day
  const read = useRead<Page<EvidenceAnswer>>('/api/evidence', {
    implementation: target.implementationId,
    sort: 'about',
    order: 'desc',
    limit: 20,
  })
  const earlier = (read.data?.items ?? []).filter(
    ({ aboutTo, state, occurrenceIds }) =>
      aboutTo < before &&
      !['rejected', 'withdrawn', 'disposed'].includes(state) &&
      !occurrenceIds.includes(target.occurrenceId ?? ''),
  )
  const example = earlier.find(({ reviewed }) => reviewed === 'accepted') ?? earlier[0]
  if (!example) return null
  const about = format.shortDay(example.aboutTo)
  return (
    <aside className={css.lastTime} aria-label={t.lastTime}>
      <h4 className={css.forTitle}>{t.lastTime}</h4>
      <p>
        <strong>{example.title}</strong>
        <br />
        <span className="quiet">
          {example.reviewed === 'accepted' ? t.lastTimeText(about) : t.lastTimeUnreviewed(about)}
        </span>
      </p>
      {example.description ? <p>{example.description}</p> : null}
      {open ? (
        <FilesWithPreview one={example} />
      ) : (
        <button type="button" className={css.plainLink} onClick={() => setOpen(true)}>
          {t.show}: {format.list(example.files.map(({ name }) => name)) || t.none}
        </button>
      )}
    </aside>
  )
}
