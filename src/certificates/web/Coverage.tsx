import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'

type Part = { key: string; name: string; from: Day | null; to: Day | null }

/** Who holds it, which services it covers, in which words; each with its days. */
export function Coverage({ certificate, names }: { certificate: CertificateAnswer; names: Names }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  return (
    <>
      <Section title={t.holders}>
        <Parts
          caption={t.holders}
          parts={certificate.holders.map(({ entityId, from, to }) => ({
            ...{ key: `${entityId} ${from}`, name: names.entity(entityId), from, to },
          }))}
        />
      </Section>
      <Section title={t.services}>
        <Parts
          caption={t.services}
          parts={certificate.services.map(({ serviceId, from, to }) => ({
            ...{ key: `${serviceId} ${from}`, name: names.service(serviceId), from, to },
          }))}
        />
      </Section>
      <Section title={t.scope}>
        <Parts
          caption={t.scope}
          parts={certificate.scopes.map(({ text, from, to }) => ({
            ...{ key: `${text.en} ${from}`, name: format.text(text), from, to },
          }))}
        />
      </Section>
      <Section title={t.verification}>
        <Pairs
          facts={[
            {
              label: t.verification,
              value: certificate.verificationUrl ? (
                <a href={certificate.verificationUrl} target="_blank" rel="noreferrer">
                  {certificate.verificationUrl}
                </a>
              ) : (
                t.none
              ),
            },
            { label: t.checked, value: format.day(certificate.verificationCheckedOn) },
          ]}
        />
      </Section>
    </>
  )
}

function Parts({ caption, parts }: { caption: string; parts: readonly Part[] }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  if (parts.length === 0) return <p className="quiet">{t.none}</p>
  return (
    <Plain caption={caption} head={[caption, t.from, t.to]}>
      {parts.map((part) => (
        <tr key={part.key}>
          <td>{part.name}</td>
          <td>{format.day(part.from)}</td>
          <td>{part.to ? format.day(part.to) : t.open}</td>
        </tr>
      ))}
    </Plain>
  )
}
