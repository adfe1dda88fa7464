import { Link, useParams } from '@tanstack/react-router'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { State } from '../../web/ui/State.tsx'
import { useTotalsText } from './Counts.tsx'
import { DifferenceView } from './DifferenceView.tsx'
import { soaMessages } from './messages.ts'
import { ReportLinks } from './ReportLinks.tsx'
import { StatementTable } from './StatementTable.tsx'
import type { Version } from './shapes.ts'
import css from './soa.module.css'
import { sharesOf, versionTones } from './tones.ts'
import { VersionActions } from './VersionActions.tsx'

export function VersionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<Version>(`/api/statement-versions/${id}`)
  return <Loaded read={read}>{(version) => <Record version={version} />}</Loaded>
}

/** One version, word for word as it was stated, who stands for it, and what changed since. */
function Record({ version }: { version: Version }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const may = useMay()
  const totalsText = useTotalsText()
  const nameOf = (id: string) => format.text(version.labels.people.find((one) => one.id === id)?.name) || '—'
  const { approval, withdrawn } = version
  return (
    <Page
      wide
      title={t.version(format.number(version.number))}
      above={
        <>
          <Link to="/app/soa">{t.title}</Link>
          {' / '}
          <Link to="/app/soa/$programme" params={{ programme: version.programmeId }}>
            {format.text(version.programmeName)}
          </Link>
        </>
      }
      beside={<State tone={versionTones[version.state]}>{t.versionStates[version.state]}</State>}
      actions={
        <>
          <ReportLinks programmeId={version.programmeId} versionId={version.id} />
          <VersionActions version={version} />
        </>
      }
    >
      <Facts
        facts={[
          { label: t.asOf, value: format.day(version.asOf) },
          { label: t.authors, value: format.list(version.authorIds.map(nameOf)) },
          {
            label: t.approvedBy,
            value: approval ? t.signed(nameOf(approval.personId), format.shortDay(approval.on)) : '—',
          },
        ]}
      />
      {withdrawn ? (
        <Notice tone="failing" calm>
          {t.signed(t.versionStates.withdrawn, format.shortDay(withdrawn.on))}: {withdrawn.reason}
        </Notice>
      ) : null}
      {version.ended.length > 0 ? (
        <Notice tone="partial" calm>
          {t.endedText}{' '}
          {version.ended.map((one, index) => (
            <span key={one.id}>
              {index > 0 ? ', ' : null}
              <Link to="/app/controls/$id" params={{ id: one.id }}>
                {one.code}
              </Link>{' '}
              ({format.shortDay(one.on)})
            </span>
          ))}
        </Notice>
      ) : null}
      {version.note ? <p className={css.note}>{version.note}</p> : null}
      <StandBar large shares={sharesOf(version.totals)} />
      <p className={css.totals}>{totalsText(version.totals)}</p>
      <RecordTabs
        mt="md"
        tabs={[
          {
            name: 'statement',
            label: t.statement,
            count: version.rows.length,
            content: (
              <StatementTable
                programmeId={version.programmeId}
                rows={version.rows}
                gaps={version.state === 'draft' ? version.gaps : []}
                labels={version.labels}
                decides={false}
              />
            ),
          },
          {
            name: 'difference',
            label: t.difference,
            content: <DifferenceView version={version} />,
          },
          ...(may('log.read')
            ? [
                {
                  name: 'history',
                  label: t.history,
                  content: <RecordHistory noun="soa" id={version.id} />,
                },
              ]
            : []),
        ]}
      />
    </Page>
  )
}
