import { Link, useParams } from '@tanstack/react-router'
import { History } from '../../log/web/History.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { type Fact, Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { Actions } from './Actions.tsx'
import { CertificateState } from './CertificateState.tsx'
import { Coverage } from './Coverage.tsx'
import { Cycle } from './Cycle.tsx'
import { Documents } from './Documents.tsx'
import { Events } from './Events.tsx'
import { certificateMessages } from './messages.ts'
import { useNames } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { CertificateDetail } from './shapes.ts'
import { Terms } from './Terms.tsx'
import { Warnings } from './Warnings.tsx'

export function CertificatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<CertificateDetail>(`/api/certificates/${id}`)
  return <Loaded read={read}>{(certificate) => <Record certificate={certificate} />}</Loaded>
}

/** One certificate: what it is on the day in view, its next action, and everything that belongs to it. */
function Record({ certificate }: { certificate: CertificateDetail }) {
  const t = useWords(certificateMessages)
  const words = useWords(registerMessages)
  const format = useFormat()
  const names = useNames()
  const term = certificate.terms.find((one) => one.id === certificate.termId)
  const { nextStep } = certificate
  return (
    <Page
      title={names.scheme(certificate.scheme)}
      beside={
        <>
          {certificate.number ? <code>{certificate.number}</code> : null}
          <CertificateState state={certificate.state} />
        </>
      }
      above={<Link to="/app/certificates">{t.title}</Link>}
      actions={<Actions certificate={certificate} names={names} />}
    >
      <Facts
        facts={[
          { label: t.holders, value: format.list(certificate.currentHolders.map(names.entity)) || t.none },
          { label: t.standards, value: certificate.standards.join(', ') || '—' },
          { label: t.issuer, value: format.text(term?.issuer.name) || '—' },
          ...neighbours(words.predecessors, certificate.predecessorNames),
          ...neighbours(words.successors, certificate.successors),
          { label: t.initialDate, value: format.day(certificate.initialDate) },
          { label: t.validUntil, value: format.day(certificate.validUntil) },
          {
            label: t.next,
            value: nextStep
              ? t.nextDue(
                  names.step(nextStep.key, nextStep.kind),
                  format.shortDay(nextStep.latest ?? nextStep.planned),
                )
              : '—',
          },
        ]}
      />
      <RecordTabs
        tabs={[
          {
            name: 'facts',
            label: t.facts,
            content: (
              <>
                <Section title={t.warnings}>
                  <Warnings warnings={certificate.warnings} />
                </Section>
                <Section title={t.cycle}>
                  <Cycle certificate={certificate} names={names} />
                </Section>
              </>
            ),
          },
          {
            name: 'terms',
            label: t.terms,
            count: certificate.terms.length,
            content: <Terms certificate={certificate} names={names} />,
          },
          {
            name: 'coverage',
            label: t.coverage,
            content: <Coverage certificate={certificate} names={names} />,
          },
          {
            name: 'documents',
            label: t.documents,
            count: certificate.documents.length,
            content: <Documents certificate={certificate} />,
          },
          {
            name: 'events',
            label: t.events,
            count: certificate.events.length,
            content: <Events certificate={certificate} names={names} />,
          },
          {
            name: 'history',
            label: t.history,
            content: <History noun="certificate" id={certificate.id} />,
          },
        ]}
      />
    </Page>
  )
}

/** Certificates before or after this one, each a way to its page; no fact where there are none. */
const neighbours = (label: string, names: CertificateDetail['successors']): Fact[] =>
  names.length === 0
    ? []
    : [
        {
          label,
          value: names.map(({ id, key, number }) => (
            <div key={id}>
              <Link to="/app/certificates/$id" params={{ id }}>
                {number ?? key}
              </Link>
            </div>
          )),
        },
      ]
