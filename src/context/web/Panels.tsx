import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { State } from '../../web/ui/State.tsx'
import { issueOrigins, issueTopics } from '../issue.ts'
import { obligationKinds } from '../obligation.ts'
import { partyKinds } from '../party.ts'
import css from './context.module.css'
import { contextMessages } from './messages.ts'
import { Register } from './Register.tsx'
import type { ContextAnswer, IssueAnswer, ObligationAnswer, PartyAnswer } from './shapes.ts'

const PartyForm = lazy(() => import('./PartyForm.tsx'))
const IssueForm = lazy(() => import('./IssueForm.tsx'))
const ObligationForm = lazy(() => import('./ObligationForm.tsx'))

type Part = { names: ProgrammeNames }

const optionsOf = <Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, label: words[value] }))

/** Interested parties and what they need (4.2). */
export function PartiesPanel({ names }: Part) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const counts = ({ needs }: PartyAnswer) => {
    const addressed = needs.filter((need) => need.addressed).length
    if (needs.length === 0) return <span className="quiet">{t.party.noNeeds}</span>
    return (
      <State tone={addressed === needs.length ? 'met' : 'partial'}>
        {t.party.counts(format.number(addressed), format.number(needs.length))}
      </State>
    )
  }
  return (
    <Register<PartyAnswer>
      list="parties"
      noun="interested-party"
      words={t.party}
      names={names}
      form={PartyForm}
      columns={[
        { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
        { key: 'kind', header: t.kind, width: 130, cell: (row) => t.party.kinds[row.kind] },
        { key: 'needs', header: t.party.needs, width: 190, cell: counts },
      ]}
      filters={[
        { key: 'kind', label: t.kind, options: optionsOf(partyKinds, t.party.kinds) },
        {
          key: 'open',
          label: t.party.open,
          options: [
            { value: 'yes', label: t.party.openYes },
            { value: 'no', label: t.party.openNo },
          ],
        },
      ]}
      facts={(row) => [{ label: t.kind, value: t.party.kinds[row.kind] }]}
      body={(row) => <PartyBody party={row} />}
    />
  )
}

