import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useIsIsms } from '../../frameworks/web/isms.ts'
import { useProgrammeList } from '../../programmes/web/list.ts'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { State } from '../../web/ui/State.tsx'
import { blocking } from '../gaps.ts'
import { useTotalsText } from './Counts.tsx'
import { soaMessages } from './messages.ts'
import { ReportLinks } from './ReportLinks.tsx'
import { StatementTable } from './StatementTable.tsx'
import type { Statement } from './shapes.ts'
import css from './soa.module.css'
import { sharesOf } from './tones.ts'
import { VersionList } from './VersionList.tsx'

const DraftForm = lazy(() => import('./DraftForm.tsx'))

export function StatementPage() {
  const { programme } = useParams({ strict: false }) as { programme: string }
  const read = useRead<Statement>(`/api/programmes/${programme}/statement`)
  return <Loaded read={read}>{(statement) => <Record statement={statement} />}</Loaded>
}

/** The statement of a programme as it stands on the day in view, with what keeps it from being approved. */
function Record({ statement }: { statement: Statement }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const past = useIsPast()
  const [drafting, setDrafting] = useState(false)
  const totalsText = useTotalsText()
  const inForce = statement.versions.find((one) => one.state === 'approved')
  const draft = statement.versions.find((one) => one.state === 'draft')
  const mayDraft = !past && statement.abilities.includes('draft')
  return (
    <Page
      wide
      title={format.text(statement.programmeName)}
      above={<Link to="/app/soa">{t.title}</Link>}
      beside={<span className="quiet">{t.stands(format.shortDay(statement.day))}</span>}
      actions={
        <>
          <ReportLinks programmeId={statement.programmeId} />
          <Earlier statement={statement} />
          {mayDraft ? <Button onClick={() => setDrafting(true)}>{t.makeDraft}</Button> : null}
        </>
      }
    >
      <Facts
        facts={[
          { label: t.inForce, value: inForce ? <VersionLink one={inForce} /> : t.none },
          ...(draft ? [{ label: t.draft, value: <VersionLink one={draft} /> }] : []),
        ]}
      />
      <StandBar large shares={sharesOf(statement.totals)} />
      <p className={css.totals}>{totalsText(statement.totals)}</p>
      <Gaps statement={statement} />
      <RecordTabs
        mt="md"
        tabs={[
          {
            name: 'statement',
            label: t.statement,
            count: statement.rows.length,
            content: (
              <StatementTable
                programmeId={statement.programmeId}
                rows={statement.rows}
                gaps={statement.gaps}
                labels={statement.labels}
                decides={!past && statement.abilities.includes('decide')}
              />
            ),
          },
          {
            name: 'versions',
            label: t.versions,
            count: statement.versions.length,
            content: <VersionList versions={statement.versions} />,
          },
        ]}
      />
      {drafting ? (
        <Suspense fallback={null}>
          <DraftForm statement={statement} onClose={() => setDrafting(false)} />
        </Suspense>
      ) : null}
    </Page>
  )
}

function VersionLink({ one }: { one: Statement['versions'][number] }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  return (
    <Link to="/app/soa/versions/$id" params={{ id: one.id }}>
      {t.version(format.number(one.number))}
    </Link>
  )
}

/** What must be decided before anything can be approved. */
function Gaps({ statement }: { statement: Statement }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const open = new Set(statement.gaps.filter((one) => blocking.has(one.kind)).map((one) => one.reference))
  if (statement.rows.length === 0) return null
  if (open.size === 0)
    return (
      <p className={css.fine}>
        <State tone="met">{t.noGaps}</State>
      </p>
    )
  return (
    <Notice
      calm
      tone="partial"
      action={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            navigate({ to: '.', search: (before: object) => ({ ...before, tab: undefined, show: 'gaps' }) })
          }
        >
          {t.showGaps}
        </Button>
      }
    >
      {t.gapLead(format.number(open.size))}
    </Notice>
  )
}

/** The way to the transition, where a programme of an earlier edition exists. */
function Earlier({ statement }: { statement: Statement }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const programmes = useProgrammeList()
  const isIsms = useIsIsms()
  const earlier = programmes.filter((one) => one.edition < statement.edition && isIsms(one.edition))
  return earlier.map((one) => (
    <Button
      key={one.id}
      variant="default"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/app/soa/$programme/transition"
          params={{ programme: statement.programmeId }}
          search={(before: object) => ({ ...before, from: one.id })}
        />
      )}
    >
      {t.transitionFrom(format.text(one.name))}
    </Button>
  ))
}
