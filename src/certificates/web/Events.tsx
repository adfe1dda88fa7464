import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { CertificateEvent } from '../event.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'

const tones: Record<CertificateEvent['outcome'], Tone> = {
  passed: 'met',
  failed: 'failing',
  conditional: 'partial',
  none: 'none',
}

export function Events({ certificate, names }: { certificate: CertificateAnswer; names: Names }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const events = certificate.events.toSorted((a, b) => (a.on < b.on ? 1 : -1))
  if (events.length === 0) return <Empty title={t.noEvents}>{t.noEventsText}</Empty>
  return (
    <Plain caption={t.events} head={[t.on, t.eventKind, t.outcome, t.note]}>
      {events.map((event) => (
        <tr key={event.id}>
          <td>{format.day(event.on)}</td>
          <td>{names.step(event.kind)}</td>
          <td>
            <State tone={tones[event.outcome]}>{t.outcomes[event.outcome]}</State>
          </td>
          <td>{format.text(event.note)}</td>
        </tr>
      ))}
    </Plain>
  )
}
