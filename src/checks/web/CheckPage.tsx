import { Link, useParams } from '@tanstack/react-router'
import { History } from '../../log/web/History.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { CheckActions } from './CheckActions.tsx'
import { Expression } from './Expression.tsx'
import { checkMessages } from './messages.ts'
import { type CheckNames, useCheckNames } from './names.ts'
import { OutcomeCounts } from './Outcome.tsx'
import { Owner } from './Owner.tsx'
import { Results } from './Results.tsx'
import { Runs } from './Runs.tsx'
import { useSchedule } from './schedule-words.ts'
import type { CheckAnswer } from './shapes.ts'

export function CheckPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<CheckAnswer>(`/api/checks/${id}`)
  return <Loaded read={read}>{(check) => <Record check={check} />}</Loaded>
}

/** One check: what it asks, of whom and how often, and what it found on every asset. */
function Record({ check }: { check: CheckAnswer }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const names = useCheckNames()
  const schedule = useSchedule()
  const asked = useAsked(check, names)
  return (
    <Page
      title={format.text(check.name)}
      beside={
        <>
          <code>{check.key}</code>
          <OutcomeCounts counts={check.counts} />
        </>
      }
      above={<Link to="/app/checks">{t.title}</Link>}
      actions={<CheckActions check={check} names={names} />}
    >
      <Facts
        facts={[
          {
            label: t.control,
            value: (
              <Link to="/app/controls/$id" params={{ id: check.controlId }}>
                {names.control(check.controlId) || t.open}
              </Link>
            ),
          },
          { label: t.owner, value: <Owner check={check} /> },
          { label: t.severity, value: t.severities[check.severity] },
          {
            label: t.schedule,
            value: [
              schedule(check),
              check.toleranceDays > 0 ? t.tolerance(format.number(check.toleranceDays)) : null,
            ]
              .filter(Boolean)
              .join(' · '),
          },
          { label: t.kind, value: <code>{check.dataKind}</code> },
          { label: t.resources, value: asked },
          check.activeTo === null
            ? { label: t.activeFrom, value: format.day(check.activeFrom) }
            : { label: t.activeTo, value: format.day(check.activeTo) },
        ]}
      />
      <Section title={t.expression}>
        <Expression text={check.expression} />
      </Section>
      <RecordTabs
        mt="lg"
        tabs={[
          { name: 'results', label: t.results, content: <Results check={check} /> },
          { name: 'runs', label: t.runs, content: <Runs check={check} /> },
          { name: 'history', label: t.history, content: <History noun="check" id={check.id} /> },
        ]}
      />
    </Page>
  )
}

/** Of which assets it is asked, in words. */
function useAsked({ resources }: CheckAnswer, names: CheckNames): string {
  const t = useWords(checkMessages)
  const format = useFormat()
  const parts = [
    format.list(resources.kinds.map((kind) => t.kinds[kind])),
    format.list(resources.entityIds.map(names.entity)),
    format.list(resources.serviceIds.map(names.service)),
  ].filter(Boolean)
  return parts.join(' · ') || t.allResources
}
