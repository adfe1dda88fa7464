import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { History } from '../../log/web/History.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { ControlActions, ReviewBanner } from './ControlActions.tsx'
import { Review } from './columns.tsx'
import css from './controls.module.css'
import { Links } from './Links.tsx'
import { controlMessages } from './messages.ts'
import { usePlaces } from './names.ts'
import { Occurrences } from './Occurrences.tsx'
import { ProtectsText } from './ProtectsField.tsx'
import { protectsMessages } from './protects-messages.ts'
import type { ControlRecord } from './shapes.ts'
import { Standing, useStandings } from './standing.tsx'
import { Where } from './Where.tsx'

const Effectiveness = lazy(() => import('./Effectiveness.tsx'))

export function ControlPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<ControlRecord>(`/api/controls/${id}`)
  return <Loaded read={read}>{(control) => <Record control={control} />}</Loaded>
}

/** One control: what it is for, where and how often it is carried out, and what showed that it was. */
function Record({ control }: { control: ControlRecord }) {
  const t = useWords(controlMessages)
  const words = useWords(protectsMessages)
  const format = useFormat()
  const places = usePlaces()
  const standings = useStandings(() => true)
  const answered = control.links.editions.reduce((sum, one) => sum + one.links.length, 0)
  return (
    <Page
      title={format.text(control.name)}
      beside={
        <>
          <code>{control.code}</code>
          <Review control={control} />
        </>
      }
      above={<Link to="/app/controls">{t.title}</Link>}
      actions={<ControlActions control={control} />}
    >
      <ReviewBanner control={control} />
      <div className={css.words}>
        <Section title={t.objective}>
          <p>{format.text(control.objective)}</p>
        </Section>
        <Section title={t.practice}>
          <p>
            {control.practice ? format.text(control.practice) : <span className="quiet">{t.noPractice}</span>}
          </p>
        </Section>
      </div>
      <Facts
        facts={[
          { label: t.owner, value: control.owner ? format.text(control.owner.name) : t.nobody },
          {
            label: t.words,
            value: control.review
              ? t.review.by(format.text(control.reviewer?.name), format.shortDay(control.review.on))
              : t.unreviewed,
          },
          {
            label: control.libraryId ? t.fromLibrary : t.own,
            value: control.libraryId ? (
              <Link to="/app/frameworks/common-controls/$control" params={{ control: control.libraryId }}>
                <code>{control.libraryId}</code>
              </Link>
            ) : (
              t.review.own
            ),
          },
          { label: words.title, value: <ProtectsText value={control.protects} /> },
          { label: t.state, value: standings ? <Standing states={standings.of(control.id)} /> : '—' },
        ]}
      />
      <RecordTabs
        tabs={[
          {
            name: 'where',
            label: t.tabs.where,
            count: control.implementations,
            content: <Where control={control} places={places} />,
          },
          {
            name: 'occurrences',
            label: t.tabs.occurrences,
            content: <Occurrences control={control} places={places} />,
          },
          {
            name: 'effectiveness',
            label: t.tabs.effectiveness,
            content: (
              <Suspense fallback={null}>
                <Effectiveness control={control} places={places} />
              </Suspense>
            ),
          },
          { name: 'links', label: t.tabs.links, count: answered, content: <Links control={control} /> },
          {
            name: 'history',
            label: t.tabs.history,
            content: <History noun="control" id={control.id} />,
          },
        ]}
      />
    </Page>
  )
}
