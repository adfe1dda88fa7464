import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { trustMessages } from './messages.ts'
import { Reasons } from './Reasons.tsx'
import type { PreviewAnswer } from './shapes.ts'
import css from './trust.module.css'

const views = ['en', 'ja', 'both'] as const

type View = (typeof views)[number]

/** The page as readers would see it, what stands against it, and what it would change. */
export function Preview({ preview }: { preview: PreviewAnswer }) {
  const t = useWords(trustMessages)
  const format = useFormat()
  const [view, setView] = useState<View>(format.language)
  const shown = view === 'both' ? (['en', 'ja'] as const) : ([view] as const)
  return (
    <>
      <Reasons reasons={preview.reasons} />
      <div className={css.bar}>
        <SegmentedControl
          aria-label={t.preview}
          value={view}
          data={views.map((value) => ({ value, label: t.languages[value] }))}
          onChange={(next) => setView(next === 'en' || next === 'ja' ? next : 'both')}
        />
      </div>
      <div className={css.frames} data-both={view === 'both' || undefined}>
        {shown.map((language) => (
          // Same origin for its stylesheet only; without allow-scripts nothing in it can run.
          <iframe
            key={language}
            className={css.frame}
            title={t.frame(t.languages[language])}
            lang={language}
            sandbox="allow-same-origin"
            srcDoc={preview.html[language]}
          />
        ))}
      </div>
      <Section title={t.changes}>
        {preview.number === 1 || preview.changes.length === 0 ? (
          <p className="quiet">{preview.number === 1 ? t.first : t.nothingChanges}</p>
        ) : (
          <ChangeTable changes={preview.changes} before={t.now} after={t.wouldSay} />
        )}
      </Section>
    </>
  )
}