function PartyBody({ party }: { party: PartyAnswer }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const query = { party: party.id, limit: 200 }
  const obligations = useRead<{ items: ObligationAnswer[] }>('/api/obligations', query).data?.items ?? []
  return (
    <>
      <section>
        <h3>{t.party.needs}</h3>
        {party.needs.length === 0 ? <p className="quiet">{t.party.noNeeds}</p> : null}
        <ul className={css.needs}>
          {party.needs.map((need, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: needs have no identity but their place
            <li key={at}>
              <p>{format.text(need.text)}</p>
              <State tone={need.addressed ? 'met' : 'none'}>
                {need.addressed ? t.party.addressedShort : t.party.notAddressed}
              </State>
              {need.answer ? <p className="quiet">{format.text(need.answer)}</p> : null}
            </li>
          ))}
        </ul>
      </section>
      {obligations.length > 0 ? (
        <section>
          <h3>{t.party.obligations}</h3>
          <ul className={css.links}>
            {obligations.map((one) => (
              <li key={one.id}>
                <Link to="/app/context" search={{ tab: 'obligations', open: one.id }}>
                  {format.text(one.name)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

/** Issues inside and outside (4.1), with what was determined about the climate above them. */
export function IssuesPanel({ names }: Part) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const relevance = (row: Pick<IssueAnswer, 'relevant'>) => (
    <State tone={row.relevant ? 'accent' : 'none'}>
      {row.relevant ? t.issue.relevant : t.issue.notRelevant}
    </State>
  )
  return (
    <Register<IssueAnswer>
      list="issues"
      noun="context-issue"
      words={t.issue}
      names={names}
      form={IssueForm}
      above={<Climate names={names} />}
      columns={[
        { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
        { key: 'origin', header: t.issue.origin, width: 100, cell: (row) => t.issue.origins[row.origin] },
        { key: 'topic', header: t.issue.topic, width: 130, cell: (row) => t.issue.topics[row.topic] },
        { key: 'relevant', header: t.issue.relevance, width: 130, cell: relevance },
      ]}
      filters={[
        { key: 'origin', label: t.issue.origin, options: optionsOf(issueOrigins, t.issue.origins) },
        { key: 'topic', label: t.issue.topic, options: optionsOf(issueTopics, t.issue.topics) },
        {
          key: 'relevant',
          label: t.issue.relevance,
          options: [
            { value: 'yes', label: t.issue.relevant },
            { value: 'no', label: t.issue.notRelevant },
          ],
        },
      ]}
      facts={(row) => [
        { label: t.issue.origin, value: t.issue.origins[row.origin] },
        { label: t.issue.topic, value: t.issue.topics[row.topic] },
        { label: t.issue.relevance, value: relevance(row) },
      ]}
      body={(row) => (
        <section>
          <h3>{t.issue.effect}</h3>
          <p className={css.prose}>{format.text(row.effect)}</p>
        </section>
      )}
    />
  )
}

/** Whether climate change is relevant, as far as anybody has said so by the day in view (Amd 1:2024). */
function Climate({ names }: Part) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const day = useDay()
  const may = useMayNow()
  const [open, setOpen] = useState(false)
  const { data } = useRead<ContextAnswer>('/api/context')
  if (!data) return null
  const record =
    may('context-issue.create') && names.ready ? (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t.climate.record}
      </Button>
    ) : undefined
  return (
    <>
      {data.climate.length === 0 ? (
        <Notice tone="unknown" calm {...(record ? { action: record } : {})}>
          <b>{t.climate.title}.</b> {t.climate.none(format.day(day))}
        </Notice>
      ) : (
        data.climate.map((one) => (
          <Notice key={one.id} tone="accent" calm>
            <div className={css.climate}>
              <span>
                <b>{t.climate.title}:</b> {one.relevant ? t.climate.relevant : t.climate.notRelevant}
                {one.from ? <span className="quiet"> · {t.climate.since(format.day(one.from))}</span> : null}
              </span>
              <p>{format.text(one.effect)}</p>
            </div>
          </Notice>
        ))
      )}
      {open ? (
        <Suspense fallback={null}>
          <IssueForm one={null} names={names} topic="climate" onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** What laws, rules and contracts demand, and the requirements that are included because of it. */
export function ObligationsPanel({ names }: Part) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const requirements = ({ requirements: links }: ObligationAnswer) =>
    links.length === 0 ? (
      <span className="quiet">—</span>
    ) : (
      <code>
        {links
          .slice(0, 3)
          .map((one) => one.requirement)
          .join(' ')}
        {links.length > 3 ? ` +${format.number(links.length - 3)}` : ''}
      </code>
    )
  return (
    <Register<ObligationAnswer>
      list="obligations"
      noun="obligation"
      words={t.obligation}
      names={names}
      form={ObligationForm}
      columns={[
        { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
        { key: 'kind', header: t.kind, width: 110, cell: (row) => t.obligation.kinds[row.kind] },
        {
          key: 'party',
          header: t.obligation.party,
          width: 170,
          cell: (row) => format.text(row.party?.name) || <span className="quiet">—</span>,
        },
        { key: 'requirements', header: t.obligation.requirement, width: 190, cell: requirements },
      ]}
      filters={[
        { key: 'kind', label: t.kind, options: optionsOf(obligationKinds, t.obligation.kinds) },
        {
          key: 'edition',
          label: t.obligation.edition,
          options: names.editions.map((one) => ({ value: one.key, label: one.name[format.language] })),
        },
      ]}
      facts={(row) => [
        { label: t.kind, value: t.obligation.kinds[row.kind] },
        { label: t.obligation.source, value: format.text(row.source) },
        ...(row.jurisdiction
          ? [{ label: t.obligation.jurisdiction, value: format.country(row.jurisdiction) }]
          : []),
        ...(row.party ? [{ label: t.obligation.party, value: format.text(row.party.name) }] : []),
        ...(row.serviceIds.length > 0
          ? [{ label: t.obligation.services, value: format.list(row.serviceIds.map(names.service)) }]
          : []),
      ]}
      body={(row) => <ObligationBody obligation={row} names={names} />}
    />
  )
}

function ObligationBody({ obligation, names }: Part & { obligation: ObligationAnswer }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const edition = (key: string) => names.editions.find((one) => one.key === key)?.name[format.language] ?? key
  return (
    <>
      <section>
        <h3>{t.obligation.demands}</h3>
        <p className={css.prose}>{format.text(obligation.demands)}</p>
      </section>
      <section>
        <h3>{t.obligation.requirements}</h3>
        {obligation.requirements.length === 0 ? <p className="quiet">{t.obligation.noRequirements}</p> : null}
        <ul className={css.links}>
          {obligation.requirements.map((one) => (
            <li key={`${one.edition}/${one.requirement}`}>
              <code>{one.requirement}</code>
              <Link to="/app/frameworks/$key" params={{ key: one.edition }}>
                {edition(one.edition)}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
