import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePlaces } from '../../controls/web/names.ts'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { Acceptance } from './Acceptance.tsx'
import { Band } from './Band.tsx'
import { Progress, useDay } from './columns.tsx'
import { Linked } from './Linked.tsx'
import { riskMessages } from './messages.ts'
import { Owners } from './Owners.tsx'
import { type OpenRisk, RiskActions } from './RiskActions.tsx'
import css from './risks.module.css'
import type { Methods, RiskRecord } from './shapes.ts'
import { TreatmentTab } from './TreatmentTab.tsx'
import { Values } from './Values.tsx'
import { AcceptanceMark, RiskStateMark } from './words.tsx'

const Money = lazy(() => import('./Money.tsx'))

export function RiskPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<RiskRecord>(`/api/risks/${id}`)
  return <Loaded read={read}>{(risk) => <Record risk={risk} />}</Loaded>
}

/** What needs doing about it that its state does not say: a new owner, a newer method. */
function Banners({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const past = useIsPast()
  const may = useMay()
  const { show } = useOpen<OpenRisk>()
  const inForce = useRead<Methods>('/api/risk-methods').data?.items.find((one) => one.inForce)
  const button = (act: OpenRisk, ability: string, label: string) =>
    !past && risk.abilities.includes(ability) ? (
      <Button size="compact-sm" variant="default" onClick={() => show(act)}>
        {label}
      </Button>
    ) : null
  return (
    <>
      {risk.needsHandover ? (
        <Notice tone="failing" calm action={button('edit', 'update', t.handOver)}>
          {t.handoverText(format.text(risk.owner?.name))}{' '}
          {may('handover.read') && risk.owner ? (
            <Link
              to="/app/handover"
              search={(before: object) => ({ ...before, tab: undefined, person: risk.owner?.id })}
            >
              {t.handOverAll}
            </Link>
          ) : null}
        </Notice>
      ) : null}
      {risk.ended.length > 0 ? (
        <Notice tone="partial" calm>
          {t.endedText}{' '}
          {risk.ended.map((one, index) => (
            <span key={one.id}>
              {index > 0 ? ', ' : null}
              <Link
                to={`/app/${one.noun}s/${one.id}`}
                search={(before: object) => ({ ...before, tab: undefined })}
              >
                {one.key}
              </Link>{' '}
              ({format.shortDay(one.on)})
            </span>
          ))}
        </Notice>
      ) : null}
      {risk.outdated && inForce ? (
        <Notice
          tone="partial"
          calm
          action={button('assess', 'assess', t.reassess(format.number(inForce.number)))}
        >
          {t.outdatedText(format.number(risk.method?.number ?? 0), format.number(inForce.number))}
        </Notice>
      ) : null}
    </>
  )
}

/** One risk: its values, what is done about it, and what its owner accepted. */
function Record({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const places = usePlaces()
  const day = useDay()
  const { show } = useOpen<OpenRisk>()
  return (
    <Page
      title={format.text(risk.name)}
      beside={
        <>
          <code>{risk.code}</code>
          <RiskStateMark state={risk.state} />
          <span className={css.next}>{t.next[risk.state]}</span>
        </>
      }
      above={<Link to="/app/risks">{t.title}</Link>}
      actions={<RiskActions risk={risk} />}
    >
      <Banners risk={risk} />
      <p className={css.scenario}>
        {format.text(risk.scenario)}{' '}
        <span className={css.affects}>
          {t.affects}: {risk.affects.map((one) => t.properties[one]).join(' · ')}
        </span>
      </p>
      <Facts
        facts={[
          { label: t.levelOf.current, value: <Band rating={risk.ratings.current} /> },
          { label: t.levelOf.residual, value: <Band rating={risk.ratings.residual} /> },
          { label: t.owner, value: risk.owner ? format.text(risk.owner.name) : t.nobody },
          { label: t.entity, value: places.entity(risk.entityId) },
          { label: t.tabs.acceptance, value: <AcceptanceMark state={risk.acceptanceState} /> },
          { label: t.progress, value: <Progress progress={risk.progress} /> },
          {
            label: t.reviewDue,
            value: risk.reviewDue ? (
              <span className={risk.reviewDue < day ? css.late : undefined}>
                {format.shortDay(risk.reviewDue)}
              </span>
            ) : (
              '—'
            ),
          },
        ]}
      />
      <RecordTabs
        tabs={[
          {
            name: 'values',
            label: t.tabs.values,
            count: risk.history.length,
            content: <Values risk={risk} />,
          },
          {
            name: 'treatment',
            label: t.tabs.treatment,
            count: risk.actions.length,
            content: <TreatmentTab risk={risk} onTreat={() => show('treat')} />,
          },
          {
            name: 'acceptance',
            label: t.tabs.acceptance,
            count: risk.acceptances.length,
            content: <Acceptance risk={risk} onAccept={() => show('accept')} />,
          },
          {
            name: 'money',
            label: t.tabs.money,
            content: (
              <Suspense fallback={null}>
                <Money risk={risk} />
              </Suspense>
            ),
          },
          { name: 'links', label: t.tabs.links, content: <Linked risk={risk} /> },
          {
            name: 'history',
            label: t.tabs.history,
            content: (
              <>
                <Owners risk={risk} />
                <RecordHistory noun="risk" id={risk.id} />
              </>
            ),
          },
        ]}
      />
    </Page>
  )
}
